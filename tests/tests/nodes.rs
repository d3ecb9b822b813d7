//! Several servers upon one PostgreSQL journal, each with its own views.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::HashSet;
use std::time::Duration;

use passerelle_tests::contract::Fixture;
use passerelle_tests::contract::postgres::PostgresFixture;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command, done};
use passerelle_tests::receiver::Receiver;
use passerelle_tests::skipped::skipped;
use serde_json::{Value, json};

fn node(scratch: &Scratch, name: &str, url: &str) -> Served {
    let folder = scratch.path().join(name);
    Served::of(command(&folder, &["serve", "--journal", url, "--listen", "127.0.0.1:0"]))
}

async fn sends(node: &Served, token: &str, mutation: &str) -> Value {
    let document = format!("mutation {{ it: {mutation} }}");
    let mut answer = node.asks(token, &document, json!({})).await.json();
    assert!(answer.get("errors").is_none(), "{mutation}: {answer}");
    answer["data"]["it"].take()
}

/// The names of the departments, from a moment at which a position has been reached.
async fn departments(node: &Served, token: &str, at_least: &Value) -> Vec<String> {
    let query = "{ organisation { departments { name } } }";
    let mut connection = passerelle_tests::load::Connection::open(node.address).await.unwrap();
    let body = json!({"query": query, "extensions": {"atLeast": at_least}}).to_string();
    let answer = connection.graphql(token, &body).await.unwrap().json();
    let departments = answer["data"]["organisation"]["departments"].as_array();
    let departments = departments.unwrap_or_else(|| panic!("{answer}"));
    departments.iter().map(|department| department["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_records_the_other_answers_and_a_command_sent_to_both_is_carried_out_once() {
    let Some(database) = PostgresFixture::empty().await else {
        return skipped("two servers on one PostgreSQL journal", "PASSERELLE_TEST_POSTGRES names no server");
    };
    let scratch = Scratch::new().unwrap();
    let first = node(&scratch, "first", &database.address());
    let token = first.token.clone().expect("the first of them prints a token");
    let establish =
        r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) { position }"#;
    sends(&first, &token, establish).await;
    let second = node(&scratch, "second", &database.address());
    assert_eq!(second.token, None, "the journal was served before");

    for (writer, reader, name) in [(&first, &second, "Sales"), (&second, &first, "Works")] {
        let open = format!("openDepartment(input: {{name: {name:?}}}) {{ position }}");
        let position = sends(writer, &token, &open).await["position"].take();
        assert!(departments(reader, &token, &position).await.contains(&name.to_owned()));
    }

    let open = r#"openDepartment(input: {name: "Once", commandId: "c-1"}) { department { id } userErrors { code } }"#;
    let sent = (0..64).map(|n| sends(if n % 2 == 0 { &first } else { &second }, &token, open));
    let answers: HashSet<String> =
        futures::future::join_all(sent).await.iter().map(Value::to_string).collect();
    assert_eq!(answers.len(), 1, "every answer is the first: {answers:?}");
    let position = sends(&second, &token, r#"openDepartment(input: {name: "Last"}) { position }"#).await;
    let names = departments(&first, &token, &position["position"]).await;
    assert_eq!(names.iter().filter(|name| *name == "Once").count(), 1, "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_goes_on_by_itself_once_its_database_is_back() {
    let Some(database) = PostgresFixture::empty().await else {
        return skipped("a server whose database is away", "PASSERELLE_TEST_POSTGRES names no server");
    };
    let scratch = Scratch::new().unwrap();
    let served = node(&scratch, "node", &database.address());
    let token = served.token.clone().unwrap();
    let establish =
        r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) { position }"#;
    sends(&served, &token, establish).await;
    database.open_for_connections(false).await;
    let open = r#"mutation { it: openDepartment(input: {name: "Sales", commandId: "c-1"}) { projected } }"#;
    // Longer than a follower waits before it looks at the journal by itself.
    for _ in 0..30 {
        let answer = served.asks(&token, open, json!({})).await;
        assert_ne!(answer.json()["data"]["it"]["projected"], true, "nothing can be recorded now");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    database.open_for_connections(true).await;
    for tries in 1.. {
        let answer = served.asks(&token, open, json!({})).await.json();
        if answer["data"]["it"]["projected"] == true {
            break;
        }
        assert!(tries < 300, "it does not go on: {answer}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (_, log) = served.terminate();
    assert!(log.contains("the projector tries again"), "{log}");
}

/// Runs a tool of PostgreSQL; what it printed, or nothing where it is not installed.
fn tool(name: &str, arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut command = Command::new(name);
    let spawned =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

/// The positions of all events, in order.
fn positions(scratch: &Scratch, url: &str) -> Vec<u64> {
    let printed = done(scratch.path(), &["events", "--journal", url]);
    let events = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    events.map(|event| event["position"].as_u64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_is_restored_goes_on_where_it_ended() {
    let (Some(database), Some(other)) = (PostgresFixture::empty().await, PostgresFixture::empty().await)
    else {
        return skipped("a restored PostgreSQL dump", "PASSERELLE_TEST_POSTGRES names no server");
    };
    let scratch = Scratch::new().unwrap();
    let served = node(&scratch, "before", &database.address());
    let token = served.token.clone().unwrap();
    let establish =
        r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) { position }"#;
    sends(&served, &token, establish).await;
    served.terminate();
    let Some(dump) = tool("pg_dump", &["--no-owner", &database.address()], b"") else {
        return skipped("a restored PostgreSQL dump", "pg_dump is not there");
    };
    tool("psql", &["--quiet", "--set=ON_ERROR_STOP=1", &other.address()], &dump).unwrap();
    let before = positions(&scratch, &other.address());
    assert_eq!(before, positions(&scratch, &database.address()));

    let restored = node(&scratch, "after", &other.address());
    let open = r#"openDepartment(input: {name: "Sales"}) { position projected }"#;
    let opened = sends(&restored, &token, open).await;
    assert_eq!(opened["projected"], true);
    assert_eq!(departments(&restored, &token, &opened["position"]).await, ["Sales"]);
    restored.terminate();
    let after = positions(&scratch, &other.address());
    assert_eq!(after[..before.len()], before);
    assert!(after.is_sorted_by(|a, b| a < b) && after.len() == before.len() + 1, "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_draft_is_published_once_whichever_node_does_it_and_is_killed() {
    let Some(database) = PostgresFixture::empty().await else {
        return skipped("drafts scheduled on two servers", "PASSERELLE_TEST_POSTGRES names no server");
    };
    let scratch = Scratch::new().unwrap();
    let first = node(&scratch, "first", &database.address());
    let token = first.token.clone().unwrap();
    let establish =
        r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) { position }"#;
    sends(&first, &token, establish).await;
    let opened =
        sends(&first, &token, r#"openDepartment(input: {name: "Works"}) { department { id } }"#).await;
    let mut members = vec![];
    for name in ["Cy", "Di"] {
        let department = &opened["department"]["id"];
        let register = format!(
            "registerMember(input: {{name: {name:?}, department: {department}}}) {{ member {{ id }} }}"
        );
        let member = sends(&first, &token, &register).await["member"]["id"].take();
        sends(&first, &token, &format!("openAccount(input: {{member: {member}}}) {{ position }}")).await;
        let issue = format!("issueToken(input: {{member: {member}, scopes: [WRITE]}}) {{ token }}");
        let issued = sends(&first, &token, &issue).await["token"].as_str().unwrap().to_owned();
        members.push((member, issued));
    }
    let second = node(&scratch, "second", &database.address());
    let ((_, cy), (to, di)) = (&members[0], &members[1]);
    for number in 0..6 {
        let begin = format!(
            "beginDraft(input: {{body: \"{number}\", audience: {{members: [{to}]}}}}) {{ draft {{ id }} }}"
        );
        let draft = sends(&first, cy, &begin).await["draft"]["id"].take();
        let schedule = format!(
            "scheduleDraft(input: {{draft: {draft}, publishAt: \"2026-01-01T00:00:00Z\"}}) {{ position }}"
        );
        sends(&first, cy, &schedule).await;
    }
    // Both are at it by now; one of them is killed where it stands.
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(first);
    let query = "{ addressed { nodes { ... on Post { body } } } }";
    for tries in 0.. {
        let answer = second.asks(di, query, json!({})).await.json();
        let posts = answer["data"]["addressed"]["nodes"].as_array().unwrap().clone();
        let drafts = second.asks(cy, "{ drafts { nodes { id } } }", json!({})).await.json();
        if posts.len() >= 6 && drafts["data"]["drafts"]["nodes"] == json!([]) {
            let different: HashSet<String> = posts.iter().map(Value::to_string).collect();
            assert_eq!((posts.len(), different.len()), (6, 6), "each once: {posts:?}");
            return;
        }
        assert!(tries < 100, "{answer} {drafts}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Registers members of a department, through one node after the other; their names.
async fn registers(nodes: &[&Served], token: &str, department: &Value, names: &[&str]) -> Vec<String> {
    for (name, node) in names.iter().zip(nodes.iter().cycle()) {
        let register = format!(
            "registerMember(input: {{name: {name:?}, department: {department}}}) {{ userErrors {{ code }} }}"
        );
        assert_eq!(sends(node, token, &register).await["userErrors"], json!([]));
    }
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The names in all that was delivered, once so much was, and nothing more came for a while.
async fn delivered(receiver: &Receiver, count: usize) -> Vec<String> {
    receiver.waits_for(count).await;
    // Longer than it takes to keep how far deliveries have come.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let names = receiver.taken().into_iter().map(|it| it.json()["data"]["name"].as_str().unwrap().to_owned());
    names.collect()
}

fn signals(node: &Served, signal: &str) {
    let sent = std::process::Command::new("kill").args([signal, &node.process().to_string()]).status();
    assert!(sent.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_nodes_one_delivers_and_another_goes_on_where_it_was_killed_or_frozen() {
    let Some(database) = PostgresFixture::empty().await else {
        return skipped("webhooks of several servers", "PASSERELLE_TEST_POSTGRES names no server");
    };
    let (scratch, receiver) = (Scratch::new().unwrap(), Receiver::start().await);
    let first = node(&scratch, "first", &database.address());
    let token = first.token.clone().unwrap();
    let establish =
        r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) { position }"#;
    sends(&first, &token, establish).await;
    let opened =
        sends(&first, &token, r#"openDepartment(input: {name: "Works"}) { department { id } }"#).await;
    let works = &opened["department"]["id"];
    let hook = format!(
        "registerWebhook(input: {{url: {:?}, eventTypes: [\"member.registered\"], fields: OPENED}}) \
         {{ userErrors {{ code }} }}",
        receiver.url()
    );
    assert_eq!(sends(&first, &token, &hook).await["userErrors"], json!([]));
    let second = node(&scratch, "second", &database.address());
    let mut names = registers(&[&first, &second], &token, works, &["a", "b", "c", "d", "e"]).await;
    assert_eq!(delivered(&receiver, 5).await, names, "each once, by one of two");
    first.kill();
    names.extend(registers(&[&second], &token, works, &["f", "g", "h"]).await);
    assert_eq!(delivered(&receiver, 8).await, names, "the other goes on where the one had come to");
    let third = node(&scratch, "third", &database.address());
    signals(&second, "-STOP");
    names.extend(registers(&[&third], &token, works, &["i", "j", "k"]).await);
    assert_eq!(delivered(&receiver, 11).await, names, "one that is frozen keeps nobody waiting for long");
    signals(&second, "-CONT");
    names.extend(registers(&[&second, &third], &token, works, &["l", "m"]).await);
    assert_eq!(delivered(&receiver, 13).await, names, "and delivers nothing more once it goes on");
}
