//! What waits for somebody who looks in: answers to accept, questions to management, announcements.

use crate::demo::calendar::{DAY, HOUR, MINUTE, Second};
use crate::demo::spaces;
use crate::demo::story::Plan;
use crate::demo::world::{Item, Kind, Note, World};

impl World {
    /// Accepts an answer to an own question; for management's heads: answers a question to management.
    pub(super) fn see_to_questions(&mut self, at: Second, person: usize) {
        if self.is_of_management(person) {
            self.answer_for_management(at, person);
        } else if self.chance.per_million(9_000) && self.enter(at, person, spaces::DIALOGUE) {
            self.plan(at + 2 * MINUTE, Plan::Publish(person, spaces::DIALOGUE, true));
        }
        let mut open = self.open_questions.remove(&person).unwrap_or_default();
        open.retain(|question| !self.notes[*question].gone && self.notes[*question].at + 90 * DAY > at);
        if let Some(question) = open.first().copied()
            && self.readable(Item::Note(question), person)
            && self.chance.percent(72)
        {
            let of_others = |comment: &&usize| {
                let comment = &self.notes[**comment];
                comment.author != person && !comment.gone
            };
            if let Some(answer) = self.notes[question].comments.iter().find(of_others).copied() {
                self.act("Accept", person, at, |line| line.text("object", &Item::Note(answer).name()));
                open.remove(0);
            }
        }
        if !open.is_empty() {
            self.open_questions.insert(person, open);
        }
    }

    /// The oldest question to management that nobody of management has answered.
    fn answer_for_management(&mut self, at: Second, person: usize) {
        if !self.is_in(spaces::DIALOGUE, person) || !self.alive(spaces::DIALOGUE) {
            return;
        }
        let waiting = |note: &&Note| {
            note.kind == Kind::Question
                && !note.gone
                && note.audience.space() == Some(spaces::DIALOGUE)
                && note.at + 3 * HOUR < at
                && !note.comments.iter().any(|comment| self.is_of_management(self.notes[*comment].author))
        };
        let Some(question) = self.notes.iter().position(|note| waiting(&note)) else { return };
        let sponsor = self.groups.get(&spaces::DIALOGUE).and_then(|group| group.sponsor) == Some(person);
        if self.chance.percent(if sponsor { 62 } else { 14 }) {
            let answer = self.texts.fill(self.notes[question].answer, &mut self.chance);
            self.comment(at, person, (question, None), answer);
        }
    }

    /// Reads and acknowledges the newest announcement not acknowledged yet.
    pub(super) fn see_to_announcements(&mut self, at: Second, person: usize) {
        let news = |note: &usize| {
            let announcement = &self.notes[*note];
            announcement.at < at
                && announcement.at + 24 * DAY > at
                && announcement.author != person
                && !self.acknowledged.contains(&(*note, person))
        };
        let Some(note) = self.announcements.iter().copied().rev().find(news) else { return };
        let item = Item::Note(note);
        if !self.readable(item, person) || !self.chance.percent(38) {
            return;
        }
        if self.seen.insert((item, person)) {
            self.act("View", person, at, |line| line.text("object", &item.name()));
        }
        self.acknowledged.insert((note, person));
        self.plan(at + 25, Plan::Acknowledge(person, note));
    }

    pub(super) fn acknowledge(&mut self, at: Second, person: usize, note: usize) {
        let item = Item::Note(note);
        if self.readable(item, person) {
            self.act("Read", person, at, |line| line.text("object", &item.name()));
        }
    }
}
