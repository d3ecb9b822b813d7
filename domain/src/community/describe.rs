//! Describe a community: change its name or what it is for.

use serde::Serialize;

use crate::audience::may_lead;
use crate::community::{Described, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::refusal::Stop;
use crate::sealed::Sealed;
use crate::stream::StreamName;
use crate::words::{BODY_MAX, NAME_MAX, optional, required};

/// The leader or an administrator describes a community.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Describe {
    /// Which.
    pub community: CommunityId,
    /// Its name from now on: 1 to 300 characters; kept by default.
    pub name: Option<String>,
    /// What it is for from now on: at most 100,000 characters; kept by default.
    pub summary: Option<String>,
}

impl Action for Describe {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_lead(facts, self.community)?;
        let was = state.living()?;
        let (mut name, mut summary) = (was.name.clone(), was.summary.clone());
        if let Some(text) = &self.name {
            required("name", text, NAME_MAX, facts.origin)?;
            name = Sealed::Open(text.clone());
        }
        if let Some(text) = &self.summary {
            optional("summary", text, BODY_MAX, facts.origin)?;
            summary = Sealed::Open(text.clone());
        }
        if (&name, &summary) == (&was.name, &was.summary) {
            return Ok(vec![]);
        }
        let (name_was, summary_was) = (was.name.clone(), was.summary.clone());
        Ok(vec![Described { community: self.community, name, name_was, summary, summary_was }.into()])
    }
}
