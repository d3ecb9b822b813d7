//! Looks, as the engine records them: with the department of whoever looks, and the organisation's day.

use domain::decision::Actor;
use domain::event::Subject;
use domain::stream::StreamName;

use super::{Engine, Error, decide};
use crate::clock::local_day;
use crate::looks::Looker;

impl Engine {
    /// Records that somebody consults what is computed about people; durable when this is done.
    pub async fn look(&self, actor: Actor, subject: &str) -> Result<(), Error> {
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
        Ok(self.looks.record(Looker { actor, department, day }, subject).await?)
    }
}
