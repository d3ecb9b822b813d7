//! A stream as a session of imports walks along it: folded as far as the session has come in time, with what is
//! stored beyond still ahead.
//!
//! An import that is run again meets its own events one by one. If it decided on the ends of streams, an act that
//! changed nothing the first time (the same vote again, changed only later) would be a change now. Decided on what
//! had happened by then, it changes nothing again.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::decision::Folded;
use domain::event::{Origin, Recorded};
use domain::id::{CommandId, MemberId};
use domain::time::Time;

/// A stream, walked along.
#[derive(Debug)]
pub(super) struct Walked {
    folded: Arc<Folded>,
    ahead: VecDeque<Recorded>,
}

impl Walked {
    /// At the end of a stream: nothing is ahead.
    pub(super) fn at_end(folded: Folded) -> Self {
        Self { folded: Arc::new(folded), ahead: VecDeque::new() }
    }

    /// At the beginning of what is stored, but past everything that this session itself recorded, since `begun`.
    pub(super) fn along(empty: Folded, stored: Vec<Recorded>, begun: Time) -> Self {
        let own = stored.iter().rposition(|recorded| recorded.recorded_at >= begun);
        let mut walked = Self { folded: Arc::new(empty), ahead: stored.into() };
        (0..own.map_or(0, |last| last + 1)).for_each(|_| walked.step());
        walked
    }

    /// As far as the session has come.
    pub(super) fn folded(&self) -> &Arc<Folded> {
        &self.folded
    }

    /// Folds an event of the session's own in.
    pub(super) fn evolve(&mut self, recorded: &Recorded) {
        Arc::make_mut(&mut self.folded).evolve(recorded);
    }

    /// Walks past everything that happened before a time. What happened at that very time is passed when the
    /// command that caused it is met.
    pub(super) fn reach(&mut self, at: Time) {
        while self.ahead.front().is_some_and(|next| next.metadata.occurred_at < at) {
            self.step();
        }
    }

    /// Walks past what a command caused, if that is stored.
    pub(super) fn meet(&mut self, actor: Option<MemberId>, command: CommandId) {
        let caused = |recorded: &Recorded| {
            let metadata = &recorded.metadata;
            // Traces do not say who sent the command: their stream is one person's.
            metadata.command_id == command && (metadata.actor == actor || metadata.actor.is_none())
        };
        if let Some(last) = self.ahead.iter().rposition(caused) {
            (0..=last).for_each(|_| self.step());
        }
    }

    /// Walks to the end.
    pub(super) fn finish(&mut self) {
        while !self.ahead.is_empty() {
            self.step();
        }
    }

    /// Whether something is ahead that was not imported.
    pub(super) fn live_ahead(&self) -> bool {
        self.ahead.iter().any(|recorded| recorded.metadata.origin == Origin::Live)
    }

    /// Whether something is ahead that was imported.
    pub(super) fn imports_ahead(&self) -> bool {
        self.ahead.iter().any(|recorded| recorded.metadata.origin == Origin::Import)
    }

    fn step(&mut self) {
        if let Some(next) = self.ahead.pop_front() {
            self.evolve(&next);
        }
    }
}
