//! The ledger of looks at figures: everybody reads who, though not by name, looked at what of their own department, and
//! auditors read all of it.

use domain::event::{Event, Metadata};
use domain::id::{CommandId, EventId};
use domain::look::{self, FiguresConsulted, Group};
use domain::stream::StreamName;
use journal::Draft;
use passerelle_tests::story::Story;
use projections::figures::figure::Figure;
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
async fn a_receipt_of_two_departments_is_for_whoever_may_see_both() {
    let mut story = looked().await;
    // Four weeks are over and known.
    story.later(60 * 24 * 60);
    let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
    story.does("Ada", "publishPost", letter, "post", "letter").await;
    let figure = "query($of: ID!, $to: ID!) { figures(department: $of) {
        diffusionLatency(to: $to) { receipt { text } } } }";
    let of = json!({"of": story.id("Sales"), "to": story.id("Works")});
    let told = story.asks("Ada", figure, of).await;
    let receipt = json!({"receipt": told["figures"]["diffusionLatency"]["receipt"]["text"]});
    let evidence = "query($receipt: String!) { evidence(receipt: $receipt) { figure } }";
    let differing =
        "query($receipt: String!) { figureDifference(earlier: $receipt, later: $receipt) { figure } }";
    // Bo is in Sales, and sees no figures of Works.
    for query in [evidence, differing] {
        let refused = story.answer("Bo", query, receipt.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{query}");
    }
    let seen = story.asks("Ada", evidence, receipt).await;
    assert!(seen["evidence"]["figure"].as_str().unwrap().starts_with("diffusion-latency:exposed:"));
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

/// The newest look that somebody reads, after a question.
async fn newest(story: &Story, reader: &str, question: (&str, &str, Value)) -> Value {
    let (who, document, variables) = question;
    story.asks(who, document, variables).await;
    let looks = "{ figureLooks(first: 1) { nodes { figures department { name } others { name } } } }";
    story.asks(reader, looks, json!({})).await["figureLooks"]["nodes"][0].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_named_as_at_the_command_line_with_what_was_asked_of_them() {
    let story = looked().await;
    let document = "query($level: ActivityLevel!, $hours: Int! = 72) { figures {
        active(level: $level) { value } late: answeredWithin(hours: $hours) { value } answeredWithin { value }
        previous { gini(zeros: true) { value } activeSets { window { first } } activityFrequency { atLeast } }
        activityFrequency(atLeast: [3]) { atLeast } onboarding(within: 28) { step }
        activeSets(windows: 3) { window { first } } cohorts { window { first } }
        cohort(back: 4) { period(index: 1) { index } }
        segments { segment } lifecycle { new { value } } flow(level: 2) { suppressed } reach { value } } }";
    let look = newest(&story, "Bo", ("Ada", document, json!({"level": "CONTRIBUTED"}))).await;
    let expected = json!([
        "activeSets(windows: 3)",
        "activity-frequency:3",
        "answered-within:24",
        "answered-within:72",
        "cohort(back: 4)",
        "cohorts(windows: 8)",
        "contributed-share",
        "flow-matrix:2",
        "lifecycle:dormant",
        "lifecycle:new",
        "lifecycle:resurrecting",
        "lifecycle:returning",
        "onboarding-funnel:access",
        "onboarding-within:activated-28",
        "onboarding-within:contributed-28",
        "onboarding-within:habit-28",
        "previous.activeSets(windows: 12)",
        "previous.activity-frequency:1",
        "previous.activity-frequency:10",
        "previous.activity-frequency:2",
        "previous.activity-frequency:5",
        "previous.contribution-gini:zeros",
        "reach:7",
        "usage-segment:habitual",
        "usage-segment:low",
        "usage-segment:none",
        "usage-segment:novice",
        "usage-segment:power"
    ]);
    assert_eq!(look, json!({"figures": expected, "department": null, "others": []}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_a_pair_is_read_in_both_departments() {
    let story = looked().await;
    assert_eq!(seen(&story, "Di").await, ["Works", "all"]);
    for (field, figure) in [
        ("diffusionLatency(to: $to, how: TOOK_PART) { median }", "diffusion-latency:took-part"),
        ("previous { brokerDependency(to: $to) { value } }", "previous.broker-dependency:3"),
    ] {
        let document = format!("query($of: ID!, $to: ID!) {{ figures(department: $of) {{ {field} }} }}");
        let pair = json!({"of": story.id("Sales"), "to": story.id("Works")});
        for reader in ["Bo", "Di"] {
            let look = newest(&story, reader, ("Ada", &document, pair.clone())).await;
            assert!(look["figures"][0].as_str().unwrap().starts_with(figure), "{look}");
            assert_eq!(look["department"]["name"], "Sales", "{reader}");
            assert_eq!(look["others"], json!([{"name": "Works"}]), "{reader}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_what_figures_are_of_alone_looks_at_none() {
    let story = Story::of_four().await;
    let document = "{ figures { __typename cut { day } window { first } threshold anonymous chart
        previous { window { first } } departments { department { name } } } }";
    story.asks("Ada", document, json!({})).await;
    assert_eq!(story.looks().await.len(), 0);
}

/// The fields of figures that are figures themselves, each with what it needs and selected as far as a name.
const FIELDS: &str = "{ __type(name: \"Figures\") { fields { name args { name type { kind } defaultValue }
    type { ...named } } } } fragment named on __Type { kind name ofType { kind ofType { kind ofType { kind } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_has_a_name_at_the_command_line_or_says_how_many_windows_it_is_of() {
    let story = Story::of_four().await;
    let fields = story.asks("Ada", FIELDS, json!({})).await["__type"]["fields"].take();
    let sales = story.id("Sales");
    let field = |field: &Value| {
        let needed = |it: &Value| it["type"]["kind"] == "NON_NULL" && it["defaultValue"].is_null();
        let needs = field["args"].as_array().unwrap().iter().any(needed);
        let given = if needs { format!("(to: \"{sales}\")") } else { String::new() };
        let is_scalar =
            field["type"].to_string().contains("SCALAR") || field["type"].to_string().contains("ENUM");
        let name = field["name"].as_str().unwrap().to_owned();
        (!is_scalar && name != "departments").then(|| format!("{name}{given} {{ __typename }}"))
    };
    let selected: Vec<_> = fields.as_array().unwrap().iter().filter_map(field).collect();
    story.asks("Ada", &format!("{{ figures {{ {} }} }}", selected.join(" ")), json!({})).await;
    let looks = story.looks().await;
    let Some(Event::Look(look::Event::FiguresConsulted(look))) = looks.last().map(|look| &look.event) else {
        panic!("nothing was recorded: {looks:?}")
    };
    assert!(look.figures.len() > 60, "{:?}", look.figures);
    let unnamed = look.figures.iter().filter(|name| name.parse::<Figure>().is_err());
    assert_eq!(
        unnamed.collect::<Vec<_>>(),
        ["activeSets(windows: 12)", "cohort(back: 0)", "cohorts(windows: 8)"]
    );
}
