//! The pages that the binary serves, used in a real browser.

use std::path::Path;
use std::sync::Arc;

use domain::decision::Actor;
use passerelle::gate::Gate;
use passerelle::graphql::Caller;
use passerelle::http::{Settings, Transport};
use passerelle_tests::skipped::skipped;
use passerelle_tests::story::Story;

use super::server::{self, TOKEN};
use super::{javascript, sessions};

/// Browsers that the pages are used in, wherever one of them is.
const BROWSERS: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// A browser; says that a script was skipped where there is none.
pub(super) fn browser(script: &str) -> Option<&'static str> {
    let found = BROWSERS.into_iter().find(|path| Path::new(path).exists());
    if found.is_none() {
        skipped(script, "no Chromium or Chrome is there");
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn graphiql_answers_in_both_languages_at_both_widths_and_asks_nobody_else() {
    let Some(browser) = browser("page.js") else { return };
    let story = Story::of_four().await;
    let caller = Caller::of(Actor::Member(story.member("Ada")));
    let transport = Transport::new(story.endpoint(), server::token_of(caller), Settings::default());
    let server = server::of(transport).await;
    let url = format!("http://{}/", server.address);
    if let Some(results) = javascript::run("page.js", &[&url, TOKEN, browser]).await {
        assert_eq!(results.len(), 4);
        javascript::assert_all_ok(&results);
    }
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signs_in_once_and_the_session_asks_by_itself_until_it_is_ended() {
    let Some(browser) = browser("sign-in.js") else { return };
    let story = Story::of_four().await;
    let gate = Gate::new(Arc::clone(&story.engine));
    let server = server::of(Transport::new(story.endpoint(), gate, Settings::default())).await;
    let url = format!("http://{}/", server.address);
    let mut arguments = vec![url, browser.to_owned()];
    for _ in 0..4 {
        arguments.push(sessions::link(&story, "Bo").await);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let Some(results) = javascript::run("sign-in.js", &arguments).await {
        assert_eq!(results.len(), 4);
        javascript::assert_all_ok(&results);
    }
    server.stop().await.unwrap();
}
