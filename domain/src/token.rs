//! A bearer token: lets a machine or a front-end act as a member, or as a service. Only a hash of its secret is kept.

pub mod issue;
pub mod revoke;

use serde::{Deserialize, Serialize};

use crate::event::{Moment, events};
use crate::id::{MemberId, TokenId};
use crate::time::Time;

/// What the bearer of a token may do besides reading. Nobody can do with a token what they may not do themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Act: whatever a member does.
    Write,
    /// Do what is for administrators alone.
    Administer,
}

impl Scope {
    /// Everything that a token can allow.
    pub const ALL: &[Self] = &[Self::Write, Self::Administer];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Administer => "administer",
        }
    }
}

events! {
    Act "token"
    /// A token was issued; its bearer saw the secret once.
    Issued = "issued" v 2 {
        /// Its id, the first half of what the bearer sends.
        token: TokenId,
        /// As whom its bearer acts; a service with an administrator's powers when nobody.
        member: Option<MemberId>,
        /// SHA-256 of the secret, in lower-case hexadecimal. The secret is 256 random bits, so this leads nowhere.
        secret_sha256: String,
        /// When it ends, if it does.
        until: Option<Time>,
        /// What its bearer may do besides reading.
        scopes: Vec<Scope>,
    }
    /// A token was revoked: it opens nothing from now on.
    Revoked = "revoked" v 1 {
        /// Which.
        token: TokenId,
        /// As whom its bearer acted.
        member: Option<MemberId>,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What was issued.
    pub issued: Option<Issued>,
    /// It opens nothing any more.
    pub revoked: bool,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::Issued(issued) => self.issued = Some(issued.clone()),
            Event::Revoked(_) => self.revoked = true,
        }
    }

    /// What was issued, if it opens anything at a time.
    pub fn valid(&self, at: Time) -> Option<&Issued> {
        self.issued.as_ref().filter(|issued| !self.revoked && issued.until.is_none_or(|until| at < until))
    }
}
