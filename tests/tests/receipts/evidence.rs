//! What figures were computed from, asked over HTTP by an employee, a sponsor and an auditor.

use std::path::{Path, PathBuf};

use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, done};
use serde_json::{Value, json};

use super::{WEEK, departments, figure, recorded};

const EVIDENCE: &str = "query($receipt: String!, $reason: String, $after: String) {
    evidence(receipt: $receipt, reason: $reason) { figure version inputs cut { day }
        counts { week type count suppressed }
        events(first: 100, after: $after) { nodes { type eventId } pageInfo { endCursor hasNextPage } } } }";

const COUNTED: &str = "query($receipt: String!) { evidence(receipt: $receipt) { inputs
    counts { week type count suppressed } } }";

/// The organisation on a server, with somebody who sponsors a community and somebody who audits.
struct Asked {
    server: Served,
    folder: PathBuf,
    tokens: [String; 3],
}

const EMPLOYEE: usize = 5;
const SPONSOR: usize = 58;
const AUDITOR: usize = 59;

impl Asked {
    /// With what its folder is asked for before it is served.
    fn of(scratch: &Scratch, anonymous: bool) -> Self {
        let records = recorded(scratch, anonymous);
        let roles = "member,role,departments,from,until\n1,administrator,,2026-01-01T09:00:00Z,\n\
            59,auditor,,2026-01-02T10:00:00Z,\n";
        std::fs::write(records.join("roles.csv"), roles).unwrap();
        let activities = records.join("activities.jsonl");
        let written = std::fs::read_to_string(&activities).unwrap();
        std::fs::write(&activities, community() + &written + &of_few()).unwrap();
        let folder = scratch.path().join("folder");
        done(&folder, &["import", records.to_str().unwrap()]);
        let registered = done(&folder, &["events", "--type", "member.registered"]);
        let member = |line: &str| {
            let event: Value = serde_json::from_str(line).unwrap();
            event["data"]["member"].as_str().unwrap().to_owned()
        };
        let members: Vec<String> = registered.lines().map(member).collect();
        let token = |n: usize| done(&folder, &["token", "--member", &members[n]]).trim().to_owned();
        let tokens = [EMPLOYEE, SPONSOR, AUDITOR].map(token);
        Self { server: Served::start(&folder), folder, tokens }
    }

    async fn asks(&self, who: usize, document: &str, variables: Value) -> Value {
        let place = [EMPLOYEE, SPONSOR, AUDITOR].iter().position(|known| *known == who).unwrap();
        self.server.asks(&self.tokens[place], document, variables).await.json()
    }

    async fn counts(&self, who: usize, receipt: &str) -> Value {
        let mut answer = self.asks(who, COUNTED, json!({ "receipt": receipt })).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"]["evidence"]["counts"].take()
    }
}

fn line(published: &str, actor: usize, kind: &str, object: &Value) -> String {
    let actor = format!("member:{actor}");
    json!({"type": kind, "actor": actor, "published": published, "object": object}).to_string() + "\n"
}

/// A community of its own, and a sponsor for it, and a letter of the sponsor's and of the auditor's.
fn community() -> String {
    let founded = json!({"type": "Group", "id": "group:bread", "name": "Bread"});
    let sponsored = json!({"type": "Group", "id": "group:bread", "sponsor": "member:58"});
    let letter =
        |n: usize| json!({"type": "Note", "id": format!("note:{n}"), "content": "Flour", "to": ["member:1"]});
    line("2026-01-02T09:00:00Z", 0, "Create", &founded)
        + &line("2026-01-02T09:01:00Z", 1, "Update", &sponsored)
        + &line("2026-01-02T09:02:00Z", SPONSOR, "Create", &letter(SPONSOR))
        + &line("2026-01-02T09:03:00Z", AUDITOR, "Create", &letter(AUDITOR))
}

/// What ten people shared in the week, and the one campaign that was opened.
fn of_few() -> String {
    let shared = |n: usize| {
        let id = format!("document:{n}");
        let document = json!({"type": "Document", "id": id, "name": "Plan", "href": "https://example.org/",
            "to": ["member:1"]});
        line(&format!("2026-01-25T20:{n:02}:00Z"), n + 2, "Create", &document)
    };
    let campaign = json!({"type": "Campaign", "id": "campaign:ovens", "name": "Ovens",
        "voting": {"rule": "support"}});
    (0..10).map(shared).collect::<String>() + &line("2026-01-25T21:00:00Z", 0, "Create", &campaign)
}

