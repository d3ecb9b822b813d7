//! Webhooks: where events are delivered to, and what of them. For administrators, and for whatever delivers.

use domain::event::{Event, Position, Recorded};
use domain::id::WebhookId;
use domain::time::Time;
use domain::webhook::{Cause, Event as Hooked, Fields, Scope};
use rusqlite::Row;

use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put, update};
use crate::value::{Value, col, id};
use crate::writes::Writes;
use crate::{Error, Snapshot};

// `registered_position` is where deliveries begin: it belongs to this journal, as this file does.
static WEBHOOKS: Table = Table {
    name: "webhooks",
    key: &["webhook BLOB NOT NULL"],
    columns: &[
        "registered_at INTEGER NOT NULL",
        "registered_position INTEGER NOT NULL",
        "event_types TEXT NOT NULL",
        "scope INTEGER NOT NULL",
        "fields INTEGER NOT NULL",
        "disabled INTEGER",
        "disabled_at INTEGER",
        "url TEXT",
        "secret TEXT",
    ],
    layout: Layout::Heap,
    also: &[],
    looked_up: &[],
};

/// Webhooks.
pub static PROJECTION: Projection = Projection { name: "webhooks", version: 1, tables: &[&WEBHOOKS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Webhook(event) = &recorded.event else { return };
    match event {
        Hooked::Registered(e) => put!(
            writes,
            WEBHOOKS {
                webhook: e.webhook,
                registered_at: recorded.metadata.occurred_at,
                registered_position: recorded.position,
                event_types: e.event_types.join(" ").as_str(),
                scope: e.scope as i64,
                fields: e.fields as i64,
                disabled: Value::Null,
                disabled_at: Value::Null,
                url: &e.url,
                secret: &e.secret,
            }
        ),
        Hooked::Disabled(e) => update!(writes, WEBHOOKS [e.webhook] {
            disabled = e.cause as i64,
            disabled_at = recorded.metadata.occurred_at,
        }),
        Hooked::Enabled(e) => update!(writes, WEBHOOKS [e.webhook] {
            disabled = Value::Null,
            disabled_at = Value::Null,
        }),
        Hooked::Removed(e) => delete!(writes, WEBHOOKS[e.webhook]),
    }
}

/// A webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Since when it is there.
    pub registered_at: Time,
    /// After which position deliveries begin.
    pub registered_position: Position,
    /// The types of the events delivered; all of them if there is none.
    pub event_types: Vec<String>,
    /// What is delivered, by who may read it.
    pub scope: Scope,
    /// Which fields are delivered.
    pub fields: Fields,
    /// Why nothing is delivered, if that is so.
    pub disabled: Option<Cause>,
    /// Since when.
    pub disabled_at: Option<Time>,
    /// Where to; nothing once it is gone.
    pub url: Option<String>,
    /// What deliveries are signed with; nothing once it is gone.
    pub secret: Option<String>,
}

impl Webhook {
    /// Whether there is a secret to sign with: what was imported has none.
    pub fn is_signed(&self) -> bool {
        self.secret.as_ref().is_some_and(|secret| !secret.is_empty())
    }
}

/// The webhooks there are, the oldest first: the caller has seen to it that an administrator asks, or what delivers.
pub fn webhooks(snapshot: &Snapshot) -> Result<Vec<Webhook>, Error> {
    let sql = "SELECT webhook, registered_at, registered_position, event_types, scope, fields, disabled, disabled_at,
        url, secret FROM webhooks ORDER BY registered_at, webhook";
    snapshot.rows(sql, &[], read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Webhook> {
    Ok(Webhook {
        id: id(row, 0)?,
        registered_at: col(row, 1)?,
        registered_position: Position(col(row, 2)?),
        event_types: col::<String>(row, 3)?.split_whitespace().map(str::to_owned).collect(),
        scope: if col::<i64>(row, 4)? == Scope::All as i64 { Scope::All } else { Scope::Everybody },
        fields: if col::<i64>(row, 5)? == Fields::Opened as i64 { Fields::Opened } else { Fields::Plain },
        disabled: col::<Option<i64>>(row, 6)?.map(|cause| match cause {
            0 => Cause::ByHand,
            _ => Cause::Failing,
        }),
        disabled_at: col(row, 7)?,
        url: col(row, 8)?,
        secret: col(row, 9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{History, history, webhook};
    use domain::sealed::Sealed;
    use domain::webhook::{Disabled, Enabled, Registered, Removed};

    fn registered(url: Sealed<String>) -> Registered {
        let event_types = vec!["post.published".to_owned(), "comment.added".to_owned()];
        let (scope, fields) = (Scope::All, Fields::Opened);
        Registered { webhook: webhook(1), event_types, scope, fields, url, secret: Sealed::Gone }
    }

    fn disabled() -> Disabled {
        Disabled { webhook: webhook(1), cause: Cause::Failing }
    }

    fn shown(given: &History) -> Vec<Webhook> {
        webhooks(&given.snapshot()).unwrap()
    }

    #[test]
    fn each_event_writes_also_when_its_address_is_gone() {
        let given = history().and(registered(Sealed::Gone)).and(disabled());
        let given = given.and(Enabled { webhook: webhook(1) }).and(Removed { webhook: webhook(1) });
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        put webhooks webhook=e:1 registered_at=1700000001000000 registered_position=1 event_types="post.published comment.added" scope=1 fields=1 disabled=- disabled_at=- url=- secret=-
        update webhooks webhook=e:1 disabled=1 disabled_at=1700000002000000
        update webhooks webhook=e:1 disabled=- disabled_at=-
        delete webhooks webhook=e:1
        "#);
    }

    #[test]
    fn a_webhook_stands_until_it_is_removed() {
        let given = history().and(registered("https://example.org/".to_owned().into())).and(disabled());
        let rows = shown(&given);
        assert_eq!((rows[0].disabled, rows[0].registered_position), (Some(Cause::Failing), Position(1)));
        assert_eq!(
            (rows[0].event_types.len(), rows[0].scope, rows[0].fields),
            (2, Scope::All, Fields::Opened)
        );
        let enabled = given.and(Enabled { webhook: webhook(1) });
        assert_eq!(shown(&enabled)[0].disabled, None);
        assert_eq!(shown(&enabled.and(Removed { webhook: webhook(1) })), []);
    }
}
