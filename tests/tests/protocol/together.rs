//! Two people at once, each with a client of npm `graphql-ws`: what one says the other sees, also over restarts.

use passerelle_tests::founded::Founded;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command};
use serde_json::{Value, json};

use super::javascript::Talk;

/// Says something as one of them.
fn post(talk: &mut Talk, by: usize, body: &str) {
    assert_eq!(talk.say(&json!({ "post": body, "by": by })), json!("posted"), "{body}");
}

/// What both have seen, once both have seen so much.
fn seen(talk: &mut Talk, count: usize) -> Value {
    talk.say(&json!({ "seen": count }))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_see_what_each_other_says_and_go_on_after_a_restart_without_gap_or_repeat() {
    let scratch = Scratch::new().unwrap();
    let mut served = Served::start(scratch.path());
    let (address, operator) = (served.address, served.token.clone().unwrap());
    let founded = Founded::of(address, &operator, &["Ada", "Bo"]).await;
    let [ada, bo] = &founded.tokens[..] else { unreachable!("two are founded") };
    let arguments = [&format!("{address}"), ada, bo, &founded.community];
    let Some((mut talk, _)) = Talk::begin("together.js", &arguments.map(String::as_str)).await else {
        return;
    };
    post(&mut talk, 0, "from Ada");
    assert_eq!(seen(&mut talk, 1), json!([["from Ada"], ["from Ada"]]));
    post(&mut talk, 1, "from Bo");
    let mut said = vec!["from Ada", "from Bo"];
    assert_eq!(seen(&mut talk, said.len()), json!([said, said]));
    for (killed, while_away) in [(false, ["after an end", "and again"]), (true, ["after a kill", "at last"])]
    {
        if killed {
            served.kill();
        } else {
            assert!(served.terminate().0.success());
        }
        assert_eq!(talk.say(&json!("lost")), json!(2), "both have lost their connections");
        served = Served::of(command(scratch.path(), &["serve", "--listen", &address.to_string()]));
        // Both are still away: what is said now reaches them by where they go on from alone.
        for (by, body) in while_away.into_iter().enumerate() {
            post(&mut talk, by, body);
            said.push(body);
        }
        assert_eq!(talk.say(&json!("return")), json!("returning"));
        assert_eq!(seen(&mut talk, said.len()), json!([said, said]));
        post(&mut talk, 1, "live again");
        said.push("live again");
        assert_eq!(
            seen(&mut talk, said.len()),
            json!([said, said]),
            "nothing is missing and nothing told twice"
        );
    }
}
