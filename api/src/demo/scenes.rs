//! What is set beforehand: foundings, the sponsored dialogue, announcements, the coached project, the campaigns.

use crate::demo::ballots::CAMPAIGNS;
use crate::demo::calendar::{HOUR, MINUTE, Second, in_paris, next_working};
use crate::demo::chart::{COACHED, DEPARTMENTS, MANAGEMENT, PEOPLE, PROJECT_STARTS, SYSTEMS};
use crate::demo::lines::{Fields, member};
use crate::demo::spaces::{self, Access};
use crate::demo::story::Plan;
use crate::demo::talk::{Draft, group};
use crate::demo::world::{Audience, Group, Item, Kind, World};

/// Something that was set beforehand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scene {
    Found(usize),
    Sponsor,
    Announce(usize),
    Pin(usize, bool),
    Moderator(usize, usize),
    Unmake(usize),
    PutOut(usize),
    Invite(usize, usize),
    Volunteer(usize),
    Farewell(usize),
    Archive(usize, bool),
    Describe,
    Access(bool),
    Appoint,
    OpenCampaign(usize),
    ExtendCampaign(usize),
    CloseCampaign(usize),
    Merge,
    Rewrite(usize),
    Review(usize),
    Decide(usize),
    Implement(usize),
}

/// The day of each announcement, in the order of the texts.
const ANNOUNCED: [i32; 16] = [20, 45, 75, 170, 130, 345, 60, 210, 150, 92, 236, 400, 255, 216, 430, 276];

impl World {
    /// Puts everything that is set beforehand on the agenda.
    pub(super) fn set_scenes(&mut self) {
        for space in 0..self.spaces.len() {
            let day = self.spaces[space].day;
            self.set(day, 9, space, Scene::Found(space));
        }
        for (number, day) in ANNOUNCED.into_iter().enumerate() {
            self.set(day, 11, number, Scene::Announce(number));
        }
        self.set(121, 9, 30, Scene::Sponsor);
        self.set_doors();
        self.set_project();
        for (campaign, (day, days, more, _)) in CAMPAIGNS.into_iter().enumerate() {
            self.set(day, 10, 5, Scene::OpenCampaign(campaign));
            if more > 0 {
                self.set(day + days - 6, 15, 12, Scene::ExtendCampaign(campaign));
            }
            self.close_on(day + days + more - 1, campaign);
        }
        self.set(CAMPAIGNS[0].0 + 50, 14, 3, Scene::Merge);
    }

    /// A campaign is closed on the last evening before its end, whatever day that is.
    fn close_on(&mut self, day: i32, campaign: usize) {
        let at = in_paris(self.span.day(day), 19 * HOUR);
        self.plan(at, Plan::Scene(Scene::CloseCampaign(campaign)));
    }

    fn set(&mut self, day: i32, hour: Second, minute: usize, scene: Scene) {
        let day = next_working(self.span.day(day));
        let minute = Second::try_from(minute).unwrap_or_default() * MINUTE;
        self.plan(in_paris(day, hour * HOUR) + minute, Plan::Scene(scene));
    }

    fn set_doors(&mut self) {
        for space in 0..self.spaces.len() {
            let day = self.spaces[space].day;
            self.set(day + 40, 14, space, Scene::Moderator(space, 0));
            self.set(day + 110, 14, space, Scene::Moderator(space, 1));
        }
        self.set(330, 16, 20, Scene::Unmake(spaces::START));
        self.set(410, 16, 20, Scene::Unmake(spaces::SAFETY));
        for (day, space) in [(140, spaces::CHAMPIONS), (260, spaces::NEWCOMERS), (390, spaces::CYCLING)] {
            self.set(day, 15, 40, Scene::PutOut(space));
        }
        for (place, department) in DEPARTMENTS.iter().enumerate() {
            let head = self.head(place, 0);
            self.set(department.wave.0 + 4, 10, place, Scene::Invite(spaces::COMMITTEE, head));
        }
        for person in (0..self.people.len()).step_by(7) {
            let day = 40 + i32::try_from(person % 11).unwrap_or_default() * 38;
            self.set(day, 13, person % 50, Scene::Volunteer(person));
        }
        self.set(215, 16, 0, Scene::Archive(spaces::CYCLING, true));
        self.set(338, 9, 10, Scene::Archive(spaces::CYCLING, false));
        self.set(352, 9, 10, Scene::Appoint);
        self.set(228, 9, 50, Scene::Describe);
        self.set(240, 9, 50, Scene::Access(false));
        self.set(290, 9, 50, Scene::Access(true));
    }

