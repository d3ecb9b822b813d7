//! How members want to be told, and what they were mailed last.

use domain::digest;
use domain::event::{Event, Recorded};
use domain::id::MemberId;
use domain::notification::{Kind, Pace, Preference};
use domain::preferences;
use domain::time::Time;
use rusqlite::Row;

use crate::projection::Projection;
use crate::table::{Layout, Table, put};
use crate::value::{Value, col, id};
use crate::writes::Writes;
use crate::{Error, Snapshot, Viewer};

// What nobody chose is not here: see `Preference::by_default`.
static CHOSEN: Table = Table {
    name: "notification_preferences",
    key: &["member BLOB NOT NULL", "kind INTEGER NOT NULL"],
    columns: &["inbox INTEGER NOT NULL", "mail INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX announcements_at_once ON notification_preferences(member) WHERE kind = 7 AND mail = 0",
    ],
    looked_up: &[],
};

static LANGUAGES: Table = Table {
    name: "mail_languages",
    key: &["member BLOB NOT NULL"],
    columns: &["language TEXT"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

static SENT: Table = Table {
    name: "mails_sent",
    key: &["member BLOB NOT NULL", "pace INTEGER NOT NULL"],
    columns: &["day INTEGER NOT NULL", "up_to INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// Preferences, and the last mails.
pub static PROJECTION: Projection =
    Projection { name: "preferences", version: 1, tables: &[&CHOSEN, &LANGUAGES, &SENT], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Preferences(preferences::Event::NotificationChanged(e)) => put!(
            writes,
            CHOSEN {
                member: e.member,
                kind: e.notification as i64,
                inbox: e.preference.inbox,
                mail: e.preference.mail as i64,
            }
        ),
        Event::Preferences(preferences::Event::LanguageChanged(e)) => {
            let language = e.language.as_ref().map(|language| language.as_str());
            put!(writes, LANGUAGES { member: e.member, language: language });
        }
        Event::Digest(digest::Event::Sent(e)) => {
            let day = recorded.metadata.local_day;
            put!(writes, SENT { member: e.member, pace: e.pace as i64, day: day, up_to: e.up_to });
        }
        _ => {}
    }
}

/// How a member wants to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    chosen: Vec<(Kind, Preference)>,
    /// The language of mails as a BCP 47 tag, if they chose one.
    pub language: Option<String>,
}

impl Preferences {
    /// How they are told of a kind: as they chose, or by default.
    pub fn of(&self, kind: Kind) -> Preference {
        let chosen = self.chosen.iter().find(|(of, _)| *of == kind);
        chosen.map_or(Preference::by_default(kind), |(_, preference)| *preference)
    }
}

/// The viewer's own preferences; the defaults for anybody but a member.
pub fn of_viewer(snapshot: &Snapshot, viewer: &Viewer) -> Result<Preferences, Error> {
    let sql = "SELECT kind, inbox, mail FROM notification_preferences WHERE member = ?1";
    let chosen = snapshot.rows(sql, &[viewer.value()], read)?;
    let sql = "SELECT language FROM mail_languages WHERE member = ?1";
    let language = snapshot.row(sql, &[viewer.value()], |row| col::<Option<String>>(row, 0))?.flatten();
    Ok(Preferences { chosen: chosen.into_iter().flatten().collect(), language })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<(Kind, Preference)>> {
    let Some(kind) = kind(col(row, 0)?) else { return Ok(None) };
    Ok(Some((kind, Preference { inbox: col(row, 1)?, mail: pace(col(row, 2)?) })))
}

/// A kind by its code.
pub(crate) fn kind(code: i64) -> Option<Kind> {
    usize::try_from(code).ok().and_then(|code| Kind::ALL.get(code)).copied()
}

fn pace(code: i64) -> Pace {
    match code {
        0 => Pace::AtOnce,
        1 => Pace::Daily,
        2 => Pace::Weekly,
        _ => Pace::Never,
    }
}

/// Somebody who can be mailed: they have an account and an address, and are not away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub member: MemberId,
    /// Up to where they were told by the last mail of a pace, if there was one.
    pub told_up_to: Option<Time>,
}

/// Whoever can be mailed: `?1` is the pace, `?2` the member behind whom they are read, `?3` how many.
macro_rules! recipients_where {
    ($more:literal) => {
        concat!(
            "SELECT m.member, s.up_to FROM members m LEFT JOIN mails_sent s ON s.member = m.member AND s.pace = ?1
                WHERE m.member > ?2 AND m.email IS NOT NULL AND m.account_at IS NOT NULL AND m.left_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM organisation o WHERE o.anonymous = 1)",
            $more,
            " ORDER BY m.member LIMIT ?3"
        )
    };
}

/// So many of those who can be mailed, by id, behind one of them, each with their last mail of a pace: everybody, or
/// those who may have been told of something since a time. In an anonymous organisation there is nobody.
pub fn recipients(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    (pace, told_since): (Pace, Option<Time>),
    (behind, count): (MemberId, usize),
) -> Result<Vec<Recipient>, Error> {
    const ALL: &str = recipients_where!("");
    // An announcement is no row of a member: who wants to be told of those at once is looked at each time.
    const SINCE: &str = recipients_where!(
        " AND m.member IN (SELECT n.member FROM notifications n WHERE n.at > ?4
            UNION SELECT f.member FROM notification_preferences f WHERE f.kind = 7 AND f.mail = 0)"
    );
    let count = Value::Int(i64::try_from(count).unwrap_or(i64::MAX));
    let mut given = vec![Value::Int(pace as i64), behind.into(), count];
    given.extend(told_since.map(Value::from));
    snapshot.rows(if told_since.is_some() { SINCE } else { ALL }, &given, |row| {
        Ok(Recipient { member: id(row, 0)?, told_up_to: col::<Option<Time>>(row, 1)? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{History, community, department, history, member, organisation};
    use domain::digest::Sent;
    use domain::member::{AccountOpened, Deactivated, Registered};
    use domain::membership::Invited;
    use domain::organisation::Established;
    use domain::preferences::{LanguageChanged, NotificationChanged};
    use domain::sealed::Sealed;

    const SILENT: Preference = Preference { inbox: false, mail: Pace::Never };

    fn silenced() -> NotificationChanged {
        NotificationChanged {
            member: member(1),
            notification: Kind::Answer,
            preference: SILENT,
            preference_was: Preference::by_default(Kind::Answer),
        }
    }

    fn sent() -> Sent {
        Sent { member: member(1), pace: Pace::Daily, up_to: Time::EPOCH, count: 2 }
    }

    fn french() -> LanguageChanged {
        LanguageChanged { member: member(1), language: Some("fr".parse().unwrap()), language_was: None }
    }

    #[test]
    fn each_event_writes_and_nothing_of_it_can_be_gone() {
        let given = history().and(silenced()).and(french()).and(sent());
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        put notification_preferences member=2:1 kind=1 inbox=0 mail=3
        put mail_languages member=2:1 language="fr"
        put mails_sent member=2:1 pace=1 day=19675 up_to=0
        "#);
    }

    #[test]
    fn what_was_not_chosen_is_as_by_default() {
        let given = history().and(silenced()).and(french());
        let of = |n| of_viewer(&given.snapshot(), &Viewer::Member(member(n))).unwrap();
        assert_eq!((of(1).of(Kind::Answer), of(1).language.as_deref()), (SILENT, Some("fr")));
        assert_eq!(of(1).of(Kind::Mention), Preference::by_default(Kind::Mention));
        assert_eq!(of(2), Preferences::default());
    }

    fn registered(n: u64, email: Sealed<Option<String>>) -> Registered {
        Registered { member: member(n), department: department(1), name: "Ada".to_owned().into(), email }
    }

    /// Four with accounts: one without an address, one whose address is gone, and one who left.
    fn given(anonymous: bool) -> History {
        let address = || Sealed::Open(Some("ada@example.org".to_owned()));
        let given = history().and(Established {
            organisation: organisation(1),
            time_zone: "UTC".to_owned(),
            language: "fr".parse().unwrap(),
            anonymous,
            source: None,
            threshold: None,
            name: "Org".to_owned().into(),
        });
        let emails = [address(), Sealed::Open(None), Sealed::Gone, address()];
        let given = emails.into_iter().zip(1..).fold(given, |given, (email, n)| {
            let opened = AccountOpened { member: member(n), department: department(1) };
            given.and(registered(n, email)).and(opened)
        });
        let given = given.and(registered(5, address()));
        given.and(Deactivated { member: member(4), department: department(1) }).and(sent())
    }

    #[test]
    fn who_has_an_address_and_an_account_and_is_not_away_is_mailed() {
        let found = |given: &History, pace| {
            let all = ((pace, None), (MemberId::default(), 9));
            recipients(&given.snapshot(), &Viewer::Operator, all.0, all.1).unwrap()
        };
        let ada = |told_up_to| vec![Recipient { member: member(1), told_up_to }];
        assert_eq!(found(&given(false), Pace::Daily), ada(Some(Time::EPOCH)));
        assert_eq!(found(&given(false), Pace::Weekly), ada(None));
        assert_eq!(found(&given(true), Pace::Daily), []);
    }

    #[test]
    fn at_once_those_are_looked_at_who_were_told_of_something_since() {
        let given = given(false);
        let since = given.time();
        let invited = Invited { community: community(1), member: member(1) };
        let found = |given: &History| {
            let asked = ((Pace::AtOnce, Some(since)), (MemberId::default(), 9));
            recipients(&given.snapshot(), &Viewer::Operator, asked.0, asked.1).unwrap().len()
        };
        assert_eq!((found(&given), found(&given.clone().by(2, 1).and(invited))), (0, 1));
        let preference = Preference { inbox: true, mail: Pace::AtOnce };
        let announced = NotificationChanged { notification: Kind::Announcement, preference, ..silenced() };
        assert_eq!(found(&given.and(announced)), 1);
    }
}
