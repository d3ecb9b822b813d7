//! Webhooks, for administrators.

pub(crate) mod change;

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::id::WebhookId;
use domain::policy::Ability;
use projections::webhooks;

use super::caller::Asked;
use super::failure::Failure;
use super::time::DateTime;

/// What is delivered to a webhook, by who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::webhook::Scope")]
pub(crate) enum WebhookScope {
    /// What every member may read: what is in open communities, ideas, campaigns, the directory.
    Everybody,
    /// What is in closed communities and addressed to members too, without what was written.
    All,
}

/// Which fields are delivered to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::webhook::Fields")]
pub(crate) enum WebhookFields {
    /// Ids, times and codes: what was written and who somebody is is left out.
    Plain,
    /// Texts and personal data too, while every member can read them.
    Opened,
}

/// Why nothing is delivered to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::webhook::Cause")]
pub(crate) enum WebhookCause {
    /// An administrator said so.
    ByHand,
    /// Deliveries failed for three days.
    Failing,
}

/// A webhook.
pub(crate) struct Webhook(webhooks::Webhook);

impl Webhook {
    /// A webhook by its id, if the caller may see any: there are few.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: WebhookId) -> Result<Option<Self>, Failure> {
        Ok(Self::all(ctx).await?.into_iter().find(|webhook| webhook.0.id == id))
    }

    async fn all(ctx: &Context<'_>) -> Result<Vec<Self>, Failure> {
        if !ctx.engine().standing(ctx.caller().actor).await?.may(Ability::SeeWebhooks) {
            return Ok(vec![]);
        }
        let rows = ctx.reading().read(webhooks::webhooks)?;
        Ok(rows.into_iter().map(Self).collect())
    }
}

/// A webhook: an address outside to which events are delivered in their order, at least once, signed as Standard
/// Webhooks has it.
#[Object]
impl Webhook {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Where to; null once it was erased.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }
    /// The types of the events delivered, such as `post.published`; all that are delivered anywhere when empty.
    async fn event_types(&self) -> &[String] {
        &self.0.event_types
    }
    /// What is delivered, by who may read it.
    async fn scope(&self) -> WebhookScope {
        self.0.scope.into()
    }
    /// Which fields are delivered.
    async fn fields(&self) -> WebhookFields {
        self.0.fields.into()
    }
    /// When it was registered.
    async fn registered_at(&self) -> DateTime {
        DateTime(self.0.registered_at)
    }
    /// Why nothing is delivered; null while it is enabled.
    async fn disabled(&self) -> Option<WebhookCause> {
        self.0.disabled.map(Into::into)
    }
    /// Since when nothing is delivered; null while it is enabled.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(DateTime)
    }
    /// Whether its secret can be read. Without one nothing is delivered: what was imported has none, so register it
    /// anew.
    async fn signed(&self) -> bool {
        self.0.is_signed()
    }
}

/// Queries about webhooks.
#[derive(Default)]
pub(crate) struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// The webhooks there are, the oldest first: for administrators; empty for everybody else.
    async fn webhooks(&self, ctx: &Context<'_>) -> Result<Vec<Webhook>> {
        Ok(Webhook::all(ctx).await?)
    }
}
