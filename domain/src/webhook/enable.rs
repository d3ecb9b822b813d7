//! Deliver to a webhook again, from where deliveries had come to.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::WebhookId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::webhook::{Enabled, State};

/// An administrator has events delivered again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Enable {
    /// Which.
    pub webhook: WebhookId,
}

impl Action for Enable {
    type State = State;
    const ABILITY: Ability = Ability::ManageWebhooks;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::webhook(self.webhook)
    }

    fn decide(&self, state: &State, _facts: &Facts) -> Result<Vec<Event>, Stop> {
        if state.standing()?.disabled.is_none() {
            return Ok(vec![]);
        }
        Ok(vec![Enabled { webhook: self.webhook }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::items::registered;
    use crate::given::{Given, webhook};
    use crate::webhook::{Cause, Disabled};

    #[test]
    fn administrators_enable_what_was_disabled() {
        let (enable, enabled) = (Enable { webhook: webhook(1) }, Enabled { webhook: webhook(1) });
        let given = Given::people().and(registered());
        given.clone().by(1).when(enable.clone()).then_nothing();
        let given = given.and(Disabled { webhook: webhook(1), cause: Cause::Failing });
        given.clone().by(1).when(enable.clone()).then([enabled]);
        given.by(2).when(enable).refused(decision::Refusal::AdministratorNeeded);
    }
}
