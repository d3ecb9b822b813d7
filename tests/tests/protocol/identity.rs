//! Signing in with an identity provider: a real one (npm oidc-provider), the real program, a real browser.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command};
use serde_json::{Value, json};

use super::javascript::{Talk, assert_all_ok, run};
use super::page::browser;

/// A port that nothing listens on.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// An organisation whose people a provider signs in, and the provider.
struct Signed {
    provider: Talk,
    issuer: String,
    server: Served,
    operator: String,
    folder: Scratch,
    port: u16,
}

const AUDIENCE: &str = "urn:passerelle:api";

impl Signed {
    /// Ada and Bo are known by their addresses, and have no account yet.
    async fn in_by_provider() -> Option<Self> {
        let (at, port) = (free_port().to_string(), free_port());
        let site = format!("http://127.0.0.1:{port}");
        let (provider, ready) = Talk::begin("provider.js", &[&at, &site, AUDIENCE]).await?;
        let issuer = ready["issuer"].as_str().unwrap().to_owned();
        let folder = Scratch::new().unwrap();
        let server = served(&folder, port, &issuer, &["--oidc-link-by-email"]);
        let operator = server.token.clone().unwrap();
        let signed = Self { provider, issuer, server, operator, folder, port };
        signed
            .does(
                "establishOrganisation",
                r#"name: "Atelier", timeZone: "UTC", language: "fr""#,
                "organisation",
            )
            .await;
        let department = signed.does("openDepartment", r#"name: "Sales""#, "department").await;
        for (name, address) in [("Ada", "Ada@example.org"), ("Bo", "unverified-bo@example.org")] {
            let input = format!(r#"name: "{name}", email: "{address}", department: "{department}""#);
            signed.does("registerMember", &input, "member").await;
        }
        Some(signed)
    }

    /// Somebody who sets up has a mutation carried out; the id of what it is about.
    async fn does(&self, mutation: &str, input: &str, field: &str) -> String {
        let document = format!(
            "mutation {{ {mutation}(input: {{{input}}}) {{ {field} {{ id }} userErrors {{ code }} }} }}"
        );
        let answer = self.server.asks(&self.operator, &document, Value::Null).await.json();
        let id = answer["data"][mutation][field]["id"].as_str();
        id.unwrap_or_else(|| panic!("{document}: {answer}")).to_owned()
    }

    /// A token that the provider signs, or that somebody else does.
    fn token(&mut self, how: &Value) -> String {
        self.provider.say(how)["token"].as_str().unwrap().to_owned()
    }

    /// As whom a bearer token is answered, if it is.
    async fn bearer(&self, token: &str) -> Option<String> {
        let answer = self.server.asks(token, "{ viewer { name } }", Value::Null).await;
        match answer.status {
            401 => None,
            _ => Some(answer.json()["data"]["viewer"]["name"].as_str().unwrap().to_owned()),
        }
    }
}

fn served(folder: &Scratch, port: u16, issuer: &str, more: &[&str]) -> Served {
    let listen = format!("127.0.0.1:{port}");
    let secret = folder.path().join("client-secret");
    std::fs::write(&secret, "a secret of the provider\n").unwrap();
    let mut arguments =
        vec!["serve", "--listen", &listen, "--oidc-issuer", issuer, "--oidc-client-id", "passerelle"];
    arguments.extend(["--oidc-audience", AUDIENCE, "--oidc-client-secret-file", secret.to_str().unwrap()]);
    arguments.extend(more);
    Served::of(command(&folder.path().join("data"), &arguments))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_the_provider_is_taken_while_everything_about_it_holds() {
    let Some(mut signed) = Signed::in_by_provider().await else { return };
    let good = signed.token(&json!({}));
    assert_eq!(signed.bearer(&good).await, None, "nobody is linked with it yet");
    let member = signed
        .does(
            "registerMember",
            &format!(r#"name: "Cy", department: "{}""#, department(&signed).await),
            "member",
        )
        .await;
    signed.does("openAccount", &format!(r#"member: "{member}""#), "member").await;
    let identity = format!(r#"member: "{member}", issuer: "{}", subject: "ada""#, signed.issuer);
    signed.does("linkIdentity", &identity, "member").await;
    assert_eq!(signed.bearer(&good).await.as_deref(), Some("Cy"));
    let (past, future) = (1_700_000_000_i64, 4_000_000_000_i64);
    for (what, how) in [
        ("another issuer", json!({ "sign": { "iss": "http://127.0.0.1:1" } })),
        ("another audience", json!({ "sign": { "aud": "passerelle" } })),
        ("expired", json!({ "sign": { "exp": past } })),
        ("without an end", json!({ "sign": { "exp": null } })),
        ("an end that is a text", json!({ "sign": { "exp": "99999999999" } })),
        ("not valid yet", json!({ "sign": { "nbf": future } })),
        ("of nobody", json!({ "sign": { "sub": "" } })),
        ("of somebody unknown", json!({ "sign": { "sub": "eve" } })),
        ("not signed", json!({ "header": { "alg": "none" } })),
        ("signed with what everybody has", json!({ "header": { "alg": "HS256" } })),
        ("signed by another key", json!({ "key": "unknown" })),
        ("signed by another key of the same name", json!({ "key": "unknown", "header": { "kid": "key-1" } })),
        ("with something critical", json!({ "header": { "crit": ["b64"], "b64": true } })),
    ] {
        let token = signed.token(&how);
        assert_eq!(signed.bearer(&token).await, None, "{what}");
    }
    assert_eq!(signed.bearer("not.a.token").await, None);
    signed.provider.say(&json!({ "rotate": true }));
    let rotated = signed.token(&json!({}));
    let begun = Instant::now();
    while signed.bearer(&rotated).await.is_none() {
        assert!(begun.elapsed() < Duration::from_secs(20), "a new key is asked for");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert_eq!(signed.bearer(&good).await, None, "the key that it was signed with is gone");
    signed.does("deactivateMember", &format!(r#"member: "{member}""#), "member").await;
    assert_eq!(signed.bearer(&rotated).await, None);
}

async fn department(signed: &Signed) -> String {
    signed.does("openDepartment", r#"name: "Works""#, "department").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_signs_in_with_the_provider_which_opens_the_account() {
    let Some(browser) = browser("identity.js") else { return };
    let Some(signed) = Signed::in_by_provider().await else { return };
    let url = format!("http://{}/", signed.server.address);
    let results = run("identity.js", &[&url, browser]).await.unwrap();
    assert_eq!(results.len(), 3);
    assert_all_ok(&results);
    let document = "{ members(first: 5) { nodes { name accountAt } } }";
    let answer = signed.server.asks(&signed.operator, document, Value::Null).await.json();
    let members = answer["data"]["members"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let with_account: Vec<_> = members.iter().filter(|member| !member["accountAt"].is_null()).collect();
    assert_eq!(with_account.iter().map(|member| &member["name"]).collect::<Vec<_>>(), ["Ada"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_provider_is_required_links_open_nothing_and_are_not_given_out() {
    let Some(signed) = Signed::in_by_provider().await else { return };
    let Signed { server, folder, issuer, port, operator, provider } = signed;
    server.terminate();
    let server = served(&folder, port, &issuer, &["--oidc-required"]);
    let link = r#"mutation { it: offerSignInLink(input: {member: "x"}) { link userErrors { code } } }"#;
    assert_eq!(server.asks(&operator, link, Value::Null).await.code(), "SIGN_IN_LINKS_OFF");
    let standing = super::client::get(server.address, "/session").await.json();
    assert_eq!(standing, json!({ "signedIn": false, "links": false, "identityProvider": true }));
    drop(provider);
}
