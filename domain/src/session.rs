//! A session of a member in a browser: opened by a sign-in link or by an identity provider. Only hashes of its secrets
//! are kept.

pub mod end;
pub mod offer;
pub mod open;
pub mod prolong;

use std::time::Duration;

use crate::event::{Moment, events};
use crate::id::{MemberId, SessionId};
use crate::time::Time;

events! {
    Act "session"
    /// A sign-in link was given out: whoever brings its secret opens the session, once.
    Offered = "offered" v 1 {
        /// The session's id, the first half of the link.
        session: SessionId,
        /// As whom its holder will act.
        member: MemberId,
        /// SHA-256 of the link's secret, in lower-case hexadecimal. The secret is 256 random bits, so this leads nowhere.
        secret_sha256: String,
        /// When the link ends.
        until: Time,
    }
    /// Somebody signed in: their browser holds the session's secret.
    Opened = "opened" v 1 {
        /// Its id, the first half of what the browser sends.
        session: SessionId,
        /// As whom its holder acts.
        member: MemberId,
        /// SHA-256 of the session's secret, another one than the link's.
        secret_sha256: String,
        /// When it ends.
        until: Time,
    }
    /// It was used, and lasts longer for that.
    Prolonged = "prolonged" v 1 {
        /// Which.
        session: SessionId,
        /// As whom its holder acts.
        member: MemberId,
        /// When it ends now.
        until: Time,
    }
    /// It ended before its time: its member signed out, or it was ended for them. A link not used yet opens nothing.
    Ended = "ended" v 1 {
        /// Which.
        session: SessionId,
        /// As whom its holder acted.
        member: MemberId,
    }
}

/// How long a session lasts at most, however much it is used.
pub const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// By how much it is prolonged at least.
const PROLONGED_BY: Duration = Duration::from_secs(60 * 60);

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The link, if it began with one.
    pub offered: Option<Offered>,
    /// What was opened.
    pub opened: Option<Opened>,
    /// When, and until when it lasts: longer each time it is prolonged.
    pub lasts: Option<(Time, Time)>,
    /// It opens nothing any more.
    pub ended: bool,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        match event {
            Event::Offered(offered) => self.offered = Some(offered.clone()),
            Event::Opened(opened) => {
                self.lasts = Some((at.occurred_at, opened.until));
                self.opened = Some(opened.clone());
            }
            Event::Prolonged(e) => self.lasts = self.lasts.map(|(from, _)| (from, e.until)),
            Event::Ended(_) => self.ended = true,
        }
    }

    /// What was opened, if it holds at a time.
    pub fn valid(&self, at: Time) -> Option<&Opened> {
        let lasts = !self.ended && self.lasts.is_some_and(|(_, until)| at < until);
        self.opened.as_ref().filter(|_| lasts)
    }

    /// Until when it may last instead, if a later end is wanted: by an hour at least, so that using it is not written
    /// down each time, and never past [`LONGEST`].
    pub fn prolonged(&self, wanted: Time) -> Option<Time> {
        let (from, until) = self.lasts?;
        let later = wanted.min(from.later(LONGEST));
        (later >= until.later(PROLONGED_BY)).then_some(later)
    }

    /// Whose it is, once there is anything of it.
    pub fn member(&self) -> Option<MemberId> {
        let offered = self.offered.as_ref().map(|offered| offered.member);
        offered.or_else(|| self.opened.as_ref().map(|opened| opened.member))
    }
}
