//! Disclosures: what was opened to whom and why, for those who are told of it.

use domain::disclosure::Event as Disclosed;
use domain::event::{Event, Recorded};
use domain::id::NotificationId;

use crate::projection::Projection;
use crate::table::{Layout, Table, put};
use crate::value::col;
use crate::writes::Writes;
use crate::{Error, Snapshot, Viewer};

// Called what its event is called, as the notifications of it are.
static DISCLOSURES: Table = Table {
    name: "disclosures",
    key: &["disclosure BLOB NOT NULL"],
    columns: &["reason TEXT"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// What was opened for a reason.
pub static PROJECTION: Projection =
    Projection { name: "disclosures", version: 1, tables: &[&DISCLOSURES], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Disclosure(Disclosed::Opened(e)) = &recorded.event else { return };
    put!(writes, DISCLOSURES { disclosure: recorded.id, reason: &e.reason });
}

/// Why something was opened, for whoever was told by this notification; nothing for others, and once it is gone.
pub fn reason(snapshot: &Snapshot, viewer: &Viewer, of: NotificationId) -> Result<Option<String>, Error> {
    let sql = "SELECT d.reason FROM disclosures d JOIN notifications n
        ON n.notification = d.disclosure AND n.member = ?1 WHERE d.disclosure = ?2";
    Ok(snapshot.row(sql, &[viewer.value(), of.0.into()], |row| col::<Option<String>>(row, 0))?.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batches::given;
    use crate::given::{History, member, post};
    use domain::disclosure::Opened;
    use domain::id::Item;
    use domain::sealed::Sealed;
    use domain::time::Time;

    fn opened(reason: Sealed<String>) -> Opened {
        Opened {
            item: Item::Post(post(1)),
            author: member(2),
            community: None,
            member: member(1),
            until: Time::EPOCH,
            told: vec![member(2), member(3)],
            reason,
        }
    }

    #[test]
    fn each_event_writes_a_reason_that_may_be_gone() {
        let history =
            crate::given::history().and(opened("Theft".to_owned().into())).and(opened(Sealed::Gone));
        insta::assert_snapshot!(history.writes(&PROJECTION), @r#"
        put disclosures disclosure=b:1 reason="Theft"
        put disclosures disclosure=b:2 reason=-
        "#);
    }

    #[test]
    fn those_who_are_told_know_why_and_nobody_else_does() {
        let given: History = given().by(1, 1).and(opened("Theft".to_owned().into()));
        let told = NotificationId(given.events.last().unwrap().id.0);
        let why = |n| reason(&given.snapshot(), &Viewer::Member(member(n)), told).unwrap();
        assert_eq!((why(2).as_deref(), why(3).as_deref(), why(4)), (Some("Theft"), Some("Theft"), None));
    }
}
