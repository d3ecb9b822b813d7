//! What stands at a moment of the simulation: who is in what, and what has been written. It holds the same rules as
//! the domain, so that no line of the demonstration is refused.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::demo::Span;
use crate::demo::calendar::Second;
use crate::demo::chance::Chance;
use crate::demo::chart::{self, DEPARTMENTS, PROJECT_STARTS};
use crate::demo::lines::Log;
use crate::demo::people::Person;
use crate::demo::spaces::{self, Access, Space};
use crate::demo::story::Plan;
use crate::demo::texts::{Subject, Texts};

/// Something that can be seen, liked and shared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Note(usize),
    Document(usize),
    Idea(usize),
}

impl Item {
    /// Its name as activities have it.
    pub(super) fn name(self) -> String {
        match self {
            Self::Note(n) => format!("note:n{}", n + 1),
            Self::Document(n) => format!("document:d{}", n + 1),
            Self::Idea(n) => format!("idea:i{}", n + 1),
        }
    }
}

/// Whom something is for.
#[derive(Clone)]
pub(super) enum Audience {
    Space(usize),
    People(Vec<usize>),
}

impl Audience {
    pub(super) fn space(&self) -> Option<usize> {
        if let Self::Space(space) = self { Some(*space) } else { None }
    }
}

/// A community, once founded.
pub(super) struct Group {
    pub(super) leader: usize,
    pub(super) sponsor: Option<usize>,
    pub(super) access: Access,
    pub(super) members: BTreeSet<usize>,
    pub(super) moderators: BTreeSet<usize>,
    /// They asked to be let in, the oldest first.
    pub(super) pending: Vec<usize>,
    pub(super) invited: BTreeSet<usize>,
    pub(super) archived: bool,
}

/// What a note is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    News,
    Question,
    Announcement,
    /// On the note of this number.
    Comment(usize),
}

impl Kind {
    /// The word for it in activities.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Question => "Question",
            Self::Announcement => "Announcement",
            Self::News | Self::Comment(_) => "Note",
        }
    }
}

/// A post or a comment.
pub(super) struct Note {
    pub(super) author: usize,
    pub(super) department: usize,
    pub(super) at: Second,
    pub(super) kind: Kind,
    pub(super) audience: Audience,
    pub(super) subject: &'static Subject,
    pub(super) text: String,
    /// The answer that fits it best; empty when it asks nothing.
    pub(super) answer: &'static str,
    pub(super) comments: Vec<usize>,
    pub(super) gone: bool,
}

/// A document.
pub(super) struct Document {
    pub(super) author: usize,
    pub(super) department: usize,
    pub(super) at: Second,
    pub(super) audience: Audience,
    pub(super) name: String,
    pub(super) version: i64,
    pub(super) out: bool,
    pub(super) archived: bool,
    pub(super) gone: bool,
}

/// Everything.
pub(super) struct World {
    pub(super) texts: &'static Texts,
    pub(super) span: Span,
    pub(super) chance: Chance,
    pub(super) people: Vec<Person>,
    pub(super) spaces: Vec<Space>,
    pub(super) groups: BTreeMap<usize, Group>,
    pub(super) notes: Vec<Note>,
    pub(super) documents: Vec<Document>,
    pub(super) ballots: crate::demo::ballots::Ballots,
    /// What each department's people published where others may find it, the newest last.
    pub(super) published: Vec<Vec<Item>>,
    /// What was addressed to each person, the newest last.
    pub(super) inbox: Vec<Vec<usize>>,
    /// Each person's questions without an accepted answer.
    pub(super) open_questions: BTreeMap<usize, Vec<usize>>,
    pub(super) announcements: Vec<usize>,
    pub(super) acknowledged: BTreeSet<(usize, usize)>,
    pub(super) seen: BTreeSet<(Item, usize)>,
    pub(super) reactions: BTreeMap<(Item, usize), &'static str>,
    /// Whom and what each follows, as activities name them.
    pub(super) follows: BTreeMap<usize, BTreeSet<String>>,
    pub(super) signed_in: Vec<i32>,
    pub(super) log: Log,
    agenda: BinaryHeap<Reverse<(Second, u64, Plan)>>,
    planned: u64,
}

impl World {
    pub(super) fn new(texts: &'static Texts, span: Span, chance: Chance, people: Vec<Person>) -> Self {
        let count = people.len();
        Self {
            texts,
            span,
            chance,
            people,
            spaces: spaces::all(),
            groups: BTreeMap::new(),
            notes: vec![],
            documents: vec![],
            ballots: crate::demo::ballots::Ballots::default(),
            published: vec![vec![]; DEPARTMENTS.len()],
            inbox: vec![vec![]; count],
            open_questions: BTreeMap::new(),
            announcements: vec![],
            acknowledged: BTreeSet::new(),
            seen: BTreeSet::new(),
            reactions: BTreeMap::new(),
            follows: BTreeMap::new(),
            signed_in: vec![-1; count],
            log: Log::default(),
            agenda: BinaryHeap::new(),
            planned: 0,
        }
    }

