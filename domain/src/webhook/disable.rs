//! Deliver nothing to a webhook for now.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::WebhookId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::webhook::{Cause, Disabled, State};

/// An administrator has nothing delivered, or the system, when deliveries failed for too long.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disable {
    /// Which.
    pub webhook: WebhookId,
    /// Why.
    pub cause: Cause,
}

impl Action for Disable {
    type State = State;
    const ABILITY: Ability = Ability::ManageWebhooks;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::webhook(self.webhook)
    }

    fn decide(&self, state: &State, _facts: &Facts) -> Result<Vec<Event>, Stop> {
        if state.standing()?.disabled.is_some() {
            return Ok(vec![]);
        }
        Ok(vec![Disabled { webhook: self.webhook, cause: self.cause }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::items::registered;
    use crate::given::{Given, webhook};
    use crate::webhook;
    use crate::webhook::Removed;

    #[test]
    fn administrators_and_the_system_disable_it_once() {
        let disable = Disable { webhook: webhook(1), cause: Cause::Failing };
        let disabled = Disabled { webhook: webhook(1), cause: Cause::Failing };
        let given = Given::people().and(registered());
        given.clone().when(disable.clone()).then([disabled.clone()]);
        given.clone().by(1).when(disable.clone()).then([disabled.clone()]);
        given.clone().by(2).when(disable.clone()).refused(decision::Refusal::AdministratorNeeded);
        given.clone().and(disabled).when(disable.clone()).then_nothing();
        given.and(Removed { webhook: webhook(1) }).when(disable).refused(webhook::Refusal::NoSuchWebhook);
    }
}
