//! Events: what they are made of, how their types are declared, and the one enum over all subjects.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{CommandId, DepartmentId, EventId, MemberId};
use crate::sealed::{Field, Owner};
use crate::stream::StreamName;
use crate::time::{Day, Time};

/// What an event is about, and so how long who did it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// What people do.
    Act,
    /// What people saw, opened or searched; at most once per member, item and local day.
    Trace,
    /// Who consulted which figure or export; kept in a journal of its own.
    Look,
}

/// The declaration of an event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// `subject.past-tense`, never renamed.
    pub name: &'static str,
    /// The version written today; older ones are upcast when read.
    pub version: u16,
    /// Act, trace or look.
    pub class: Class,
    /// Every field, in the order it is written.
    pub fields: &'static [Field],
}

/// A field that leaves the domain to be sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedPart {
    /// The field's name.
    pub name: &'static str,
    /// Whose key seals it.
    pub owner: Owner,
    /// Its value as JSON; `None` when it is gone.
    pub value: Option<Vec<u8>>,
}

/// An event taken apart for storing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The plain fields as one JSON object.
    pub plain: String,
    /// The sealed fields, in the order declared.
    pub sealed: Vec<SealedPart>,
}

/// Opens sealed fields while an event is put together again.
pub trait Opener {
    /// The JSON of a field, or `None` when its key was destroyed.
    fn open(&mut self, field: &'static str, owner: Owner) -> Result<Option<Vec<u8>>, Unreadable>;
}

/// Why a stored event cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Declares the event types of a subject. Each has a name, a version, plain fields, and sealed fields grouped
/// by the owner of their key: `content(post)` is the key of the thing whose id stands in the plain field `post`.
macro_rules! events {
    (
        $class:ident $category:literal
        $(
            $(#[$doc:meta])*
            $variant:ident = $name:literal v $version:literal {
                $( $(#[$fdoc:meta])* $field:ident : $ty:ty ),* $(,)?
            }
            $( + $sealing:ident($owner:ident) {
                $( $(#[$sdoc:meta])* $sfield:ident : $sty:ty ),* $(,)?
            } )*
        )+
    ) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq)]
            pub struct $variant {
                $( $(#[$fdoc])* pub $field: $ty, )*
                $( $( $(#[$sdoc])* pub $sfield: $crate::sealed::Sealed<$sty>, )* )*
            }

            impl From<$variant> for $crate::event::Event {
                fn from(event: $variant) -> Self { Event::$variant(event).into() }
            }
        )+

        #[doc = concat!("What can happen to a stream of the category `", $category, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $( $(#[$doc])* $variant($variant), )+
        }

        impl Event {
            /// The types of this subject.
            pub const DECLARED: &[$crate::event::Declared] = &[$(
                $crate::event::Declared {
                    name: concat!($category, ".", $name),
                    version: $version,
                    class: $crate::event::Class::$class,
                    fields: &[
                        $( $crate::sealed::Field {
                            name: stringify!($field),
                            sealing: $crate::sealed::Sealing::Plain,
                        }, )*
                        $( $( $crate::sealed::Field {
                            name: stringify!($sfield),
                            sealing: $crate::event::owned!(sealing $sealing $owner),
                        }, )* )*
                    ],
                },
            )+];

            /// What the events of this subject are about.
            pub const CLASS: $crate::event::Class = $crate::event::Class::$class;

            /// The declared name of this event's type.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$variant(_) => concat!($category, ".", $name), )+ }
            }

            pub(crate) fn parts(&self) -> Result<$crate::event::Parts, serde_json::Error> {
                match self { $(
                    Self::$variant(event) => {
                        #[derive(serde::Serialize)]
                        struct Plain<'a> { $( $field: &'a $ty, )* }
                        let plain = serde_json::to_string(&Plain { $( $field: &event.$field, )* })?;
                        #[allow(unused_mut, reason = "some types have no sealed field")]
                        let mut sealed = Vec::new();
                        $( $(
                            sealed.push($crate::event::SealedPart {
                                name: stringify!($sfield),
                                owner: $crate::event::owned!(owner $sealing event.$owner),
                                value: event.$sfield.open().map(serde_json::to_vec).transpose()?,
                            });
                        )* )*
                        Ok($crate::event::Parts { plain, sealed })
                    }
                )+ }
            }

            pub(crate) fn assemble(
                name: &str,
                plain: &str,
                opener: &mut dyn $crate::event::Opener,
            ) -> Result<Self, $crate::event::Unreadable> {
                let _ = &opener;
                match name {
                    $(
                        concat!($category, ".", $name) => {
                            #[derive(serde::Deserialize)]
                            #[serde(deny_unknown_fields)]
                            struct Plain { $( $field: $ty, )* }
                            let plain: Plain = serde_json::from_str(plain)?;
                            Ok(Self::$variant($variant {
                                $( $( $sfield: match opener.open(
                                    stringify!($sfield),
                                    $crate::event::owned!(owner $sealing plain.$owner),
                                )? {
                                    Some(json) => $crate::sealed::Sealed::Open(serde_json::from_slice(&json)?),
                                    None => $crate::sealed::Sealed::Gone,
                                }, )* )*
                                $( $field: plain.$field, )*
                            }))
                        }
                    )+
                    _ => Err($crate::event::Unreadable(format!("unknown event type {name}"))),
                }
            }
        }
    };
}
pub(crate) use events;

/// The owner of a sealed field, as declared and as found in an event.
macro_rules! owned {
    (sealing personal $field:ident) => {
        $crate::sealed::Sealing::Personal(stringify!($field))
    };
    (sealing content $field:ident) => {
        $crate::sealed::Sealing::Content(stringify!($field))
    };
    (sealing trace $field:ident) => {
        $crate::sealed::Sealing::Trace(stringify!($field))
    };
    (sealing look $field:ident) => {
        $crate::sealed::Sealing::Look(stringify!($field))
    };
    (owner personal $id:expr) => {
        $crate::sealed::Owner::Personal($id)
    };
    (owner content $id:expr) => {
        $crate::sealed::Owner::Content($id.0)
    };
    (owner trace $month:expr) => {
        $crate::sealed::Owner::Trace($month)
    };
    (owner look $month:expr) => {
        $crate::sealed::Owner::Look($month)
    };
}
pub(crate) use owned;

/// One enum over all subjects: events, states, and the way from a category to both.
macro_rules! subjects {
    ($( $(#[$doc:meta])* $variant:ident = $category:literal in $module:ident ),+ $(,)?) => {
        /// Any event.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event { $( $(#[$doc])* $variant(crate::$module::Event), )+ }

        $(
            impl From<crate::$module::Event> for Event {
                fn from(event: crate::$module::Event) -> Self { Self::$variant(event) }
            }
            impl Subject for crate::$module::State {
                const CATEGORY: &'static str = $category;
                fn of(state: &State) -> Option<&Self> {
                    if let State::$variant(state) = state { Some(state) } else { None }
                }
            }
        )+

        impl Event {
            /// Every declared type.
            pub fn declared() -> impl Iterator<Item = &'static Declared> {
                [$( crate::$module::Event::DECLARED ),+].into_iter().flatten()
            }

            /// The declared name of this event's type.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$variant(event) => event.name(), )+ }
            }

            /// Act, trace or look.
            pub fn class(&self) -> Class {
                match self { $( Self::$variant(_) => crate::$module::Event::CLASS, )+ }
            }

            /// Takes the event apart for storing.
            pub fn parts(&self) -> Result<Parts, serde_json::Error> {
                match self { $( Self::$variant(event) => event.parts(), )+ }
            }

            /// Puts an event of the current version together again.
            pub fn assemble(name: &str, plain: &str, opener: &mut dyn Opener) -> Result<Self, Unreadable> {
                match name.split('.').next().unwrap_or_default() {
                    $( $category => crate::$module::Event::assemble(name, plain, opener).map(Self::$variant), )+
                    _ => Err(Unreadable(format!("unknown event type {name}"))),
                }
            }
        }

        /// Any folded state.
        #[derive(Clone, Debug, PartialEq)]
        pub enum State { $( $(#[$doc])* $variant(crate::$module::State), )+ }

        impl State {
            /// The state before the first event of a stream, by its category.
            pub fn empty(category: &str) -> Option<Self> {
                match category { $( $category => Some(Self::$variant(Default::default())), )+ _ => None }
            }

            /// Folds one event in; an event of another subject changes nothing.
            pub fn evolve(&mut self, event: &Event, at: &Moment) {
                match (self, event) {
                    $( (Self::$variant(state), Event::$variant(event)) => state.evolve(event, at), )+
                    _ => {}
                }
            }
        }
    };
}

/// A subject's folded state, found in the enum over all of them.
pub trait Subject: Default + Clone {
    /// The category of its streams.
    const CATEGORY: &'static str;
    /// This subject's state, if that is what the state is.
    fn of(state: &State) -> Option<&Self>;
}

subjects! {
    /// Settings and roles.
    Organisation = "organisation" in organisation,
    /// The tree of departments.
    Chart = "chart" in chart,
    /// A person.
    Member = "member" in member,
    /// A community.
    Community = "community" in community,
    /// A person in a community.
    Membership = "membership" in membership,
    /// A post.
    Post = "post" in post,
    /// A comment.
    Comment = "comment" in comment,
    /// A member's reaction to an item.
    Reaction = "reaction" in reaction,
    /// A member's acknowledgement of an announcement.
    Acknowledgement = "acknowledgement" in acknowledgement,
    /// What a person has seen.
    Seen = "seen" in seen,
    /// A document.
    Document = "document" in document,
    /// An idea campaign.
    Campaign = "campaign" in campaign,
    /// An idea.
    Idea = "idea" in idea,
    /// A member's votes in a campaign.
    Ballot = "ballot" in ballot,
    /// A bearer token.
    Token = "token" in token,
    /// Who consulted what.
    Look = "look" in look,
}

/// What a state may know of an event besides its fields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The event's revision in its stream.
    pub revision: u64,
    /// When it happened.
    pub occurred_at: Time,
    /// The local day it happened on.
    pub day: Day,
    /// Who did it; nobody for what the system did, and for traces and looks, whose actor is sealed.
    pub actor: Option<MemberId>,
}

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

/// Where an event stands in one store: strictly increasing, gaps allowed, opaque.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position(pub u64);

/// An event as it is read from a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Where it stands in the journal it was read from.
    pub position: Position,
    /// Its id.
    pub id: EventId,
    /// Its stream.
    pub stream: StreamName,
    /// Its place in the stream: 0, 1, 2 …
    pub revision: u64,
    /// When the journal learned of it.
    pub recorded_at: Time,
    /// Who, when and why.
    pub metadata: Metadata,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// What a state may know of it.
    pub fn moment(&self) -> Moment {
        Moment {
            revision: self.revision,
            occurred_at: self.metadata.occurred_at,
            day: self.metadata.local_day,
            actor: self.metadata.actor,
        }
    }
}
