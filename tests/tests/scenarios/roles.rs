//! Roles: who may what, and who may not be the last to go.

use passerelle_tests::story::Story;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays() {
    let story = Story::of_four().await;
    let of = |name: &str| json!({"member": story.id(name), "role": "ADMINISTRATOR"});
    assert_eq!(story.is_refused("Ada", "revokeRole", of("Ada")).await["code"], "LAST_ADMINISTRATOR");
    story.sends("Ada", "grantRole", of("Bo"), "").await;
    let revoked = story.sends("Bo", "revokeRole", of("Ada"), "").await;
    assert_eq!(revoked["userErrors"], json!([]));
    assert_eq!(story.is_refused("Ada", "grantRole", of("Cy")).await["code"], "ADMINISTRATOR_NEEDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coach_is_one_for_departments_until_a_day() {
    let story = Story::of_four().await;
    let grant = json!({
        "member": story.id("Di"), "role": "COACH", "departments": [story.id("Works")],
        "until": "2026-03-31T00:00:00Z",
    });
    story.sends("Ada", "grantRole", grant, "").await;
    let query = "{ organisation { roles { role member { name } departments { name } until } } }";
    let coach = json!({
        "role": "COACH", "member": {"name": "Di"}, "departments": [{"name": "Works"}],
        "until": "2026-03-31T00:00:00Z",
    });
    let roles = story.asks("Ada", query, json!({})).await;
    assert!(roles["organisation"]["roles"].as_array().unwrap().contains(&coach), "{roles}");
    story.later(60 * 24 * 40);
    let later = story.asks("Ada", query, json!({})).await;
    assert!(!later["organisation"]["roles"].as_array().unwrap().contains(&coach), "{later}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_that_somebody_else_changed_meanwhile_is_neither_changed_nor_revoked_unread() {
    let story = Story::of_four().await;
    let grant = |until: &str, revision: u64| json!({"member": story.id("Di"), "role": "COACH", "until": until, "expectedRevision": revision});
    story.sends("Ada", "grantRole", grant("2026-03-31T00:00:00Z", 0), "").await;
    let query = "{ organisation { roles { role revision } } }";
    let roles = story.asks("Ada", query, json!({})).await["organisation"]["roles"].take();
    let coach = roles.as_array().unwrap().iter().find(|grant| grant["role"] == "COACH").unwrap();
    let read = coach["revision"].as_u64().unwrap();
    let changed = story.sends("Ada", "grantRole", grant("2026-04-30T00:00:00Z", read), "").await;
    assert_eq!(changed["userErrors"], json!([]));
    let refused = story.is_refused("Ada", "grantRole", grant("2026-05-31T00:00:00Z", read)).await;
    let current = (read + 1).to_string();
    assert_eq!((&refused["code"], &refused["detail"]), (&json!("CONFLICT"), &json!(current)));
    let revoke = |revision| json!({"member": story.id("Di"), "role": "COACH", "expectedRevision": revision});
    assert_eq!(story.is_refused("Ada", "revokeRole", revoke(read)).await["code"], "CONFLICT");
    assert_eq!(story.sends("Ada", "revokeRole", revoke(read + 1), "").await["userErrors"], json!([]));
    let again = story.is_refused("Ada", "grantRole", grant("2026-05-31T00:00:00Z", read + 1)).await;
    assert_eq!(again["code"], "CONFLICT", "revoked since");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_left_acts_no_more() {
    let story = Story::of_four().await;
    story.sends("Ada", "deactivateMember", json!({"member": story.id("Bo")}), "").await;
    let refused = story.is_refused("Bo", "foundCommunity", json!({"name": "Bakers"})).await;
    assert_eq!(refused["code"], "INACTIVE_ACTOR");
    story.sends("Ada", "reactivateMember", json!({"member": story.id("Bo")}), "").await;
    let founded = story.sends("Bo", "foundCommunity", json!({"name": "Bakers"}), "community { name }").await;
    assert_eq!(founded["community"]["name"], "Bakers");
}
