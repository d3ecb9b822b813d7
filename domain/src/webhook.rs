//! A webhook: an address outside to which events are delivered, signed. Where deliveries have come to is not recorded:
//! that belongs to the node that delivers, and moves with every event.

pub mod disable;
pub mod enable;
pub mod register;
pub mod remove;

use serde::{Deserialize, Serialize};

use crate::event::{Moment, events};
use crate::id::WebhookId;
use crate::refusal::refusals;
use crate::sealed::Sealed;

/// What is delivered, by who may read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What every member may read: what is in open communities, ideas, campaigns, the directory.
    #[default]
    Everybody,
    /// What is in closed communities and addressed to members too, without what was written.
    All,
}

/// Which fields are delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fields {
    /// Ids, times and codes: what was written and who somebody is is left out.
    #[default]
    Plain,
    /// Texts and personal data too, while every member can read them.
    Opened,
}

/// Why nothing is delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An administrator said so.
    #[default]
    ByHand,
    /// Deliveries failed for too long.
    Failing,
}

events! {
    Act "webhook"
    /// A webhook was registered.
    Registered = "registered" v 1 {
        /// Its id.
        webhook: WebhookId,
        /// The types of the events delivered; all of them if there is none.
        event_types: Vec<String>,
        /// What is delivered, by who may read it.
        scope: Scope,
        /// Which fields are delivered.
        fields: Fields,
    } + content(webhook) {
        /// Where to.
        url: String,
        /// What deliveries are signed with.
        secret: String,
    }
    /// Nothing is delivered for now.
    Disabled = "disabled" v 1 {
        /// Which.
        webhook: WebhookId,
        /// Why.
        cause: Cause,
    }
    /// It is delivered to again, from where deliveries had come to.
    Enabled = "enabled" v 1 {
        /// Which.
        webhook: WebhookId,
    }
    /// It was removed.
    Removed = "removed" v 1 {
        /// Which.
        webhook: WebhookId,
    }
}

/// A webhook as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// What deliveries are signed with.
    pub secret: Sealed<String>,
    /// Why nothing is delivered, if that is so.
    pub disabled: Option<Cause>,
    /// It was removed.
    pub removed: bool,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once registered.
    pub registered: Option<Webhook>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        if let Event::Registered(e) = event {
            self.registered = Some(Webhook { secret: e.secret.clone(), disabled: None, removed: false });
        }
        let Some(webhook) = &mut self.registered else { return };
        match event {
            Event::Registered(_) => {}
            Event::Disabled(e) => webhook.disabled = Some(e.cause),
            Event::Enabled(_) => webhook.disabled = None,
            Event::Removed(_) => webhook.removed = true,
        }
    }

    /// The webhook, removed or not; refused as absent before it is registered.
    pub fn known(&self) -> Result<&Webhook, Refusal> {
        self.registered.as_ref().ok_or(Refusal::NoSuchWebhook)
    }

    /// The webhook; refused as absent once removed.
    pub fn standing(&self) -> Result<&Webhook, Refusal> {
        self.known()
            .and_then(|webhook| if webhook.removed { Err(Refusal::NoSuchWebhook) } else { Ok(webhook) })
    }
}

refusals! {
    NoSuchWebhook = "NO_SUCH_WEBHOOK", "There is no such webhook; it may have been removed.",
        "Ce webhook n’existe pas ; il a peut-être été retiré.";
}
