//! The days: who looks in, at what time, and what they do while they are there.

use crate::demo::DAYS;
use crate::demo::calendar::{self, DAY, MINUTE, Second, at_work};
use crate::demo::chart::{self, MANAGEMENT, PROJECT_STARTS};
use crate::demo::lines::Fields;
use crate::demo::scenes::Scene;
use crate::demo::spaces;
use crate::demo::world::{Item, Kind, World};

/// Something on the agenda. It is looked at again when its time comes: what is not possible then is left out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plan {
    /// A day begins.
    Morning(i32),
    /// Somebody looks in.
    Visit(usize),
    /// They see to something that waits for them.
    Errand(usize, Errand),
    /// One of the things they do.
    Step(usize, usize),
    /// They write in a community, or ask there.
    Publish(usize, usize, bool),
    /// They share a document in a community.
    Share(usize, usize),
    /// They acknowledge an announcement.
    Acknowledge(usize, usize),
    /// They react to what they have just seen.
    React(usize, Item),
    /// They take back their reaction.
    Regret(usize, Item),
    /// They write below what they have just seen.
    Reply(usize, usize),
    /// They correct what they have just written.
    Correct(usize),
    /// They take back what they have written.
    Retract(usize),
    /// They hand in a new version of what they checked out, in so many steps.
    Revise(usize, usize),
    /// They give back what they checked out.
    GiveBack(usize, usize),
    /// They vote on an idea.
    Vote(usize, usize),
    /// They take their vote back.
    Unvote(usize, usize),
    /// Something that was set beforehand.
    Scene(Scene),
}

/// What waits for somebody who looks in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Errand {
    Settling,
    Doors,
    Questions,
    Announcements,
    Campaigns,
}

impl World {
    /// Plays everything from the first day to the last.
    pub(super) fn play(&mut self) {
        self.keep_holidays();
        self.set_scenes();
        for day in 0..DAYS {
            let at = Second::from(self.span.day(day).0) * DAY;
            self.plan(at, Plan::Morning(day));
        }
        while let Some((at, plan)) = self.next() {
            self.happen(at, plan);
        }
    }

    /// The organisation says which days are public holidays.
    fn keep_holidays(&mut self) {
        let days = (0..DAYS).map(|day| self.span.day(day)).filter(|day| calendar::public_holiday(day.date()));
        let days: Vec<String> = days.map(|day| day.to_string()).collect();
        self.log.write_by("Update", "service", self.span.start(), |line| {
            line.object("object", |organisation| {
                organisation.text("type", "Organization");
                organisation.texts("holidays", days);
            });
        });
    }

    fn happen(&mut self, at: Second, plan: Plan) {
        match plan {
            Plan::Morning(day) => self.morning(day),
            Plan::Scene(scene) => self.scene(at, scene),
            Plan::Visit(person) => self.visit(at, person),
            Plan::Correct(note) => self.correct(at, note),
            Plan::Retract(note) => self.retract(at, note),
            Plan::Revise(person, document) => self.revise(at, person, document),
            Plan::GiveBack(person, document) => self.give_back(at, person, document),
            Plan::Errand(person, _)
            | Plan::Step(person, _)
            | Plan::Publish(person, ..)
            | Plan::Share(person, _)
            | Plan::Acknowledge(person, _)
            | Plan::React(person, _)
            | Plan::Regret(person, _)
            | Plan::Reply(person, _)
            | Plan::Vote(person, _)
            | Plan::Unvote(person, _) => {
                if self.people[person].active(at) {
                    self.happen_to(at, plan);
                }
            }
        }
    }

    /// What somebody does who is there.
    fn happen_to(&mut self, at: Second, plan: Plan) {
        match plan {
            Plan::Errand(person, errand) => self.see_to(at, person, errand),
            Plan::Step(person, left) => self.step(at, person, left),
            Plan::Publish(person, space, asks) => {
                let kind = if asks { Kind::Question } else { Kind::News };
                self.publish_in(at, person, space, kind);
            }
            Plan::Share(person, space) => self.share_in(at, person, space),
            Plan::Acknowledge(person, note) => self.acknowledge(at, person, note),
            Plan::React(person, item) => self.react(at, person, item),
            Plan::Regret(person, item) => self.regret(at, person, item),
            Plan::Reply(person, post) => self.reply(at, person, post),
            Plan::Vote(person, idea) => self.vote(at, person, idea),
            Plan::Unvote(person, idea) => self.unvote(at, person, idea),
            _ => {}
        }
    }

    fn see_to(&mut self, at: Second, person: usize, errand: Errand) {
        match errand {
            Errand::Settling => self.settle_in(at, person),
            Errand::Doors => self.see_to_doors(at, person),
            Errand::Questions => self.see_to_questions(at, person),
            Errand::Announcements => self.see_to_announcements(at, person),
            Errand::Campaigns => self.see_to_campaigns(at, person),
        }
    }

    /// Decides who looks in today, and when.
    fn morning(&mut self, index: i32) {
        let day = self.span.day(index);
        let pulse = calendar::pulse(day);
        for person in 0..self.people.len() {
            let at = at_work(day, &mut self.chance);
            let them = &self.people[person];
            let lapsed = them.lapse.is_some_and(|(from, until)| from <= at && at < until);
            if !them.active(at) || at < them.begins_at || lapsed {
                continue;
            }
            let department = them.department(at);
            // A new account is tried out; a coached department looks in more often.
            let fresh = them.begins_at + DAY > at;
            let coached = chart::coached(department) && index >= PROJECT_STARTS;
            let spirit = if coached { 185 } else { 100 };
            let likely = if fresh { 700_000 } else { them.eagerness * pulse * spirit / 10_000 };
            if self.chance.per_million(likely.min(960_000)) {
                self.plan(at, Plan::Visit(person));
            }
        }
    }

