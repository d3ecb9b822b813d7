//! Versions, and who has a document checked out.

use super::*;
use crate::batches::{given, shared};
use crate::given::{community, document, history, member};
use domain::audience::Audience;
use domain::document::{CheckedOut, Renamed, Revised, Withdrawn};
use domain::sealed::Sealed;

fn here() -> Audience {
    Audience::Community(community(1))
}

fn revised() -> Revised {
    let contents = Contents::File { sha256: "ab".to_owned(), size: 3, media_type: "text/plain".to_owned() };
    let (author, community) = (member(1), Some(community(1)));
    Revised { document: document(1), author, community, number: 2, contents, link: Sealed::Gone }
}

fn out() -> CheckedOut {
    CheckedOut { document: document(1), author: member(1), community: Some(community(1)), by: member(2) }
}

#[test]
fn each_event_writes_also_when_its_name_is_gone() {
    let (author, community) = (member(1), Some(community(1)));
    let renamed =
        Renamed { document: document(1), author, community, name: Sealed::Gone, name_was: Sealed::Gone };
    let given = history().and(shared(1, here())).and(revised()).and(renamed).and(out());
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put documents document=6:1 author=2:1 community=3:1 addressees=- published_at=1700000001000000 number=1 revised_at=- revision=1 checked_out_by=- checked_out_at=- archived_at=- withdrawn=0 language=- topics=- mentions=- name="Plan"
    update documents document=6:1 number=2 revised_at=1700000002000000
    update documents document=6:1 revision=3 name=-
    update documents document=6:1 checked_out_by=2:2 checked_out_at=1700000004000000
    put document_versions document=6:1 number=1 author=2:1 at=1700000001000000 contents=0 sha256=- size=- media_type=- link=-
    put document_versions document=6:1 number=2 author=2:1 at=1700000002000000 contents=1 sha256="ab" size=3 media_type="text/plain" link=-
    "#);
}

#[test]
fn versions_stand_newest_first_and_a_withdrawn_document_is_not_there() {
    let given = given().and(shared(1, here())).and(revised()).and(out());
    let snapshot = given.snapshot();
    let found = versions(&snapshot, &Viewer::Operator, &[document(1)]).unwrap();
    assert_eq!(found.iter().map(|version| version.number).collect::<Vec<_>>(), [2, 1]);
    assert!(matches!(found[0].contents, Contents::File { size: 3, .. }));
    let page =
        of_communities(&snapshot, &Viewer::Operator, &[community(1)], &Paging::first(5)).unwrap().remove(0);
    assert_eq!((page.rows[0].number, page.rows[0].checked_out_by), (2, Some(member(2))));
    let given =
        given.and(Withdrawn { document: document(1), author: member(1), community: Some(community(1)) });
    assert!(by_ids(&given.snapshot(), &Viewer::Operator, &[document(1)]).unwrap().is_empty());
}
