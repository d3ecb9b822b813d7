//! Posts, letters, comments, reactions, and what is done to them afterwards.

use crate::demo::calendar::{MINUTE, Second};
use crate::demo::lines::{Fields, member};
use crate::demo::spaces;
use crate::demo::story::Plan;
use crate::demo::texts::{Subject, Theme};
use crate::demo::world::{Audience, Item, Kind, Note, World};

/// Reactions, and how often each is given.
const REACTIONS: [(&str, usize); 6] =
    [("like", 46), ("thanks", 17), ("useful", 15), ("celebrate", 9), ("support", 8), ("curious", 5)];

/// A post to be written.
pub(super) struct Draft {
    pub(super) audience: Audience,
    pub(super) kind: Kind,
    pub(super) subject: &'static Subject,
    pub(super) text: String,
    /// The answer that fits it best; empty when it asks nothing.
    pub(super) answer: &'static str,
    pub(super) pinned: bool,
}

impl World {
    /// Publishes something where the person writes.
    pub(super) fn publish(&mut self, at: Second, person: usize) {
        let Some(space) = self.where_to_write(at, person) else { return };
        let asks = self.chance.percent(30);
        if self.enter(at, person, space) {
            self.plan(at + MINUTE, Plan::Publish(person, space, asks));
        }
    }

    /// Publishes news or a question in a community that the person is in.
    pub(super) fn publish_in(&mut self, at: Second, person: usize, space: usize, kind: Kind) {
        if !self.alive(space) || !self.is_in(space, person) {
            return;
        }
        let theme = self.spaces[space].theme;
        let Some(subject) = self.subject(theme) else { return };
        let (text, answer) = self.wording(subject, kind);
        let note = self.post(
            at,
            person,
            Draft { audience: Audience::Space(space), kind, subject, text, answer, pinned: false },
        );
        let pause = self.chance.between(3 * MINUTE, 40 * MINUTE);
        match self.chance.below(1_000) {
            0..30 => self.plan(at + pause, Plan::Correct(note)),
            30..37 => self.plan(at + pause, Plan::Retract(note)),
            _ => {}
        }
    }

