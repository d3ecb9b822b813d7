//! Rows of campaigns, ideas and votes.

use domain::audience::Audience;
use domain::ballot::Event as Ballot;
use domain::ballot::vote::Vote;
use domain::ballot::withdraw::Withdraw;
use domain::campaign::Event as Campaign;
use domain::campaign::close::Close;
use domain::campaign::extend::Extend;
use domain::campaign::open::Open;
use domain::command::Command;
use domain::id::{CampaignId, IdeaId, MemberId};
use domain::idea::Event as Idea;
use domain::idea::accept::Accept;
use domain::idea::decline::Decline;
use domain::idea::implement::Implement;
use domain::idea::merge_into::MergeInto;
use domain::idea::revise::Revise;
use domain::idea::share_on::ShareOn;
use domain::idea::start_review::StartReview;
use domain::idea::submit::Submit;
use domain::sealed::Sealed;
use domain::words::{Language, Topic};

use super::post::undone;
use super::{Context, Unfit, act, named, needed, text, thing, topics};
use crate::activity_log::activity::{Activity, EndTime, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// What happened to a campaign, as an activity.
pub(super) fn campaign(event: &Campaign, back: &NamesBack) -> Activity {
    let described = |id: CampaignId| thing(Kind::Campaign, back.name("campaign", id.0));
    match event {
        Campaign::Opened(e) => act(
            Verb::Create,
            Thing {
                name: Some(text(&e.name).unwrap_or_default()),
                voting: Some(e.voting),
                end_time: e.closes_at.map(|end| EndTime(Some(end))),
                mentions: back.members(&e.mentions),
                language: e.language.as_ref().map(Language::to_string),
                topics: topics(&e.topics),
                ..described(e.campaign)
            },
        ),
        Campaign::Extended(e) => {
            act(Verb::Update, Thing { end_time: Some(EndTime(e.closes_at)), ..described(e.campaign) })
        }
        Campaign::Closed(e) => act(Verb::Update, Thing { closed: Some(true), ..described(e.campaign) }),
    }
}

/// What happened to an idea, as an activity.
pub(super) fn idea(event: &Idea, back: &NamesBack) -> Activity {
    let name = |id: IdeaId| back.name("idea", id.0);
    let described = |id: IdeaId| thing(Kind::Idea, name(id));
    let reason = |reason: &Sealed<String>| Some(text(reason).unwrap_or_default());
    match event {
        Idea::Submitted(e) => {
            let context = Some(back.name("campaign", e.campaign.0));
            let thing = Thing { context, ..described(e.idea) };
            act(
                Verb::Create,
                written((&e.title, &e.body), (&e.language, &e.mentions, &e.topics), thing, back),
            )
        }
        Idea::Revised(e) => {
            let thing = described(e.idea);
            act(
                Verb::Update,
                written((&e.title, &e.body), (&e.language, &e.mentions, &e.topics), thing, back),
            )
        }
        Idea::ReviewStarted(e) => {
            act(Verb::Update, Thing { status: Some("review".to_owned()), ..described(e.idea) })
        }
        Idea::Implemented(e) => {
            let status = Some("implemented".to_owned());
            act(Verb::Update, Thing { status, outcome: reason(&e.outcome), ..described(e.idea) })
        }
        Idea::Accepted(e) => {
            Activity { content: reason(&e.reason), ..act(Verb::Accept, named(name(e.idea))) }
        }
        Idea::Declined(e) => {
            Activity { content: reason(&e.reason), ..act(Verb::Reject, named(name(e.idea))) }
        }
        Idea::Merged(e) => Activity { target: Some(name(e.into)), ..act(Verb::Move, named(name(e.idea))) },
        Idea::SharedOn(e) => {
            let (audience, to) = back.audience(&e.audience);
            Activity { audience, to, ..act(Verb::Announce, named(name(e.idea))) }
        }
    }
}

fn written(
    (title, body): (&Sealed<String>, &Sealed<String>),
    (language, mentions, about): (&Option<Language>, &[MemberId], &[Topic]),
    thing: Thing,
    back: &NamesBack,
) -> Thing {
    Thing {
        name: Some(text(title).unwrap_or_default()),
        content: Some(text(body).unwrap_or_default()),
        mentions: back.members(mentions),
        language: language.as_ref().map(Language::to_string),
        topics: topics(about),
        ..thing
    }
}

/// A vote cast, changed or withdrawn, as an activity.
pub(super) fn ballot(event: &Ballot, back: &NamesBack) -> Activity {
    let name = |id: IdeaId| back.name("idea", id.0);
    match event {
        Ballot::VoteCast(e) => Activity { value: Some(e.value), ..act(Verb::Vote, named(name(e.idea))) },
        Ballot::VoteChanged(e) => Activity { value: Some(e.value), ..act(Verb::Vote, named(name(e.idea))) },
        Ballot::VoteWithdrawn(e) => act(Verb::Undo, undone(Kind::Vote, name(e.idea))),
    }
}

/// A campaign is opened.
pub(super) fn open(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let (language, mentions, topics) = context.about(thing)?;
    let command = Open {
        campaign: thing.id.as_deref().map(|name| context.names.campaign(name)).transpose()?,
        name: needed(&thing.name, "name")?,
        voting: thing.voting.ok_or("\"voting\" is missing")?,
        closes_at: thing.end_time.and_then(|end| end.0),
        language,
        mentions,
        topics,
    };
    Ok(command.into())
}

/// A campaign is extended or closed.
pub(super) fn change_campaign(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let campaign = context.names.campaign(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    let mut commands = vec![];
    if let Some(EndTime(closes_at)) = thing.end_time {
        commands.push(Extend { campaign, closes_at, based_on: None }.into());
    }
    match thing.closed {
        Some(true) => commands.push(Close { campaign }.into()),
        Some(false) => return Err("a campaign that was closed is not opened again".into()),
        None => {}
    }
    Ok(commands)
}

/// An idea is submitted.
pub(super) fn submit(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let (language, mentions, topics) = context.about(thing)?;
    let command = Submit {
        idea: thing.id.as_deref().map(|name| context.names.idea(name)).transpose()?,
        campaign: context.names.campaign(thing.context.as_deref().ok_or("\"context\" is missing")?)?,
        title: needed(&thing.name, "name")?,
        body: thing.content.clone().unwrap_or_default(),
        language,
        mentions,
        topics,
    };
    Ok(command.into())
}

/// An idea is revised, taken into review or carried out.
pub(super) fn change_idea(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let idea = context.names.idea(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    let mut commands = vec![];
    if thing.name.is_some() || thing.content.is_some() {
        let (language, mentions, topics) = context.about(thing)?;
        let title = needed(&thing.name, "name")?;
        let body = thing.content.clone().unwrap_or_default();
        commands.push(Revise { idea, title, body, language, mentions, topics, based_on: None }.into());
    }
    match thing.status.as_deref() {
        None => {}
        Some("review") => commands.push(StartReview { idea }.into()),
        Some("implemented") => {
            commands.push(Implement { idea, outcome: thing.outcome.clone().unwrap_or_default() }.into());
        }
        Some(_) => return Err("\"status\" is \"review\" or \"implemented\"".into()),
    }
    Ok(commands)
}

/// An idea is accepted or declined, with the reason.
pub(super) fn decide(idea: IdeaId, activity: &Activity) -> Command {
    let reason = activity.content.clone().unwrap_or_default();
    match activity.verb {
        Verb::Accept => Accept { idea, reason }.into(),
        _ => Decline { idea, reason }.into(),
    }
}

/// An idea is merged into another.
pub(super) fn merge(idea: IdeaId, activity: &Activity, context: &Context<'_>) -> Result<Command, Unfit> {
    let into = context.names.idea(activity.target.as_deref().ok_or("\"target\" is missing")?)?;
    Ok(MergeInto { idea, into }.into())
}

/// An idea is shared on.
pub(super) fn share_on(idea: IdeaId, audience: Audience) -> Command {
    ShareOn { idea, audience }.into()
}

/// A vote.
pub(super) fn vote(idea: IdeaId, activity: &Activity, context: &Context<'_>) -> Result<Command, Unfit> {
    let value = activity.value.ok_or("\"value\" is missing")?;
    Ok(Vote { campaign: context.campaign_of(idea)?, idea, value }.into())
}

/// A vote is withdrawn.
pub(super) fn withdraw(idea: IdeaId, context: &Context<'_>) -> Result<Command, Unfit> {
    Ok(Withdraw { campaign: context.campaign_of(idea)?, idea }.into())
}
