//! Mutations upon campaigns.

use async_graphql::{Enum, ID};
use domain::campaign::Voting;
use domain::campaign::close::Close;
use domain::campaign::extend::Extend;
use domain::campaign::open::Open;
use domain::id::CampaignId;

use super::Campaign;
use crate::graphql::answer::{WordsInput, maybe_revision};
use crate::graphql::mutations::{mutations, payload};
use crate::graphql::time::DateTime;

/// How one votes in a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum VotingRule {
    /// One supports an idea, with 1, or does not. The score is the number of supporters.
    Support,
    /// One agrees (1), disagrees (-1) or passes (0). The score is agreements less disagreements.
    Opinion,
    /// One spreads a budget of points over ideas. The score is the sum of points.
    Points,
}

impl VotingRule {
    fn with(self, budget: Option<i32>) -> Voting {
        match self {
            Self::Support => Voting::Support,
            Self::Opinion => Voting::Opinion,
            Self::Points => Voting::Points { budget: budget.and_then(|b| b.try_into().ok()).unwrap_or(0) },
        }
    }
}

impl From<Voting> for VotingRule {
    fn from(voting: Voting) -> Self {
        match voting {
            Voting::Support => Self::Support,
            Voting::Opinion => Self::Opinion,
            Voting::Points { .. } => Self::Points,
        }
    }
}

payload! {
    /// What became of a mutation upon a campaign.
    CampaignPayload {
        /// The campaign as it stands now; null when nothing was changed.
        campaign: Campaign = CampaignId
    }
}

mutations! {
    /// Mutations upon campaigns.
    CampaignMutation -> CampaignPayload {
        /// Opens an idea campaign.
        create openCampaign(OpenCampaignInput {
            /// Its name, the question it asks; at most 300 characters.
            name: String,
            /// How one votes.
            voting: VotingRule,
            /// The points a member may spend: needed for `POINTS`, and for it alone.
            budget: Option<i32>,
            /// When it ends by itself, if it does.
            closes_at: Option<DateTime>,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
        }) => |ids, input| {
            let words = ids.words(&input.words)?;
            Open {
                campaign: None,
                name: input.name.clone(),
                voting: input.voting.with(input.budget),
                closes_at: input.closes_at.map(|at| at.0),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
            }
        };

        /// Moves the end of a campaign. For who opened it and administrators.
        change extendCampaign(ExtendCampaignInput {
            /// Which.
            campaign: ID,
            /// When it ends by itself from now on; never, if absent.
            closes_at: Option<DateTime>,
            /// The `revision` that the end was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on campaign => |ids, input| Extend {
            campaign: ids.id("campaign", &input.campaign)?,
            closes_at: input.closes_at.map(|at| at.0),
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Closes a campaign: its tallies stay as they are. For who opened it and administrators.
        change closeCampaign(CloseCampaignInput {
            /// Which.
            campaign: ID,
        }) on campaign => |ids, input| Close { campaign: ids.id("campaign", &input.campaign)? };
    }
}
