//! Proposals about documents.

use domain::document::archive::Archive;
use domain::document::check_in::CheckIn;
use domain::document::check_out::CheckOut;
use domain::document::move_to::MoveTo;
use domain::document::rename::Rename;
use domain::document::revise::Revise;
use domain::document::share::Share;
use domain::document::share_on::ShareOn;
use domain::document::source::Source;
use domain::document::withdraw::Withdraw;
use domain::id::DocumentId;

use super::Proposal;
use super::draw::Draw;
use super::known::Known;
use super::papers;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("document.share", 5, |known, draw| {
        let (language, mentions, topics) = draw.about(&known.members);
        Some(
            Share {
                document: draw.perhaps(30, Draw::id),
                audience: draw.audience(&known.communities, &known.members)?,
                name: draw.text(),
                contents: contents(draw),
                language,
                mentions,
                topics,
            }
            .into(),
        )
    }),
    Proposal("document.revise", 5, |known, draw| {
        let document = one(known, draw)?;
        let newest = known.document(document).shared?.number;
        let based_on = draw.perhaps(70, |draw| newest.saturating_sub(u32::from(draw.percent(30))));
        Some(Revise { document, contents: contents(draw), based_on }.into())
    }),
    Proposal("document.rename", 3, |known, draw| {
        let (document, name) = (one(known, draw)?, draw.text());
        let read = known.document(document).shared?.revision;
        let based_on = draw.perhaps(50, |draw| read.saturating_sub(draw.below(2) as u64));
        Some(Rename { document, name, based_on }.into())
    }),
    Proposal("document.move_to", 3, |known, draw| {
        let (document, audience) = (one(known, draw)?, draw.audience(&known.communities, &known.members)?);
        Some(MoveTo { document, audience, based_on: None }.into())
    }),
    Proposal("document.check_out", 4, |known, draw| {
        one(known, draw).map(|document| CheckOut { document }.into())
    }),
    Proposal("document.check_in", 2, |known, draw| {
        let out = |id: &&DocumentId| {
            known.document(**id).shared.is_some_and(|document| document.checked_out.is_some())
        };
        let out: Vec<_> = known.documents.iter().filter(out).copied().collect();
        draw.one_of(&out).map(|document| CheckIn { document }.into())
    }),
    Proposal("document.share_on", 3, |known, draw| {
        let (document, audience) = (one(known, draw)?, draw.audience(&known.communities, &known.members)?);
        Some(ShareOn { document, audience }.into())
    }),
    Proposal("document.archive", 1, |known, draw| {
        one(known, draw).map(|document| Archive { document }.into())
    }),
    Proposal("document.withdraw", 1, |known, draw| {
        one(known, draw).map(|document| Withdraw { document }.into())
    }),
];

fn one(known: &Known, draw: &mut Draw) -> Option<DocumentId> {
    draw.one_of(&known.documents)
}

fn contents(draw: &mut Draw) -> Source {
    if draw.percent(50) {
        Source::Link { url: format!("https://example.org/?q={}&r=\"é\"", draw.below(1000)) }
    } else {
        let file = papers::one(draw);
        let media_type = if draw.percent(50) { "application/pdf" } else { "application/octet-stream" };
        Source::File { sha256: file.sha256, size: file.size, media_type: media_type.to_owned() }
    }
}