    /// One of the subjects of a theme.
    pub(super) fn subject(&mut self, theme: Theme) -> Option<&'static Subject> {
        let subjects = self.texts.subjects(theme);
        self.chance.choose(subjects)
    }

    /// The text of news or a question, and the answer that fits it. Texts at the same place belong together.
    fn wording(&mut self, subject: &Subject, kind: Kind) -> (String, &'static str) {
        let (text, answer) = if kind == Kind::Question {
            let place = self.chance.below(subject.questions.len());
            (subject.questions[place].to_owned(), subject.replies[place])
        } else {
            let place = self.chance.below(subject.news.len());
            let closing = if self.chance.percent(25) { self.chance.text(self.texts.closings) } else { "" };
            let text = format!("{} {} {closing}", subject.news[place], subject.details[place]);
            (text.trim_end().to_owned(), "")
        };
        (self.texts.fill(&text, &mut self.chance), answer)
    }

    /// Writes a post into the log and remembers it.
    pub(super) fn post(&mut self, at: Second, author: usize, draft: Draft) -> usize {
        let number = self.notes.len();
        let in_space = draft.audience.space().is_some();
        let mention = if in_space && self.chance.percent(7) { self.somebody(author, at) } else { None };
        let topical = in_space && self.chance.percent(55);
        let tag = self.texts.tag;
        self.log.write("Create", author, at, |line| {
            line.object("object", |note| {
                note.text("type", draft.kind.word());
                note.text("id", &Item::Note(number).name());
                note.text("content", &draft.text);
                address(note, &draft.audience);
                if let Some(mention) = mention {
                    note.texts("mentions", [member(mention)]);
                }
                if in_space {
                    note.text("language", tag);
                }
                if topical {
                    note.texts("topics", [draft.subject.topic.to_owned()]);
                }
                if draft.pinned {
                    note.flag("pinned", true);
                }
            });
        });
        let department = self.department(author, at);
        match &draft.audience {
            Audience::Space(_) => self.published[department].push(Item::Note(number)),
            Audience::People(to) => to.iter().for_each(|person| self.inbox[*person].push(number)),
        }
        match draft.kind {
            Kind::Announcement => self.announcements.push(number),
            Kind::Question => self.open_questions.entry(author).or_default().push(number),
            Kind::News | Kind::Comment(_) => {}
        }
        self.remember(at, author, draft);
        number
    }

    fn remember(&mut self, at: Second, author: usize, draft: Draft) {
        let Draft { audience, kind, subject, text, answer, .. } = draft;
        let department = self.department(author, at);
        let (comments, gone) = (vec![], false);
        self.notes.push(Note {
            author,
            department,
            at,
            kind,
            audience,
            subject,
            text,
            answer,
            comments,
            gone,
        });
    }

    /// Writes to a colleague, or to a few.
    pub(super) fn write_to_somebody(&mut self, at: Second, person: usize) {
        let several = if self.chance.percent(22) { self.chance.between(2, 6) } else { 1 };
        let mut to: Vec<usize> = (0..several).filter_map(|_| self.somebody(person, at)).collect();
        to.sort_unstable();
        to.dedup();
        let theme = self.spaces[self.department(person, at)].theme;
        let Some(subject) = self.subject(theme) else { return };
        if to.is_empty() {
            return;
        }
        let Some((text, answer)) = self.chance.choose(self.texts.letters).copied() else { return };
        let text = self.texts.fill(text, &mut self.chance);
        self.post(
            at,
            person,
            Draft { audience: Audience::People(to), kind: Kind::News, subject, text, answer, pinned: false },
        );
    }

    /// Writes below a post, or below one of its comments.
    pub(super) fn reply(&mut self, at: Second, person: usize, post: usize) {
        if self.notes[post].gone || !self.readable(Item::Note(post), person) {
            return;
        }
        if let Audience::Space(space) = self.notes[post].audience
            && !self.is_in(space, person)
        {
            if self.enter(at, person, space) {
                self.plan(at + MINUTE, Plan::Reply(person, post));
            }
            return;
        }
        let under = self.comment_to_answer(person, post, at);
        let text = if under.is_some() {
            self.chance.text(self.texts.thanks).to_owned()
        } else {
            self.words_below(person, post)
        };
        let text = self.texts.fill(&text, &mut self.chance);
        self.comment(at, person, (post, under), text);
    }

    /// What fits below a post: its answer once, then what others add to it.
    fn words_below(&mut self, person: usize, post: usize) -> String {
        let note = &self.notes[post];
        let for_management =
            note.audience.space() == Some(spaces::DIALOGUE) && !self.is_of_management(person);
        let first = note.comments.is_empty();
        let (answer, subject) = (note.answer, note.subject);
        if answer.is_empty() {
            let remarks = if subject.news.is_empty() { subject.replies } else { self.texts.remarks };
            self.chance.text(remarks).to_owned()
        } else if for_management {
            self.chance.text(self.texts.echoes).to_owned()
        } else if !first {
            self.chance.text(self.texts.seconds).to_owned()
        } else if note.kind == Kind::Question && self.chance.percent(35) {
            format!("{} {answer}", self.chance.text(self.texts.openings))
        } else {
            answer.to_owned()
        }
    }

    /// A comment to answer rather than the post: of another department, for those who are open to others.
    fn comment_to_answer(&mut self, person: usize, post: usize, at: Second) -> Option<usize> {
        let own = self.department(person, at);
        let open = self.openness(own, at) > 50;
        let comments: Vec<usize> = (self.notes[post].comments.iter().copied())
            .filter(|comment| {
                let comment = &self.notes[*comment];
                !comment.gone && comment.author != person && (comment.department != own) == open
            })
            .collect();
        if self.chance.percent(26) { self.chance.choose(&comments).copied() } else { None }
    }

    /// Writes a comment into the log and remembers it.
    pub(super) fn comment(
        &mut self,
        at: Second,
        author: usize,
        (post, under): (usize, Option<usize>),
        text: String,
    ) -> usize {
        let number = self.notes.len();
        self.log.write("Create", author, at, |line| {
            line.object("object", |note| {
                note.text("type", "Note");
                note.text("id", &Item::Note(number).name());
                note.text("content", &text);
                note.text("inReplyTo", &Item::Note(under.unwrap_or(post)).name());
            });
        });
        let (audience, subject) = (self.notes[post].audience.clone(), self.notes[post].subject);
        self.notes[post].comments.push(number);
        self.remember(
            at,
            author,
            Draft { audience, kind: Kind::Comment(post), subject, text, answer: "", pinned: false },
        );
        let pause = self.chance.between(2 * MINUTE, 20 * MINUTE);
        match self.chance.below(1_000) {
            0..12 => self.plan(at + pause, Plan::Correct(number)),
            12..18 => self.plan(at + pause, Plan::Retract(number)),
            _ => {}
        }
        number
    }

    /// Reacts; now and then one thinks better of it.
    pub(super) fn react(&mut self, at: Second, person: usize, item: Item) {
        if !self.readable(item, person) {
            return;
        }
        let reaction = REACTIONS[self.chance.weighted(&REACTIONS.map(|(_, weight)| weight))].0;
        if self.reactions.insert((item, person), reaction) == Some(reaction) {
            return;
        }
        self.act("Like", person, at, |line| {
            line.text("object", &item.name());
            if reaction != "like" {
                line.text("reaction", reaction);
            }
        });
        self.follow_after(at, person, (item, reaction));
        let pause = self.chance.between(5, 300);
        match self.chance.below(100) {
            0..2 => self.plan(at + pause, Plan::Regret(person, item)),
            2..4 => self.plan(at + pause, Plan::React(person, item)),
            _ => {}
        }
    }

    pub(super) fn regret(&mut self, at: Second, person: usize, item: Item) {
        if !self.readable(item, person) || self.reactions.remove(&(item, person)).is_none() {
            return;
        }
        self.act("Undo", person, at, |line| {
            line.object("object", |like| {
                like.text("type", "Like");
                like.text("object", &item.name());
            });
        });
    }

    /// Shares something from an open community on, to where the person writes or to a colleague.
    pub(super) fn share_on(&mut self, at: Second, person: usize) {
        let own = self.department(person, at);
        let beyond = self.openness(own, at);
        let department = if self.chance.percent(beyond) { self.other_department(own, at) } else { own };
        let recent = self.published[department].len().saturating_sub(20);
        let Some(item) = self.chance.choose(&self.published[department][recent..]).copied() else { return };
        if !self.readable(item, person) || self.origin(item).0 == person {
            return;
        }
        let to = self.somebody(person, at);
        let space = self.where_to_write(at, person).filter(|space| self.is_in(*space, person));
        let by_letter = self.chance.percent(40);
        let audience = match (to, space) {
            (Some(to), _) if by_letter => Audience::People(vec![to]),
            (_, Some(space)) => Audience::Space(space),
            _ => return,
        };
        self.log.write("Announce", person, at, |line| {
            line.text("object", &item.name());
            address(line, &audience);
        });
    }

    /// Corrects what was written: the text as it stood, and what was wrong.
    pub(super) fn correct(&mut self, at: Second, note: usize) {
        let author = self.notes[note].author;
        let standing = self.people[author].active(at) && self.readable(Item::Note(note), author);
        if !standing || self.still_out(note, author) {
            return;
        }
        let correction = self.chance.text(self.texts.corrections);
        let text = format!("{} {correction}", self.notes[note].text);
        self.act("Update", author, at, |line| {
            line.object("object", |object| {
                object.text("type", "Note");
                object.text("id", &Item::Note(note).name());
                object.text("content", &text);
            });
        });
        self.notes[note].text = text;
    }

    /// Whether the author of a note is not in its community any more.
    fn still_out(&self, note: usize, author: usize) -> bool {
        self.notes[note].audience.space().is_some_and(|space| !self.is_in(space, author))
    }

    /// Takes back what was written.
    pub(super) fn retract(&mut self, at: Second, note: usize) {
        let author = self.notes[note].author;
        if self.people[author].active(at) {
            self.remove_note(at, author, note);
        }
    }

    /// Removes a note that still stands.
    pub(super) fn remove_note(&mut self, at: Second, by: usize, note: usize) {
        if !self.readable(Item::Note(note), by) || self.still_out(note, by) {
            return;
        }
        self.notes[note].gone = true;
        self.act("Delete", by, at, |line| line.text("object", &Item::Note(note).name()));
    }
}

/// Writes whom something is for.
pub(super) fn address(fields: &mut Fields<'_>, audience: &Audience) {
    match audience {
        Audience::Space(space) => fields.text("audience", &group(*space)),
        Audience::People(to) => fields.texts("to", to.iter().map(|person| member(*person))),
    }
}

/// The name of a community as activities have it.
pub(super) fn group(space: usize) -> String {
    format!("group:g{:02}", space + 1)
}
