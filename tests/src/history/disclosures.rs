//! Proposals about what is opened for a reason.

use domain::disclosure::open::Open;

use super::Proposal;
use super::conversation::items;

pub(super) const PROPOSALS: &[Proposal] = &[Proposal("disclosure.open", 24, |known, draw| {
    let (item, reason) = (draw.one_of(&items(known))?, draw.text());
    Some(Open { item, reason }.into())
})];
