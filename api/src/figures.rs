//! What is asked for when a figure is: which window, of whom, by which chart, as it was known when.

use std::fmt;
use std::str::FromStr;

use domain::id::{CommunityId, DepartmentId, MemberId};
use domain::time::Day;
use projections::figures::figure::{Maturity, Terms};
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::population::Chart;
use projections::figures::sheet::Sheet;
use projections::organisation::{self, Organisation};
use projections::suppression::Threshold;
use projections::{Error, Snapshot, Viewer};

use crate::clock::{day_begins, local_day};

/// What an organisation says of its figures.
#[derive(Clone, Debug)]
pub struct House {
    /// Its time zone, a name of the IANA database.
    pub time_zone: String,
    /// The fewest people behind a figure; none where ids stand for nobody who can be found again.
    pub threshold: Option<Threshold>,
}

impl House {
    /// What the organisation of these views says.
    pub fn of(snapshot: &Snapshot) -> Result<Self, Error> {
        let found = organisation::organisation(snapshot, &Viewer::Operator)?;
        let threshold = found.as_ref().map_or_else(|| Some(Threshold::default()), Self::threshold);
        let time_zone = found.map_or_else(|| "UTC".to_owned(), |found| found.time_zone);
        Ok(Self { time_zone, threshold })
    }

    /// The threshold of an organisation, if it has one.
    pub fn threshold(organisation: &Organisation) -> Option<Threshold> {
        let chosen = organisation.threshold.and_then(Threshold::try_new);
        (!organisation.anonymous).then(|| chosen.unwrap_or_default())
    }

    /// The newest cut there may be: yesterday, if the views hold everything up to then; else what they hold wholly.
    pub fn newest_cut(&self, snapshot: &Snapshot, now: domain::time::Time, is_current: bool) -> Option<Day> {
        let known = snapshot.checkpoint().known_day?;
        // Of the newest day there may be more to come while the views are behind.
        let whole = if is_current { known } else { Day(known.0 - 1) };
        Some(whole.min(Day(local_day(now, &self.time_zone).0 - 1)))
    }

    /// Whether there are figures of a group: of one person there are none where ids stand for people.
    pub fn has(&self, group: Group) -> bool {
        self.threshold.is_none() || !matches!(group, Group::Member(_))
    }

    /// What a figure of a group needs besides its sheet.
    pub fn terms(&self, group: Group, sheet: &Sheet) -> Terms {
        let end = |day: Day| day_begins(Day(day.0 + 1), &self.time_zone);
        let until = sheet.known.known_at().unwrap_or_else(|| end(sheet.known.cut()));
        let closed = Maturity::ALL.map(|maturity| end(maturity.of(sheet.window)));
        Terms { group, threshold: self.threshold, until, closed, version: None }
    }

    /// The window that a day is in, or the last one there is, and the cut at which it is shown: where a threshold
    /// protects people, the last window that is over, and the end of a week. None where nothing of the window is known by
    /// then.
    pub fn placed(&self, length: Length, on: Option<Day>, as_of: Day) -> Result<(Window, Day), NotYet> {
        let week = Window::containing(Day(as_of.0 + 1), Length::Week);
        let cut = if self.threshold.is_some() { Day(week.first.0 - 1) } else { as_of };
        let newest = Window::containing(cut, length);
        let last = if self.threshold.is_some() && newest.last > cut { newest.before(1) } else { newest };
        let window = on.map_or(last, |on| Window::containing(on, length));
        if window.first > cut { Err(NotYet { first: window.first, cut }) } else { Ok((window, cut)) }
    }
}

/// Nothing of a window is known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the window begins on {first}, and figures are known up to {cut}: ask for one before")]
pub struct NotYet {
    first: Day,
    cut: Day,
}

impl NotYet {
    /// The same in French.
    pub fn french(self) -> String {
        let Self { first, cut } = self;
        format!(
            "la fenêtre commence le {first}, et les chiffres sont connus jusqu’au {cut} : demandez-en une autre"
        )
    }
}

/// A length of windows, a chart or a group, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<T>(pub T);

/// Why a text is none of the words expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text} is not {expected}")]
pub struct NotAWord {
    text: String,
    expected: &'static str,
}

fn wrong(text: &str, expected: &'static str) -> NotAWord {
    NotAWord { text: text.to_owned(), expected }
}

const LENGTHS: [(Length, &str); 4] = [
    (Length::Day, "day"),
    (Length::Week, "week"),
    (Length::FourWeeks, "four-weeks"),
    (Length::TwelveWeeks, "twelve-weeks"),
];
const CHARTS: [(Chart, &str); 3] =
    [(Chart::AsRecorded, "as-recorded"), (Chart::AsWas, "as-was"), (Chart::Restated, "restated")];

impl FromStr for Written<Length> {
    type Err = NotAWord;
    fn from_str(text: &str) -> Result<Self, NotAWord> {
        let found = LENGTHS.iter().find(|(_, word)| *word == text);
        found
            .map(|(length, _)| Self(*length))
            .ok_or_else(|| wrong(text, "day, week, four-weeks or twelve-weeks"))
    }
}

impl FromStr for Written<Chart> {
    type Err = NotAWord;
    fn from_str(text: &str) -> Result<Self, NotAWord> {
        let found = CHARTS.iter().find(|(_, word)| *word == text);
        found.map(|(chart, _)| Self(*chart)).ok_or_else(|| wrong(text, "as-recorded, as-was or restated"))
    }
}

impl fmt::Display for Written<Chart> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = CHARTS.iter().find(|(chart, _)| *chart == self.0);
        f.write_str(word.map_or("", |(_, word)| word))
    }
}

impl FromStr for Written<Group> {
    type Err = NotAWord;
    fn from_str(text: &str) -> Result<Self, NotAWord> {
        const EXPECTED: &str = "organisation, department:ID, department-alone:ID, community:ID or member:ID";
        if text == "organisation" {
            return Ok(Self(Group::Organisation));
        }
        let (kind, id) = text.split_once(':').ok_or_else(|| wrong(text, EXPECTED))?;
        let id = id.parse::<uuid::Uuid>().map_err(|_| wrong(text, EXPECTED))?;
        match kind {
            "department" => Ok(Self(Group::Whole(DepartmentId(id)))),
            "department-alone" => Ok(Self(Group::Own(DepartmentId(id)))),
            "community" => Ok(Self(Group::Community(CommunityId(id)))),
            "member" => Ok(Self(Group::Member(MemberId(id)))),
            _ => Err(wrong(text, EXPECTED)),
        }
    }
}

impl fmt::Display for Written<Group> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Group::Organisation => f.write_str("organisation"),
            Group::Whole(id) => write!(f, "department:{}", id.0),
            Group::Own(id) => write!(f, "department-alone:{}", id.0),
            Group::Community(id) => write!(f, "community:{}", id.0),
            Group::Member(id) => write!(f, "member:{}", id.0),
        }
    }
}
