//! Communities that do not let everybody in: what their members see, nobody else does.

use passerelle_tests::story::Story;
use serde_json::json;

const SEEN: &str =
    "query($id: ID!) { node(id: $id) { ... on Community { name feed { nodes { ... on Post { body } } } } }
    communities { nodes { name } } }";

async fn founded(access: &str) -> Story {
    let mut story = Story::of_four().await;
    story
        .does("Bo", "foundCommunity", json!({"name": "Board", "access": access}), "community", "Board")
        .await;
    let post = json!({"audience": {"community": story.id("Board")}, "body": "For us"});
    story.does("Bo", "publishPost", post, "post", "post").await;
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn on_request_everybody_knows_of_it_and_whom_it_approves_reads() {
    let story = founded("REQUEST").await;
    let id = json!({"id": story.id("Board")});
    let before = story.asks("Cy", SEEN, id.clone()).await;
    assert_eq!(before["node"], json!({"name": "Board", "feed": {"nodes": []}}));
    let board = json!({"community": story.id("Board")});
    assert_eq!(story.is_refused("Cy", "joinCommunity", board.clone()).await["code"], "REQUEST_NEEDED");
    story.sends("Cy", "requestMembership", board, "").await;
    let of_cy = json!({"community": story.id("Board"), "member": story.id("Cy")});
    assert_eq!(story.is_refused("Di", "approveRequest", of_cy.clone()).await["code"], "MODERATOR_NEEDED");
    let approved = story.sends("Bo", "approveRequest", of_cy, "community { memberCount }").await;
    assert_eq!(approved["community"]["memberCount"], 2);
    assert_eq!(story.asks("Cy", SEEN, id).await["node"]["feed"]["nodes"], json!([{"body": "For us"}]));
}

#[tokio::test(flavor = "multi_thread")]
async fn by_invitation_it_does_not_exist_for_others() {
    let story = founded("INVITATION").await;
    let id = json!({"id": story.id("Board")});
    let nothing = json!({"node": null, "communities": {"nodes": []}});
    assert_eq!(story.asks("Cy", SEEN, id.clone()).await, nothing);
    let post = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(story.asks("Cy", post, json!({"id": story.id("post")})).await, json!({"node": null}));
    let comment = json!({"post": story.id("post"), "body": "Hello?"});
    assert_eq!(story.is_refused("Cy", "addComment", comment).await["code"], "NO_SUCH_POST");
    let of_cy = json!({"community": story.id("Board"), "member": story.id("Cy")});
    story.sends("Bo", "inviteMember", of_cy.clone(), "").await;
    story.sends("Cy", "joinCommunity", json!({"community": story.id("Board")}), "").await;
    let inside = story.asks("Cy", SEEN, id.clone()).await;
    assert_eq!(inside["node"]["feed"]["nodes"], json!([{"body": "For us"}]));
    story.sends("Bo", "removeMember", of_cy, "").await;
    assert_eq!(story.asks("Cy", SEEN, id).await, nothing, "once removed, it is gone for them");
}
