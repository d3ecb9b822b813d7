//! Searches, as the engine records them: what was looked for, and how much of what was found belongs to whom. The
//! engine counts that itself, so nobody can claim other numbers.

use domain::decision::Actor;
use domain::event::Subject;
use domain::seen::Results;
use domain::seen::search::Search;
use domain::stream::StreamName;
use projections::Viewer;
use projections::search::{self, Query};

use super::{Engine, Error};

impl Engine {
    /// Records that a member searched, as a trace: once for the same words and local day. Others leave none.
    pub async fn searched(&self, actor: Actor, words: &str, query: &Query) -> Result<(), Error> {
        let Some(member) = actor.member() else { return Ok(()) };
        let organisation = self.fold_stream(&StreamName::organisation()).await?;
        let settings = domain::organisation::State::of(&organisation.state);
        let Some(settings) = settings.and_then(|state| state.settings.as_ref()) else { return Ok(()) };
        let counts =
            search::by_department(&self.snapshot()?, &Viewer::Member(member), query, self.now())?.into_iter();
        let results = counts.map(|(department, count)| Results { department, count }).collect();
        let command = Search { organisation: settings.organisation, words: words.trim().to_owned(), results };
        let submission = self.submission(actor, command)?;
        // Without waiting for the views: nobody reads their own searches.
        self.carry_out(&submission).await.map(drop)
    }
}