    /// Somebody looks in: signs in, sees to what waits for them, and goes on for a while.
    fn visit(&mut self, at: Second, person: usize) {
        let day = self.span.index(at);
        if !self.people[person].active(at) || self.signed_in[person] == day {
            return;
        }
        let first = self.signed_in[person] < 0;
        self.signed_in[person] = day;
        self.act("Arrive", person, at, |line| line.text("object", "organisation"));
        let mut next = at + self.chance.between(20, 90);
        if first {
            self.plan(next, Plan::Errand(person, Errand::Settling));
            next += 4 * MINUTE;
        }
        let errands = [Errand::Doors, Errand::Questions, Errand::Announcements, Errand::Campaigns];
        for errand in errands {
            self.plan(next, Plan::Errand(person, errand));
            next += self.chance.between(30, 70);
        }
        let steps = [0, 0, 1, 1, 1, 2, 2, 3][self.chance.below(8)];
        if steps > 0 {
            self.plan(next, Plan::Step(person, steps));
        }
    }

    fn step(&mut self, at: Second, person: usize, left: usize) {
        let act = self.chance.below(1_000);
        match act {
            600..780 if self.chance.percent(self.people[person].quiet) => self.read(at, person),
            0..600 => self.read(at, person),
            600..780 => self.publish(at, person),
            780..880 => self.write_to_somebody(at, person),
            880..905 => self.share_document(at, person),
            905..925 => self.work_on_document(at, person),
            925..945 => self.share_on(at, person),
            _ => self.wander(at, person),
        }
        if left > 1 {
            let pause = self.chance.between(40, 420);
            self.plan(at + pause, Plan::Step(person, left - 1));
        }
    }

    /// Reads something, and perhaps answers to it.
    fn read(&mut self, at: Second, person: usize) {
        let Some(item) = self.something_to_read(at, person) else { return };
        if self.seen.insert((item, person)) {
            self.act("View", person, at, |line| line.text("object", &item.name()));
        }
        let pause = self.chance.between(15, 200);
        if self.chance.percent(self.people[person].quiet) {
            return;
        }
        if self.chance.percent(52) {
            self.plan(at + pause, Plan::React(person, item));
        }
        if let Item::Note(post) = item
            && self.chance.percent(42)
        {
            let wording = self.chance.between(40, 400);
            self.plan(at + pause + wording, Plan::Reply(person, post));
        }
    }

    /// Something recent that the person may read: from the inbox, from one's own department, or from beyond.
    fn something_to_read(&mut self, at: Second, person: usize) -> Option<Item> {
        if self.chance.percent(45)
            && let Some(letter) = self.inbox[person].pop()
            && !self.notes[letter].gone
            && self.notes[letter].at + 21 * DAY > at
        {
            return Some(Item::Note(letter));
        }
        let own = self.department(person, at);
        let beyond = self.openness(own, at);
        for _ in 0..6 {
            let department = if self.chance.percent(beyond) { self.other_department(own, at) } else { own };
            let among = &self.published[department];
            let recent = among.len().min(40);
            let back = (0..3).map(|_| self.chance.below(recent)).min().unwrap_or_default();
            let Some(item) = among.len().checked_sub(1 + back).map(|place| among[place]) else { continue };
            let (author, _, written_at) = self.origin(item);
            if author != person && written_at + 35 * DAY > at && self.readable(item, person) {
                return Some(item);
            }
        }
        None
    }

    /// Where a person writes: in the department's own community, or in one that cuts across.
    pub(super) fn where_to_write(&mut self, at: Second, person: usize) -> Option<usize> {
        let own = self.department(person, at);
        let beyond = self.openness(own, at);
        let of_project = beyond > 50 && chart::coached(own);
        if self.is_in(spaces::CIRCLE, person) && self.alive(spaces::CIRCLE) && self.chance.percent(12) {
            return Some(spaces::CIRCLE);
        }
        let mut open: Vec<usize> = Vec::new();
        if self.chance.percent(beyond) || !self.alive(own) {
            for space in self.groups.keys().copied().filter(|space| *space >= chart::DEPARTMENTS.len()) {
                let fits = if of_project { spaces::of_project(space) } else { self.suits(space, person) };
                if fits && self.alive(space) {
                    open.push(space);
                }
            }
        }
        self.chance.choose(&open).copied().or_else(|| self.alive(own).then_some(own))
    }

    /// Whether an ordinary member writes in a community that cuts across.
    fn suits(&self, space: usize, person: usize) -> bool {
        match space {
            spaces::NEWS | spaces::DIALOGUE => self.is_in(space, person) && self.is_of_management(person),
            spaces::START | spaces::SAFETY => true,
            _ => self.is_in(space, person),
        }
    }

    pub(super) fn is_of_management(&self, person: usize) -> bool {
        self.people[person].began_in == MANAGEMENT
    }

    /// Writes one line of the log.
    pub(super) fn act(
        &mut self,
        verb: &'static str,
        actor: usize,
        at: Second,
        rest: impl FnOnce(&mut Fields<'_>),
    ) {
        self.log.write(verb, actor, at, rest);
    }
}
