//! What is new arrives by itself, and whoever was cut off goes on from where they were.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::StreamExt;
use futures::stream::BoxStream;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const FOLLOW: &str = "subscription($id: ID!, $after: Position) {
    feedItems(community: $id, after: $after) { ... on Post { body } ... on Document { name } } }";

/// A subscriber of a story.
struct Subscriber(BoxStream<'static, async_graphql::Response>);

impl Subscriber {
    async fn next(&mut self) -> Value {
        let waited = tokio::time::timeout(std::time::Duration::from_secs(10), self.0.next()).await;
        serde_json::to_value(waited.expect("something is told").expect("it goes on")).unwrap()
    }

    /// Whether nothing is told for a while.
    async fn is_told_nothing(&mut self) -> bool {
        tokio::time::timeout(std::time::Duration::from_millis(200), self.0.next()).await.is_err()
    }
}

/// The position at which a story stands.
async fn now(story: &Story) -> Value {
    story.answer("Bo", "{ organisation { name } }", json!({})).await["extensions"]["position"].take()
}

async fn bakery() -> Story {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    story
}

async fn publishes(story: &mut Story, body: &str) {
    let post = json!({"audience": {"community": story.id("Bakers")}, "body": body});
    story.does("Bo", "publishPost", post, "post", body).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_cut_off_goes_on_without_gap_or_repeat() {
    let mut story = bakery().await;
    let begin = now(&story).await;
    let follow = |story: &Story, after: &Value| {
        let variables = json!({"id": story.id("Bakers"), "after": after});
        Subscriber(story.follows("Cy", FOLLOW, variables))
    };
    for body in ["One", "Two", "Three"] {
        publishes(&mut story, body).await;
    }
    let mut first = follow(&story, &begin);
    let told = first.next().await;
    assert_eq!(told["data"], json!({"feedItems": {"body": "One"}}));
    drop(first);
    let mut again = follow(&story, &told["extensions"]["position"]);
    assert_eq!(again.next().await["data"], json!({"feedItems": {"body": "Two"}}));
    publishes(&mut story, "Four").await;
    assert_eq!(again.next().await["data"], json!({"feedItems": {"body": "Three"}}));
    let four = again.next().await;
    assert_eq!(four["data"], json!({"feedItems": {"body": "Four"}}));
    publishes(&mut story, "Five").await;
    assert_eq!(again.next().await["data"], json!({"feedItems": {"body": "Five"}}), "and live from there");
    let mut last = follow(&story, &four["extensions"]["position"]);
    assert_eq!(last.next().await["data"], json!({"feedItems": {"body": "Five"}}));
    assert!(last.is_told_nothing().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_of_another_journal_is_unknown() {
    let story = bakery().await;
    let mut ahead = URL_SAFE_NO_PAD.decode(now(&story).await.as_str().unwrap()).unwrap();
    ahead[4] = 0x7f;
    for position in ["AQIDBAAAAAAAAAAB".to_owned(), URL_SAFE_NO_PAD.encode(ahead)] {
        let variables = json!({"id": story.id("Bakers"), "after": position});
        let refused = Subscriber(story.follows("Cy", FOLLOW, variables)).next().await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "POSITION_UNKNOWN", "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_read_a_community_any_more_is_told_nothing_of_it() {
    let mut story = bakery().await;
    let close = json!({"community": story.id("Bakers"), "access": "INVITATION"});
    let begin = now(&story).await;
    let variables = json!({"id": story.id("Bakers"), "after": begin});
    let mut live = Subscriber(story.follows("Cy", FOLLOW, variables));
    publishes(&mut story, "Open").await;
    assert_eq!(live.next().await["data"], json!({"feedItems": {"body": "Open"}}));
    story.does("Bo", "changeAccess", close, "community", "Bakers").await;
    publishes(&mut story, "Closed").await;
    assert!(live.is_told_nothing().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_are_told_as_they_come_and_change() {
    let mut story = bakery().await;
    publishes(&mut story, "Warm").await;
    let begin = now(&story).await;
    let document = "subscription($post: ID!, $after: Position) { comments(post: $post, after: $after) { body author { name } } }";
    let variables = json!({"post": story.id("Warm"), "after": begin});
    let mut live = Subscriber(story.follows("Di", document, variables));
    story.sends("Cy", "joinCommunity", json!({"community": story.id("Bakers")}), "").await;
    let comment = json!({"post": story.id("Warm"), "body": "Nice"});
    story.does("Cy", "addComment", comment, "comment", "Nice").await;
    assert_eq!(live.next().await["data"]["comments"], json!({"body": "Nice", "author": {"name": "Cy"}}));
    story.sends("Cy", "removeComment", json!({"comment": story.id("Nice")}), "").await;
    assert_eq!(live.next().await["data"]["comments"]["body"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_tells_what_votes_come_to() {
    let mut story = bakery().await;
    story
        .does("Ada", "openCampaign", json!({"name": "Ideas", "voting": "OPINION"}), "campaign", "Ideas")
        .await;
    let idea = json!({"campaign": story.id("Ideas"), "title": "Bread"});
    story.does("Bo", "submitIdea", idea, "idea", "Bread").await;
    let begin = now(&story).await;
    let document = "subscription($of: ID!, $after: Position) { tallies(of: $of, after: $after) { title tally { own { agree } } } }";
    for of in ["Ideas", "Bread"] {
        let variables = json!({"of": story.id(of), "after": begin});
        let mut live = Subscriber(story.follows("Di", document, variables));
        let vote = json!({"campaign": story.id("Ideas"), "idea": story.id("Bread"), "value": 1});
        story.sends(if of == "Ideas" { "Cy" } else { "Ada" }, "vote", vote, "").await;
        let told = live.next().await;
        assert_eq!(told["data"]["tallies"]["title"], "Bread", "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_position_is_told_each_time_it_moves() {
    let mut story = bakery().await;
    let mut live = Subscriber(story.follows("Di", "subscription { position }", json!({})));
    let first = tokio::spawn(async move { live.next().await });
    // A subscription begins when it is first polled: until it has, posts may pass it by.
    while !first.is_finished() {
        publishes(&mut story, "Warm").await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let told = first.await.unwrap();
    assert_eq!(told["data"]["position"], told["extensions"]["position"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_read_cannot_be_followed() {
    let mut story = Story::of_four().await;
    let board = json!({"name": "Board", "access": "INVITATION"});
    story.does("Bo", "foundCommunity", board, "community", "Board").await;
    let post = json!({"audience": {"community": story.id("Board")}, "body": "Secret"});
    story.does("Bo", "publishPost", post, "post", "Secret").await;
    for id in [story.id("Board"), story.id("Bo"), "nothing".to_owned()] {
        let refused = Subscriber(story.follows("Cy", FOLLOW, json!({ "id": id }))).next().await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused}");
    }
    for id in [story.id("Secret"), story.id("Board")] {
        let document = "subscription($id: ID!) { comments(post: $id) { body } }";
        let refused = Subscriber(story.follows("Cy", document, json!({ "id": id }))).next().await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused}");
    }
}
