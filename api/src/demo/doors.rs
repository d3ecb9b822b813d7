//! The ways into communities and out of them.

use crate::demo::calendar::Second;
use crate::demo::lines::member;
use crate::demo::spaces::{self, Access};
use crate::demo::talk::group;
use crate::demo::world::World;

impl World {
    /// Joins an open community, unless the person is in it already; says whether they are in.
    pub(super) fn enter(&mut self, at: Second, person: usize, space: usize) -> bool {
        if !self.alive(space) {
            return false;
        }
        if self.is_in(space, person) {
            return true;
        }
        let Some(community) = self.groups.get_mut(&space) else { return false };
        if community.access != Access::Open && !community.invited.remove(&person) {
            return false;
        }
        community.members.insert(person);
        self.act("Join", person, at, |line| line.text("object", &group(space)));
        true
    }

    /// On the first day: one's own department's community, and some that cut across.
    pub(super) fn settle_in(&mut self, at: Second, person: usize) {
        let own = self.department(person, at);
        self.enter(at, person, own);
        for (space, likely) in [
            (spaces::START, 45),
            (spaces::NEWS, 50),
            (spaces::SAFETY, 12),
            (spaces::LIFE, 30),
            (spaces::CYCLING, 9),
            (spaces::NEWCOMERS, 6),
        ] {
            if self.chance.percent(likely) {
                self.enter(at, person, space);
            }
        }
    }

    /// Takes invitations, and decides on requests as a leader or moderator.
    pub(super) fn see_to_doors(&mut self, at: Second, person: usize) {
        let spaces: Vec<usize> = self.groups.keys().copied().collect();
        for space in spaces {
            if !self.alive(space) {
                continue;
            }
            let community = &self.groups[&space];
            if community.invited.contains(&person) && self.chance.percent(80) {
                self.enter(at, person, space);
            } else if community.leader == person || community.moderators.contains(&person) {
                self.decide_on_requests(at, person, space);
            }
        }
    }

    fn decide_on_requests(&mut self, at: Second, by: usize, space: usize) {
        let Some(community) = self.groups.get_mut(&space) else { return };
        for asking in std::mem::take(&mut community.pending) {
            if !self.people[asking].active(at) {
                continue;
            }
            let welcome = self.chance.percent(84);
            if welcome && let Some(community) = self.groups.get_mut(&space) {
                community.members.insert(asking);
            }
            self.act(if welcome { "Accept" } else { "Reject" }, by, at, |line| {
                line.object("object", |join| {
                    join.text("type", "Join");
                    join.text("actor", &member(asking));
                    join.text("object", &group(space));
                });
            });
        }
    }

    /// Looks around: asks to be let in, joins out of curiosity, or leaves what was not for one.
    pub(super) fn wander(&mut self, at: Second, person: usize) {
        let standing: Vec<usize> = self.groups.keys().copied().filter(|space| self.alive(*space)).collect();
        let Some(space) = self.chance.choose(&standing).copied() else { return };
        if self.is_in(space, person) {
            self.leave(at, person, space);
            return;
        }
        match self.groups[&space].access {
            // Communities of other departments are for them; those that cut across are for everybody.
            Access::Open if space >= spaces::NEWS => {
                self.enter(at, person, space);
            }
            Access::Request => self.ask_to_enter(at, person, space),
            _ => {}
        }
    }

    /// Asks to be let in where one has to ask.
    pub(super) fn ask_to_enter(&mut self, at: Second, person: usize, space: usize) {
        let Some(community) = self.groups.get_mut(&space) else { return };
        let asked = community.pending.contains(&person) || community.invited.contains(&person);
        if community.access == Access::Request && !asked {
            community.pending.push(person);
            self.act("Offer", person, at, |line| {
                line.object("object", |join| {
                    join.text("type", "Join");
                    join.text("actor", &member(person));
                    join.text("object", &group(space));
                });
            });
        }
    }

    fn leave(&mut self, at: Second, person: usize, space: usize) {
        let own = self.department(person, at);
        let Some(community) = self.groups.get_mut(&space) else { return };
        let stays = space == own || community.leader == person || community.moderators.contains(&person);
        if !stays && community.members.remove(&person) {
            self.act("Leave", person, at, |line| line.text("object", &group(space)));
        }
    }

    /// Invites somebody who is not in, in the name of the leader.
    pub(super) fn invite(&mut self, at: Second, space: usize, guest: usize) {
        let leader = self.groups.get(&space).map(|community| community.leader);
        let (Some(leader), false) = (leader, self.is_in(space, guest)) else { return };
        if !self.people[guest].active(at) || !self.alive(space) {
            return;
        }
        if self.groups.get_mut(&space).is_some_and(|community| community.invited.insert(guest)) {
            self.act("Invite", leader, at, |line| {
                line.object("object", |join| {
                    join.text("type", "Join");
                    join.text("actor", &member(guest));
                    join.text("object", &group(space));
                });
            });
        }
    }

    /// Makes the n-th of the members a moderator.
    pub(super) fn make_moderator(&mut self, at: Second, space: usize, nth: usize) {
        let Some(community) = self.groups.get(&space).filter(|community| !community.archived) else { return };
        let leader = community.leader;
        let fit = |person: &&usize| {
            let them = &self.people[**person];
            **person != leader && them.active(at) && them.steady() && them.eagerness > 150_000
        };
        let Some(chosen) = community.members.iter().filter(fit).nth(nth).copied() else { return };
        if self.groups.get_mut(&space).is_some_and(|community| community.moderators.insert(chosen)) {
            self.act("Add", leader, at, |line| {
                line.text("object", &member(chosen));
                line.text("target", &group(space));
                line.text("role", "moderator");
            });
        }
    }

    /// Takes the role back from one of the moderators.
    pub(super) fn unmake_moderator(&mut self, at: Second, space: usize) {
        let Some(community) = self.groups.get_mut(&space) else { return };
        let leader = community.leader;
        if let Some(former) = community.moderators.pop_first() {
            self.act("Remove", leader, at, |line| {
                line.text("object", &member(former));
                line.text("target", &group(space));
                line.text("role", "moderator");
            });
        }
    }

    /// Removes somebody who is not concerned any more.
    pub(super) fn put_out(&mut self, at: Second, space: usize) {
        let Some(community) = self.groups.get_mut(&space) else { return };
        let leader = community.leader;
        let moderators = &community.moderators;
        let guest = community.members.iter().copied().find(|person| !moderators.contains(person));
        if let Some(guest) = guest.filter(|guest| *guest != leader) {
            community.members.remove(&guest);
            self.act("Remove", leader, at, |line| {
                line.text("object", &member(guest));
                line.text("origin", &group(space));
            });
        }
    }
}
