//! What the engine knows of who comes in and what goes out: tokens, sessions, who may act or administers, and what
//! webhooks are signed with.

use std::path::Path;

use domain::decision::Actor;
use domain::event::Subject;
use domain::id::{OrganisationId, SessionId, TokenId, WebhookId};
use domain::organisation::Role;
use domain::stream::StreamName;
use journal::Entropy;

use super::{Engine, Error};

impl Engine {
    /// Where secrets come from.
    pub fn entropy(&self) -> &dyn Entropy {
        &*self.entropy
    }

    /// What is known of a bearer token.
    pub async fn token(&self, id: TokenId) -> Result<domain::token::State, Error> {
        let folded = self.fold_stream(&StreamName::token(id)).await?;
        Ok(domain::token::State::of(&folded.state).cloned().unwrap_or_default())
    }

    /// What is known of a session in a browser.
    pub async fn browser_session(&self, id: SessionId) -> Result<domain::session::State, Error> {
        let folded = self.fold_stream(&StreamName::session(id)).await?;
        Ok(domain::session::State::of(&folded.state).cloned().unwrap_or_default())
    }

    /// The organisation's id, once it is established.
    pub async fn organisation(&self) -> Result<Option<OrganisationId>, Error> {
        let folded = self.fold_stream(&StreamName::organisation()).await?;
        let settings =
            domain::organisation::State::of(&folded.state).and_then(|state| state.settings.as_ref());
        Ok(settings.map(|settings| settings.organisation))
    }

    /// Whether somebody may act now: a member while they have an account and have not left.
    pub async fn may_act(&self, actor: Actor) -> Result<bool, Error> {
        let Some(member) = actor.member() else { return Ok(true) };
        let folded = self.fold_stream(&StreamName::member(member)).await?;
        Ok(domain::member::State::of(&folded.state).is_some_and(|person| person.account && !person.inactive))
    }

    /// Whether somebody has the powers of an administrator now.
    pub async fn administers(&self, actor: Actor) -> Result<bool, Error> {
        let Some(member) = actor.member() else { return Ok(true) };
        let folded = self.fold_stream(&StreamName::organisation()).await?;
        let state = domain::organisation::State::of(&folded.state);
        Ok(state.is_some_and(|state| state.holds(member, Role::Administrator, self.now())))
    }

    /// What deliveries to a webhook are signed with, while that can be read.
    pub async fn webhook_secret(&self, id: WebhookId) -> Result<Option<String>, Error> {
        let folded = self.fold_stream(&StreamName::webhook(id)).await?;
        let state = domain::webhook::State::of(&folded.state);
        let webhook = state.and_then(|state| state.registered.as_ref());
        Ok(webhook.and_then(|webhook| webhook.secret.open().cloned()))
    }

    /// Where the view file is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
