//! The page that the binary serves, used in a real browser.

use std::path::Path;

use domain::decision::Actor;
use passerelle::graphql::Caller;
use passerelle::http::{Settings, Transport, Unauthenticated};
use passerelle_tests::skipped::skipped;
use passerelle_tests::story::Story;

use super::javascript;
use super::server::{self, TOKEN};

const BROWSERS: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

#[tokio::test(flavor = "multi_thread")]
async fn graphiql_answers_in_both_languages_at_both_widths_and_asks_nobody_else() {
    let Some(browser) = BROWSERS.into_iter().find(|path| Path::new(path).exists()) else {
        return skipped("page.js", "no Chromium or Chrome is there");
    };
    let story = Story::of_four().await;
    let caller = Caller { actor: Actor::Member(story.member("Ada")) };
    let tokens = move |token: &str| if token == TOKEN { Ok(caller) } else { Err(Unauthenticated) };
    let server = server::of(Transport::new(story.endpoint(), tokens, Settings::default())).await;
    let url = format!("http://{}/", server.address);
    if let Some(results) = javascript::run("page.js", &[&url, TOKEN, browser]).await {
        assert_eq!(results.len(), 4);
        javascript::assert_all_ok(&results);
    }
    server.stop().await.unwrap();
}
