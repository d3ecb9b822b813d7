//! Moderation of an item: what was reported of it, what was decided, and whether it is hidden. One stream an item, so
//! that a member reports it once and a decision settles every report made before it.

pub mod dismiss;
pub mod hide;
pub mod report;
pub mod restore;

use std::collections::BTreeSet;

use crate::audience::may_in;
use crate::decision::{Actor, Facts};
use crate::event::{Moment, events};
use crate::id::{CampaignId, CommunityId, Item, MemberId, PostId};
use crate::item::{self, About};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};

events! {
    Act "moderation"
    /// A member reported it to those who moderate.
    Reported = "reported" v 1 {
        /// What.
        item: Item,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Who reported it.
        member: MemberId,
    } + content(item) {
        /// What is wrong with it.
        reason: String,
    }
    /// It was hidden: for its author and those who moderate alone. That settles the reports made so far.
    Hidden = "hidden" v 1 {
        /// What.
        item: Item,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// The post it stands below, if it is a comment.
        post: Option<PostId>,
        /// The campaign it is of, if it is an idea.
        campaign: Option<CampaignId>,
    } + content(item) {
        /// Why.
        reason: String,
    }
    /// It was shown again.
    Restored = "restored" v 1 {
        /// What.
        item: Item,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// The post it stands below, if it is a comment.
        post: Option<PostId>,
        /// The campaign it is of, if it is an idea.
        campaign: Option<CampaignId>,
    } + content(item) {
        /// Why.
        reason: String,
    }
    /// The reports made so far were found to be without ground: it stays as it is.
    Dismissed = "dismissed" v 1 {
        /// What was reported.
        item: Item,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
    } + content(item) {
        /// Why.
        reason: String,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Who reported it, ever.
    pub reporters: BTreeSet<MemberId>,
    /// Reports wait for a decision.
    pub open: bool,
    /// It is hidden.
    pub hidden: bool,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::Reported(e) => {
                self.reporters.insert(e.member);
                self.open = true;
            }
            Event::Hidden(_) => (self.open, self.hidden) = (false, true),
            Event::Restored(_) => self.hidden = false,
            Event::Dismissed(_) => self.open = false,
        }
    }
}

refusals! {
    OwnItem = "OWN_ITEM", "You wrote this yourself; edit or remove it, or ask another moderator or an administrator.",
        "Vous en êtes l’auteur ; modifiez-le ou retirez-le, ou adressez-vous à un autre modérateur ou à un administrateur.";
}

/// Whether the actor moderates what is there: in a community its moderators and its leader, and administrators
/// everywhere.
pub fn moderates(facts: &Facts, community: Option<CommunityId>) -> Result<bool, Stop> {
    match may_judge(facts, community) {
        Ok(()) => Ok(true),
        Err(Stop::Refused(_)) => Ok(false),
        Err(needs) => Err(needs),
    }
}

/// Whether an item is hidden from the actor: from everybody but its author and those who moderate it.
pub fn hides(facts: &Facts, item: Item, about: About<'_>) -> Result<bool, Stop> {
    let hidden = facts.moderation(item)?.hidden && facts.actor.member() != Some(about.author);
    Ok(hidden && !moderates(facts, about.community())?)
}

/// The item that the actor is to decide on; refused, as absent where it is not for them, unless they moderate where
/// it is and did not write it. Who moderates need not be among those a letter is addressed to: it was reported.
fn judged(facts: &Facts, item: Item) -> Result<About<'_>, Stop> {
    let about = item::known(facts, item)?;
    if !moderates(facts, about.community())? {
        item::standing(facts, item)?;
        may_judge(facts, about.community())?;
    }
    if facts.actor == Actor::Member(about.author) { Err(Refusal::OwnItem.into()) } else { Ok(about) }
}

fn may_judge(facts: &Facts, community: Option<CommunityId>) -> Result<(), Stop> {
    match community {
        Some(community) => may_in(facts, community, Ability::Judge),
        None => facts.may(Ability::Judge),
    }
}

/// The post that an item stands below, if it is a comment, and the campaign that it is of, if it is an idea.
fn within(facts: &Facts, item: Item) -> Result<(Option<PostId>, Option<CampaignId>), Stop> {
    Ok(match item {
        Item::Comment(id) => (facts.comment(id)?.added.as_ref().map(|comment| comment.post), None),
        Item::Idea(id) => (None, facts.idea(id)?.submitted.as_ref().map(|idea| idea.campaign)),
        Item::Post(_) | Item::Document(_) => (None, None),
    })
}
