//! Activity logs in and out: what is exported and imported again is the same, what is wrong is named, and what is
//! imported twice is there once.

use domain::event::Event;
use domain::membership;
use passerelle::activity_log::import;
use passerelle::activity_log::source::Files;
use passerelle_tests::log::{World, as_in};

const ORGANISATION: &str = r#"{"name":"O","source":"urn:o","time_zone":"Europe/Paris","language":"fr"}"#;
const DEPARTMENTS: &str =
    "id,name,parent,opened_at,closed_at\nhq,Head,,,\nit,IT,hq,,\nold,Old,hq,,2026-02-01T00:00:00Z\n";
const MEMBERS: &str = "id,name,email,department,joined_at,left_at\n\
    1,Ada,ada@example.org,hq,2026-01-01T00:00:00Z,\n\
    2,\"Bo, B.\",,it,2026-01-01T00:00:00Z,\n\
    3,Cy,,it,2026-01-02T00:00:00Z,2026-03-01T00:00:00Z\n\
    4,Di,,old,2026-01-02T00:00:00Z,\n";

fn files(activities: &[String]) -> Files {
    let all = [
        ("organisation.json", ORGANISATION.to_owned()),
        ("departments.csv", DEPARTMENTS.to_owned()),
        (
            "department_changes.csv",
            "department,name,parent,at,by\nit,Informatique,hq,2026-01-05T00:00:00Z,\nit,Informatique,,2026-01-06T00:00:00Z,1\n"
                .to_owned(),
        ),
        ("members.csv", MEMBERS.to_owned()),
        (
            "transfers.csv",
            "member,department,at,known_at\n4,it,2026-01-20T00:00:00Z,2026-01-25T00:00:00Z\n".to_owned(),
        ),
        ("absences.csv", "member,left_at,returned_at\n2,2026-02-10T00:00:00Z,2026-02-20T00:00:00Z\n".to_owned()),
        (
            "roles.csv",
            "member,role,departments,from,until,revoked_at\n\
             1,administrator,,2026-01-03T00:00:00Z,,\n\
             2,coach,hq;it,2026-01-04T00:00:00Z,2026-12-01T00:00:00Z,2026-02-01T00:00:00Z\n"
                .to_owned(),
        ),
        ("activities.jsonl", activities.join("\n")),
    ];
    all.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

/// An activity of a member at a minute of 2026-02-03.
fn line(verb: &str, member: u32, minute: u32, rest: &str) -> String {
    let at = format!("2026-02-03T{:02}:{:02}:00Z", minute / 60, minute % 60);
    format!(r#"{{"type":"{verb}","actor":"member:{member}","published":"{at}","object":{rest}}}"#)
}

fn story() -> Vec<String> {
    [conversation(), documents_and_ideas()].concat()
}

fn conversation() -> Vec<String> {
    vec![
        line("Arrive", 1, 0, r#""organisation""#),
        line("Create", 1, 1, r#"{"type":"Group","id":"group:a","name":"A","summary":"a"}"#),
        line("Create", 1, 2, r#"{"type":"Group","id":"group:b","name":"B","access":"request"}"#),
        line("Join", 2, 3, r#""group:a""#),
        line("Offer", 2, 4, r#"{"type":"Join","actor":"member:2","object":"group:b"}"#),
        line("Accept", 1, 5, r#"{"type":"Join","actor":"member:2","object":"group:b"}"#),
        line(
            "Create",
            2,
            6,
            r#"{"type":"Question","id":"note:q","content":"Où ?","audience":"group:a","topics":["place"],"language":"fr"}"#,
        ),
        line(
            "Create",
            1,
            7,
            r#"{"type":"Note","id":"note:r","content":"Ici\u0007 même","inReplyTo":"note:q"}"#,
        ),
        line(
            "Create",
            2,
            8,
            r#"{"type":"Note","id":"note:s","content":"Merci","inReplyTo":"note:r","mentions":["member:1"]}"#,
        ),
        line("Accept", 2, 9, r#""note:r""#),
        line("Like", 2, 10, r#""note:r""#),
        line("Undo", 2, 11, r#"{"type":"Like","object":"note:r"}"#),
        line("View", 2, 12, r#""note:q""#),
        line("Update", 1, 13, r#"{"type":"Note","id":"note:r","content":"Là"}"#),
        line("Delete", 2, 14, r#""note:s""#),
        line("Create", 1, 15, r#"{"type":"Note","id":"note:t","content":"","to":["member:2","member:4"]}"#),
        line(
            "Create",
            4,
            16,
            r#"{"type":"Note","id":"note:u","content":"sans avoir rejoint","audience":"group:a"}"#,
        ),
    ]
}

fn documents_and_ideas() -> Vec<String> {
    vec![
        line("Create", 2, 17, r#"{"type":"Document","id":"document:d","name":"D","audience":"group:b"}"#),
        line(
            "Update",
            2,
            18,
            r#"{"type":"Document","id":"document:d","name":"E","href":"https://example.org/"}"#,
        ),
        line(
            "Create",
            1,
            19,
            r#"{"type":"Campaign","id":"campaign:c","name":"C","voting":{"rule":"opinion"}}"#,
        ),
        line(
            "Create",
            2,
            20,
            r#"{"type":"Idea","id":"idea:i","name":"I","content":"i","context":"campaign:c"}"#,
        ),
        line("Vote", 4, 21, r#""idea:i","value":1"#),
        line("Vote", 4, 22, r#""idea:i","value":1"#),
        line("Vote", 4, 23, r#""idea:i","value":-1"#),
        line("Like", 4, 24, r#""note:q""#),
        line("Like", 4, 25, r#""note:q""#),
        line("Delete", 2, 26, r#""note:q""#),
        line("Update", 1, 27, r#"{"type":"Person","id":"member:2","name":"Bob","email":"bob@example.org"}"#),
        line(
            "Update",
            1,
            28,
            r#"{"type":"Organization","name":"P","timeZone":"Europe/Paris","language":"fr"}"#,
        ),
        line("Accept", 1, 29, r#""idea:i","content":"Oui""#),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_imported_and_exported_again_is_the_same_bytes() {
    let (first, second) = (World::empty().await.unwrap(), World::empty().await.unwrap());
    let summary = first.import(&files(&story())).await.unwrap();
    assert_eq!((summary.refused_count, summary.mended), (0, 1));
    let exported = first.export().await.unwrap();
    second.import(&exported).await.unwrap();
    let again = second.export().await.unwrap();
    assert_eq!(exported.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    for (name, bytes) in &exported {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&again[name]), "{name}");
    }
    let facts = |events: Vec<domain::event::Recorded>| {
        let mut facts: Vec<_> = events.into_iter().map(|e| (e.metadata.occurred_at, e.event)).collect();
        facts.sort_by_key(|(at, event)| (*at, format!("{event:?}")));
        facts
    };
    assert_eq!(facts(first.events().await.unwrap()), facts(second.events().await.unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_ids_are_written_back() {
    let world = World::empty().await.unwrap();
    world.import(&files(&story())).await.unwrap();
    let exported = world.export().await.unwrap();
    let text = String::from_utf8(exported["activities.jsonl"].clone()).unwrap();
    for name in ["note:q", "group:a", "document:d", "campaign:c", "idea:i", "member:4"] {
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_again_adds_nothing_even_where_a_row_changed_nothing() {
    let world = World::empty().await.unwrap();
    let log = files(&story());
    let first = world.import(&log).await.unwrap();
    let again = world.import(&log).await.unwrap();
    assert_eq!((again.read, again.recorded, again.refused_count), (first.read, 0, 0));
    // The joining that was made up is not asked for again: what needed it is there.
    assert_eq!(again.unchanged, first.recorded + first.unchanged - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_acts_in_an_open_community_has_joined_it() {
    let world = World::empty().await.unwrap();
    world.import(&files(&story())).await.unwrap();
    let events = world.events().await.unwrap();
    let joined =
        |e: &&domain::event::Recorded| matches!(e.event, Event::Membership(membership::Event::Joined(_)));
    let automatic: Vec<bool> = events.iter().filter(joined).map(|e| e.metadata.automatic).collect();
    assert_eq!(automatic, [false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named_and_what_came_before_is_kept() {
    let cases = [
        (r#"{"type":"View""#.to_owned(), "EOF while parsing"),
        (line("Dance", 1, 40, r#""note:r""#), "unknown variant `Dance`"),
        (line("View", 1, 40, r#""note:nowhere""#), "NO_SUCH_POST"),
        (line("Vote", 1, 40, r#""idea:nowhere","value":1"#), "NO_SUCH_IDEA"),
        (line("Join", 9, 40, r#""group:a""#), "UNKNOWN_ACTOR"),
        (line("Join", 1, 40, r#""group:a""#).replace("2026", "9026"), "the time is after now"),
        (line("Join", 1, 40, r#""group:a""#).replace("2026", "10000"), "years 1 and 9999"),
        (line("Join", 1, 40, r#""group:a","why":1"#), "unknown field `why`"),
    ];
    for (bad, what) in cases {
        let mut lines = story();
        let number = lines.len() + 1;
        lines.push(bad);
        lines.push(line("Update", 1, 50, r#"{"type":"Group","id":"group:a","archived":true}"#));
        let world = World::empty().await.unwrap();
        let Err(import::Error::Fault(fault, summary)) = world.import(&files(&lines)).await else {
            panic!("{what}: nothing was wrong");
        };
        let said = fault.to_string();
        assert!(
            said.starts_with(&format!("activities.jsonl line {number}: ")) && said.contains(what),
            "{said}"
        );
        assert_eq!(summary.recorded, world.events().await.unwrap().len() as u64);
        let summary = world.import_what_fits(&files(&lines)).await.unwrap();
        assert_eq!((summary.refused_count, summary.refused), (1, vec![fault]), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_stopped_goes_on_and_comes_to_the_same() {
    let whole = World::empty().await.unwrap();
    whole.import(&files(&story())).await.unwrap();
    for stop in [0, 7, 17, 23, 27] {
        let world = World::empty().await.unwrap();
        let mut lines = story();
        lines[stop] = "broken".to_owned();
        world.import(&files(&lines)).await.unwrap_err();
        world.import(&files(&story())).await.unwrap();
        let expected = whole.events().await.unwrap();
        assert_eq!(as_in(world.events().await.unwrap(), &expected), expected, "stopped at {stop}");
    }
}
