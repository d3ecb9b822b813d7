//! An organisation is founded: its chart, its people, its first community.

use passerelle_tests::story::{OPERATOR, Story};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_is_there_once_with_its_chart_and_people() {
    let story = Story::of_four().await;
    let query = "{ organisation { name timeZone language anonymous memberCount
        departments { name headcount parent { name } } roles { role member { name } departments { name } until } } }";
    let expected = json!({"organisation": {
        "name": "Atelier", "timeZone": "Europe/Paris", "language": "fr", "anonymous": false, "memberCount": 4,
        "departments": [
            {"name": "Sales", "headcount": 2, "parent": null},
            {"name": "Works", "headcount": 2, "parent": null},
        ],
        "roles": [{"role": "ADMINISTRATOR", "member": {"name": "Ada"}, "departments": [], "until": null}],
    }});
    assert_eq!(story.asks("Ada", query, json!({})).await, expected);
    let again = json!({"name": "Other", "timeZone": "UTC", "language": "en"});
    assert_eq!(story.is_refused("Ada", "establishOrganisation", again).await["code"], "ALREADY_ESTABLISHED");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_chooses_its_threshold_once() {
    let story = Story::nothing().await;
    let founded = |threshold: u32| json!({"name": "Atelier", "timeZone": "Europe/Paris", "language": "fr", "threshold": threshold});
    let refused = story.is_refused(OPERATOR, "establishOrganisation", founded(4)).await;
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("NOT_A_THRESHOLD"), &json!(["input", "threshold"]))
    );
    let made =
        story.sends(OPERATOR, "establishOrganisation", founded(12), "organisation { threshold }").await;
    assert_eq!(made["organisation"]["threshold"], 12);
    let refused = story.is_refused(OPERATOR, "establishOrganisation", founded(5)).await;
    assert_eq!(refused["code"], "ALREADY_ESTABLISHED");
    story.later(9 * 24 * 60);
    let read = story.asks(OPERATOR, "{ figures(window: {length: WEEK}) { threshold } }", json!({})).await;
    assert_eq!(read["figures"]["threshold"], 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_department_stands_below_another_but_never_below_itself() {
    let mut story = Story::of_four().await;
    let below = json!({"name": "Paint shop", "parent": story.id("Works")});
    story.does("Ada", "openDepartment", below, "department", "Paint shop").await;
    let cycle = json!({"department": story.id("Works"), "parent": story.id("Paint shop")});
    let refused = story.is_refused("Ada", "moveDepartment", cycle).await;
    assert_eq!(refused["code"], "DEPARTMENT_CYCLE");
    let close = |name: &str| json!({"department": story.id(name)});
    let with_children = story.is_refused("Ada", "closeDepartment", close("Works")).await;
    assert_eq!(with_children["code"], "HAS_OPEN_DEPARTMENTS");
    assert_eq!(story.is_refused("Ada", "closeDepartment", close("Sales")).await["code"], "HAS_MEMBERS");
    let closed = story.sends("Ada", "closeDepartment", close("Paint shop"), "department { closedAt }").await;
    assert_eq!(closed["department"]["closedAt"], "2026-03-02T09:00:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_dated_back_corrects_who_was_where() {
    let story = Story::of_four().await;
    story.later(60 * 24 * 10);
    let back = json!({
        "member": story.id("Bo"), "department": story.id("Works"), "validFrom": "2026-03-05T08:00:00Z"
    });
    let selection = "member { department { name } places { department { name } since until } }";
    let moved = story.sends("Ada", "transferMember", back, selection).await;
    let expected = json!({
        "department": {"name": "Works"},
        "places": [
            {"department": {"name": "Sales"}, "since": "2026-03-02T09:00:00Z", "until": "2026-03-05T08:00:00Z"},
            {"department": {"name": "Works"}, "since": "2026-03-05T08:00:00Z", "until": null},
        ],
    });
    assert_eq!(moved["member"], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_community_is_founded_joined_and_read() {
    let mut story = Story::of_four().await;
    let founded = json!({"name": "Bakers", "summary": "For all who bake"});
    story.does("Bo", "foundCommunity", founded, "community", "Bakers").await;
    let bakers = json!({"community": story.id("Bakers")});
    let joined = story.sends("Cy", "joinCommunity", bakers, "community { memberCount }").await;
    assert_eq!(joined["community"]["memberCount"], 2);
    for (who, body) in [("Bo", "The oven is warm"), ("Cy", "On my way")] {
        story.later(1);
        let post = json!({"audience": {"community": story.id("Bakers")}, "body": body});
        story.does(who, "publishPost", post, "post", body).await;
    }
    let query = "query($id: ID!) { node(id: $id) { ... on Community {
        leader { name } feed(first: 10) { nodes { ... on Post { body author { name } publishedAt } } }
        memberships { nodes { member { name } leader } } } } }";
    let read = story.asks("Di", query, json!({"id": story.id("Bakers")})).await;
    let expected = json!({"node": {
        "leader": {"name": "Bo"},
        "feed": {"nodes": [
            {"body": "On my way", "author": {"name": "Cy"}, "publishedAt": "2026-03-02T09:02:00Z"},
            {"body": "The oven is warm", "author": {"name": "Bo"}, "publishedAt": "2026-03-02T09:01:00Z"},
        ]},
        "memberships": read["node"]["memberships"],
    }});
    assert_eq!(read, expected);
    assert_eq!(read["node"]["memberships"]["nodes"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_what_was_changed_meanwhile_is_refused_with_the_current_revision_whatever_it_is_of() {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    for (who, mutation, field, id) in [
        ("Bo", "describeCommunity", "community", "Bakers"),
        ("Cy", "changeProfile", "member", "Cy"),
        ("Ada", "renameDepartment", "department", "Works"),
        ("Ada", "changeSettings", "organisation", "atelier"),
    ] {
        let edit = |name: &str, expected: &Value| {
            let mut input = json!({"name": name, "expectedRevision": expected});
            input[field] = json!(story.id(id));
            input
        };
        let selection = format!("{field} {{ name revision }}");
        let node =
            format!("query($id: ID!) {{ node(id: $id) {{ ... on {} {{ revision }} }} }}", type_of(field));
        let read = story.asks(who, &node, json!({"id": story.id(id)})).await["node"]["revision"].take();
        let first = story.sends(who, mutation, edit("First", &read), &selection).await[field].take();
        assert_eq!(first["name"], "First", "{mutation}");
        let refused = story.is_refused(who, mutation, edit("Second", &read)).await;
        let current = first["revision"].to_string();
        assert_eq!(
            (&refused["code"], &refused["field"], &refused["detail"]),
            (&json!("CONFLICT"), &json!(["input", "expectedRevision"]), &json!(current)),
            "{mutation}"
        );
        let second = story.sends(who, mutation, edit("Second", &first["revision"]), &selection).await;
        assert_eq!(second[field]["name"], "Second", "{mutation}");
        let third = story.sends(who, mutation, edit("Third", &Value::Null), &selection).await;
        assert_eq!(third[field]["name"], "Third", "{mutation}: whatever stands when it is left out");
    }
}

/// What stands is read, changed, and changed again by somebody who has not seen the first change.
#[tokio::test]
async fn whatever_is_edited_a_change_upon_what_is_no_more_is_told_the_current_revision() {
    let mut story = Story::of_four().await;
    for (mutation, input, field, name) in [
        ("foundCommunity", json!({"name": "Bakers"}), "community", "Bakers"),
        ("openCampaign", json!({"name": "Ideas", "voting": "OPINION"}), "campaign", "Ideas"),
    ] {
        story.does("Ada", mutation, input, field, name).await;
    }
    let document = json!({"name": "Bread", "audience": {"community": story.id("Bakers")},
        "contents": {"link": "https://example.org/bread"}});
    story.does("Ada", "shareDocument", document, "document", "Bread").await;
    let id = |name: &str| story.id(name).to_owned();
    for (mutation, field, of, changed, first, second) in [
        ("appointLeader", "community", "Bakers", "leader", json!(id("Cy")), json!(id("Di"))),
        ("nameSponsor", "community", "Bakers", "sponsor", json!(id("Di")), json!(id("Cy"))),
        ("moveDepartment", "department", "Works", "parent", json!(id("Sales")), Value::Null),
        ("transferMember", "member", "Cy", "department", json!(id("Sales")), json!(id("Works"))),
        ("extendCampaign", "campaign", "Ideas", "closesAt", json!("2027-01-01T00:00:00Z"), Value::Null),
        ("setWorkingWeek", "organisation", "atelier", "days", json!(["MONDAY"]), json!(["TUESDAY"])),
        ("changeHolidays", "organisation", "atelier", "add", json!(["2026-05-01"]), json!(["2026-05-08"])),
        (
            "moveDocument",
            "document",
            "Bread",
            "audience",
            json!({"members": [id("Di")]}),
            json!({"members": [id("Cy")]}),
        ),
        ("changeAccess", "community", "Bakers", "access", json!("REQUEST"), json!("INVITATION")),
    ] {
        let edit =
            |to: &Value, expected: &Value| json!({field: id(of), changed: to, "expectedRevision": expected});
        let selection = format!("{field} {{ revision }}");
        let node =
            format!("query($id: ID!) {{ node(id: $id) {{ ... on {} {{ revision }} }} }}", type_of(field));
        let read = story.asks("Ada", &node, json!({"id": id(of)})).await["node"]["revision"].take();
        let done = story.sends("Ada", mutation, edit(&first, &read), &selection).await;
        assert_eq!(done["userErrors"], json!([]), "{mutation}");
        let current = &done[field]["revision"];
        let refused = story.is_refused("Ada", mutation, edit(&second, &read)).await;
        assert_eq!(
            (&refused["code"], &refused["detail"]),
            (&json!("CONFLICT"), &json!(current.to_string())),
            "{mutation}"
        );
        let done = story.sends("Ada", mutation, edit(&second, current), &selection).await;
        assert_eq!(done["userErrors"], json!([]), "{mutation}");
        assert_ne!(&done[field]["revision"], current, "{mutation}");
    }
}

/// The type of a field of a payload.
fn type_of(field: &str) -> String {
    field[..1].to_uppercase() + &field[1..]
}
