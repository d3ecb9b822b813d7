//! The communities that there will be: who founds them, when, and what for.

use crate::demo::chart::{
    DEPARTMENTS, MANAGEMENT, MARKETING, NORTH, PEOPLE, PROJECT_STARTS, QUALITY, RESEARCH, SALES, SERVICE,
    SYSTEMS,
};
use crate::demo::texts::Theme;

/// Who may come in, as the format says it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Open,
    Request,
    Invitation,
}

impl Access {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Request => "request",
            Self::Invitation => "invitation",
        }
    }
}

/// A community to come.
#[derive(Clone, Copy)]
pub(super) struct Space {
    /// The day, from the beginning, on which it is founded.
    pub(super) day: i32,
    /// The department whose person founds it.
    pub(super) department: usize,
    /// Which of that department's heads.
    pub(super) head: usize,
    pub(super) access: Access,
    pub(super) theme: Theme,
}

pub(super) const NEWS: usize = 14;
pub(super) const START: usize = 15;
pub(super) const DIALOGUE: usize = 16;
pub(super) const SAFETY: usize = 17;
pub(super) const LIFE: usize = 18;
pub(super) const CYCLING: usize = 19;
pub(super) const CHAMPIONS: usize = 20;
pub(super) const COMMITTEE: usize = 21;
pub(super) const NEWCOMERS: usize = 22;
pub(super) const FIRST_OF_PROJECT: usize = 23;
pub(super) const CIRCLE: usize = 28;

/// The communities that cut across, in the order of their names in the texts.
const ACROSS: [Space; 15] = [
    space(0, MANAGEMENT, 1, Access::Open, Theme::News),
    space(1, SYSTEMS, 0, Access::Open, Theme::Platform),
    space(120, PEOPLE, 0, Access::Open, Theme::Dialogue),
    space(100, QUALITY, 0, Access::Open, Theme::Safety),
    space(9, PEOPLE, 1, Access::Open, Theme::Life),
    space(16, MARKETING, 1, Access::Open, Theme::Life),
    space(34, SYSTEMS, 1, Access::Request, Theme::Platform),
    space(2, MANAGEMENT, 0, Access::Invitation, Theme::Finance),
    space(13, PEOPLE, 2, Access::Open, Theme::People),
    space(PROJECT_STARTS, SERVICE, 1, Access::Open, Theme::Service),
    space(PROJECT_STARTS + 2, QUALITY, 1, Access::Open, Theme::Quality),
    space(PROJECT_STARTS + 4, SALES, 1, Access::Open, Theme::Sales),
    space(PROJECT_STARTS + 9, NORTH, 1, Access::Open, Theme::Production),
    space(PROJECT_STARTS + 14, RESEARCH, 1, Access::Open, Theme::Research),
    space(PROJECT_STARTS - 6, PEOPLE, 3, Access::Invitation, Theme::Coaching),
];

const fn space(day: i32, department: usize, head: usize, access: Access, theme: Theme) -> Space {
    Space { day, department, head, access, theme }
}

/// All of them: the departments' own first, then those that cut across.
pub(super) fn all() -> Vec<Space> {
    let own = DEPARTMENTS.iter().enumerate().map(|(department, d)| Space {
        day: d.wave.0 + 1,
        department,
        head: 0,
        access: Access::Open,
        theme: d.theme,
    });
    own.chain(ACROSS).collect()
}

/// Whether a community is one of the coached project's.
pub(super) fn of_project(space: usize) -> bool {
    (FIRST_OF_PROJECT..CIRCLE).contains(&space)
}
