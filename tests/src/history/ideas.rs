//! Proposals about campaigns, ideas and votes.

use domain::ballot;
use domain::campaign::Voting;
use domain::campaign::close::Close;
use domain::campaign::extend::Extend;
use domain::campaign::open::Open;
use domain::id::{CampaignId, IdeaId};
use domain::idea::accept::Accept;
use domain::idea::decline::Decline;
use domain::idea::implement::Implement;
use domain::idea::merge_into::MergeInto;
use domain::idea::revise::Revise;
use domain::idea::share_on::ShareOn;
use domain::idea::start_review::StartReview;
use domain::idea::submit::Submit;

use super::Proposal;
use super::draw::Draw;
use super::known::Known;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("campaign.open", 5, |known, draw| {
        let (language, mentions, topics) = draw.about(&known.members);
        let budget = 1 + draw.below(12) as u32;
        Some(
            Open {
                campaign: draw.perhaps(30, Draw::id),
                name: draw.text(),
                voting: draw.one_of(&[Voting::Support, Voting::Opinion, Voting::Points { budget }])?,
                closes_at: draw.perhaps(40, |draw| known.minutes(draw.below(60_000) as i64)),
                language,
                mentions,
                topics,
            }
            .into(),
        )
    }),
    Proposal("campaign.extend", 3, |known, draw| {
        let campaign = draw.one_of(&known.campaigns)?;
        let closes_at = draw.perhaps(70, |draw| known.minutes(draw.below(60_000) as i64));
        Some(Extend { campaign, closes_at, based_on: None }.into())
    }),
    // One stays open, to vote in.
    Proposal("campaign.close", 1, |known, draw| {
        let open = open_campaigns(known);
        draw.one_of(&open).filter(|_| open.len() > 1).map(|campaign| Close { campaign }.into())
    }),
    Proposal("idea.submit", 15, |known, draw| {
        let (idea, campaign) = (draw.perhaps(30, Draw::id), draw.one_of(&open_campaigns(known))?);
        let (language, mentions, topics) = draw.about(&known.members);
        let (title, body) = (draw.text(), draw.perhaps(70, Draw::text).unwrap_or_default());
        Some(Submit { idea, campaign, title, body, language, mentions, topics }.into())
    }),
    Proposal("idea.revise", 3, |known, draw| {
        let idea = one(known, draw)?;
        let (language, mentions, topics) = draw.about(&known.members);
        let (title, body) = (draw.text(), draw.perhaps(70, Draw::text).unwrap_or_default());
        let read = known.idea(idea).submitted?.text_revision;
        let based_on = draw.perhaps(50, |draw| read.saturating_sub(draw.below(2) as u64));
        Some(Revise { idea, title, body, language, mentions, topics, based_on }.into())
    }),
    Proposal("idea.start_review", 3, |known, draw| one(known, draw).map(|idea| StartReview { idea }.into())),
    Proposal("idea.accept", 2, |known, draw| {
        one(known, draw).map(|idea| Accept { idea, reason: draw.text() }.into())
    }),
    Proposal("idea.decline", 1, |known, draw| {
        one(known, draw).map(|idea| Decline { idea, reason: draw.text() }.into())
    }),
    Proposal("idea.implement", 2, |known, draw| {
        one(known, draw).map(|idea| Implement { idea, outcome: draw.text() }.into())
    }),
    Proposal("idea.merge_into", 4, |known, draw| {
        let open = in_vote(known);
        let idea = draw.one_of(&open)?;
        let beside = open.iter().filter(|other| campaign_of(known, **other) == campaign_of(known, idea));
        let into = draw.one_of(&beside.copied().collect::<Vec<_>>())?;
        Some(MergeInto { idea, into }.into())
    }),
    Proposal("idea.share_on", 3, |known, draw| {
        let (idea, audience) = (one(known, draw)?, draw.audience(&known.communities, &known.members)?);
        Some(ShareOn { idea, audience }.into())
    }),
    Proposal("ballot.vote", 30, |known, draw| {
        let idea = draw.one_of(&in_vote(known))?;
        let campaign = campaign_of(known, idea)?;
        let value = match known.campaign(campaign).opened?.voting {
            Voting::Support => 1,
            Voting::Opinion => draw.one_of(&[-1, 0, 1])?,
            Voting::Points { .. } => 1 + draw.below(5) as i32,
        };
        Some(ballot::vote::Vote { campaign, idea, value }.into())
    }),
    Proposal("ballot.withdraw", 4, |known, draw| {
        let idea = draw.one_of(&in_vote(known))?;
        Some(ballot::withdraw::Withdraw { campaign: campaign_of(known, idea)?, idea }.into())
    }),
];

fn one(known: &Known, draw: &mut Draw) -> Option<IdeaId> {
    draw.one_of(&known.ideas)
}

fn open_campaigns(known: &Known) -> Vec<CampaignId> {
    let open =
        |id: &&CampaignId| known.campaign(**id).opened.is_some_and(|campaign| campaign.is_open(known.now));
    known.campaigns.iter().filter(open).copied().collect()
}

/// Ideas that are undecided, in campaigns that are open.
fn in_vote(known: &Known) -> Vec<IdeaId> {
    let open = open_campaigns(known);
    let in_vote = |id: &&IdeaId| {
        known.idea(**id).submitted.is_some_and(|idea| idea.is_undecided() && open.contains(&idea.campaign))
    };
    known.ideas.iter().filter(in_vote).copied().collect()
}

fn campaign_of(known: &Known, idea: IdeaId) -> Option<CampaignId> {
    known.idea(idea).submitted.map(|idea| idea.campaign)
}
