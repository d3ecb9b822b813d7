//! Sign-in links that the command line prints: each signs in whom it is for, once.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command, done};
use serde_json::{Value, json};

use super::client::send;
use super::sessions::{ask, cookie, open};

/// The one line of a printed text that holds a link: what stands before it, and the link.
fn link(line: &str) -> Option<(&str, &str)> {
    let at = line.find("http")?;
    line.contains("/sign-in#pal_").then(|| (line[..at].trim(), line[at..].trim()))
}

/// Signs in with a link, asks something with the session it opens, and tries the link again.
async fn signs_in(address: SocketAddr, link: &str, document: &str) -> Value {
    let opened = open(address, link).await;
    assert_eq!(opened.status, 204, "{link}: {opened:?}");
    let headers = format!("sec-fetch-site: same-origin\r\n{}", cookie(&opened));
    let answer = ask(address, "POST /graphql", &headers, &json!({ "query": document }).to_string()).await;
    assert_eq!(open(address, link).await.status, 403, "it opens nothing again");
    answer.json()["data"].take()
}

async fn does(server: &Served, token: &str, mutation: &str) -> Value {
    let answer = server.asks(token, &format!("mutation {{ it: {mutation} }}"), Value::Null).await;
    answer.json()["data"]["it"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_the_command_line_signs_its_member_in_once() {
    let folder = Scratch::new().unwrap();
    let server = Served::start(folder.path());
    let token = server.token.clone().unwrap();
    let establish =
        r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) { projected }"#;
    does(&server, &token, establish).await;
    let opened =
        does(&server, &token, r#"openDepartment(input: {name: "Works"}) { department { id } }"#).await;
    let register = format!(
        r#"registerMember(input: {{name: "Ada", department: {}}}) {{ member {{ id }} }}"#,
        opened["department"]["id"]
    );
    let member = does(&server, &token, &register).await["member"]["id"].take();
    does(&server, &token, &format!("openAccount(input: {{member: {member}}}) {{ projected }}")).await;
    server.terminate();
    let bytes = URL_SAFE_NO_PAD.decode(member.as_str().unwrap()).unwrap();
    let member = uuid::Uuid::from_slice(&bytes[5..]).unwrap().to_string();
    let site = ["--link", "--site", "https://passerelle.example.org"];
    let printed = done(folder.path(), &[&["token", "--member", &member], &site[..]].concat());
    let (_, link) = printed.lines().find_map(link).unwrap_or_else(|| panic!("no link: {printed}"));
    assert!(link.starts_with("https://passerelle.example.org/sign-in#pal_"), "{link}");
    let server = Served::start(folder.path());
    let answer = signs_in(server.address, link, "{ viewer { name } }").await;
    assert_eq!(answer, json!({"viewer": {"name": "Ada"}}));
}

/// Ended with the test, however it ends.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_prints_four_links_that_sign_in_those_they_say() {
    let folder = Scratch::new().unwrap();
    let mut demo = command(folder.path(), &["demo", "--listen", "127.0.0.1:0"]);
    let mut child = Ended(demo.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let (mut links, mut address) = (vec![], None);
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    for line in lines.by_ref() {
        links.extend(link(&line).map(|(role, link)| (role.to_owned(), link.to_owned())));
        if let Some(rest) = line.strip_prefix("GraphQL on http://") {
            address = Some(rest.trim_end_matches("/graphql").parse().unwrap());
            break;
        }
    }
    let address = address.expect("it listens");
    let roles: Vec<&str> = links.iter().map(|(role, _)| role.as_str()).collect();
    assert_eq!(roles, ["employee", "sponsor", "coach", "auditor"]);
    let document = "{ viewer { id } organisation { roles { role member { id } } }
        communities(first: 100) { nodes { sponsor { id } } } }";
    for (role, link) in &links {
        let answer = signs_in(address, link, document).await;
        let viewer = &answer["viewer"]["id"];
        assert!(viewer.is_string(), "{role}: {answer}");
        let granted = answer["organisation"]["roles"].as_array().unwrap().iter();
        let held: Vec<_> = granted.filter(|it| it["member"]["id"] == *viewer).map(|it| &it["role"]).collect();
        let communities = answer["communities"]["nodes"].as_array().unwrap();
        let sponsors = communities.iter().any(|community| community["sponsor"]["id"] == *viewer);
        let expected = match role.as_str() {
            "coach" => (vec![json!("COACH")], false),
            "auditor" => (vec![json!("AUDITOR")], false),
            role => (vec![], role == "sponsor"),
        };
        assert_eq!((held, sponsors), (expected.0.iter().collect(), expected.1), "{role}");
    }
    let without = send(address, "GET /session HTTP/1.1", b"").await;
    assert_eq!(without.json()["links"], true);
}
