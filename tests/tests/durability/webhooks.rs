//! A server that is killed between deliveries leaves no gap: what is repeated is allowed, what is missing is not.

use std::time::Duration;

use passerelle_tests::log::Scratch;
use passerelle_tests::program::Served;
use passerelle_tests::receiver::Receiver;
use serde_json::{Value, json};

/// Members registered between two kills.
const A_ROUND: usize = 12;

async fn sends(served: &Served, token: &str, mutation: &str, input: Value, selection: &str) -> Value {
    let type_name = mutation[..1].to_uppercase() + &mutation[1..];
    let document = format!(
        "mutation($input: {type_name}Input!) {{ it: {mutation}(input: $input) {{ {selection} userErrors {{ code }} }} }}"
    );
    let answer = served.asks(token, &document, json!({ "input": input })).await;
    let mut answer: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(answer["data"]["it"]["userErrors"], json!([]), "{mutation}: {answer}");
    answer["data"]["it"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_between_deliveries_leaves_no_gap() {
    let (folder, receiver) = (Scratch::new().unwrap(), Receiver::start().await);
    let mut served = Served::start(folder.path());
    let token = served.token.clone().unwrap();
    let organisation = json!({"name": "Atelier", "timeZone": "Europe/Paris", "language": "fr"});
    sends(&served, &token, "establishOrganisation", organisation, "").await;
    let opened =
        sends(&served, &token, "openDepartment", json!({"name": "Works"}), "department { id }").await;
    let hook = json!({"url": receiver.url(), "eventTypes": ["member.registered"], "fields": "OPENED"});
    sends(&served, &token, "registerWebhook", hook, "").await;
    let mut names = vec![];
    for round in 0..4 {
        receiver.answers(round, "503 Service Unavailable");
        for number in 0..A_ROUND {
            let name = format!("Member {round}.{number}");
            let member = json!({"name": name, "department": opened["department"]["id"]});
            sends(&served, &token, "registerMember", member, "").await;
            names.push(name);
        }
        // Killed at another point of its deliveries each time: at once, or after some of them.
        tokio::time::sleep(Duration::from_millis(700 * round as u64)).await;
        drop(served);
        served = Served::start(folder.path());
    }
    let all = async {
        loop {
            let told = told_once(&receiver);
            if told.len() >= names.len() {
                return told;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let told = tokio::time::timeout(Duration::from_secs(60), all).await.expect("every event is delivered");
    assert_eq!(told, names, "in the order of the journal");
}

/// The names in what was delivered, each once, in the order in which they came first.
fn told_once(receiver: &Receiver) -> Vec<String> {
    let mut told: Vec<String> = vec![];
    for delivery in receiver.taken() {
        let name = delivery.json()["data"]["name"].as_str().unwrap().to_owned();
        if !told.contains(&name) {
            told.push(name);
        }
    }
    told
}
