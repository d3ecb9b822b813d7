//! Mutations upon drafts.

use async_graphql::ID;
use domain::draft::begin::Begin;
use domain::draft::discard::Discard;
use domain::draft::revise::Revise;
use domain::draft::schedule::Schedule;
use domain::draft::unschedule::Unschedule;
use domain::id::DraftId;

use super::Draft;
use crate::graphql::answer::{AudienceInput, WordsInput, maybe_revision, revision};
use crate::graphql::mutations::{mutations, payload};
use crate::graphql::post::PostKind;
use crate::graphql::time::DateTime;

payload! {
    /// What became of a mutation upon a draft.
    DraftPayload {
        /// The draft as it stands now; null when nothing was changed, or once it is discarded.
        draft: Draft = DraftId
    }
}

mutations! {
    /// Mutations upon drafts.
    DraftMutation -> DraftPayload {
        /// Begins a draft of a post, which nobody else sees.
        create beginDraft(BeginDraftInput {
            /// Where, or to whom, it is to go; that can be said later.
            audience: Option<AudienceInput>,
            /// What it is to be.
            #[graphql(default_with = "PostKind::Update")]
            kind: PostKind,
            /// The text as far as it has come, at most 100,000 characters.
            #[graphql(default)]
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
            /// Whether it is to stay at the head of its community; for moderators and the leader.
            #[graphql(default)]
            pinned: bool,
        }) => |ids, input| {
            let words = ids.words(&input.words)?;
            Begin {
                draft: None,
                kind: input.kind.into(),
                audience: input.audience.as_ref().map(|audience| ids.audience(audience)).transpose()?,
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
                pinned: input.pinned,
            }
        };

        /// Rewrites a draft: everything as it is to stand.
        change reviseDraft(ReviseDraftInput {
            /// Which.
            draft: ID,
            /// The revision that was read; refused with the current one if it has changed since.
            expected_revision: i32,
            /// Where, or to whom, it is to go; that can be said later.
            audience: Option<AudienceInput>,
            /// What it is to be.
            #[graphql(default_with = "PostKind::Update")]
            kind: PostKind,
            /// The text as far as it has come, at most 100,000 characters.
            #[graphql(default)]
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
            /// Whether it is to stay at the head of its community; for moderators and the leader.
            #[graphql(default)]
            pinned: bool,
        }) on draft => |ids, input| {
            let words = ids.words(&input.words)?;
            Revise {
                draft: ids.id("draft", &input.draft)?,
                kind: input.kind.into(),
                audience: input.audience.as_ref().map(|audience| ids.audience(audience)).transpose()?,
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
                pinned: input.pinned,
                based_on: revision(input.expected_revision)?,
            }
        };

        /// Has a draft published at a time, or at another than before. Whether it may be is decided then: what is
        /// refused stays a draft, and says why.
        change scheduleDraft(ScheduleDraftInput {
            /// Which.
            draft: ID,
            /// When; at once if that is past.
            publish_at: DateTime,
            /// The `revision` that the draft was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on draft => |ids, input| Schedule {
            draft: ids.id("draft", &input.draft)?,
            publish_at: input.publish_at.0,
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Takes a draft off the schedule: it stays a draft.
        change unscheduleDraft(UnscheduleDraftInput {
            /// Which.
            draft: ID,
            /// The `revision` that the draft was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on draft => |ids, input| Unschedule {
            draft: ids.id("draft", &input.draft)?,
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Discards a draft.
        change discardDraft(DiscardDraftInput {
            /// Which.
            draft: ID,
        }) on draft => |ids, input| Discard { draft: ids.id("draft", &input.draft)? };
    }
}
