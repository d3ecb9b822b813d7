//! Proposals about whom and what members follow.

use domain::follow::Followed;
use domain::follow::begin::Begin;
use domain::follow::end::End;

use super::Proposal;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("follow.begin", 6, |known, draw| {
        let topic = || "safety".parse().ok().map(Followed::Topic);
        let person = draw.one_of(&known.members).map(Followed::Member);
        let followed = if draw.percent(60) { person } else { topic() };
        Some(Begin { followed: followed? }.into())
    }),
    Proposal("follow.end", 3, |known, draw| Some(End { followed: draw.one_of(&known.followed)? }.into())),
];
