//! Mails of notifications, sent by the program to a real SMTP server: aiosmtpd from PyPI, in an environment of its own
//! outside the repository. Where Python has none they are skipped by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod sink;

use std::path::Path;
use std::time::Duration;

use domain::time::Time;
use passerelle::activity_log::source::Files;
use passerelle::clock::{Clock, SystemClock};
use passerelle_tests::load::Connection;
use passerelle_tests::log::{Scratch, write};
use passerelle_tests::program::{self, Served};
use serde_json::{Value, json};
use sink::Sink;
use tokio::time::sleep;

const BO: &str = "00000000-0000-4000-8000-000000000002";
const CY: &str = "00000000-0000-4000-8000-000000000003";
const BOARD: &str = "00000000-0000-4000-8000-00000000000b";

/// So many minutes ago.
fn ago(minutes: i64) -> Time {
    Time::try_from_micros(SystemClock.now().micros() - minutes * 60_000_000).unwrap()
}

/// Ada and Cy with addresses, Bo without, Di with one but gone. Bo leads a board, and mentioned the others just now.
fn records() -> Files {
    let [began, founded, written] = [60 * 24 * 30, 40, 10].map(ago);
    let id = |n: u32| format!("00000000-0000-4000-8000-{n:012}");
    let member = |n: u32, name: &str, email: &str, left: String| {
        format!("{},{name},{email},hq,{began},{left}\n", id(n))
    };
    let members = [
        "id,name,email,department,joined_at,left_at\n".to_owned(),
        member(1, "Ada", "ada@example.org", String::new()),
        member(2, "Bo", "", String::new()),
        member(3, "Cy", "cy@example.org", String::new()),
        member(4, "Di", "di@example.org", ago(5).to_string()),
    ];
    let mentions: Vec<_> = [1, 3, 4].map(|n| format!("member:{}", id(n))).into();
    let act = |verb: &str, at: Time, object: Value| {
        json!({"type": verb, "actor": format!("member:{BO}"), "published": at.to_string(), "object": object})
            .to_string()
    };
    let group = format!("group:{BOARD}");
    let activities = [
        // Whoever acts has an account.
        json!({"type": "Arrive", "actor": format!("member:{}", id(1)), "published": founded.to_string(), "object": "organisation"}).to_string(),
        json!({"type": "Arrive", "actor": format!("member:{}", id(3)), "published": founded.to_string(), "object": "organisation"}).to_string(),
        json!({"type": "Arrive", "actor": format!("member:{}", id(4)), "published": founded.to_string(), "object": "organisation"}).to_string(),
        act("Create", founded, json!({"type": "Group", "id": group, "name": "Le comité"})),
        act("Create", written, json!({"type": "Note", "id": "note:1", "content": "Réunion <demain> à 9 h", "audience": group, "mentions": mentions})),
        json!({"type": "Update", "actor": format!("member:{CY}"), "published": written.to_string(), "object": {"type": "Preferences", "language": "en"}}).to_string(),
    ];
    let organisation =
        json!({"name": "Atelier", "source": "urn:atelier", "time_zone": "Europe/Paris", "language": "fr"});
    let files = [
        ("organisation.json", organisation.to_string()),
        ("departments.csv", "id,name,parent\nhq,Head,\n".to_owned()),
        ("members.csv", members.concat()),
        ("activities.jsonl", activities.join("\n")),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

/// An organisation in a folder, and Bo's token.
fn atelier() -> (Scratch, String) {
    let (folder, log) = (Scratch::new().unwrap(), Scratch::new().unwrap());
    let records_in = log.path().join("records");
    write(&records(), &records_in).unwrap();
    program::done(folder.path(), &["import", records_in.to_str().unwrap()]);
    let token = program::done(folder.path(), &["token", "--member", BO]);
    let token = token.split_whitespace().find(|word| word.starts_with("pas_")).unwrap().to_owned();
    (folder, token)
}

fn serve(folder: &Path, port: u16) -> Served {
    let smtp = format!("smtp://127.0.0.1:{port}");
    let mut arguments = vec!["serve", "--listen", "127.0.0.1:0", "--smtp", &smtp, "--digest-hour", "0"];
    arguments.extend(["--mail-from", "Passerelle <passerelle@example.org>"]);
    arguments.extend(["--front-end", "https://passerelle.example.org"]);
    let mut command = program::command(folder, &arguments);
    command.env_remove("PASSERELLE_SMTP_PASSWORD");
    Served::of(command)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_mailed_once_a_day_over_restarts() {
    let Some(mut sink) = Sink::start("a_member_is_mailed_once_a_day_over_restarts", 0, 0) else { return };
    let (folder, _) = atelier();
    let server = serve(folder.path(), sink.port);
    let mut mails = [sink.next(20).await.unwrap(), sink.next(20).await.unwrap()];
    mails.sort_by_key(|mail| mail["to"].to_string());
    assert_eq!((&mails[0]["to"], &mails[1]["to"]), (&json!(["ada@example.org"]), &json!(["cy@example.org"])));
    let [ada, cy] = &mails;
    assert_eq!(ada["headers"]["subject"], "Bo vous mentionne : « Réunion <demain> à 9 h »");
    assert_eq!(cy["headers"]["subject"], "Bo mentioned you: “Réunion <demain> à 9 h”");
    let unsubscribe = "<mailto:passerelle@example.org?subject=unsubscribe>";
    assert_eq!(ada["headers"]["list-unsubscribe"], unsubscribe);
    assert_eq!(ada["headers"]["auto-submitted"], "auto-generated");
    assert_eq!(ada["from"], "passerelle@example.org");
    let text = ada["text"].as_str().unwrap();
    assert!(text.contains("Lire la suite : https://passerelle.example.org"), "{text}");
    let html = ada["html"].as_str().unwrap();
    assert!(html.contains("&lt;demain&gt;") && html.contains("lang=\"fr\""), "{html}");

    let (_, said) = server.terminate();
    assert!(!said.contains("ada@") && !said.contains("Réunion"), "{said}");
    let again = serve(folder.path(), sink.port);
    assert_eq!(sink.next(8).await, None, "the day's mails were sent");
    drop(again);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_somebody_is_mailed_at_once_as_soon_as_a_server_takes_it() {
    let test = "what_waits_for_somebody_is_mailed_at_once_as_soon_as_a_server_takes_it";
    let Some(first) = Sink::start(test, 0, 0) else { return };
    let port = first.port;
    drop(first);
    let (folder, bo) = atelier();
    let server = serve(folder.path(), port);
    let health =
        async || Connection::open(server.address).await.unwrap().get("/healthz").await.unwrap().status;
    sleep(Duration::from_secs(6)).await;
    assert_eq!(health().await, 200, "nothing waits for the mail server");
    // It comes back, and puts the first two off.
    let mut sink = Sink::start(test, 2, port).unwrap();
    for _ in 0..2 {
        let subject = sink.next(40).await.unwrap()["headers"]["subject"].clone();
        assert!(subject.as_str().unwrap().starts_with("Bo "), "{subject}");
    }
    let members = "{ members { nodes { id name } } communities { nodes { id } } }";
    let found = server.asks(&bo, members, json!({})).await.json()["data"].take();
    let people = found["members"]["nodes"].as_array().unwrap();
    let ada = people.iter().find(|person| person["name"] == "Ada").unwrap();
    let invite =
        "mutation($input: InviteMemberInput!) { it: inviteMember(input: $input) { userErrors { code } } }";
    let input = json!({"community": found["communities"]["nodes"][0]["id"], "member": ada["id"]});
    let invited = server.asks(&bo, invite, json!({ "input": input })).await.json();
    assert_eq!(invited["data"]["it"]["userErrors"], json!([]), "{invited}");
    let mail = sink.next(20).await.unwrap();
    assert_eq!(mail["headers"]["subject"], "Bo vous invite dans Le comité");
    assert_eq!(mail["to"], json!(["ada@example.org"]));
    assert_eq!(sink.next(8).await, None, "once");
    let metrics = Connection::open(server.address).await.unwrap().get("/metrics").await.unwrap();
    let metrics = String::from_utf8(metrics.body).unwrap();
    assert!(metrics.contains("passerelle_mails_total{outcome=\"sent\"} 3"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_mailed_signs_in_and_is_not_shown() {
    let Some(mut sink) = Sink::start("a_link_that_is_mailed_signs_in_and_is_not_shown", 0, 0) else { return };
    let (folder, _) = atelier();
    let token = program::done(folder.path(), &["token"]);
    let token = token.split_whitespace().find(|word| word.starts_with("pas_")).unwrap();
    let server = serve(folder.path(), sink.port);
    // The day's mails come first.
    for _ in 0..2 {
        sink.next(20).await.unwrap();
    }
    let people = server.asks(token, "{ members { nodes { id name } } }", json!({})).await.json();
    let people = people["data"]["members"]["nodes"].as_array().unwrap().clone();
    let offer = "mutation($input: OfferSignInLinkInput!) { it: offerSignInLink(input: $input) {
        link mailed until userErrors { code field } } }";
    let offered = async |name: &str| {
        let member = people.iter().find(|person| person["name"] == name).unwrap();
        let input = json!({"input": {"member": member["id"], "sendByEmail": true}});
        server.asks(token, offer, input).await.json()["data"]["it"].take()
    };
    let cy = offered("Cy").await;
    assert_eq!(
        (&cy["link"], &cy["mailed"], &cy["userErrors"]),
        (&Value::Null, &json!(true), &json!([])),
        "{cy}"
    );
    let mail = sink.next(20).await.unwrap();
    assert_eq!(mail["to"], json!(["cy@example.org"]));
    assert_eq!(mail["headers"]["subject"], "Sign in to Atelier");
    assert!(mail["headers"].get("list-unsubscribe").is_none(), "{mail}");
    let text = mail["text"].as_str().unwrap();
    let secret = text.split_whitespace().find_map(|word| word.split_once("/sign-in#")).unwrap().1;
    let mut browser = Connection::open(server.address).await.unwrap();
    let opened = browser.sign_in(secret).await.unwrap();
    assert_eq!(opened.status, 204, "{text}");
    let bo = offered("Bo").await;
    assert_eq!(bo["userErrors"], json!([{"code": "NO_ADDRESS", "field": ["input", "member"]}]));
    assert_eq!((&bo["mailed"], &bo["until"]), (&json!(false), &Value::Null));
}

#[test]
fn settings_that_make_no_sense_are_named() {
    let (folder, _) = atelier();
    let from = ["--mail-from", "Passerelle <passerelle@example.org>"];
    let refused = |smtp: &str| {
        let arguments = [&["serve", "--listen", "127.0.0.1:0", "--smtp", smtp][..], &from[..]].concat();
        program::refused(folder.path(), &arguments, 1)
    };
    assert!(refused("smtp://ada:secret@127.0.0.1").contains("leave the password out"));
    assert!(refused("localhost").contains("smtps://"));
}
