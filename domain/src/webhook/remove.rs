//! Remove a webhook: nothing is delivered to it any more.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::WebhookId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::webhook::{Removed, State};

/// An administrator removes a webhook.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remove {
    /// Which.
    pub webhook: WebhookId,
}

impl Action for Remove {
    type State = State;
    const ABILITY: Ability = Ability::ManageWebhooks;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::webhook(self.webhook)
    }

    fn decide(&self, state: &State, _facts: &Facts) -> Result<Vec<Event>, Stop> {
        if state.known()?.removed {
            return Ok(vec![]);
        }
        Ok(vec![Removed { webhook: self.webhook }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::items::registered;
    use crate::given::{Given, webhook};
    use crate::webhook;

    #[test]
    fn administrators_remove_it_once() {
        let (remove, removed) = (Remove { webhook: webhook(1) }, Removed { webhook: webhook(1) });
        let given = Given::people().and(registered());
        given.clone().by(1).when(remove.clone()).then([removed.clone()]);
        given.clone().by(2).when(remove.clone()).refused(decision::Refusal::AdministratorNeeded);
        given.and(removed).when(remove.clone()).then_nothing();
        Given::people().when(remove).refused(webhook::Refusal::NoSuchWebhook);
    }
}
