//! Figures as front-ends ask for them: with their definition, hidden where few people stand behind them, and never
//! without a trace of who looked.

use domain::event::Event;
use domain::look;
use passerelle::http::Language;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const FIGURES: &str = "query($community: ID, $asOf: Date) { figures(community: $community, asOf: $asOf,
    window: {length: WEEK}) { window { first last complete } cut { day } anonymous threshold headcount { value }
    active { value numerator suppressed definition { id name } receipt { inputs digest text } } } }";

/// An organisation of four a week after two of them wrote.
async fn a_week_later() -> Story {
    let mut story = Story::of_four().await;
    for who in ["Ada", "Cy"] {
        let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
        story.does(who, "publishPost", letter, "post", who).await;
    }
    story.later(9 * 24 * 60);
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn of_four_people_nothing_is_told_but_that_they_are_four() {
    let mut story = a_week_later().await;
    story.answers_in(Language::French);
    let read = story.asks("Ada", FIGURES, json!({})).await;
    let figures = &read["figures"];
    assert_eq!(figures["window"], json!({"first": "2026-02-23", "last": "2026-03-01", "complete": true}));
    assert_eq!((&figures["anonymous"], &figures["threshold"]), (&json!(false), &json!(10)));
    let active = &figures["active"];
    assert_eq!(active["value"], json!(null));
    assert_eq!(active["suppressed"], "GROUP_TOO_SMALL");
    assert_eq!(
        active["definition"],
        json!({"id": "participated-share@1", "name": "Personnes qui participent"})
    );
    assert_eq!((&active["receipt"]["inputs"], &active["receipt"]["digest"]), (&json!(null), &json!(null)));
    assert_eq!(active["receipt"]["text"].as_str().unwrap().split('.').count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_at_figures_is_recorded_with_which_before_they_are_told() {
    let story = a_week_later().await;
    let document =
        "{ figures { previous { habit { value } } window { first } ...more departments { gini { value } } } }
        fragment more on Figures { active { value } headcount { value } }";
    story.asks("Ada", document, json!({})).await;
    let looks = story.looks().await;
    let Some(Event::Look(look::Event::FiguresConsulted(look))) = looks.last().map(|look| &look.event) else {
        panic!("nothing was recorded: {looks:?}")
    };
    let names = ["departments.contribution-gini", "headcount", "participated-share", "previous.habit"];
    assert_eq!(look.figures, names);
    assert_eq!(look.group, look::Group::Organisation);
    assert_eq!((look.first.to_string(), look.last.to_string()), ("2026-01-26".into(), "2026-02-22".into()));
    assert_eq!(look.member.open().copied().flatten(), Some(story.member("Ada")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_yet_and_groups_that_do_not_exist_are_not_told() {
    let mut story = a_week_later().await;
    let refused = story.answer("Ada", FIGURES, json!({"asOf": "2026-12-24"})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    let hidden = json!({"name": "Board", "access": "INVITATION"});
    story.does("Bo", "foundCommunity", hidden, "community", "board").await;
    story.later(9 * 24 * 60);
    let absent = story.asks("Cy", FIGURES, json!({"community": story.id("board")})).await;
    assert_eq!(absent["figures"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn definitions_are_told_in_the_language_of_whoever_asks() {
    let mut story = Story::of_four().await;
    let asked = "{ metricDefinitions { id name formula eventTypes } }";
    let english = story.asks("Di", asked, json!({})).await;
    story.answers_in(Language::French);
    let french = story.asks("Di", asked, json!({})).await;
    let of = |read: &serde_json::Value| {
        let all = read["metricDefinitions"].as_array().unwrap().clone();
        all.into_iter().find(|definition| definition["id"] == "habit@1").unwrap()
    };
    assert_eq!((&of(&english)["name"], &of(&french)["name"]), (&json!("Habit"), &json!("Habitude")));
    assert_eq!(of(&english)["formula"], of(&french)["formula"]);
}

const SPREAD: &str = "query($department: ID, $to: ID!) {
    figures(department: $department, window: {length: FOUR_WEEKS, on: \"2026-03-02\"}) {
        diffusionLatency(to: $to, how: TOOK_PART) { median count happened happenedBy(days: 1) suppressed }
        reach(days: 1) { numerator denominator suppressed }
        brokerDependency(to: $to, leaving: 1) { value band { lower upper } count suppressed }
        sharedSpaceShare { numerator denominator suppressed }
        gini { value interval { lower upper } } } }";

const TOGETHER: &str = "query($community: ID) {
    all: figures(window: {length: FOUR_WEEKS, on: \"2026-03-02\"}) {
        sponsorAnswerTime { median count happened suppressed }
        communitySurvival { count happened }
        unmetDemand { pairs { source { name } receiver { name } acts } definition { id } }
        communityHealth { suppressed }
        timeToFirstResponse { median medianInterval { lower upper } } }
    bread: figures(community: $community, window: {length: FOUR_WEEKS, on: \"2026-03-02\"}) {
        communityHealth { numerator denominator }
        sponsorAnswerTime { suppressed } } }";

/// Bo of Sales founds a community that Cy of Works sponsors, and asks; Di of Works comments the next day, Cy an hour
/// later.
async fn asked_and_answered(mut story: Story) -> Story {
    story.does("Bo", "foundCommunity", json!({"name": "Bread"}), "community", "bread").await;
    let sponsor = json!({"community": story.id("bread"), "sponsor": story.id("Cy")});
    story.sends("Ada", "nameSponsor", sponsor, "").await;
    let question =
        json!({"audience": {"community": story.id("bread")}, "kind": "QUESTION", "body": "How warm?"});
    story.does("Bo", "publishPost", question, "post", "question").await;
    story.sends("Di", "joinCommunity", json!({"community": story.id("bread")}), "").await;
    story.later(24 * 60);
    for who in ["Di", "Cy"] {
        let comment = json!({"post": story.id("question"), "body": "Very."});
        story.sends(who, "addComment", comment, "").await;
        story.later(60);
    }
    story.later(9 * 24 * 60);
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn how_contents_spread_between_departments_is_told_of_pairs() {
    let story = asked_and_answered(Story::of_four_unknown().await).await;
    let pair = json!({"department": story.id("Sales"), "to": story.id("Works")});
    let read = story.asks("Ada", SPREAD, pair).await;
    let figures = &read["figures"];
    let latency = json!({"median": 86_400, "count": 1, "happened": 1, "happenedBy": 1.0, "suppressed": null});
    assert_eq!(figures["diffusionLatency"], latency);
    // Ada, Cy and Di may see it; Cy and Di commented.
    let reach = json!({"numerator": 2, "denominator": 3, "suppressed": null});
    assert_eq!(figures["reach"], reach);
    let brokers = json!({"value": 1.0, "band": null, "count": 2, "suppressed": null});
    assert_eq!(figures["brokerDependency"], brokers);
    // The founding and the question, when Di was inside.
    assert_eq!(figures["sharedSpaceShare"], json!({"numerator": 2, "denominator": 2, "suppressed": null}));
    assert_eq!(figures["gini"], json!({"value": 0.0, "interval": {"lower": 0.0, "upper": 0.0}}));
}

#[tokio::test(flavor = "multi_thread")]
async fn sponsors_and_communities_are_told_of_together_and_health_of_each() {
    let story = asked_and_answered(Story::of_four_unknown().await).await;
    let read = story.asks("Ada", TOGETHER, json!({"community": story.id("bread")})).await;
    let all = &read["all"];
    let answered = json!({"median": 90_000, "count": 1, "happened": 1, "suppressed": null});
    assert_eq!(all["sponsorAnswerTime"], answered);
    assert_eq!(all["communitySurvival"], json!({"count": 1, "happened": 0}));
    // Bo asked where Di of Works is, and nothing of Works reached Sales.
    let demand = json!([{"source": {"name": "Works"}, "receiver": {"name": "Sales"}, "acts": 1}]);
    assert_eq!(all["unmetDemand"], json!({"pairs": demand, "definition": {"id": "unmet-demand@1"}}));
    assert_eq!(all["communityHealth"]["suppressed"], "NOT_IN_GRID");
    let response = json!({"median": 86_400, "medianInterval": {"lower": 86_400, "upper": 86_400}});
    assert_eq!(all["timeToFirstResponse"], response);
    assert_eq!(read["bread"]["communityHealth"], json!({"numerator": 3, "denominator": 3}));
    assert_eq!(read["bread"]["sponsorAnswerTime"]["suppressed"], "NOT_IN_GRID");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_few_people_no_pair_is_told_and_none_of_a_department_that_is_not_ones_own() {
    let mut story = asked_and_answered(Story::of_four().await).await;
    // Figures of pairs are of four weeks that are over and known.
    story.later(30 * 24 * 60);
    let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
    story.does("Ada", "publishPost", letter, "post", "letter").await;
    let pair = json!({"department": story.id("Sales"), "to": story.id("Works")});
    let read = story.asks("Ada", SPREAD, pair.clone()).await;
    let figures = read["figures"].as_object().unwrap_or_else(|| panic!("{read}"));
    // What reaches people is told five weeks after.
    for (name, why) in [
        ("diffusionLatency", "WINDOW_OPEN"),
        ("reach", "WINDOW_OPEN"),
        ("brokerDependency", "GROUP_TOO_SMALL"),
        ("sharedSpaceShare", "GROUP_TOO_SMALL"),
    ] {
        assert_eq!(figures[name]["suppressed"], why, "{name}");
    }
    assert_eq!(figures["gini"], json!({"value": null, "interval": null}));
    // Bo sees Sales and the organisation, not Works.
    let refused = story.answer("Bo", SPREAD, pair).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

const CELLS: &str = "query($back: Int!) { figures(window: {length: WEEK}) {
    cohorts(windows: 3) { window { first } periods { index left { value } retained { numerator denominator } } }
    cohort(back: $back) { window { first } periods { index } beyond: period(index: 3) { index } before: period(index: -1) { index }
        period(index: 1) { index left { value } retained { numerator denominator receipt { text } } } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn one_cell_of_one_cohort_is_told_alone() {
    let mut story = Story::of_four_unknown().await;
    for _ in 0..2 {
        let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
        story.does("Ada", "publishPost", letter, "post", "letter").await;
        story.later(7 * 24 * 60);
    }
    let mut figures = story.asks("Ada", CELLS, json!({"back": 1})).await["figures"].take();
    let receipt = figures["cohort"]["period"]["retained"]["receipt"].take();
    assert!(receipt["text"].is_string(), "{figures}");
    figures["cohort"]["period"]["retained"].as_object_mut().unwrap().remove("receipt");
    let (cohorts, cohort) = (&figures["cohorts"], &figures["cohort"]);
    let began = cohorts.as_array().unwrap().iter().position(|one| one["window"] == cohort["window"]).unwrap();
    assert_eq!((began, &cohort["period"]), (1, &cohorts[1]["periods"][1]));
    assert_eq!(cohort["periods"].as_array().map(Vec::len), Some(2));
    assert_eq!((&cohort["beyond"], &cohort["before"]), (&Value::Null, &Value::Null));
    assert_eq!(cohort["period"]["retained"], json!({"numerator": 1, "denominator": 1}));
    for back in [-1, 53] {
        let refused = story.answer("Ada", CELLS, json!({"back": back})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        assert!(refused["data"]["figures"]["cohorts"].is_array(), "the others are told: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_of_one_figure_leaves_the_others_alone() {
    let story = a_week_later().await;
    for (asked, name) in [
        ("answeredWithin(hours: 0) { value }", "answeredWithin"),
        ("reach(days: 85) { value }", "reach"),
        ("flow(level: 11) { suppressed }", "flow"),
        ("flow(kind: VIEWED) { suppressed }", "flow"),
        ("activeSets(windows: 54) { window { first } }", "activeSets"),
        ("cohorts(windows: 0) { window { first } }", "cohorts"),
        ("unmetDemand(level: 0) { suppressed }", "unmetDemand"),
        ("cohort(back: 53) { window { first } }", "cohort"),
    ] {
        let document = format!("{{ figures {{ headcount {{ value }} {asked} }} }}");
        let answer = story.answer("Ada", &document, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{asked}: {answer}");
        assert_eq!(answer["data"]["figures"], json!({"headcount": {"value": 0}, name: null}), "{asked}");
    }
    let days = "{ figures { timeToFirstContribution { suppressed happenedBy(days: 367) } } }";
    let answer = story.answer("Ada", days, json!({})).await;
    let told = &answer["data"]["figures"]["timeToFirstContribution"];
    assert!(told["suppressed"].is_string() && told["happenedBy"].is_null(), "{answer}");
}