    /// The coached project: its circle meets, its communities open, and the teams' own are closed one by one.
    fn set_project(&mut self) {
        for (place, department) in COACHED.into_iter().enumerate() {
            for head in 0..3 {
                let guest = self.head(department, head);
                self.set(PROJECT_STARTS - 4, 10, place * 3 + head, Scene::Invite(spaces::CIRCLE, guest));
            }
            let day = PROJECT_STARTS + 38 + 6 * i32::try_from(place).unwrap_or_default();
            self.set(day, 10, 30, Scene::Farewell(department));
            self.set(day + 4, 17, 0, Scene::Archive(department, true));
        }
        for guest in [self.head(PEOPLE, 1), self.head(SYSTEMS, 1), self.head(MANAGEMENT, 2)] {
            self.set(PROJECT_STARTS - 4, 11, guest % 50, Scene::Invite(spaces::CIRCLE, guest));
        }
    }

    pub(super) fn scene(&mut self, at: Second, scene: Scene) {
        match scene {
            Scene::Found(space) => self.found(at, space),
            Scene::Sponsor => self.name_sponsor(at),
            Scene::Announce(number) => self.announce(at, number),
            Scene::Pin(note, pinned) => self.pin(at, note, pinned),
            Scene::Moderator(space, nth) => self.make_moderator(at, space, nth),
            Scene::Unmake(space) => self.unmake_moderator(at, space),
            Scene::PutOut(space) => self.put_out(at, space),
            Scene::Invite(space, guest) => self.invite(at, space, guest),
            Scene::Volunteer(person) => self.volunteer(at, person),
            Scene::Farewell(team) => self.farewell(at, team),
            Scene::Archive(space, archived) => self.archive(at, space, archived),
            Scene::Describe => self.describe(at),
            Scene::Access(open) => self.change_access(at, open),
            Scene::Appoint => self.appoint(at),
            Scene::OpenCampaign(campaign) => {
                let owner = [self.head(PEOPLE, 2), self.head(MANAGEMENT, 1), self.head(PEOPLE, 0)][campaign];
                self.open_campaign(at, campaign, owner);
            }
            Scene::ExtendCampaign(campaign) => self.extend_campaign(at, campaign),
            Scene::CloseCampaign(campaign) => self.close_campaign(at, campaign),
            Scene::Merge => self.merge_duplicates(at),
            Scene::Rewrite(idea) => self.rewrite(at, idea),
            Scene::Review(idea) => self.review(at, idea),
            Scene::Decide(idea) => self.decide(at, idea),
            Scene::Implement(idea) => self.implement(at, idea),
        }
    }

    fn found(&mut self, at: Second, space: usize) {
        let planned = self.spaces[space];
        let leader = self.head(planned.department, planned.head);
        let (name, summary) = self.name_of(space);
        self.act("Create", leader, at, |line| {
            line.object("object", |object| {
                object.text("type", "Group");
                object.text("id", &group(space));
                object.text("name", name);
                object.text("summary", summary);
                object.text("access", planned.access.word());
            });
        });
        let community = Group {
            leader,
            sponsor: None,
            access: planned.access,
            members: Default::default(),
            moderators: Default::default(),
            pending: vec![],
            invited: Default::default(),
            archived: false,
        };
        self.groups.insert(space, community);
    }

    fn name_of(&self, space: usize) -> (&'static str, &'static str) {
        let teams = self.texts.teams.len();
        if space < teams { self.texts.teams[space] } else { self.texts.across[space - teams] }
    }

