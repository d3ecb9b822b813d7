//! What is asked about a history: every read model, as a service and as members see it.

use domain::decision::Actor;
use domain::time::{Day, Time};
use passerelle::clock::local_day;
use passerelle::figures::House;
use projections::activity::{self, Counted, Within};
use projections::{Viewer, flow};
use serde_json::{Value, json};

use crate::log::{Failure, World};

const ORGANISATION: &str = "{ organisation { id name timeZone language anonymous establishedAt memberCount
    departments { id name parent { id } openedAt closedAt headcount members(first: 100) { nodes { id } } }
    roles { role member { id } departments { id } since until } }
    viewer { id name following(first: 100) { nodes { since followed { ... on Member { id } ... on Topic { name } } } } } }";

const MEMBERS: &str = "query($after: String) { list: members(first: 100, after: $after) {
    nodes { id name email department { id } registeredAt accountAt leftAt places { department { id } since until } }
    pageInfo { hasNextPage endCursor } } }";

const COMMUNITIES: &str = "query($after: String) { list: communities(first: 100, after: $after) {
    nodes { id name summary access leader { id } sponsor { id } foundedAt archivedAt memberCount
        memberships(first: 100) { nodes { member { id } moderator leader since } }
        pinned { id } documents(first: 100) { nodes { id } } feed(first: 100) { nodes { ...Item } } }
    pageInfo { hasNextPage endCursor } } }";

const ADDRESSED: &str = "query($after: String) { list: addressed(first: 100, after: $after) {
    nodes { ...Item } pageInfo { hasNextPage endCursor } } }";

/// What stands in a feed, with everything that hangs on it.
const ITEM: &str = "
    fragment Item on FeedItem { __typename ... on Post { ...Post } ... on Document { ...Document } }
    fragment Post on Post { id kind body language topics mentions { id } author { id } community { id }
        addressees { id } pinned publishedAt editedAt revision answer { id } engagement { ...Engagement }
        comments(first: 100) { nodes { ...Comment answers(first: 100) { nodes { ...Comment
            answers(first: 100) { nodes { ...Comment } } } } } } }
    fragment Comment on Comment { id body language topics mentions { id } author { id } parent { id } addedAt editedAt
        removed revision engagement { ...Engagement } }
    fragment Document on Document { id name language topics author { id } community { id } addressees { id }
        publishedAt revisedAt archivedAt checkedOutBy { id } revision versionNumber engagement { ...Engagement }
        versions { number author { id } at link mediaType sha256 size } }";

const PERSONAL: &str = "{ viewer { feed(first: 100) {
    readUpTo unread { count more } edges { reasons { kind about { ... on Community { id } ... on Member { id }
        ... on Topic { name } } } }
    nodes { ... on Post { id } ... on Document { id } ... on Idea { id } ... on Comment { id } } }
    notifications(first: 100) { unread { count } nodes { id kind by { id } at read about { ... on Post { id }
        ... on Comment { id } ... on Document { id } ... on Idea { id } ... on Community { id } } } }
    preferences { language notifications { kind inbox mail } } } }";

const CAMPAIGNS: &str = "query($after: String) { list: campaigns(first: 100, after: $after) {
    nodes { id name author { id } voting budget language topics openedAt closesAt closedAt ideaCount agree disagree pass
        ideas(first: 100) { nodes { id title body language topics author { id } stage reason outcome revision
            mergedInto { id } submittedAt editedAt decidedAt implementedAt ownVote engagement { ...Engagement }
            tally { score own { agree disagree pass sum } followed { agree disagree pass sum } } } } }
    pageInfo { hasNextPage endCursor } } }";

/// What people did with anything.
const ENGAGEMENT: &str = "
    fragment Engagement on Engagement { comments reactions { reaction count } acknowledgements views shares ownReaction
        acknowledged }";

const FIGURES: &str = "query($from: Date!, $to: Date!) {
    informationFlow(from: $from, to: $to) { source { id } receiver { id } kind count }
    dailyActivity(from: $from, to: $to) { members traceMembers
        days { date acts members automatic traces traceMembers } } }";

/// What is counted of the days from one to another, whether or not anybody is told: read where the answers are.
fn counted(world: &World, days: (Day, Day)) -> Result<Value, Failure> {
    let (snapshot, viewer, all) = (world.engine.snapshot()?, &Viewer::Operator, Within::Everywhere);
    let house = House::of(&snapshot)?;
    let day_of = |at| local_day(at, &house.time_zone);
    let cells = flow::matrix(&snapshot, viewer, days, all, &day_of)?.into_iter();
    let cells: Vec<_> = cells
        .map(|cell| json!([cell.source.0, cell.receiver.0, format!("{:?}", cell.kind), cell.count]))
        .collect();
    let mut totals = vec![];
    for kind in [Counted::Acts, Counted::Automatic, Counted::Traces] {
        let people = activity::distinct_members(&snapshot, viewer, kind, days, all)?;
        let of_days = activity::by_day(&snapshot, viewer, kind, days, all)?.into_iter();
        let of_days: Vec<_> = of_days.map(|of| json!([of.day.to_string(), of.count, of.members])).collect();
        totals.push(json!({"people": people, "days": of_days}));
    }
    Ok(json!({"flow": cells, "activity": totals}))
}

/// What somebody is told: the question's name, and the answer.
pub type Told = (String, Value);

/// Asks everything as a service and as each of some members, about the days up to a time.
pub async fn answers(world: &World, actors: &[Actor], until: Time) -> Result<Vec<Told>, Failure> {
    let mut told = vec![];
    for actor in actors {
        let mut tell = |what: &str, answer| told.push((format!("{what} as {actor:?}"), answer));
        let organisation = world.asks(*actor, ORGANISATION, json!({})).await?;
        let anonymous = organisation["organisation"]["anonymous"] == true;
        tell("organisation", organisation);
        let last = Day::from(until.utc().date_naive());
        let first = Day(last.0 - 399);
        match actor.member() {
            Some(_) => tell("own feed", world.asks(*actor, PERSONAL, json!({})).await?),
            None => tell("what is counted", counted(world, (first, last))?),
        }
        if actor.member().is_none() && anonymous {
            let days = json!({"from": first.to_string(), "to": last.to_string()});
            tell("what is counted, as told", world.asks(*actor, FIGURES, days).await?);
        }
        for (what, query) in [
            ("members", MEMBERS.to_owned()),
            ("communities", [COMMUNITIES, ITEM, ENGAGEMENT].concat()),
            ("addressed", [ADDRESSED, ITEM, ENGAGEMENT].concat()),
            ("campaigns", [CAMPAIGNS, ENGAGEMENT].concat()),
        ] {
            let nodes = world.asks_for_all(*actor, &query, json!({}), "/list").await?;
            tell(what, Value::Array(nodes));
        }
    }
    Ok(told)
}
