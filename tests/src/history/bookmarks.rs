//! Proposals about bookmarks.

use domain::bookmark::drop::Drop;
use domain::bookmark::keep::Keep;
use domain::id::Item;

use super::Proposal;
use super::conversation::items;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("bookmark.keep", 5, |known, draw| draw.one_of(&items(known)).map(|item| Keep { item }.into())),
    Proposal("bookmark.drop", 2, |known, draw| {
        let kept =
            |item: &Item| known.members.iter().any(|member| known.bookmark(*member).kept.contains(item));
        let items: Vec<_> = items(known).into_iter().filter(kept).collect();
        draw.one_of(&items).map(|item| Drop { item }.into())
    }),
];
