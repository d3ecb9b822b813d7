//! Register a webhook.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::{Event, Origin};
use crate::id::WebhookId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::webhook::{Fields, Registered, Scope, State};
use crate::words::{self, BODY_MAX};

/// An administrator has events delivered to an address. The secret is no part of what identifies the command: a repeat
/// with another one is answered as the first time, and the first one holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Register {
    /// Its id, if the sender chose one.
    pub webhook: Option<WebhookId>,
    /// Where to: https, or http on this machine.
    pub url: String,
    /// The types of the events delivered; all of them if there is none.
    pub event_types: Vec<String>,
    /// What is delivered, by who may read it.
    pub scope: Scope,
    /// Which fields are delivered.
    pub fields: Fields,
    /// What deliveries are signed with.
    #[serde(skip)]
    pub secret: String,
}

/// The longest address.
const URL_MAX: usize = 2_000;
/// The most types that are named.
const TYPES_MAX: usize = 200;

refusals! {
    WebhookExists = "WEBHOOK_EXISTS",
        "There is a webhook with this id already; leave the id out or choose another.",
        "Un webhook porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
    NotAWebhookAddress = "NOT_A_WEBHOOK_ADDRESS",
        "Give an address that begins with https://, or with http:// on this machine itself, without a user name.",
        "Donnez une adresse qui commence par https://, ou par http:// sur cette machine même, sans nom d’utilisateur.";
    NoSuchEventType = "NO_SUCH_EVENT_TYPE", "There is no such type of events to deliver; see schema/events/.",
        "Il n’existe pas de tel type d’événements à livrer ; voyez schema/events/.";
}

impl Action for Register {
    type State = State;
    const ABILITY: Ability = Ability::ManageWebhooks;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::webhook(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        if state.registered.is_some() {
            return Err(Refusal::WebhookExists.on("webhook").into());
        }
        words::required("url", &self.url, BODY_MAX, facts.origin)?;
        // Records whose texts were erased say no address.
        if !is_address(&self.url) && facts.origin == Origin::Live {
            return Err(Refusal::NotAWebhookAddress.on("url").into());
        }
        let unknown = self.event_types.iter().find(|kind| !is_delivered(kind));
        if let Some(kind) = unknown.or(self.event_types.get(TYPES_MAX)) {
            return Err(Refusal::NoSuchEventType.on("eventTypes").with(kind).into());
        }
        let registered = Registered {
            webhook: self.id(facts),
            event_types: self.event_types.clone(),
            scope: self.scope,
            fields: self.fields,
            url: self.url.clone().into(),
            secret: self.secret.clone().into(),
        };
        Ok(vec![registered.into()])
    }
}

impl Register {
    fn id(&self, facts: &Facts) -> WebhookId {
        self.webhook.unwrap_or(WebhookId(facts.new_id))
    }
}

/// Whether events of a type are ever delivered: what people do where others see it. What they read, keep, draft and
/// report, how they vote, and what administrators set up for machines is not.
pub fn is_delivered(kind: &str) -> bool {
    const KEPT: &[&str] = &[
        "seen",
        "look",
        "bookmark",
        "draft",
        "choice",
        "ballot",
        "token",
        "session",
        "webhook",
        "disclosure",
    ];
    const CONFIDENTIAL: &[&str] = &["moderation.reported", "moderation.dismissed"];
    let category = kind.split('.').next().unwrap_or_default();
    !KEPT.contains(&category)
        && !CONFIDENTIAL.contains(&kind)
        && Event::declared().any(|declared| declared.name == kind)
}

/// Whether deliveries may go there at all: over TLS, or to this machine. Whether a name leads to a network that they
/// must not reach is found out when they are sent.
fn is_address(url: &str) -> bool {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { authority }
    });
    let local = ["127.0.0.1", "[::1]", "localhost"].contains(&host);
    let plain = url.len() <= URL_MAX && url.bytes().all(|byte| byte.is_ascii_graphic());
    plain && !host.is_empty() && !authority.contains('@') && (scheme == "https" || scheme == "http" && local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::items::registered;
    use crate::given::{Given, NEW, webhook};

    fn register(url: &str) -> Register {
        Register {
            webhook: Some(webhook(1)),
            url: url.to_owned(),
            event_types: vec!["post.published".to_owned()],
            scope: Scope::Everybody,
            fields: Fields::Plain,
            secret: "whsec_AAAA".to_owned(),
        }
    }

    const URL: &str = "https://example.org/hook";

    #[test]
    fn administrators_register_a_webhook_once() {
        Given::people().by(1).when(register(URL)).then([registered()]);
        Given::people().by(2).when(register(URL)).refused(decision::Refusal::AdministratorNeeded);
        Given::people().and(registered()).when(register(URL)).refused(Refusal::WebhookExists);
        let new = Registered { webhook: WebhookId(NEW), ..registered() };
        Given::people().when(Register { webhook: None, ..register(URL) }).then([new]);
    }

    #[test]
    fn deliveries_go_over_tls_or_to_this_machine() {
        for good in
            ["https://example.org", "http://127.0.0.1:8080/x", "http://[::1]:1/", "http://localhost/?a"]
        {
            assert!(is_address(good), "{good}");
        }
        let long = format!("https://{}", "a".repeat(2_000));
        for bad in [
            "http://example.org/",
            "ftp://example.org",
            "https://",
            "https://user@example.org/",
            "http://localhost.example.org/",
            "http://127.0.0.1@example.org/",
            "https://example.org/ x",
            "example.org",
            &long,
        ] {
            Given::people().when(register(bad)).refused(Refusal::NotAWebhookAddress);
        }
        Given::people().when(register(" ")).refused(words::Refusal::Blank);
    }

    #[test]
    fn what_people_do_for_themselves_is_delivered_nowhere() {
        for kind in
            ["seen.viewed", "bookmark.kept", "draft.saved", "choice.made", "moderation.reported", "x.y"]
        {
            let unknown = Register { event_types: vec![kind.to_owned()], ..register(URL) };
            Given::people().when(unknown).refused_with(Refusal::NoSuchEventType, kind);
        }
        assert!(is_delivered("comment.added"));
    }

    #[test]
    fn records_whose_address_is_gone_are_webhooks_all_the_same() {
        let gone = Registered { url: String::new().into(), ..registered() };
        Given::people().imported().when(register("")).then([gone]);
    }
}
