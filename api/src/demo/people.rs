//! The people: who they are, when they come, move, pause and go, and how eager each one is.

use std::collections::BTreeSet;

use domain::time::Day;

use crate::demo::Span;
use crate::demo::calendar::{HOUR, Second, in_paris, next_working};
use crate::demo::chance::Chance;
use crate::demo::chart::{DEPARTMENTS, Department, PROJECT_STARTS, coached};
use crate::demo::texts::Texts;

/// A change of department, and when it became known.
#[derive(Clone, Copy)]
pub(super) struct Transfer {
    pub(super) at: Second,
    pub(super) known_at: Second,
    pub(super) department: usize,
}

/// One person.
pub(super) struct Person {
    pub(super) name: String,
    pub(super) email: String,
    /// Where they began.
    pub(super) began_in: usize,
    pub(super) joined_at: Second,
    pub(super) left_at: Option<Second>,
    pub(super) account_at: Option<Second>,
    pub(super) transfer: Option<Transfer>,
    pub(super) absence: Option<(Second, Second)>,
    /// On how many of a million ordinary working days they look in.
    pub(super) eagerness: usize,
    /// Of a hundred times that they might write or react, how often they only read.
    pub(super) quiet: usize,
    /// They do not look in before this, whatever their account.
    pub(super) begins_at: Second,
    /// They do not look in between these.
    pub(super) lapse: Option<(Second, Second)>,
}

impl Person {
    /// Their department at a time.
    pub(super) fn department(&self, at: Second) -> usize {
        self.transfer.filter(|transfer| transfer.at <= at).map_or(self.began_in, |t| t.department)
    }

    /// Whether they are of the organisation, and not away.
    pub(super) fn present(&self, at: Second) -> bool {
        let away = self.absence.is_some_and(|(left, back)| left - HOUR <= at && at <= back);
        self.joined_at <= at && self.left_at.is_none_or(|left| at < left - HOUR) && !away
    }

    /// Whether they are there and can sign in.
    pub(super) fn active(&self, at: Second) -> bool {
        self.account_at.is_some_and(|opened| opened < at) && self.present(at)
    }

    /// Whether they stay to the end, where they are: whoever leads something does.
    pub(super) fn steady(&self) -> bool {
        self.left_at.is_none() && self.absence.is_none() && self.transfer.is_none() && self.lapse.is_none()
    }
}

/// Shares of a hundred, and on how many of a million days each kind looks in.
const EAGERNESS: [(usize, usize); 5] = [(3, 560_000), (10, 230_000), (36, 54_000), (35, 17_000), (16, 2_000)];

/// Shares of a hundred, and of how much each kind refrains: many read, some speak.
const QUIETNESS: [(usize, usize); 4] = [(10, 0), (30, 35), (32, 75), (28, 97)];

/// Heads of department come first in each; they carry what happens there.
const HEADS: usize = 4;

/// Invents everybody, in the order of departments, newcomers last.
pub(super) fn invent(span: Span, texts: &Texts, chance: &mut Chance) -> Vec<Person> {
    let mut names = Names::default();
    let mut people = Vec::new();
    for (place, department) in DEPARTMENTS.iter().enumerate() {
        for n in 0..department.headcount {
            let mut person = someone(place, span.start(), names.next(texts, chance));
            open_account(&mut person, department, n < HEADS, span, chance);
            person.eagerness = eagerness(n, chance);
            if n >= HEADS {
                person.quiet = quietness(chance);
                change(&mut person, span, chance);
                if coached(place) {
                    encourage(&mut person, span, chance);
                }
            }
            people.push(person);
        }
    }
    let sizes: Vec<usize> = DEPARTMENTS.iter().map(|department| department.headcount).collect();
    for _ in 0..76 {
        let place = chance.weighted(&sizes);
        let day = next_working(span.day(i32::try_from(chance.between(20, 520)).unwrap_or_default()));
        let mut person = someone(place, in_paris(day, 8 * HOUR), names.next(texts, chance));
        open_account(&mut person, &DEPARTMENTS[place], false, span, chance);
        person.eagerness = eagerness(HEADS, chance);
        person.quiet = quietness(chance);
        people.push(person);
    }
    people
}

fn someone(department: usize, joined_at: Second, (name, email): (String, String)) -> Person {
    Person {
        name,
        email,
        began_in: department,
        joined_at,
        left_at: None,
        account_at: None,
        transfer: None,
        absence: None,
        eagerness: 0,
        quiet: 0,
        begins_at: 0,
        lapse: None,
    }
}

fn eagerness(n: usize, chance: &mut Chance) -> usize {
    match n {
        0 => 640_000,
        1..HEADS => 340_000,
        _ => EAGERNESS[chance.weighted(&EAGERNESS.map(|(share, _)| share))].1,
    }
}

