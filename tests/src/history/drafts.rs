//! Proposals about drafts.

use domain::draft::begin::Begin;
use domain::draft::discard::Discard;
use domain::draft::publish::Publish;
use domain::draft::refuse::Refuse;
use domain::draft::revise::Revise;
use domain::draft::schedule::Schedule;
use domain::draft::unschedule::Unschedule;
use domain::id::{DraftId, PostId};
use domain::post::Kind;

use super::Proposal;
use super::draw::Draw;
use super::known::Known;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("draft.begin", 5, |known, draw| {
        let (language, mentions, topics) = draw.about(&known.members);
        Some(
            Begin {
                draft: draw.perhaps(30, Draw::id),
                kind: draw.one_of(KINDS)?,
                audience: draw
                    .perhaps(70, |draw| draw.audience(&known.communities, &known.members))
                    .flatten(),
                body: draw.perhaps(80, Draw::text).unwrap_or_default(),
                language,
                mentions,
                topics,
                pinned: draw.percent(20),
            }
            .into(),
        )
    }),
    Proposal("draft.revise", 4, |known, draw| {
        let draft = draw.one_of(&known.drafts)?;
        let (language, mentions, topics) = draw.about(&known.members);
        let read = known.draft(draft).begun?.revision;
        Some(
            Revise {
                draft,
                kind: draw.one_of(KINDS)?,
                audience: draw
                    .perhaps(80, |draw| draw.audience(&known.communities, &known.members))
                    .flatten(),
                body: draw.text(),
                language,
                mentions,
                topics,
                pinned: draw.percent(20),
                based_on: draw.perhaps(50, |draw| read.saturating_sub(draw.below(2) as u64)),
            }
            .into(),
        )
    }),
    Proposal("draft.schedule", 8, |known, draw| {
        let (draft, publish_at) =
            (draw.one_of(&known.drafts)?, known.minutes(draw.below(3_000) as i64 - 600));
        Some(Schedule { draft, publish_at, based_on: None }.into())
    }),
    Proposal("draft.unschedule", 4, |known, draw| {
        draw.one_of(&scheduled(known)).map(|draft| Unschedule { draft, based_on: None }.into())
    }),
    Proposal("draft.discard", 1, |known, draw| {
        draw.one_of(&known.drafts).map(|draft| Discard { draft }.into())
    }),
    Proposal("draft.publish", 16, |known, draw| {
        let draft = draw.one_of(&scheduled(known))?;
        let author = known.draft(draft).begun?.author;
        let theirs = |id: &&PostId| known.post(**id).published.is_some_and(|post| post.author == author);
        let post = draw.one_of(&known.posts.iter().filter(theirs).copied().collect::<Vec<_>>())?;
        Some(Publish { draft, post }.into())
    }),
    Proposal("draft.refuse", 8, |known, draw| {
        let (draft, code) = (draw.one_of(&scheduled(known))?, "COMMUNITY_ARCHIVED".to_owned());
        Some(Refuse { draft, code }.into())
    }),
];

const KINDS: &[Kind] = &[Kind::Update, Kind::Question, Kind::Announcement];

/// Drafts whose time is set.
fn scheduled(known: &Known) -> Vec<DraftId> {
    let scheduled = |id: &&DraftId| {
        known.draft(**id).begun.is_some_and(|draft| draft.publish_at.is_some() && !draft.ended)
    };
    known.drafts.iter().filter(scheduled).copied().collect()
}
