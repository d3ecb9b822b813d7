//! Working days: what administrators say of them, and what everybody reads.

use passerelle_tests::story::Story;
use serde_json::json;

const CALENDAR: &str = "{ organisation { workingWeeks { from days } holidays } }";

#[tokio::test(flavor = "multi_thread")]
async fn people_work_on_the_days_that_an_administrator_says() {
    let story = Story::of_four().await;
    let read = story.asks("Di", CALENDAR, json!({})).await;
    assert_eq!(read["organisation"], json!({"workingWeeks": [], "holidays": []}));
    let organisation = story.id("atelier");
    let week =
        json!({"organisation": organisation, "days": ["THURSDAY", "MONDAY", "MONDAY"], "from": "2026-04-01"});
    story.sends("Ada", "setWorkingWeek", week, "").await;
    let today = json!({"organisation": organisation, "days": ["MONDAY", "SATURDAY"]});
    story.sends("Ada", "setWorkingWeek", today, "").await;
    let days = json!({"organisation": organisation, "add": ["2026-05-08", "2026-05-01"]});
    story.sends("Ada", "changeHolidays", days, "").await;
    let after = json!({"organisation": organisation, "add": ["2026-12-25"], "remove": ["2026-05-08"]});
    story.sends("Ada", "changeHolidays", after, "").await;
    let read = story.asks("Di", CALENDAR, json!({})).await;
    let weeks = json!([
        {"from": "2026-03-02", "days": ["MONDAY", "SATURDAY"]},
        {"from": "2026-04-01", "days": ["MONDAY", "THURSDAY"]},
    ]);
    let expected = json!({"workingWeeks": weeks, "holidays": ["2026-05-01", "2026-12-25"]});
    assert_eq!(read["organisation"], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn working_days_are_an_administrators_to_say_and_there_are_some() {
    let story = Story::of_four().await;
    let organisation = story.id("atelier");
    let week = |days: &[&str]| json!({"organisation": organisation, "days": days});
    let refused = story.is_refused("Bo", "setWorkingWeek", week(&["MONDAY"])).await;
    assert_eq!(refused["code"], "ADMINISTRATOR_NEEDED");
    let refused = story.is_refused("Ada", "setWorkingWeek", week(&[])).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("NO_WORKING_DAY"), &json!(["input", "days"])));
    let both = json!({"organisation": organisation, "add": ["2026-05-01"], "remove": ["2026-05-01"]});
    assert_eq!(story.is_refused("Ada", "changeHolidays", both).await["code"], "HOLIDAY_OR_NOT");
    let events = story.engine.snapshot().unwrap().checkpoint().position;
    let same = week(&["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]);
    story.sends("Ada", "setWorkingWeek", same, "").await;
    assert_eq!(story.engine.snapshot().unwrap().checkpoint().position, events, "nothing changed");
}
