//! Looks, as the engine records them: with the department of whoever looks, and the organisation's day.

use std::sync::Arc;

use domain::decision::Actor;
use domain::event::Subject;
use domain::id::MemberId;
use domain::stream::StreamName;
use journal::Journal;

use super::{Engine, Error, decide};
use crate::clock::local_day;
use crate::looks::{Consulting, Looker};

impl Engine {
    /// Records that somebody consults what is computed about people; durable when this is done.
    pub async fn look(&self, actor: Actor, subject: &str) -> Result<(), Error> {
        Ok(self.looks.record(self.looker(actor).await?, subject).await?)
    }

    /// Records that somebody consults figures; durable when this is done.
    pub async fn look_at_figures(&self, actor: Actor, consulting: Consulting) -> Result<(), Error> {
        Ok(self.looks.record_figures(self.looker(actor).await?, consulting).await?)
    }

    /// Records that somebody takes out everything recorded about another, and why; durable when this is done.
    pub async fn look_into(&self, actor: Actor, about: MemberId, reason: &str) -> Result<(), Error> {
        Ok(self.looks.record_taking(self.looker(actor).await?, about, reason).await?)
    }

    /// The journal in which looks are kept.
    pub fn looks(&self) -> &Arc<dyn Journal> {
        &self.looks.journal
    }

    async fn looker(&self, actor: Actor) -> Result<Looker, Error> {
        let now = self.now();
        let organisation = self.fold_stream(&StreamName::organisation()).await?;
        let department = match actor.member() {
            Some(member) => {
                let folded = self.fold_stream(&StreamName::member(member)).await?;
                domain::member::State::of(&folded.state).and_then(|state| state.department_at(now))
            }
            None => None,
        };
        let day = local_day(now, decide::time_zone_of(&organisation));
        Ok(Looker { actor, department, day })
    }
}