    /// Puts something on the agenda, unless it lies beyond the end.
    pub(super) fn plan(&mut self, at: Second, plan: Plan) {
        if at < self.span.end() {
            self.planned += 1;
            self.agenda.push(Reverse((at, self.planned, plan)));
        }
    }

    /// The next thing on the agenda.
    pub(super) fn next(&mut self) -> Option<(Second, Plan)> {
        self.agenda.pop().map(|Reverse((at, _, plan))| (at, plan))
    }

    pub(super) fn department(&self, person: usize, at: Second) -> usize {
        self.people[person].department(at)
    }

    /// Whether a person leads, sponsors or has joined a community.
    pub(super) fn is_in(&self, space: usize, person: usize) -> bool {
        self.groups.get(&space).is_some_and(|group| {
            group.leader == person || group.sponsor == Some(person) || group.members.contains(&person)
        })
    }

    /// Whether a community stands and is not archived.
    pub(super) fn alive(&self, space: usize) -> bool {
        self.groups.get(&space).is_some_and(|group| !group.archived)
    }

    /// Whether a person may read what is for an audience and alive.
    pub(super) fn may_read(&self, audience: &Audience, author: usize, person: usize) -> bool {
        match audience {
            Audience::Space(space) => {
                self.alive(*space)
                    && (self.groups[space].access == Access::Open || self.is_in(*space, person))
            }
            Audience::People(to) => author == person || to.contains(&person),
        }
    }

    /// Whether an item stands and a person may read it.
    pub(super) fn readable(&self, item: Item, person: usize) -> bool {
        match item {
            Item::Note(n) => {
                let note = &self.notes[n];
                let standing = match note.kind {
                    Kind::Comment(post) => !note.gone && !self.notes[post].gone,
                    _ => !note.gone,
                };
                let post = if let Kind::Comment(post) = note.kind { &self.notes[post] } else { note };
                standing && self.may_read(&post.audience, post.author, person)
            }
            Item::Document(d) => {
                let document = &self.documents[d];
                !document.gone && self.may_read(&document.audience, document.author, person)
            }
            Item::Idea(_) => true,
        }
    }

    /// Who wrote an item, in which department, when.
    pub(super) fn origin(&self, item: Item) -> (usize, usize, Second) {
        match item {
            Item::Note(n) => (self.notes[n].author, self.notes[n].department, self.notes[n].at),
            Item::Document(d) => {
                (self.documents[d].author, self.documents[d].department, self.documents[d].at)
            }
            Item::Idea(i) => self.ballots.origin(i),
        }
    }

    /// How many of a hundred acts of a department's people reach beyond it: few, until the project coaches them.
    pub(super) fn openness(&self, department: usize, at: Second) -> usize {
        let since = usize::try_from(self.span.index(at) - PROJECT_STARTS).unwrap_or_default();
        match department {
            d if chart::coached(d) => 10 + since.min(70) * 88 / 70,
            chart::MANAGEMENT | chart::PEOPLE | chart::SYSTEMS | chart::MARKETING | 4 | 9 => 30,
            _ => 10,
        }
    }

    /// A department other than this one; coached ones look for each other once they are open.
    pub(super) fn other_department(&mut self, department: usize, at: Second) -> usize {
        let open = chart::coached(department) && self.openness(department, at) > 50;
        let weight = |(place, d): (usize, &chart::Department)| match place {
            _ if place == department => 0,
            _ if open && !chart::coached(place) => d.headcount / 3,
            _ => d.headcount,
        };
        let weights: Vec<usize> = DEPARTMENTS.iter().enumerate().map(weight).collect();
        self.chance.weighted(&weights)
    }

    /// Somebody to turn to: of one's own department, or of another as openness has it.
    pub(super) fn somebody(&mut self, person: usize, at: Second) -> Option<usize> {
        let own = self.department(person, at);
        let beyond = self.openness(own, at);
        let department = if self.chance.percent(beyond) { self.other_department(own, at) } else { own };
        for _ in 0..200 {
            let other = self.chance.below(self.people.len());
            let them = &self.people[other];
            if other != person && them.active(at) && them.begins_at < at && them.department(at) == department
            {
                return Some(other);
            }
        }
        None
    }

    /// The head of a department by number: the first people of each are its heads and stay throughout.
    pub(super) fn head(&self, department: usize, number: usize) -> usize {
        DEPARTMENTS[..department].iter().map(|d| d.headcount).sum::<usize>() + number
    }
}
