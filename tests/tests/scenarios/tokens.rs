//! Tokens for programs: what they are for, whose they are, and their end.

use std::sync::Arc;

use passerelle::gate::Gate;
use passerelle::http::{Authenticate, Credential};
use passerelle_tests::story::Story;
use serde_json::{Value, json};

/// Has a token issued by Ada.
async fn issued(story: &Story, input: Value) -> Value {
    let document = "mutation($input: IssueTokenInput!) { issueToken(input: $input) { token tokenId userErrors { code field } } }";
    story.asks("Ada", document, json!({ "input": input })).await["issueToken"].clone()
}

/// What a mutation of a bearer is refused with, if it is.
async fn refused(story: &Story, token: &Value, mutation: &str, input: Value) -> Option<String> {
    let bearer = Credential::Bearer(token["token"].as_str().unwrap().to_owned());
    let caller = Gate::new(Arc::clone(&story.engine)).authenticate(&bearer).await.expect("it holds");
    let (kind, rest) = mutation.split_at(1);
    let kind = format!("{}{rest}Input", kind.to_uppercase());
    let document =
        format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}");
    let answer = story.asks_as(caller, &document, json!({ "input": input })).await;
    answer[mutation]["userErrors"][0]["code"].as_str().map(str::to_owned)
}

async fn holds(story: &Story, token: &Value) -> bool {
    let bearer = Credential::Bearer(token["token"].as_str().unwrap().to_owned());
    Gate::new(Arc::clone(&story.engine)).authenticate(&bearer).await.is_ok()
}

#[tokio::test]
async fn a_token_does_what_it_is_for_and_nothing_more() {
    let story = Story::of_four().await;
    let ada = story.id("Ada");
    let found = json!({ "name": "Cycling", "access": "OPEN" });
    let department = json!({ "name": "Yard" });
    let reads = issued(&story, json!({ "member": ada })).await;
    let needed = Some("SCOPE_NEEDED".to_owned());
    assert_eq!(refused(&story, &reads, "foundCommunity", found.clone()).await, needed);
    let writes = issued(&story, json!({ "member": ada, "scopes": ["WRITE"] })).await;
    assert_eq!(refused(&story, &writes, "foundCommunity", found.clone()).await, None);
    assert_eq!(refused(&story, &writes, "openDepartment", department.clone()).await, needed);
    let administers = issued(&story, json!({ "member": ada, "scopes": ["WRITE", "ADMINISTER"] })).await;
    assert_eq!(refused(&story, &administers, "openDepartment", department.clone()).await, None);
    let others = issued(&story, json!({ "member": story.id("Bo"), "scopes": ["WRITE", "ADMINISTER"] })).await;
    let role = Some("ADMINISTRATOR_NEEDED".to_owned());
    assert_eq!(refused(&story, &others, "openDepartment", department).await, role);
}

#[tokio::test]
async fn a_token_ends_with_its_time_its_revocation_or_its_member() {
    let story = Story::of_four().await;
    let short = issued(&story, json!({ "member": story.id("Bo"), "until": "2026-03-02T10:00:00Z" })).await;
    let revoked = issued(&story, json!({ "member": story.id("Bo") })).await;
    let left = issued(&story, json!({ "member": story.id("Cy") })).await;
    assert!(holds(&story, &short).await && holds(&story, &revoked).await && holds(&story, &left).await);
    let document =
        "mutation($input: RevokeTokenInput!) { revokeToken(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "token": revoked["tokenId"] } });
    let others = story.asks("Di", document, input.clone()).await;
    assert_eq!(others["revokeToken"]["userErrors"][0]["code"], "ADMINISTRATOR_NEEDED");
    story.asks("Bo", document, input).await;
    assert!(!holds(&story, &revoked).await);
    let document =
        "mutation($input: DeactivateMemberInput!) { deactivateMember(input: $input) { projected } }";
    story.asks("Ada", document, json!({ "input": { "member": story.id("Cy") } })).await;
    assert!(!holds(&story, &left).await);
    story.later(60);
    assert!(!holds(&story, &short).await);
}

#[tokio::test]
async fn tokens_and_links_are_given_out_by_administrators() {
    let story = Story::of_four().await;
    let document = "mutation($token: IssueTokenInput!, $link: OfferSignInLinkInput!) {
        issueToken(input: $token) { token userErrors { code } }
        offerSignInLink(input: $link) { link userErrors { code } }
    }";
    let variables = json!({ "token": { "member": story.id("Bo") }, "link": { "member": story.id("Ada") } });
    let answer = story.asks("Bo", document, variables).await;
    let refused = json!([{ "code": "ADMINISTRATOR_NEEDED" }]);
    assert_eq!(answer["issueToken"], json!({ "token": null, "userErrors": refused }));
    assert_eq!(answer["offerSignInLink"], json!({ "link": null, "userErrors": refused }));
    let past = issued(&story, json!({ "until": "2026-03-02T09:00:00Z" })).await;
    let ended = json!([{ "code": "ENDS_IN_THE_PAST", "field": ["input", "until"] }]);
    assert_eq!(past, json!({ "token": null, "tokenId": null, "userErrors": ended }));
}
