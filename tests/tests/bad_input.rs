//! Bad input to the program as its users run it: each is answered clearly, and loses nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use passerelle_tests::log::Scratch;
use passerelle_tests::program::{self, Served, command, done, refused, said_at_end};
use serde_json::{Value, json};

const ESTABLISH: &str = "mutation { it: establishOrganisation(input: {name: \"Atelier\", timeZone: \"UTC\",
    language: \"en\"}) { organisation { id } userErrors { code field message } } }";
const NAME: &str = "{ organisation { id name } }";

/// A folder with an organisation in it, served, and a token of its administrator.
async fn served(folder: &Path) -> (Served, String) {
    let server = Served::start(folder);
    let token = server.token.clone().expect("a folder served for the first time prints a token");
    let established = server.asks(&token, ESTABLISH, json!({})).await.json();
    assert_eq!(established["data"]["it"]["userErrors"], json!([]));
    (server, token)
}

/// Whether the organisation is answered, as often as it takes until it is.
async fn still_answers(server: &Served, token: &str) {
    for _ in 0..300 {
        let answer = server.asks(token, NAME, json!({})).await.json();
        if answer["data"]["organisation"]["name"] == "Atelier" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the organisation is not answered any more");
}

async fn code(server: &Served, token: &str, document: &str, variables: Value) -> String {
    server.asks(token, document, variables).await.code()
}

#[tokio::test(flavor = "multi_thread")]
async fn over_graphql_each_is_named_and_the_history_stays_as_it_was() {
    let scratch = Scratch::new().unwrap();
    let (server, token) = served(scratch.path()).await;
    let before = server.asks(&token, NAME, json!({})).await.json();
    let id = before["data"]["organisation"]["id"].clone();
    let join = "mutation($id: ID!) { it: joinCommunity(input: {community: $id}) { userErrors { code } } }";
    for unknown in [json!("nothing"), json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAA"), id] {
        assert_eq!(code(&server, &token, join, json!({"id": unknown})).await, "UNKNOWN_ID");
    }
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(server.asks(&token, node, json!({"id": "nothing"})).await.json()["data"]["node"], Value::Null);
    // A cursor of another list: base64url of `["feed",[0,"…"]]`.
    let foreign = json!({"after": "WyJmZWVkIixbMCwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl1d"});
    let list = "query($after: String) { campaigns(after: $after) { nodes { id } } }";
    assert_eq!(code(&server, &token, list, foreign).await, "BAD_USER_INPUT");
    let flow = "query($to: Date!) { informationFlow(from: \"2026-01-01\", to: $to) { count } }";
    for day in ["10000-01-01", "2026-02-30", "today"] {
        assert_eq!(code(&server, &token, flow, json!({"to": day})).await, "BAD_USER_INPUT", "{day}");
    }
    let campaign = "mutation($at: DateTime!) { it: openCampaign(input: {name: \"C\", voting: SUPPORT,
        closesAt: $at}) { userErrors { code } } }";
    assert_eq!(
        code(&server, &token, campaign, json!({"at": "10000-01-01T00:00:00Z"})).await,
        "BAD_USER_INPUT"
    );
    let department =
        "mutation($name: String!) { it: openDepartment(input: {name: $name}) { userErrors { code field } } }";
    let answer = server.asks(&token, department, json!({"name": "Sa\u{7}les"})).await;
    assert_eq!(answer.code(), "CONTROL_CHARACTER");
    assert_eq!(answer.json()["data"]["it"]["userErrors"][0]["field"], json!(["input", "name"]));
    let after = server.asks(&token, NAME, json!({})).await.json();
    assert_eq!(before["extensions"]["position"], after["extensions"]["position"], "nothing was recorded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_2_mb_is_too_large() {
    let scratch = Scratch::new().unwrap();
    let (server, token) = served(scratch.path()).await;
    let answer = server.asks(&token, &format!("{{ a }} #{}", "x".repeat(2_000_000)), json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
    still_answers(&server, &token).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_served_once_and_a_port_taken_once() {
    let (scratch, other) = (Scratch::new().unwrap(), Scratch::new().unwrap());
    let (server, token) = served(scratch.path()).await;
    let second = refused(scratch.path(), &["serve", "--listen", "127.0.0.1:0"], 3);
    assert!(second.contains("another Passerelle is using this folder"), "{second}");
    let taken = refused(other.path(), &["serve", "--listen", &server.address.to_string()], 3);
    assert!(taken.contains(&server.address.to_string()) && taken.contains("--listen"), "{taken}");
    let outside = refused(other.path(), &["serve", "--listen", "0.0.0.0:0"], 3);
    assert!(outside.contains("127.0.0.1"), "{outside}");
    still_answers(&server, &token).await;
    let (status, _) = server.terminate();
    assert!(status.success());
}

/// The views file of a folder.
fn views(folder: &Path) -> std::path::PathBuf {
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut views = files.filter(|path| name(path).starts_with("views-") && name(path).ends_with(".db"));
    views.next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_file_that_is_truncated_or_deleted_while_served_is_built_again() {
    let scratch = Scratch::new().unwrap();
    let (server, token) = served(scratch.path()).await;
    fs::OpenOptions::new().write(true).open(views(scratch.path())).unwrap().set_len(5_000).unwrap();
    still_answers(&server, &token).await;
    fs::remove_file(views(scratch.path())).unwrap();
    still_answers(&server, &token).await;
    let department =
        "mutation { it: openDepartment(input: {name: \"Sales\"}) { department { name } projected } }";
    let opened = server.asks(&token, department, json!({})).await.json();
    assert_eq!(opened["data"]["it"], json!({"department": {"name": "Sales"}, "projected": true}));
    server.terminate();
    fs::write(views(scratch.path()), "no views at all").unwrap();
    let again = Served::start(scratch.path());
    still_answers(&again, &token).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_without_its_keys_is_not_opened_until_they_are_back() {
    let scratch = Scratch::new().unwrap();
    let (server, token) = served(scratch.path()).await;
    server.terminate();
    let keys = scratch.path().join("keys.db");
    let put_aside = scratch.path().join("aside");
    fs::rename(&keys, &put_aside).unwrap();
    for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["check"], &["events"]] {
        let said = refused(scratch.path(), arguments, 3);
        assert!(said.contains("keys.db") && said.contains("restore"), "{said}");
        assert!(!keys.exists(), "no new keys are made beside an old journal");
    }
    fs::rename(&put_aside, &keys).unwrap();
    still_answers(&Served::start(scratch.path()), &token).await;
}

#[test]
fn a_file_that_is_no_journal_is_left_as_it_is() {
    for (file, contents) in [("journal.db", "not a journal"), ("keys.db", "not keys")] {
        let scratch = Scratch::new().unwrap();
        let path = scratch.path().join(file);
        let contents = contents.repeat(1_000);
        if file == "journal.db" {
            fs::write(scratch.path().join("keys.db"), "x").unwrap();
        }
        fs::write(&path, &contents).unwrap();
        let said = refused(scratch.path(), &["serve", "--listen", "127.0.0.1:0"], 3);
        assert!(said.contains(".db") && said.contains("Passerelle"), "{said}");
        assert_eq!(fs::read_to_string(&path).unwrap(), contents);
    }
}

#[test]
fn a_journal_file_that_is_none_is_named_by_its_line_and_nothing_is_recorded() {
    let scratch = Scratch::new().unwrap();
    let (folder, file) = (scratch.path().join("data"), scratch.path().join("journal.jsonl"));
    let file_name = file.to_str().unwrap();
    let import = ["import", "--journal-file", file_name];
    let missing = refused(&folder, &import, 1);
    assert!(missing.contains(file_name), "{missing}");
    fs::write(&file, "{\"specversion\":\"1.0\"}\n").unwrap();
    let said = refused(&folder, &import, 1);
    assert!(said.contains("line 1"), "{said}");
    assert!(!folder.join("journal.db").exists(), "nothing was begun");
}

fn records(folder: &Path, last: &str) {
    let organisation = r#"{"name":"O","source":"urn:o","time_zone":"UTC","language":"en"}"#;
    fs::write(folder.join("organisation.json"), organisation).unwrap();
    fs::write(folder.join("departments.csv"), "id,name,parent\nhq,Head,\n").unwrap();
    let members = "id,name,email,department,joined_at,left_at\n1,Ada,,hq,2026-01-01T00:00:00Z,\n";
    fs::write(folder.join("members.csv"), members).unwrap();
    let arrive =
        r#"{"type":"Arrive","actor":"member:1","published":"2026-02-01T00:00:00Z","object":"organisation"}"#;
    fs::write(folder.join("activities.jsonl"), format!("{arrive}\n{last}\n")).unwrap();
}

#[test]
fn an_import_names_the_line_that_is_wrong_keeps_what_came_before_and_goes_on_once_it_is_mended() {
    let scratch = Scratch::new().unwrap();
    let (folder, log) = (scratch.path().join("data"), scratch.path().join("records"));
    fs::create_dir(&log).unwrap();
    let import = ["import", log.to_str().unwrap()];
    let view = |object: &str, year: &str| {
        format!(
            r#"{{"type":"View","actor":"member:1","published":"{year}-02-02T00:00:00Z","object":"{object}"}}"#
        )
    };
    for (last, what) in [
        ("{\"type\":".to_owned(), "EOF"),
        (view("note:nowhere", "2026"), "NO_SUCH_POST"),
        (view("note:nowhere", "10000"), "years 1 and 9999"),
        (view("note:nowhere", "9026"), "after now"),
    ] {
        records(&log, &last);
        let said = refused(&folder, &import, 1);
        assert!(said.contains("activities.jsonl line 2: ") && said.contains(what), "{said}");
        assert!(said.contains("--skip-invalid"), "it says what to do: {said}");
    }
    let events = done(&folder, &["events"]);
    assert_eq!(events.matches("member.registered").count(), 1, "{events}");
    records(&log, &view("note:nowhere", "2026"));
    let summary = done(&folder, &["import", "--skip-invalid", log.to_str().unwrap()]);
    assert!(
        summary.contains("left out: activities.jsonl line 2") && summary.contains("1 refused"),
        "{summary}"
    );
    let nowhere = refused(&folder, &["import", "/nowhere/at/all"], 1);
    assert!(nowhere.contains("/nowhere/at/all"), "{nowhere}");
}

/// Somebody without rights: whoever runs the tests as root becomes nobody for it.
#[test]
fn a_folder_that_may_not_be_written_to_is_named() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let scratch = Scratch::new().unwrap();
    let folder = scratch.path().join("data");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let arguments = ["serve", "--listen", "127.0.0.1:0"];
    // Root is stopped by no permission, and the program may stand where only root looks.
    let copy = std::env::temp_dir().join(format!("passerelle-of-nobody-{}", std::process::id()));
    let mut command = command(&folder, &arguments);
    if fs::metadata(scratch.path()).unwrap().uid() == 0 {
        fs::copy(program::path(), &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        command = std::process::Command::new(&copy);
        command.args(["--folder", folder.to_str().unwrap()]).args(arguments).uid(65_534).gid(65_534);
    }
    let said = said_at_end(&command.output().unwrap(), &arguments, 3);
    let _ = fs::remove_file(copy);
    assert!(said.contains(folder.to_str().unwrap()) && said.contains("permissions"), "{said}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn a_command_line_that_makes_no_sense_is_explained() {
    let scratch = Scratch::new().unwrap();
    for arguments in [
        &["dance"][..],
        &["serve", "--listen", "here"],
        &["token", "--member", "Ada"],
        &["replay", "--until", "x"],
    ] {
        let output = program::run(scratch.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--help"), "{arguments:?}");
    }
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0, "nothing is left behind");
}
