//! A served organisation for clients to use, and the folders they are kept in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::decision::Actor;
use domain::id::MemberId;
use passerelle::graphql::{Caller, Endpoint};
use passerelle::http::{Credential, Settings, Transport, Unauthenticated};
use passerelle_tests::log::World;
use passerelle_tests::server::Server;
use serde_json::{Value, json};

/// The token of whoever asks; of Ada where she is there.
pub(super) const TOKEN: &str = "ada-token";

/// Of this crate's tests of clients.
pub(super) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(name)
}

/// Of the repository.
pub(super) fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// Where what is installed and compiled is kept, outside the repository.
pub(super) fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// A server in whose only community Ada has published three posts. Its clock is the real one: what comes later has a
/// later time.
pub(super) struct Served {
    pub(super) server: Server,
    pub(super) url: String,
    pub(super) community: String,
    _world: World,
}

pub(super) async fn served() -> Served {
    let world = World::empty().await.unwrap();
    let operator = Actor::Service;
    let atelier = json!({"name": "Atelier", "timeZone": "Europe/Paris", "language": "fr"});
    made(&world, operator, "establishOrganisation", atelier, "organisation").await;
    let sales = made(&world, operator, "openDepartment", json!({"name": "Sales"}), "department").await;
    let ada = json!({"name": "Ada", "department": sales});
    let ada = made(&world, operator, "registerMember", ada, "member").await;
    made(&world, operator, "openAccount", json!({"member": ada}), "member").await;
    let actor = Actor::Member(member(&ada));
    let community = made(&world, actor, "foundCommunity", json!({"name": "Ateliers"}), "community").await;
    for body in ["first", "second", "third"] {
        let post = json!({"audience": {"community": community}, "body": body});
        made(&world, actor, "publishPost", post, "post").await;
    }
    let (server, url) = serve(&world, actor).await;
    Served { server, url, community, _world: world }
}

/// A server of a world, for one who asks.
pub(super) async fn serve(world: &World, actor: Actor) -> (Server, String) {
    let caller = Caller::of(actor);
    let tokens = move |credential: &Credential| match credential {
        Credential::Bearer(token) if token == TOKEN => Ok(caller),
        _ => Err(Unauthenticated),
    };
    let endpoint = Endpoint::new(Arc::clone(&world.engine));
    let server = Server::of(Transport::new(endpoint, tokens, Settings::default())).await.unwrap();
    let url = format!("http://{}/graphql", server.address);
    (server, url)
}

/// The member behind a global id.
pub(super) fn member(id: &str) -> MemberId {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(id).unwrap();
    MemberId(uuid::Uuid::from_slice(&bytes[5..]).unwrap())
}

/// Sends a mutation that makes or changes something: its id.
async fn made(world: &World, actor: Actor, mutation: &str, input: Value, field: &str) -> String {
    let type_name = mutation[..1].to_uppercase() + &mutation[1..];
    let document = format!(
        "mutation($input: {type_name}Input!) {{ it: {mutation}(input: $input) {{ {field} {{ id }} }} }}"
    );
    let answer = world.asks(actor, &document, json!({ "input": input })).await.unwrap();
    answer["it"][field]["id"].as_str().unwrap().to_owned()
}
