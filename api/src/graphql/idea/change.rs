//! Mutations upon ideas, and votes.

use async_graphql::ID;
use domain::ballot::vote::Vote;
use domain::ballot::withdraw::Withdraw;
use domain::id::{CampaignId, IdeaId};
use domain::idea::accept::Accept;
use domain::idea::decline::Decline;
use domain::idea::implement::Implement;
use domain::idea::merge_into::MergeInto;
use domain::idea::revise::Revise;
use domain::idea::share_on::ShareOn;
use domain::idea::start_review::StartReview;
use domain::idea::submit::Submit;

use super::Idea;
use crate::graphql::answer::{AudienceInput, WordsInput, revision};
use crate::graphql::mutations::{mutations, payload};

payload! {
    /// What became of a mutation upon an idea.
    IdeaPayload {
        /// The idea as it stands now; null when nothing was changed.
        idea: Idea = IdeaId
    }
}

mutations! {
    /// Mutations upon ideas.
    IdeaMutation -> IdeaPayload {
        /// Submits an idea to an open campaign.
        create submitIdea(SubmitIdeaInput {
            /// To which campaign.
            campaign: ID,
            /// In a line, at most 300 characters.
            title: String,
            /// In full, at most 100,000 characters; a line may be enough.
            #[graphql(default)]
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
        }) => |ids, input| {
            let words = ids.words(&input.words)?;
            Submit {
                idea: None,
                campaign: ids.id("campaign", &input.campaign)?,
                title: input.title.clone(),
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
            }
        };

        /// Rewrites an idea that is not decided yet. For its author.
        change reviseIdea(ReviseIdeaInput {
            /// Which.
            idea: ID,
            /// The revision of the text that was read; refused with the current one if it has changed since.
            expected_revision: i32,
            /// In a line, at most 300 characters.
            title: String,
            /// In full, at most 100,000 characters.
            #[graphql(default)]
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
        }) on idea => |ids, input| {
            let words = ids.words(&input.words)?;
            Revise {
                idea: ids.id("idea", &input.idea)?,
                title: input.title.clone(),
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
                based_on: revision(input.expected_revision)?,
            }
        };

        /// Starts the review of an idea. For who opened the campaign and administrators.
        change startReview(StartReviewInput {
            /// Which.
            idea: ID,
        }) on idea => |ids, input| StartReview { idea: ids.id("idea", &input.idea)? };

        /// Accepts an idea. For who opened the campaign and administrators.
        change acceptIdea(AcceptIdeaInput {
            /// Which.
            idea: ID,
            /// Why.
            reason: String,
        }) on idea => |ids, input| Accept { idea: ids.id("idea", &input.idea)?, reason: input.reason.clone() };

        /// Declines an idea. For who opened the campaign and administrators.
        change declineIdea(DeclineIdeaInput {
            /// Which.
            idea: ID,
            /// Why.
            reason: String,
        }) on idea => |ids, input| Decline { idea: ids.id("idea", &input.idea)?, reason: input.reason.clone() };

        /// Says that what was accepted has been carried out. For who opened the campaign and administrators.
        change implementIdea(ImplementIdeaInput {
            /// Which.
            idea: ID,
            /// What came of it.
            outcome: String,
        }) on idea => |ids, input| Implement {
            idea: ids.id("idea", &input.idea)?,
            outcome: input.outcome.clone(),
        };

        /// Merges an idea into another of its campaign, which takes over its votes. No ballot is rewritten. For who
        /// opened the campaign and administrators.
        change mergeIdea(MergeIdeaInput {
            /// Which.
            idea: ID,
            /// The idea that goes on.
            into: ID,
        }) on idea => |ids, input| MergeInto {
            idea: ids.id("idea", &input.idea)?,
            into: ids.id("into", &input.into)?,
        };

        /// Passes an idea on to others.
        change shareIdeaOn(ShareIdeaOnInput {
            /// Which.
            idea: ID,
            /// Where, or to whom.
            audience: AudienceInput,
        }) on idea => |ids, input| ShareOn {
            idea: ids.id("idea", &input.idea)?,
            audience: ids.audience(&input.audience)?,
        };
    }
}

mutations! {
    /// Votes.
    BallotMutation -> IdeaPayload {
        /// Votes on an idea, or otherwise than before.
        change vote(VoteInput {
            /// In which campaign.
            campaign: ID,
            /// On which idea.
            idea: ID,
            /// 1 for support; 1, 0 or -1 for an opinion; the number of points.
            value: i32,
        }) on idea => |ids, input| Vote {
            campaign: ids.id::<CampaignId>("campaign", &input.campaign)?,
            idea: ids.id("idea", &input.idea)?,
            value: input.value,
        };

        /// Withdraws the vote on an idea.
        change withdrawVote(WithdrawVoteInput {
            /// In which campaign.
            campaign: ID,
            /// On which idea.
            idea: ID,
        }) on idea => |ids, input| Withdraw {
            campaign: ids.id::<CampaignId>("campaign", &input.campaign)?,
            idea: ids.id("idea", &input.idea)?,
        };
    }
}
