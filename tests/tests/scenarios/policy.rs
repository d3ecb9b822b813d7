//! Who sees what is counted about people, who changes nothing, and that a role counts from when it is granted until it
//! ends.

use passerelle_tests::story::Story;
use serde_json::{Value, json};

const COUNTED: &str = "query($of: ID) {
    dailyActivity(from: \"2026-03-02\", to: \"2026-03-02\", department: $of) { members }
    informationFlow(from: \"2026-03-02\", to: \"2026-03-02\", department: $of) { count } }";

/// Ada of Sales writes to Cy of Works, once somebody holds a role, where ids stand for nobody who can be found again.
async fn counted(role: &str, departments: &[&str], until: Option<&str>) -> Story {
    granted(Story::of_four_unknown().await, role, departments, until).await
}

/// The same in another organisation.
async fn granted(mut story: Story, role: &str, departments: &[&str], until: Option<&str>) -> Story {
    let letter = json!({"audience": {"members": [story.id("Cy")]}, "body": "News"});
    story.does("Ada", "publishPost", letter, "post", "letter").await;
    let departments: Vec<_> = departments.iter().map(|name| story.id(name)).collect();
    let grant = json!({"member": story.id("Bo"), "role": role, "departments": departments, "until": until});
    assert_eq!(story.sends("Ada", "grantRole", grant, "").await["userErrors"], json!([]));
    story
}

/// What somebody is told of a department, or of all of them: how many were active, or why not.
async fn told(story: &Story, who: &str, of: Option<&str>) -> Value {
    let of = of.map(|name| story.id(name));
    let answer = story.answer(who, COUNTED, json!({ "of": of })).await;
    match &answer["errors"][0]["extensions"]["code"] {
        Value::Null => answer["data"]["dailyActivity"]["members"].clone(),
        code => code.clone(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coach_sees_the_departments_of_the_grant_until_it_ends() {
    let story = counted("COACH", &["Sales"], Some("2026-03-02T10:00:00Z")).await;
    assert_eq!(told(&story, "Bo", Some("Sales")).await, 1);
    assert_eq!(told(&story, "Bo", Some("Works")).await, "FORBIDDEN");
    assert_eq!(told(&story, "Bo", None).await, "FORBIDDEN");
    story.later(60);
    assert_eq!(told(&story, "Bo", Some("Sales")).await, "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coach_sees_nothing_before_the_grant_begins() {
    let story = counted("COACH", &["Sales"], None).await;
    let later = json!({"member": story.id("Bo"), "role": "COACH", "from": "2026-03-02T10:00:00Z"});
    assert_eq!(story.sends("Ada", "grantRole", later, "").await["userErrors"], json!([]));
    assert_eq!(told(&story, "Bo", None).await, "FORBIDDEN");
    story.later(60);
    assert_eq!(told(&story, "Bo", None).await, 1);
    let audits = json!({"member": story.id("Bo"), "role": "AUDITOR", "from": "2026-03-03T10:00:00Z"});
    assert_eq!(story.is_refused("Ada", "grantRole", audits).await["code"], "BEGINS_AT_ONCE");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coach_of_all_auditors_and_administrators_see_the_whole_and_members_do_not() {
    for role in ["COACH", "AUDITOR", "ADMINISTRATOR"] {
        let story = counted(role, &[], None).await;
        assert_eq!(told(&story, "Bo", None).await, 1, "{role}");
        assert_eq!(told(&story, "Bo", Some("Works")).await, 0, "{role}");
        assert_eq!(told(&story, "Di", Some("Works")).await, "FORBIDDEN");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sponsor_sees_the_whole_while_the_community_is_not_archived() {
    let mut story = counted("COACH", &["Works"], None).await;
    let founded = json!({"name": "Safety", "access": "OPEN"});
    story.does("Cy", "foundCommunity", founded, "community", "safety").await;
    let sponsor = json!({"community": story.id("safety"), "sponsor": story.id("Di")});
    story.sends("Ada", "nameSponsor", sponsor, "").await;
    assert_eq!(told(&story, "Di", None).await, 2);
    story.sends("Cy", "archiveCommunity", json!({"community": story.id("safety")}), "").await;
    assert_eq!(told(&story, "Di", None).await, "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_changes_nothing_but_how_far_they_have_read_until_the_role_is_revoked() {
    let story = granted(Story::of_four().await, "AUDITOR", &[], None).await;
    let community = || json!({"name": "Cycling", "access": "OPEN"});
    let refused = story.is_refused("Bo", "foundCommunity", community()).await;
    assert_eq!(refused["code"], "AUDITOR_READS_ONLY");
    let mail = json!({"kind": "MENTION", "mail": "WEEKLY"});
    assert_eq!(story.sends("Bo", "changeNotificationPreference", mail, "").await["userErrors"], json!([]));
    let revoke = json!({"member": story.id("Bo"), "role": "AUDITOR"});
    story.sends("Ada", "revokeRole", revoke, "").await;
    assert_eq!(story.sends("Bo", "foundCommunity", community(), "").await["userErrors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_figures_of_the_whole_of_their_own_department_and_of_communities_they_are_in() {
    let mut story = granted(Story::of_four().await, "COACH", &["Works"], None).await;
    story
        .does("Cy", "foundCommunity", json!({"name": "Safety", "access": "OPEN"}), "community", "safety")
        .await;
    story.later(3 * 24 * 60);
    let document = "query($department: ID, $community: ID) {
        figures(department: $department, community: $community) { __typename } }";
    let seen = async |who: &str, of: Value| {
        let answer = story.answer(who, document, of).await;
        answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("SEEN").to_owned()
    };
    let department = |name: &str| json!({"department": story.id(name)});
    let community = json!({"community": story.id("safety")});
    assert_eq!(seen("Di", json!({})).await, "SEEN");
    assert_eq!(
        (seen("Di", department("Works")).await, seen("Di", department("Sales")).await),
        ("SEEN".into(), "FORBIDDEN".into())
    );
    assert_eq!(
        (seen("Cy", community.clone()).await, seen("Di", community.clone()).await),
        ("SEEN".into(), "FORBIDDEN".into())
    );
    assert_eq!(
        (seen("Bo", department("Works")).await, seen("Ada", community).await),
        ("SEEN".into(), "SEEN".into())
    );
}