fn quietness(chance: &mut Chance) -> usize {
    QUIETNESS[chance.weighted(&QUIETNESS.map(|(share, _)| share))].1
}

/// Whom the coached project finds hesitating or lapsed, it mostly wins over within its first weeks.
fn encourage(person: &mut Person, span: Span, chance: &mut Chance) {
    let day = span.day(PROJECT_STARTS + i32::try_from(chance.between(2, 45)).unwrap_or_default());
    let won = in_paris(next_working(day), 7 * HOUR);
    if chance.percent(75) {
        person.begins_at = person.begins_at.min(won).max(person.account_at.unwrap_or_default());
        person.lapse = person.lapse.map(|(from, until)| (from, until.min(won)));
    }
}

/// Accounts are opened at seven, department by department; a few get theirs months later, some never.
fn open_account(person: &mut Person, department: &Department, head: bool, span: Span, chance: &mut Chance) {
    if !head && chance.percent(department.unequipped) {
        return;
    }
    let (first, last) = department.wave;
    let forgotten = !head && chance.percent(5);
    let delay = if forgotten { chance.between(40, 180) } else { 0 };
    let day = if head { i64::from(first) } else { chance.between(first.into(), last.into()) + delay };
    let day = next_working(span.day(i32::try_from(day).unwrap_or_default()));
    let opened = in_paris(day, 7 * HOUR).max(person.joined_at);
    if opened >= span.end() {
        return;
    }
    person.account_at = Some(opened);
    let hesitates = if head {
        0
    } else {
        match chance.below(100) {
            0..12 => chance.between(60, 260),
            12..40 => chance.between(5, 40),
            _ => chance.between(0, 4),
        }
    };
    person.begins_at = opened + hesitates * 24 * HOUR;
}

/// Some go, some move, some are away for a while, some lose interest.
fn change(person: &mut Person, span: Span, chance: &mut Chance) {
    let somewhen = |chance: &mut Chance, first: i64, last: i64, hour: Second| {
        let day = span.day(i32::try_from(chance.between(first, last)).unwrap_or_default());
        in_paris(next_working(day), hour * HOUR)
    };
    match chance.below(1_000) {
        0..84 => person.left_at = Some(somewhen(chance, 30, 535, 19)),
        84..124 => {
            let at = somewhen(chance, 60, 450, 6);
            let department = (person.began_in + 1 + chance.below(13)) % 14;
            let late = if chance.percent(45) { chance.between(4, 75) } else { 0 };
            let known = Day(span.index(at) + i32::try_from(late).unwrap_or_default() + span.first.0);
            let known_at = if late == 0 { at } else { in_paris(next_working(known), 10 * HOUR) };
            person.transfer = (known_at < span.end()).then_some(Transfer { at, known_at, department });
        }
        124..156 => {
            let left = somewhen(chance, 40, 400, 18);
            let back = span.index(left) + i32::try_from(chance.between(21, 130)).unwrap_or_default();
            person.absence = Some((left, in_paris(next_working(span.day(back)), 7 * HOUR)));
        }
        156..276 => {
            let from = somewhen(chance, 120, 420, 7);
            let until =
                if chance.percent(40) { from + chance.between(40, 150) * 24 * HOUR } else { span.end() };
            person.lapse = Some((from, until));
        }
        _ => {}
    }
    // No account is opened for somebody who is away or gone.
    if let (Some((left, back)), Some(opened)) = (person.absence, person.account_at)
        && left <= opened
        && opened <= back
    {
        person.account_at = Some(back + HOUR);
    }
    if person.left_at.is_some_and(|left| person.account_at.is_some_and(|opened| left <= opened)) {
        person.account_at = None;
    }
}

/// The names given so far.
#[derive(Default)]
struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// A name that nobody has yet, with its address.
    fn next(&mut self, texts: &Texts, chance: &mut Chance) -> (String, String) {
        loop {
            let first = chance.text(texts.first_names);
            let last = chance.text(texts.last_names);
            let address = format!("{}.{}@alizeo.example", plain(first), plain(last));
            if first != last && self.given.insert(address.clone()) {
                return (format!("{first} {last}"), address);
            }
        }
    }
}

/// A name as it stands in an address: lower case, without accents.
fn plain(name: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' | 'á' => Some('a'),
        'ç' => Some('c'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'î' | 'ï' => Some('i'),
        'ô' | 'ö' => Some('o'),
        'ù' | 'û' | 'ü' => Some('u'),
        ' ' | '-' => Some('-'),
        c => c.is_ascii_alphabetic().then_some(c),
    };
    name.to_lowercase().chars().filter_map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain() {
        assert_eq!(plain("Noémie"), "noemie");
        assert_eq!(plain("N’Guessan"), "nguessan");
        assert_eq!(plain("Le Gall"), "le-gall");
        assert_eq!(plain("Gonçalves"), "goncalves");
    }
}
