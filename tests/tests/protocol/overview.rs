//! The overview, used in a real browser upon the demonstration.

use std::sync::Arc;

use domain::decision::Actor;
use domain::time::Day;
use passerelle::clock::{Clock, SystemClock, local_day};
use passerelle::demo::{self, Language};
use passerelle::gate::Gate;
use passerelle::graphql::Endpoint;
use passerelle::http::{Settings, Transport};
use passerelle_tests::log::World;
use serde_json::json;

use super::{javascript, page, server};

/// Both languages at three widths.
const VISITS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_shows_explains_and_exports_figures_in_both_languages_at_three_widths() {
    let Some(browser) = page::browser("overview.js") else { return };
    let world = World::empty().await.unwrap();
    // As if people had gone on until yesterday: the browser's clock is the real one.
    let today = local_day(SystemClock.now(), "Europe/Paris");
    let (files, _) = demo::files(Language::Fr, Day(today.0 - 1));
    world.import(&files).await.unwrap();
    world.engine.catch_up().await.unwrap();
    let (endpoint, gate) = (Endpoint::new(Arc::clone(&world.engine)), Gate::new(Arc::clone(&world.engine)));
    let server = server::of(Transport::new(endpoint, gate, Settings::default())).await;
    let mut arguments = vec![format!("http://{}/", server.address), browser.to_owned()];
    let administrator = administrator(&world).await;
    for _ in 0..VISITS {
        arguments.push(link(&world, &administrator).await);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let Some(results) = javascript::run("overview.js", &arguments).await {
        assert_eq!(results.len(), VISITS);
        javascript::assert_all_ok(&results);
    }
    server.stop().await.unwrap();
}

async fn administrator(world: &World) -> String {
    let document = "{ organisation { roles { role member { id } } } }";
    let answer = world.asks(Actor::Service, document, json!({})).await.unwrap();
    let roles = answer["organisation"]["roles"].as_array().unwrap();
    let held = roles.iter().find(|grant| grant["role"] == "ADMINISTRATOR").unwrap();
    held["member"]["id"].as_str().unwrap().to_owned()
}

/// A sign-in link, below the address of a server.
async fn link(world: &World, member: &str) -> String {
    let document = "mutation($input: OfferSignInLinkInput!) { offerSignInLink(input: $input) { link } }";
    let input = json!({ "input": { "member": member } });
    let answer = world.asks(Actor::Service, document, input).await.unwrap();
    answer["offerSignInLink"]["link"].as_str().unwrap().to_owned()
}