const LAST_WEEK: [&str; 4] = ["--window", "week", "--on", "2026-01-20"];

fn receipt(folder: &Path, arguments: &[&str]) -> String {
    figure(folder, arguments)["receipt"].as_str().unwrap().to_owned()
}

/// How many inputs of a type are said to be in a week.
fn count(counts: &Value, week: &str, kind: &str) -> (Value, Value) {
    let found = counts.as_array().unwrap().iter().find(|cell| cell["week"] == week && cell["type"] == kind);
    let cell = found.unwrap_or_else(|| panic!("{week} {kind}: {counts}"));
    (cell["count"].clone(), cell["suppressed"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn inputs_are_counted_by_type_and_week_for_whoever_may_see_the_figure() {
    let scratch = Scratch::new().unwrap();
    let asked = Asked::of(&scratch, false);
    let folder = asked.folder.clone();
    let told = receipt(&folder, &[&["contributed-share"], &LAST_WEEK[..]].concat());
    let counts = asked.counts(EMPLOYEE, &told).await;
    // Of the week in which one person opened a campaign, what ten people shared is hidden as well: else the rest would
    // be what that person did.
    let hidden = (json!(null), json!(true));
    assert_eq!(count(&counts, "2026-01-19", "campaign.opened"), hidden);
    assert_eq!(count(&counts, "2026-01-19", "document.shared"), hidden);
    assert_eq!(count(&counts, "2026-01-19", "post.published"), (json!(182), json!(false)));
    assert_eq!(count(&counts, "2025-12-29", "member.registered"), (json!(60), json!(false)));
    for who in [SPONSOR, AUDITOR] {
        assert_eq!(asked.counts(who, &told).await, counts, "it does not matter who asks");
    }
    let day = receipt(&folder, &["headcount", "--window", "day", "--on", "2026-01-20"]);
    assert_eq!(asked.counts(EMPLOYEE, &day).await, json!(null));
    let (sales, _) = departments(&folder);
    let of_few = format!("department:{sales}");
    let small = receipt(&folder, &[&["time-to-first-contribution", "--group", &of_few], &WEEK[..]].concat());
    assert_eq!(asked.counts(AUDITOR, &small).await, json!(null), "a hidden figure has no counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_pages_through_the_inputs_once_they_have_said_why() {
    let scratch = Scratch::new().unwrap();
    let asked = Asked::of(&scratch, false);
    let told = receipt(&asked.folder, &[&["contributed-share"], &LAST_WEEK[..]].concat());
    let why = json!({"receipt": told, "reason": "The works council asked"});
    for who in [EMPLOYEE, SPONSOR] {
        let refused = asked.asks(who, EVIDENCE, why.clone()).await;
        assert_eq!(refused["data"]["evidence"]["events"], json!(null));
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
        assert_eq!(refused["data"]["evidence"]["figure"], "contributed-share");
    }
    for (reason, code) in [(json!(null), "BAD_USER_INPUT"), (json!(" "), "BAD_USER_INPUT")] {
        let without = asked.asks(AUDITOR, EVIDENCE, json!({"receipt": told, "reason": reason})).await;
        assert_eq!(without["errors"][0]["extensions"]["code"], code);
    }
    let (mut read, mut after) = (vec![], json!(null));
    let inputs = loop {
        let mut page = why.clone();
        page["after"] = after;
        let answer = asked.asks(AUDITOR, EVIDENCE, page).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        let evidence = &answer["data"]["evidence"];
        read.extend(evidence["events"]["nodes"].as_array().unwrap().clone());
        if evidence["events"]["pageInfo"]["hasNextPage"] == false {
            break evidence["inputs"].as_u64().unwrap();
        }
        after = evidence["events"]["pageInfo"]["endCursor"].clone();
    };
    assert_eq!(read.len() as u64, inputs);
    assert_eq!(read.iter().filter(|event| event["type"] == "campaign.opened").count(), 1);
    let ledger = "{ figureLooks(first: 1) { nodes { figures reason agent first last member { id } } } }";
    let newest =
        async |who| asked.asks(who, ledger, json!({})).await["data"]["figureLooks"]["nodes"][0].take();
    let (of_auditor, of_employee) = (newest(AUDITOR).await, newest(EMPLOYEE).await);
    assert_eq!(of_auditor["figures"], json!(["contributed-share"]));
    assert_eq!((&of_auditor["first"], &of_auditor["last"]), (&json!("2026-01-19"), &json!("2026-01-25")));
    assert_eq!(of_auditor["reason"], "The works council asked");
    assert!(of_auditor["member"]["id"].is_string());
    assert_eq!((&of_employee["reason"], &of_employee["member"]), (&json!(null), &json!(null)));
    assert_eq!(of_employee["figures"], of_auditor["figures"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_signed_here_is_no_evidence() {
    let scratch = Scratch::new().unwrap();
    let asked = Asked::of(&scratch, false);
    let told = receipt(&asked.folder, &[&["contributed-share"], &LAST_WEEK[..]].concat());
    let (signed, _) = told.rsplit_once('.').unwrap();
    let forged = format!("{signed}.{}", "A".repeat(86));
    for (text, code) in [("x", "NOT_A_RECEIPT"), (forged.as_str(), "RECEIPT_NOT_SIGNED")] {
        let answer = asked.asks(AUDITOR, COUNTED, json!({ "receipt": text })).await;
        assert_eq!(answer["data"]["evidence"], json!(null));
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
    }
    // The employee is in Works.
    let (sales, _) = departments(&asked.folder);
    let of_sales = format!("department:{sales}");
    let of_sales = receipt(&asked.folder, &[&["headcount", "--group", &of_sales], &LAST_WEEK[..]].concat());
    let refused = asked.asks(EMPLOYEE, COUNTED, json!({ "receipt": of_sales })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert!(asked.counts(SPONSOR, &of_sales).await.is_array());
}

const DIFFERENCE: &str =
    "query($one: String!, $other: String!) { figureDifference(earlier: $one, later: $other) {
    figure window { first last } earlier { day } later { day } parts { reason numerator denominator } } }";

#[tokio::test(flavor = "multi_thread")]
async fn why_two_receipts_differ_is_told_in_parts_or_why_not() {
    let scratch = Scratch::new().unwrap();
    let asked = Asked::of(&scratch, true);
    let at = |name: &str, day: &str| receipt(&asked.folder, &[&[name, "--as-of", day], &WEEK[..]].concat());
    let (early, over) = (at("contributed-share", "2026-01-13"), at("contributed-share", "2026-01-24"));
    let explained = async |one: &str, other: &str| {
        asked.asks(EMPLOYEE, DIFFERENCE, json!({"one": one, "other": other})).await
    };
    let told = explained(&over, &early).await["data"]["figureDifference"].take();
    assert_eq!(
        (&told["earlier"]["day"], &told["later"]["day"]),
        (&json!("2026-01-13"), &json!("2026-01-24"))
    );
    assert_eq!(told["parts"], json!([{"reason": "NEW_ACTS", "numerator": 1, "denominator": 0}]));
    let refused = async |one: &str, other: &str| {
        explained(one, other).await["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned()
    };
    let (habit, gini) = (at("consumed-share", "2026-01-24"), at("contribution-gini", "2026-01-24"));
    assert_eq!(refused(&over, &habit).await, "RECEIPTS_OF_DIFFERENT_FIGURES");
    assert_eq!(refused(&gini, &gini).await, "FIGURE_NOT_COUNTED");
    assert_eq!(refused("x", &over).await, "NOT_A_RECEIPT");
    // Where nothing has to be protected, inputs are counted as they are.
    let counts = asked.counts(EMPLOYEE, &over).await;
    assert_eq!(count(&counts, "2026-01-12", "post.published"), (json!(181), json!(false)));
    let ledger = "{ figureLooks(first: 2) { nodes { figures } } }";
    let looks = asked.asks(EMPLOYEE, ledger, json!({})).await;
    assert_eq!(looks["data"]["figureLooks"]["nodes"][0]["figures"], json!(["contributed-share"]));
}