    /// One change of a community, by whoever may.
    fn update(&mut self, at: Second, actor: usize, space: usize, change: impl FnOnce(&mut Fields<'_>)) {
        self.act("Update", actor, at, |line| {
            line.object("object", |object| {
                object.text("type", "Group");
                object.text("id", &group(space));
                change(object);
            });
        });
    }

    fn leader(&self, space: usize) -> usize {
        self.groups.get(&space).map_or(0, |community| community.leader)
    }

    /// An administrator names the head of general management as the sponsor of the dialogue; two more answer too.
    fn name_sponsor(&mut self, at: Second) {
        let (administrator, sponsor) = (self.head(SYSTEMS, 0), self.head(MANAGEMENT, 0));
        self.update(at, administrator, spaces::DIALOGUE, |object| object.text("sponsor", &member(sponsor)));
        if let Some(community) = self.groups.get_mut(&spaces::DIALOGUE) {
            community.sponsor = Some(sponsor);
        }
        for delegate in [1, 2] {
            let delegate = self.head(MANAGEMENT, delegate);
            self.enter(at, delegate, spaces::DIALOGUE);
        }
    }

    fn announce(&mut self, at: Second, number: usize) {
        let space = if number == 7 { spaces::SAFETY } else { spaces::NEWS };
        let subject = self.texts.notice;
        let author = self.leader(space);
        let pinned = number.is_multiple_of(2);
        let text = self.texts.announcements[number].to_owned();
        let note = self.post(
            at,
            author,
            Draft {
                audience: Audience::Space(space),
                kind: Kind::Announcement,
                subject,
                text,
                answer: "",
                pinned,
            },
        );
        let day = self.span.index(at);
        if !pinned {
            self.set(day + 1, 9, 15, Scene::Pin(note, true));
        }
        self.set(day + 21, 9, 20, Scene::Pin(note, false));
    }

    fn pin(&mut self, at: Second, note: usize, pinned: bool) {
        let Some(space) = self.notes[note].audience.space().filter(|space| self.alive(*space)) else {
            return;
        };
        let leader = self.leader(space);
        self.act("Update", leader, at, |line| {
            line.object("object", |object| {
                object.text("type", "Note");
                object.text("id", &Item::Note(note).name());
                object.flag("pinned", pinned);
            });
        });
    }

    /// Asks to become a champion: whoever is eager enough.
    fn volunteer(&mut self, at: Second, person: usize) {
        let them = &self.people[person];
        let eager = them.active(at) && them.begins_at < at && them.eagerness > 90_000;
        if eager && self.alive(spaces::CHAMPIONS) && !self.is_in(spaces::CHAMPIONS, person) {
            self.ask_to_enter(at, person, spaces::CHAMPIONS);
        }
    }

    /// A coached team's leader says where the conversation goes on.
    fn farewell(&mut self, at: Second, team: usize) {
        let shared =
            (spaces::FIRST_OF_PROJECT..spaces::CIRCLE).find(|space| self.spaces[*space].department == team);
        let subject = self.texts.moving;
        let name = shared.map_or("", |space| self.name_of(space).0);
        let text = self.texts.farewell.replace("{space}", name);
        let leader = self.leader(team);
        self.post(
            at,
            leader,
            Draft {
                audience: Audience::Space(team),
                kind: Kind::News,
                subject,
                text,
                answer: "",
                pinned: true,
            },
        );
    }

    fn archive(&mut self, at: Second, space: usize, archived: bool) {
        let leader = self.leader(space);
        self.update(at, leader, space, |object| object.flag("archived", archived));
        if let Some(community) = self.groups.get_mut(&space) {
            community.archived = archived;
        }
    }

    fn describe(&mut self, at: Second) {
        let (leader, summary) = (self.leader(spaces::NEWCOMERS), self.texts.newcomers_described);
        self.update(at, leader, spaces::NEWCOMERS, |object| object.text("summary", summary));
    }

    /// The newcomers' community is closed to the merely curious for a while.
    fn change_access(&mut self, at: Second, open: bool) {
        let access = if open { Access::Open } else { Access::Request };
        let leader = self.leader(spaces::NEWCOMERS);
        self.update(at, leader, spaces::NEWCOMERS, |object| object.text("access", access.word()));
        if let Some(community) = self.groups.get_mut(&spaces::NEWCOMERS) {
            community.access = access;
            community.pending.clear();
        }
    }

    /// The cyclists' leader hands over to a moderator.
    fn appoint(&mut self, at: Second) {
        let Some(community) = self.groups.get_mut(&spaces::CYCLING) else { return };
        let Some(successor) = community.moderators.first().copied() else { return };
        let leader = community.leader;
        community.leader = successor;
        self.update(at, leader, spaces::CYCLING, |object| object.text("leader", &member(successor)));
    }
}
