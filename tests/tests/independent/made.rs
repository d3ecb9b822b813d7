//! Records of organisations that never were, the same again under the same seed: people who come late, leave, are away
//! and move, also as it is told later; messages to several, to oneself as well, documents, communities, comments,
//! reactions, edits, removals; what nobody decided on, and what the rules do not let in.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use passerelle_tests::chance::Chance;
use serde_json::{Value, json};

/// Clocks change within it, in zones where they do.
const BEGINNING: &str = "2024-09-09T00:00:00Z";
const ZONES: [&str; 4] = ["Europe/Paris", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"];
const DAY: usize = 86_400;
const END: usize = 63 * DAY;
const PEOPLE: usize = 34;
const DEPARTMENTS: [(&str, &str); 6] =
    [("a", ""), ("b", ""), ("c", "a"), ("d", "a"), ("e", ""), ("nobody", "e")];
const COMMUNITIES: usize = 3;
const TRANSFERS: usize = 30;
const ACTIVITIES: usize = 900;

/// Moments are seconds from the beginning.
type Moment = usize;

struct Note {
    author: usize,
    readers: Vec<usize>,
    /// The message that it stands below, or itself.
    below: usize,
    removed: bool,
}

struct Making {
    chance: Chance,
    /// When each joined.
    joined: Vec<Moment>,
    notes: Vec<Note>,
}

/// Writes the record of a seed into a folder.
pub(crate) fn write(seed: u64, folder: &Path) -> std::io::Result<()> {
    let mut making = Making { chance: Chance::seeded(seed), joined: vec![], notes: vec![] };
    let zone = ZONES[seed as usize % ZONES.len()];
    let organisation = json!({
        "name": "Made", "source": format!("urn:made:{seed}"), "time_zone": zone, "language": "en", "anonymous": true,
    });
    let mut departments = "id,name,parent\n".to_owned();
    for (id, parent) in DEPARTMENTS {
        departments += &format!("{id},{id},{parent}\n");
    }
    // Half of the records say who has an account.
    let members = making.members(seed.is_multiple_of(2));
    for (name, text) in [
        ("organisation.json", organisation.to_string()),
        ("departments.csv", departments),
        ("department_changes.csv", format!("department,name,parent,at\nc,c,e,{}\n", at(30 * DAY))),
        ("members.csv", members),
        ("absences.csv", making.absences()),
        ("transfers.csv", making.transfers()),
        ("activities.jsonl", making.activities()),
    ] {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

fn at(moment: Moment) -> String {
    let beginning: DateTime<Utc> = BEGINNING.parse().unwrap();
    (beginning + TimeDelta::seconds(moment as i64)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Who has left: some, of whom none is away before.
fn leaves(person: usize) -> bool {
    person % 5 == 4
}

fn is_away(person: usize) -> bool {
    person % 7 == 2 && !leaves(person)
}

fn member(person: usize) -> String {
    format!("member:{person}")
}

fn note(number: usize) -> String {
    format!("note:{number}")
}

impl Making {
    fn one_in(&mut self, many: usize) -> bool {
        self.chance.below(many) == 0
    }

    fn between(&mut self, first: Moment, last: Moment) -> Moment {
        first + self.chance.below(last - first + 1)
    }

    /// One of those who have joined by then; whoever is away or gone as well, and rarely anybody.
    fn somebody(&mut self, now: Moment) -> usize {
        loop {
            let person = self.chance.below(PEOPLE - 1);
            if self.joined[person] <= now || self.one_in(50) {
                return if self.one_in(60) { PEOPLE - 1 } else { person };
            }
        }
    }

    fn members(&mut self, with_accounts: bool) -> String {
        let mut table = "id,name,email,department,joined_at,left_at".to_owned();
        table += if with_accounts { ",account_at\n" } else { "\n" };
        for person in 0..PEOPLE {
            let joined = if person % 4 == 3 { self.between(DAY, 50 * DAY) } else { self.chance.below(DAY) };
            self.joined.push(joined);
            // The last of them is in no department, and so no member; the one before leaves after all was done.
            let department = if person == PEOPLE - 1 { "" } else { DEPARTMENTS[self.chance.below(5)].0 };
            let left = match person {
                _ if person == PEOPLE - 2 => at(END + 9 * DAY),
                _ if leaves(person) => at(self.between(joined, END)),
                _ => String::new(),
            };
            table += &format!("{person},P{person},,{department},{},{left}", at(joined));
            if with_accounts {
                let account = self.between(joined, joined + 3 * DAY);
                // Nobody is given one while they are away.
                let at_once = leaves(person) || is_away(person);
                table += &match person % 8 {
                    1 => ",".to_owned(),
                    _ => format!(",{}", at(if at_once { joined } else { account })),
                };
            }
            table += "\n";
        }
        table
    }

    fn absences(&mut self) -> String {
        let mut table = "member,left_at,returned_at\n".to_owned();
        for person in (0..PEOPLE - 2).filter(|person| is_away(*person)) {
            let left = self.between(self.joined[person].max(12 * DAY), 55 * DAY);
            let returned = self.between(left + 1, left + 20 * DAY);
            table += &format!("{person},{},{}\n", at(left), at(returned));
        }
        table
    }

    fn transfers(&mut self) -> String {
        let mut table = "member,department,at,known_at\n".to_owned();
        for _ in 0..TRANSFERS {
            // Few move, so that some do again and again, back as well.
            let person = self.chance.below(PEOPLE / 3);
            let joined = self.joined[person];
            let since = self.between(joined, END);
            let known =
                if self.one_in(3) { String::new() } else { at(self.between(since, since + 25 * DAY)) };
            table += &format!("{person},{},{},{known}\n", DEPARTMENTS[self.chance.below(5)].0, at(since));
        }
        table
    }

    fn activities(&mut self) -> String {
        let mut moments: Vec<_> = (0..ACTIVITIES).map(|_| self.between(DAY / 2, END)).collect();
        moments.sort_unstable();
        let mut lines: Vec<String> = vec![];
        for (place, now) in moments.iter().enumerate() {
            let mut line = self.activity(*now);
            line["published"] = at(*now).into();
            if self.one_in(25) && line["actor"] != "service" {
                line["automatic"] = true.into();
            }
            lines.push(line.to_string());
            // Lines may stand out of order.
            if place > 0 && moments[place - 1] != *now && self.one_in(10) {
                lines.swap(place - 1, place);
            }
        }
        lines.join("\n")
    }

    fn activity(&mut self, now: Moment) -> Value {
        let upon = self.alive();
        match (self.chance.below(100), upon) {
            (0, _) => {
                let settings = json!({ "type": "Organization", "name": format!("Made at {now}") });
                json!({ "type": "Update", "actor": "service", "object": settings })
            }
            (1..15, Some(upon)) => self.comment(upon),
            (15..24, Some(upon)) => self.reaction(upon),
            (24..28, Some(upon)) => {
                let edited =
                    json!({ "type": "Note", "id": note(upon), "content": format!("edited at {now}") });
                json!({ "type": "Update", "actor": member(self.notes[upon].author), "object": edited })
            }
            (28..32, Some(upon)) => {
                self.notes[upon].removed = true;
                json!({ "type": "Delete", "actor": member(self.notes[upon].author), "object": note(upon) })
            }
            (32..34, Some(upon)) => {
                json!({ "type": "View", "actor": self.reader(upon), "object": note(upon) })
            }
            (34..40, _) => {
                let verb = if self.one_in(3) { "Leave" } else { "Join" };
                json!({ "type": verb, "actor": member(self.somebody(now)), "object": self.community() })
            }
            (40..42, _) => {
                let founded = json!({ "type": "Group", "id": self.community(), "name": "A community" });
                json!({ "type": "Create", "actor": member(self.somebody(now)), "object": founded })
            }
            (42..46, _) => self.document(now),
            (46..54, _) => self.message_in_community(now),
            _ => self.message(now),
        }
    }

    /// A note that is still there, as is the message that it stands below.
    fn alive(&mut self) -> Option<usize> {
        let alive = |note: &Note| !note.removed && !self.notes[note.below].removed;
        let recent = self.notes.len().saturating_sub(60);
        let alive: Vec<_> = (recent..self.notes.len()).filter(|place| alive(&self.notes[*place])).collect();
        (!alive.is_empty()).then(|| alive[self.chance.below(alive.len())])
    }

    /// Somebody who can read a note; rarely anybody.
    fn reader(&mut self, upon: usize) -> String {
        let readers = &self.notes[upon].readers;
        let reader = readers[self.chance.below(readers.len())];
        member(if self.one_in(20) { self.chance.below(PEOPLE) } else { reader })
    }

    fn message(&mut self, now: Moment) -> Value {
        let author = self.somebody(now);
        let many = 1 + self.chance.below(5);
        let mut to: Vec<usize> = (0..many).map(|_| self.addressee(author, now)).collect();
        if self.one_in(8) {
            to.insert(self.chance.below(to.len() + 1), author);
        }
        if self.one_in(60) {
            to = vec![author];
        }
        let number = self.notes.len();
        let readers = to.iter().copied().chain([author]).collect();
        self.notes.push(Note { author, readers, below: number, removed: false });
        let kind = ["Note", "Note", "Question", "Announcement"][self.chance.below(4)];
        let to: Vec<_> = to.into_iter().map(member).collect();
        let actor = if self.one_in(50) { "service".to_owned() } else { member(author) };
        let made =
            json!({ "type": kind, "id": note(number), "content": format!("written at {now}"), "to": to });
        json!({ "type": "Create", "actor": actor, "object": made })
    }

    /// One of few, which may not be founded yet, or founded again.
    fn community(&mut self) -> String {
        format!("group:{}", self.chance.below(COMMUNITIES))
    }

    fn message_in_community(&mut self, now: Moment) -> Value {
        let (author, number) = (self.somebody(now), self.notes.len());
        self.notes.push(Note { author, readers: (0..PEOPLE).collect(), below: number, removed: false });
        let made =
            json!({ "type": "Note", "id": note(number), "content": "to all", "audience": self.community() });
        json!({ "type": "Create", "actor": member(author), "object": made })
    }

    fn document(&mut self, now: Moment) -> Value {
        let author = self.somebody(now);
        let to = [self.addressee(author, now), self.addressee(author, now)].map(member);
        let made = json!({ "type": "Document", "id": format!("document:{now}"), "name": "A plan", "to": to });
        json!({ "type": "Create", "actor": member(author), "object": made })
    }

    /// Mostly somebody near the author.
    fn addressee(&mut self, author: usize, now: Moment) -> usize {
        let near = (author + 1 + self.chance.below(6)) % (PEOPLE - 1);
        if self.joined[near] <= now && !self.one_in(3) { near } else { self.somebody(now) }
    }

    fn comment(&mut self, upon: usize) -> Value {
        let number = self.notes.len();
        let actor = self.reader(upon);
        let author = actor["member:".len()..].parse().unwrap();
        let (readers, below) = (self.notes[upon].readers.clone(), self.notes[upon].below);
        self.notes.push(Note { author, readers, below, removed: false });
        let made =
            json!({ "type": "Note", "id": note(number), "content": "a comment", "inReplyTo": note(upon) });
        json!({ "type": "Create", "actor": actor, "object": made })
    }

    fn reaction(&mut self, upon: usize) -> Value {
        let actor = self.reader(upon);
        match self.chance.below(4) {
            0 => {
                let taken_back = json!({ "type": "Like", "object": note(upon) });
                json!({ "type": "Undo", "actor": actor, "object": taken_back })
            }
            1 => json!({ "type": "Like", "actor": actor, "object": note(upon), "reaction": "thanks" }),
            _ => json!({ "type": "Like", "actor": actor, "object": note(upon) }),
        }
    }
}
