//! Mutations upon webhooks.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::id::WebhookId;
use domain::webhook::Cause;
use domain::webhook::disable::Disable;
use domain::webhook::enable::Enable;
use domain::webhook::register::Register;
use domain::webhook::remove::Remove;

use super::{Webhook, WebhookFields, WebhookScope};
use crate::engine;
use crate::graphql::answer::{Answer, UserError, perform};
use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;
use crate::graphql::mutations::{mutations, payload};
use crate::graphql::position::Position;
use crate::webhooks::Secret;

payload! {
    /// What became of a mutation upon a webhook.
    WebhookPayload {
        /// The webhook as it stands now; null when nothing was changed, or once it is removed.
        webhook: Webhook = WebhookId
    }
}

mutations! {
    /// Mutations upon webhooks.
    WebhookMutation -> WebhookPayload {
        /// Delivers nothing to a webhook for now. For administrators.
        change disableWebhook(DisableWebhookInput {
            /// Which.
            webhook: ID,
        }) on webhook => |ids, input| Disable {
            webhook: ids.id("webhook", &input.webhook)?,
            cause: Cause::ByHand,
        };

        /// Delivers to a webhook again, from where deliveries had come to. For administrators.
        change enableWebhook(EnableWebhookInput {
            /// Which.
            webhook: ID,
        }) on webhook => |ids, input| Enable { webhook: ids.id("webhook", &input.webhook)? };

        /// Removes a webhook. For administrators.
        change removeWebhook(RemoveWebhookInput {
            /// Which.
            webhook: ID,
        }) on webhook => |ids, input| Remove { webhook: ids.id("webhook", &input.webhook)? };
    }
}

/// What `registerWebhook` takes.
#[derive(Debug, InputObject)]
pub(crate) struct RegisterWebhookInput {
    /// Makes a repeat safe: the same id with the same input is answered as the first time.
    command_id: Option<ID>,
    /// Where to: `https://…`, or `http://` on this machine itself; at most 2,000 characters, without a user name.
    url: String,
    /// The types of the events delivered, such as `post.published`; all that are delivered anywhere when empty.
    #[graphql(default)]
    event_types: Vec<String>,
    /// What is delivered, by who may read it.
    #[graphql(default_with = "WebhookScope::Everybody")]
    scope: WebhookScope,
    /// Which fields are delivered.
    #[graphql(default_with = "WebhookFields::Plain")]
    fields: WebhookFields,
}

/// What became of a registration.
pub(crate) struct RegisterWebhookPayload {
    answer: Answer,
    secret: String,
}

/// What became of a registration.
#[Object]
impl RegisterWebhookPayload {
    /// The webhook; null when nothing was registered.
    async fn webhook(&self, ctx: &Context<'_>) -> Option<Result<Webhook>> {
        let id = self.answer.user_errors.is_empty().then_some(WebhookId(self.answer.new_id))?;
        Webhook::by_id(ctx, id).await.map_err(Into::into).transpose()
    }
    /// What deliveries are signed with, as Standard Webhooks writes it: shown this once. Null when nothing was
    /// registered, and in the answer to a repeat.
    async fn secret(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        if !self.answer.user_errors.is_empty() {
            return Ok(None);
        }
        let kept = ctx.engine().webhook_secret(WebhookId(self.answer.new_id)).await.map_err(Failure::from)?;
        Ok(kept.filter(|kept| *kept == self.secret).map(|_| self.secret.as_str()))
    }
    /// Answers at this position or after hold the change; null when nothing was changed.
    async fn position(&self) -> Option<Position> {
        self.answer.position
    }
    /// Whether the change shows already. If not, it is recorded and will: read again with `atLeast`.
    async fn projected(&self) -> bool {
        self.answer.projected
    }
    /// Why nothing was changed; empty when all went well.
    async fn user_errors(&self) -> &[UserError] {
        &self.answer.user_errors
    }
}

/// The mutation that registers webhooks: its answer shows a secret.
#[derive(Default)]
pub(crate) struct RegisterWebhookMutation;

#[Object]
impl RegisterWebhookMutation {
    /// Registers a webhook: what happens from now on is delivered to it. For administrators.
    async fn register_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it takes.")] input: RegisterWebhookInput,
    ) -> Result<RegisterWebhookPayload> {
        let secret = Secret::try_new(ctx.engine().entropy())
            .map_err(|error| Failure::from(engine::Error::from(error)))?;
        let register = Register {
            webhook: None,
            url: input.url.clone(),
            event_types: input.event_types.clone(),
            scope: input.scope.into(),
            fields: input.fields.into(),
            secret: secret.clone(),
        };
        let sent = (input.command_id.as_ref(), &["command_id", "url", "event_types", "scope", "fields"][..]);
        Ok(RegisterWebhookPayload { answer: perform(ctx, sent, |_| Ok(register)).await?, secret })
    }
}
