//! What the engine knows of who comes in and what goes out: tokens, sessions, who may act and see what, and what
//! webhooks are signed with.

use std::collections::BTreeSet;
use std::path::Path;

use domain::decision::{Actor, Facts};
use domain::event::{Event, Origin, Subject};
use domain::id::{DepartmentId, Item, MemberId, OrganisationId, SessionId, TokenId, WebhookId};
use domain::policy::{Ability, Standing};
use domain::stream::StreamName;
use domain::time::{Day, Time};
use domain::{chart, disclosure, member, session, token};
use journal::Entropy;
use projections::communities;
use tokio::sync::broadcast;

use super::{Engine, Error};

/// What somebody may see of which departments, as roles and departments now stand.
pub struct Sight {
    /// What they are.
    pub standing: Standing,
    chart: Option<chart::State>,
}

impl Sight {
    /// Whether they may see something of a department with all below it, or of the whole organisation.
    pub fn may_see_of(&self, ability: Ability, of: Option<DepartmentId>) -> bool {
        self.chart.as_ref().is_some_and(|chart| self.standing.may_see_of(ability, chart, of))
    }
}

/// By whose coming in something ended, if by an event something did: a token, a session, an identity or an account. A
/// token of nobody's is a service's.
pub(super) fn ending(event: &Event) -> Option<Option<MemberId>> {
    match event {
        Event::Token(token::Event::Revoked(e)) => Some(e.member),
        Event::Session(session::Event::Ended(e)) => Some(Some(e.member)),
        Event::Member(member::Event::Deactivated(e)) => Some(Some(e.member)),
        Event::Member(member::Event::IdentityUnlinked(e)) => Some(Some(e.member)),
        _ => None,
    }
}

impl Engine {
    /// Of whom from now on a token, a session, an identity or an account ends; nobody stands for services.
    pub fn endings(&self) -> broadcast::Receiver<Option<MemberId>> {
        self.endings.subscribe()
    }

    /// Where secrets come from.
    pub fn entropy(&self) -> &dyn Entropy {
        &*self.entropy
    }

    /// What is known of a bearer token.
    pub async fn token(&self, id: TokenId) -> Result<token::State, Error> {
        let folded = self.fold_stream(&StreamName::token(id)).await?;
        Ok(token::State::of(&folded.state).cloned().unwrap_or_default())
    }

    /// What is known of a session in a browser.
    pub async fn browser_session(&self, id: SessionId) -> Result<session::State, Error> {
        let folded = self.fold_stream(&StreamName::session(id)).await?;
        Ok(session::State::of(&folded.state).cloned().unwrap_or_default())
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
        Ok(member::State::of(&folded.state).is_some_and(|person| person.account && !person.inactive))
    }

    /// What somebody is now, for whatever is asked or shown without a command.
    pub async fn standing(&self, actor: Actor) -> Result<Standing, Error> {
        let now = self.now();
        let mut facts = Facts::new(actor, now, Day::default(), Origin::Live);
        let organisation = StreamName::organisation();
        facts.add_stream(organisation.clone(), self.fold_stream(&organisation).await?);
        let mut sponsors = false;
        if let Some(member) = actor.member() {
            let person = StreamName::member(member);
            facts.add_stream(person.clone(), self.fold_stream(&person).await?);
            sponsors = communities::sponsors(&self.snapshot()?, member)?;
        }
        // Nothing else is asked for, and nothing refused.
        Ok(Standing::of(&facts, sponsors).unwrap_or_default())
    }

    /// Whether somebody may see something of a department with all below it, or of the whole organisation.
    pub async fn may_see_of(
        &self,
        actor: Actor,
        ability: Ability,
        of: Option<DepartmentId>,
    ) -> Result<bool, Error> {
        Ok(self.sight(actor).await?.may_see_of(ability, of))
    }

    /// What somebody may see of which departments.
    pub async fn sight(&self, actor: Actor) -> Result<Sight, Error> {
        let folded = self.fold_stream(&StreamName::chart()).await?;
        let chart = chart::State::of(&folded.state).cloned();
        Ok(Sight { standing: self.standing(actor).await?, chart })
    }

    /// A department and all below it, as the chart stands now.
    pub async fn below(&self, department: DepartmentId) -> Result<BTreeSet<DepartmentId>, Error> {
        let folded = self.fold_stream(&StreamName::chart()).await?;
        Ok(chart::State::of(&folded.state).map(|chart| chart.below(department)).unwrap_or_default())
    }

    /// Until when something is open to a member for a reason they gave, if it is, and they may still read so.
    pub async fn opened_until(&self, actor: Actor, item: Item) -> Result<Option<Time>, Error> {
        let Some(member) = actor.member() else { return Ok(None) };
        let folded = self.fold_stream(&StreamName::disclosure(item, member)).await?;
        let state = disclosure::State::of(&folded.state).filter(|state| state.is_open(self.now()));
        let Some(until) = state.and_then(|state| state.until) else { return Ok(None) };
        let may = self.standing(actor).await?.may_with_reason(Ability::ReadWithReason);
        Ok(may.then_some(until))
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
