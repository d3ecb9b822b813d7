//! Proposals about moderation.

use domain::id::Item;
use domain::moderation;
use domain::moderation::dismiss::Dismiss;
use domain::moderation::hide::Hide;
use domain::moderation::report::Report;
use domain::moderation::restore::Restore;

use super::Proposal;
use super::conversation::items;
use super::draw::Draw;
use super::known::Known;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("moderation.report", 5, |known, draw| {
        let (item, reason) = (draw.one_of(&items(known))?, draw.text());
        Some(Report { item, reason }.into())
    }),
    Proposal("moderation.hide", 2, |known, draw| {
        let item = one(known, draw, |moderation| moderation.open).or_else(|| draw.one_of(&items(known)))?;
        Some(Hide { item, reason: draw.text() }.into())
    }),
    Proposal("moderation.restore", 3, |known, draw| {
        let (item, reason) = (one(known, draw, |moderation| moderation.hidden)?, draw.text());
        Some(Restore { item, reason }.into())
    }),
    Proposal("moderation.dismiss", 2, |known, draw| {
        let (item, reason) = (one(known, draw, |moderation| moderation.open)?, draw.text());
        Some(Dismiss { item, reason }.into())
    }),
];

fn one(known: &Known, draw: &mut Draw, which: impl Fn(&moderation::State) -> bool) -> Option<Item> {
    let found: Vec<_> = items(known).into_iter().filter(|item| which(&known.moderation(*item))).collect();
    draw.one_of(&found)
}
