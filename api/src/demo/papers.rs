//! Documents: shared, worked on version by version, moved, passed on, put away.

use crate::demo::calendar::{HOUR, MINUTE, Second, year};
use crate::demo::lines::Fields;
use crate::demo::spaces::Access;
use crate::demo::story::Plan;
use crate::demo::talk::address;
use crate::demo::world::{Audience, Document, Item, World};

/// Media types with the ends of names, and how often each is shared.
const FORMATS: [(&str, &str, usize); 4] = [
    ("application/pdf", ".pdf", 40),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", 30),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", 22),
    ("image/jpeg", ".jpg", 8),
];

impl World {
    /// Shares a document where the person writes, or with colleagues.
    pub(super) fn share_document(&mut self, at: Second, person: usize) {
        if self.chance.percent(18)
            && let Some(colleague) = self.somebody(person, at)
        {
            self.new_document(at, person, Audience::People(vec![colleague]));
            return;
        }
        let Some(space) = self.where_to_write(at, person) else { return };
        if self.enter(at, person, space) {
            self.plan(at + MINUTE, Plan::Share(person, space));
        }
    }

    /// Shares a document in a community that the person is in.
    pub(super) fn share_in(&mut self, at: Second, person: usize, space: usize) {
        if self.alive(space) && self.is_in(space, person) {
            self.new_document(at, person, Audience::Space(space));
        }
    }

    fn new_document(&mut self, at: Second, author: usize, audience: Audience) {
        let department = self.department(author, at);
        let theme = self.spaces[audience.space().unwrap_or(department)].theme;
        let Some(subject) = self.subject(theme) else { return };
        let format = FORMATS[self.chance.weighted(&FORMATS.map(|(_, _, weight)| weight))];
        let title = self.texts.fill(subject.document, &mut self.chance);
        let year = year(self.span.day(self.span.index(at)));
        let name = format!("{title} {year}{}", format.1);
        let number = self.documents.len();
        let tag = self.texts.tag;
        let chance = &mut self.chance;
        self.log.write("Create", author, at, |line| {
            line.object("object", |document| {
                document.text("type", "Document");
                document.text("id", &Item::Document(number).name());
                document.text("name", &name);
                file(document, format.0, chance);
                address(document, &audience);
                document.text("language", tag);
                document.texts("topics", [subject.topic.to_owned()]);
            });
        });
        if audience.space().is_some() {
            self.published[department].push(Item::Document(number));
        }
        self.documents.push(Document {
            author,
            department,
            at,
            audience,
            name,
            version: 1,
            out: false,
            archived: false,
            gone: false,
        });
    }

    /// Works on a document of a community one is in, or tidies up one's own.
    pub(super) fn work_on_document(&mut self, at: Second, person: usize) {
        let workable = |document: &Document| {
            let here = document.audience.space().is_some_and(|space| {
                self.alive(space) && self.is_in(space, person) && self.groups[&space].access == Access::Open
            });
            here && !document.gone && !document.archived && !document.out
        };
        let at_hand: Vec<usize> = (self.documents.iter().enumerate().rev())
            .filter(|(_, document)| workable(document))
            .map(|(number, _)| number)
            .take(16)
            .collect();
        let mine: Vec<usize> =
            at_hand.iter().copied().filter(|number| self.documents[*number].author == person).collect();
        let among = if mine.is_empty() || self.chance.percent(60) { &at_hand } else { &mine };
        let Some(number) = self.chance.choose(among).copied() else { return };
        let own = self.documents[number].author == person;
        match self.chance.below(100) {
            0..16 if own => self.put_away(at, person, number),
            16..34 if own => self.rename(at, person, number),
            34..52 if own => self.move_elsewhere(at, person, number),
            52..60 if own => self.withdraw(at, person, number),
            _ => self.check_out(at, person, number),
        }
    }

    fn check_out(&mut self, at: Second, person: usize, number: usize) {
        self.documents[number].out = true;
        self.act("Block", person, at, |line| line.text("object", &Item::Document(number).name()));
        let work = self.chance.between(5 * MINUTE, 2 * HOUR);
        self.plan(at + work, Plan::Revise(person, number));
        self.plan(at + work + 2 * MINUTE, Plan::GiveBack(person, number));
    }

    /// Whether somebody who has a document checked out can still work on it.
    fn has_it(&self, at: Second, person: usize, number: usize) -> bool {
        let document = &self.documents[number];
        let inside = document.audience.space().is_some_and(|space| self.is_in(space, person));
        self.people[person].active(at) && inside && self.readable(Item::Document(number), person)
    }

    pub(super) fn revise(&mut self, at: Second, person: usize, number: usize) {
        if !self.has_it(at, person, number) {
            return;
        }
        let (based_on, media_type) =
            (self.documents[number].version, media_type(&self.documents[number].name));
        let chance = &mut self.chance;
        self.log.write("Update", person, at, |line| {
            line.object("object", |document| {
                document.text("type", "Document");
                document.text("id", &Item::Document(number).name());
                file(document, media_type, chance);
                document.number("basedOn", based_on);
            });
        });
        self.documents[number].version += 1;
    }

    pub(super) fn give_back(&mut self, at: Second, person: usize, number: usize) {
        if !self.has_it(at, person, number) {
            return;
        }
        self.documents[number].out = false;
        self.act("Undo", person, at, |line| {
            line.object("object", |block| {
                block.text("type", "Block");
                block.text("object", &Item::Document(number).name());
            });
        });
    }

    fn put_away(&mut self, at: Second, person: usize, number: usize) {
        self.documents[number].archived = true;
        self.act("Archive", person, at, |line| line.text("object", &Item::Document(number).name()));
    }

    fn withdraw(&mut self, at: Second, person: usize, number: usize) {
        self.documents[number].gone = true;
        self.act("Delete", person, at, |line| line.text("object", &Item::Document(number).name()));
    }

    fn rename(&mut self, at: Second, person: usize, number: usize) {
        let name = &self.documents[number].name;
        if name.starts_with(self.texts.finished) {
            return;
        }
        let name = format!("{} {name}", self.texts.finished);
        self.act("Update", person, at, |line| {
            line.object("object", |document| {
                document.text("type", "Document");
                document.text("id", &Item::Document(number).name());
                document.text("name", &name);
            });
        });
        self.documents[number].name = name;
    }

    /// Moves a document to another community that its author is in.
    fn move_elsewhere(&mut self, at: Second, person: usize, number: usize) {
        let from = self.documents[number].audience.space();
        let elsewhere = |space: &usize| {
            Some(*space) != from
                && self.alive(*space)
                && self.is_in(*space, person)
                && self.groups[space].access == Access::Open
        };
        let spaces: Vec<usize> = self.groups.keys().copied().filter(elsewhere).collect();
        let Some(space) = self.chance.choose(&spaces).copied() else { return };
        let audience = Audience::Space(space);
        self.act("Move", person, at, |line| {
            line.text("object", &Item::Document(number).name());
            address(line, &audience);
        });
        self.documents[number].audience = audience;
    }
}

fn media_type(name: &str) -> &'static str {
    FORMATS.iter().find(|(_, end, _)| name.ends_with(end)).map_or(FORMATS[0].0, |(kind, _, _)| kind)
}

/// Describes a file that nobody has: its type, a digest and a size.
fn file(document: &mut Fields<'_>, media_type: &str, chance: &mut crate::demo::chance::Chance) {
    let digest: String = (0..4).map(|_| format!("{:016x}", chance.bits())).collect();
    document.text("mediaType", media_type);
    document.text("sha256", &digest);
    document.number("size", chance.between(18_000, 4_800_000));
}
