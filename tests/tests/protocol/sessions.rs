//! Sessions of browsers: opened by a link, once, held by a cookie, for pages of this server alone.

use std::net::SocketAddr;
use std::sync::Arc;

use passerelle::gate::Gate;
use passerelle::http::{Settings, Transport};
use passerelle_tests::server::Server;
use passerelle_tests::story::Story;
use serde_json::json;

use super::client::{Reply, send};
use super::server;

/// A sign-in link for somebody of a story, below the address of a server.
pub(super) async fn link(story: &Story, name: &str) -> String {
    let input = json!({ "member": story.id(name) });
    let document = "mutation($input: OfferSignInLinkInput!) { offerSignInLink(input: $input) { link userErrors { code } } }";
    let answer = story.asks("Ada", document, json!({ "input": input })).await;
    answer["offerSignInLink"]["link"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// A story, served.
async fn served() -> (Story, Server) {
    let story = Story::of_four().await;
    let gate = Gate::new(Arc::clone(&story.engine));
    let server = server::of(Transport::new(story.endpoint(), gate, Settings::default())).await;
    (story, server)
}

const SAME_ORIGIN: &str = "sec-fetch-site: same-origin";

/// A request with a body of JSON and these headers.
pub(super) async fn ask(address: SocketAddr, line: &str, headers: &str, body: &str) -> Reply {
    let head = format!(
        "{line} HTTP/1.1\r\n{headers}\r\ncontent-type: application/json\r\ncontent-length: {}",
        body.len()
    );
    send(address, &head, body.as_bytes()).await
}

pub(super) async fn open(address: SocketAddr, link: &str) -> Reply {
    let secret = link.split_once('#').map_or(link, |(_, secret)| secret);
    ask(address, "POST /session", SAME_ORIGIN, &json!({ "link": secret }).to_string()).await
}

/// The cookie that a reply sets, as a browser sends it.
pub(super) fn cookie(reply: &Reply) -> String {
    let line = reply.header("set-cookie").unwrap_or_else(|| panic!("{reply:?}"));
    format!("cookie: {}", line.split(';').next().unwrap_or_default())
}

async fn viewer(address: SocketAddr, headers: &str) -> Reply {
    let body = r#"{"query":"{ viewer { name } }"}"#;
    let headers = format!("accept: application/graphql-response+json\r\n{headers}");
    ask(address, "POST /graphql", &headers, body).await
}

#[tokio::test]
async fn a_link_opens_a_session_once() {
    let (story, server) = served().await;
    let link = link(&story, "Bo").await;
    assert!(link.starts_with("/sign-in#pal_"), "{link}");
    let opened = open(server.address, &link).await;
    assert_eq!(opened.status, 204);
    let asked = viewer(server.address, &format!("{SAME_ORIGIN}\r\n{}", cookie(&opened))).await;
    assert_eq!(asked.json()["data"]["viewer"]["name"], "Bo");
    let again = open(server.address, &link).await;
    assert_eq!((again.status, again.code()), (403, "SIGN_IN_REFUSED".to_owned()));
    assert_eq!(again.header("set-cookie"), None);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_bring_a_link_at_once_one_comes_in() {
    let (story, server) = served().await;
    let link = link(&story, "Bo").await;
    let both = futures::future::join_all((0..8).map(|_| open(server.address, &link))).await;
    assert_eq!(both.iter().filter(|reply| reply.status == 204).count(), 1);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_link_that_ended_was_guessed_or_is_of_who_left_is_refused_in_the_same_bytes() {
    let (story, server) = served().await;
    let (guessed, late, left) =
        (link(&story, "Bo").await, link(&story, "Bo").await, link(&story, "Di").await);
    let guessed =
        format!("{}{}", &guessed[..guessed.len() - 1], if guessed.ends_with('0') { '1' } else { '0' });
    let mut refused = vec![open(server.address, &guessed).await, open(server.address, "pal_nothing").await];
    let input = json!({ "member": story.id("Di") });
    story
        .asks(
            "Ada",
            "mutation($input: DeactivateMemberInput!) { deactivateMember(input: $input) { projected } }",
            json!({ "input": input }),
        )
        .await;
    refused.push(open(server.address, &left).await);
    story.later(10);
    refused.push(open(server.address, &late).await);
    for reply in &refused {
        assert_eq!((reply.status, &reply.body), (403, &refused[0].body));
    }
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_session_answers_pages_of_this_server_alone() {
    let (story, server) = served().await;
    let opened = open(server.address, &link(&story, "Bo").await).await;
    let cookie = cookie(&opened);
    for foreign in
        ["sec-fetch-site: cross-site", "sec-fetch-site: same-site", "origin: https://evil.example", "x: y"]
    {
        let reply = viewer(server.address, &format!("{foreign}\r\n{cookie}")).await;
        assert_eq!((reply.status, reply.code()), (403, "FORBIDDEN".to_owned()), "{foreign}");
    }
    let own = format!("origin: http://{}\r\n{cookie}", server.address);
    assert_eq!(viewer(server.address, &own).await.status, 200);
    let fresh = link(&story, "Bo").await;
    let body = json!({ "link": fresh.split_once('#').unwrap().1 }).to_string();
    let foreign = ask(server.address, "POST /session", "sec-fetch-site: cross-site", &body).await;
    assert_eq!(foreign.status, 403, "nobody else's page signs a browser in");
    let form = body.clone();
    let head = format!(
        "POST /session HTTP/1.1\r\n{SAME_ORIGIN}\r\ncontent-type: text/plain\r\ncontent-length: {}",
        form.len()
    );
    assert_eq!(send(server.address, &head, form.as_bytes()).await.status, 415);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_session_ends_when_its_member_signs_out_leaves_or_does_not_use_it_for_twelve_hours() {
    let (story, server) = served().await;
    let mut cookies = vec![];
    for _ in 0..2 {
        let opened = open(server.address, &link(&story, "Bo").await).await;
        cookies.push(format!("{SAME_ORIGIN}\r\n{}", cookie(&opened)));
    }
    let ended = ask(server.address, "DELETE /session", &cookies[0], "").await;
    assert_eq!(ended.status, 204);
    assert!(ended.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(viewer(server.address, &cookies[0]).await.status, 401);
    let standing =
        |headers: String| async move { ask(server.address, "GET /session", &headers, "").await.json() };
    assert_eq!(standing(cookies[0].clone()).await["signedIn"], false);
    assert_eq!(standing(cookies[1].clone()).await["signedIn"], true);
    story.later(11 * 60);
    assert_eq!(viewer(server.address, &cookies[1]).await.status, 200);
    story.later(11 * 60);
    assert_eq!(standing(cookies[1].clone()).await["signedIn"], true, "used once more, it lasts longer");
    // To be asked whether it still holds is not to use it.
    story.later(60);
    assert_eq!(viewer(server.address, &cookies[1]).await.status, 401);
    let opened = open(server.address, &link(&story, "Bo").await).await;
    let last = format!("{SAME_ORIGIN}\r\n{}", cookie(&opened));
    assert_eq!(viewer(server.address, &last).await.status, 200);
    let input = json!({ "member": story.id("Bo") });
    story
        .asks(
            "Ada",
            "mutation($input: DeactivateMemberInput!) { deactivateMember(input: $input) { projected } }",
            json!({ "input": input }),
        )
        .await;
    assert_eq!(viewer(server.address, &last).await.status, 401);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn however_much_it_is_used_a_session_ends_after_a_week() {
    let (story, server) = served().await;
    let opened = open(server.address, &link(&story, "Bo").await).await;
    assert!(opened.header("set-cookie").unwrap().contains("Max-Age=604800;"), "{opened:?}");
    let cookie = format!("{SAME_ORIGIN}\r\n{}", cookie(&opened));
    let mut days = vec![];
    for _ in 0..16 {
        story.later(11 * 60);
        days.push(viewer(server.address, &cookie).await.status);
    }
    assert_eq!(days, [vec![200; 15], vec![401]].concat());
    server.stop().await.unwrap();
}

#[tokio::test]
async fn what_is_no_opening_says_so() {
    let (_, server) = served().await;
    for (body, status) in [("", 400), ("{}", 400), (r#"{"link":1}"#, 400), (r#"{"link":"","as":"Ada"}"#, 400)]
    {
        assert_eq!(ask(server.address, "POST /session", SAME_ORIGIN, body).await.status, status, "{body}");
    }
    let long = json!({ "link": "a".repeat(5_000) }).to_string();
    assert_eq!(ask(server.address, "POST /session", SAME_ORIGIN, &long).await.status, 413);
    let put = ask(server.address, "PUT /session", SAME_ORIGIN, "").await;
    assert_eq!((put.status, put.header("allow")), (405, Some("GET, POST, DELETE")));
    server.stop().await.unwrap();
}
