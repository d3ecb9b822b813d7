//! Who follows whom and what: whoever thanks somebody follows them, and whoever found something useful follows what it
//! is about, up to a dozen in all. Nothing here is drawn, so that all else goes on as it would without.

use crate::demo::calendar::Second;
use crate::demo::lines::member;
use crate::demo::world::{Item, World};

/// How many people and topics somebody follows at most.
const MOST: usize = 12;

impl World {
    /// What follows from a reaction.
    pub(super) fn follow_after(&mut self, at: Second, person: usize, (item, reaction): (Item, &str)) {
        let Item::Note(note) = item else { return };
        let author = self.notes[note].author;
        let followed = match reaction {
            "thanks" if author != person && self.people[author].active(at) => member(author),
            "useful" => format!("topic:{}", self.notes[note].subject.topic),
            _ => return,
        };
        let follows = self.follows.entry(person).or_default();
        if follows.len() < MOST && follows.insert(followed.clone()) {
            self.act("Follow", person, at, |line| line.text("object", &followed));
        }
    }
}
