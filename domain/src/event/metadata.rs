//! What is kept beside every event: who, when, why and from where.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decision::Actor;
use crate::id::{CommandId, DepartmentId, EventId, MemberId};
use crate::time::{Day, Time};

/// Who or what acted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agent {
    /// A person did it.
    #[default]
    Person,
    /// A machine's account did it, an import among them.
    Service,
    /// Passerelle itself did it.
    System,
}

/// Where an event came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It was recorded when it happened.
    #[default]
    Live,
    /// It was brought in from elsewhere.
    Import,
}

/// What is kept beside every event. It holds ids, times and codes alone: no personal data and no hash of any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// Who did it; absent for the system, and for traces and looks, which seal it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<MemberId>,
    /// The actor's department as recorded: evidence, never corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Person, service or system.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agent: Agent,
    /// For whom it was done, when that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<MemberId>,
    /// No person decided it: an import or the system had to make it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub automatic: bool,
    /// The command that caused it.
    pub command_id: CommandId,
    /// A keyed digest of the command's input, to know a repeat from a reuse of its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<InputDigest>,
    /// What it belongs together with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Uuid>,
    /// The event that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation_id: Option<EventId>,
    /// How fresh the facts of other streams were when it was decided: the newest time they held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts_at: Option<Time>,
    /// When it happened.
    pub occurred_at: Time,
    /// The day it happened on in the organisation's time zone of then.
    pub local_day: Day,
    /// Live or imported.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
    /// The id that what it creates has in the system it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
}

impl Metadata {
    /// Of a live event that nothing more is known of than the command that caused it, and when.
    pub fn new(command_id: CommandId, occurred_at: Time, local_day: Day) -> Self {
        Self {
            actor: None,
            department: None,
            agent: Agent::default(),
            on_behalf_of: None,
            automatic: false,
            command_id,
            input: None,
            correlation_id: None,
            causation_id: None,
            facts_at: None,
            occurred_at,
            local_day,
            origin: Origin::default(),
            source_id: None,
        }
    }
}

impl From<Actor> for Agent {
    fn from(actor: Actor) -> Self {
        match actor {
            Actor::Member(_) => Self::Person,
            Actor::Service => Self::Service,
            Actor::System => Self::System,
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// 128 bits of a keyed digest, written in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InputDigest(pub [u8; 16]);

impl std::fmt::Display for InputDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl std::str::FromStr for InputDigest {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(|bits| Self(bits.to_be_bytes()))
    }
}

impl Serialize for InputDigest {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for InputDigest {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::time::from_text(from)
    }
}
