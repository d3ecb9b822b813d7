//! The ledger of looks at figures: everybody reads who, though not by name, looked at what of their own department, and
//! auditors read all of it.

use domain::event::Metadata;
use domain::id::{CommandId, EventId};
use domain::look::{FiguresConsulted, Group};
use domain::stream::StreamName;
use journal::Draft;
use passerelle_tests::story::Story;
use serde_json::{Value, json};
use uuid::Uuid;

const FIGURES: &str =
    "query($of: ID, $own: Boolean) { figures(department: $of, subtree: $own) { habit { value } } }";

const LOOKS: &str = "query($first: Int, $after: String) { figureLooks(first: $first, after: $after) {
    nodes { figures department { name } subtree first last cut fromDepartment { name } agent member { name } reason }
    pageInfo { endCursor hasNextPage hasPreviousPage } } }";

/// Eve audits; Ada looks at Sales and the organisation, Cy at Works alone.
async fn looked() -> Story {
    let mut story = Story::of_four().await;
    let audits = json!({"name": "Eve", "department": story.id("Works")});
    story.does("Ada", "registerMember", audits, "member", "Eve").await;
    story.does("Ada", "openAccount", json!({"member": story.id("Eve")}), "member", "Eve").await;
    story.sends("Ada", "grantRole", json!({"member": story.id("Eve"), "role": "AUDITOR"}), "").await;
    let looks = [("Ada", Some("Sales"), true), ("Ada", None, true), ("Cy", Some("Works"), false)];
    for (who, of, own) in looks {
        let of = of.map(|name| story.id(name));
        story.asks(who, FIGURES, json!({"of": of, "own": own})).await;
        story.later(1);
    }
    story
}

async fn page(story: &Story, who: &str, variables: Value) -> Value {
    story.asks(who, LOOKS, variables).await["figureLooks"].take()
}

/// Of which departments the looks are that somebody reads, the newest first.
async fn seen(story: &Story, who: &str) -> Vec<String> {
    let page = page(story, who, json!({})).await;
    let name = |look: &Value| look["department"]["name"].as_str().unwrap_or("all").to_owned();
    page["nodes"].as_array().unwrap().iter().map(name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_looks_at_their_own_department_and_above_without_by_whom() {
    let story = looked().await;
    assert_eq!(seen(&story, "Bo").await, ["all", "Sales"]);
    assert_eq!(seen(&story, "Di").await, ["Works", "all"]);
    let read = page(&story, "Di", json!({})).await;
    let expected = json!({"figures": ["habit"], "department": {"name": "Works"}, "subtree": false,
        "first": "2026-01-26", "last": "2026-02-22", "cut": "2026-03-01", "fromDepartment": {"name": "Works"},
        "agent": "PERSON", "member": null, "reason": null});
    assert_eq!(read["nodes"][0], expected);
    assert_eq!(story.looks().await.len(), 3, "reading them is no look");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_reads_all_looks_with_by_whom_and_is_recorded() {
    let story = looked().await;
    let read = page(&story, "Eve", json!({})).await;
    let who: Vec<_> = read["nodes"].as_array().unwrap().iter().map(|look| &look["member"]["name"]).collect();
    assert_eq!(who, ["Cy", "Ada", "Ada"]);
    assert_eq!(story.looks().await.len(), 4);
    let audited =
        story.asks("Eve", "{ audit { looks { nodes { subject figures { figures } } } } }", json!({})).await;
    let first = &audited["audit"]["looks"]["nodes"][0];
    assert_eq!(*first, json!({"subject": "figures", "figures": {"figures": ["habit"]}}));
    let service = story.answer("operator", LOOKS, json!({})).await;
    assert_eq!(service["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_on_from_where_the_one_before_ended() {
    let story = looked().await;
    let first = page(&story, "Bo", json!({"first": 1})).await;
    assert_eq!(first["nodes"][0]["department"], json!(null));
    assert_eq!(
        (&first["pageInfo"]["hasNextPage"], &first["pageInfo"]["hasPreviousPage"]),
        (&json!(true), &json!(false))
    );
    let second = page(&story, "Bo", json!({"first": 5, "after": first["pageInfo"]["endCursor"]})).await;
    assert_eq!(second["nodes"].as_array().unwrap().len(), 1);
    assert_eq!(second["nodes"][0]["department"]["name"], "Sales");
    assert_eq!(
        (&second["pageInfo"]["hasNextPage"], &second["pageInfo"]["hasPreviousPage"]),
        (&json!(false), &json!(true))
    );
    let other = story.answer("Bo", LOOKS, json!({"after": "x"})).await;
    assert_eq!(other["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

/// So many looks at the figures of Works.
async fn many(story: &Story, count: u128) {
    let now = story.engine.now();
    let member = story.member("Cy");
    let works = {
        use base64::Engine as _;
        let id = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(story.id("Works")).unwrap();
        domain::id::DepartmentId(Uuid::from_slice(&id[5..]).unwrap())
    };
    let day = "2026-03-02".parse().unwrap();
    let look = |n: u128| {
        let look = FiguresConsulted {
            figures: vec!["habit".to_owned()],
            group: Group::Department { department: works, subtree: true },
            first: day,
            last: day,
            cut: day,
            month: day.month(),
            member: Some(member).into(),
            reason: None.into(),
        };
        let id = Uuid::from_u128(n + 1_000_000);
        let event = (EventId(id), look.into(), Metadata::new(CommandId(id), now, day));
        Draft { stream: StreamName::look(id), expected: 0, recorded_at: now, events: vec![event] }
    };
    let appends = story.engine.codec().encode((0..count).map(look).collect()).await.unwrap();
    let appended = story.engine.looks().append(appends).await;
    assert!(appended.into_iter().all(|one| one.is_ok()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_reads_no_more_than_so_much_and_the_next_goes_on() {
    let story = looked().await;
    many(&story, 5_200).await;
    let empty = page(&story, "Bo", json!({})).await;
    assert_eq!(empty["nodes"], json!([]));
    assert_eq!(empty["pageInfo"]["hasNextPage"], true);
    let next = page(&story, "Bo", json!({"after": empty["pageInfo"]["endCursor"]})).await;
    assert_eq!(next["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(next["pageInfo"]["hasNextPage"], false);
    let all = page(&story, "Di", json!({"first": 100})).await;
    assert_eq!(all["nodes"].as_array().unwrap().len(), 100);
}
