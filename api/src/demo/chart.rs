//! The departments: two levels, how many people, when they get accounts, and which of them the project coaches.

use crate::demo::texts::Theme;

/// A department as the simulation needs it.
pub(super) struct Department {
    pub(super) id: &'static str,
    /// The place of the one above it.
    pub(super) parent: Option<usize>,
    /// People at the beginning.
    pub(super) headcount: usize,
    /// What its people talk about.
    pub(super) theme: Theme,
    /// The first and the last day, from the beginning, on which accounts are opened.
    pub(super) wave: (i32, i32),
    /// How many of a hundred never get an account.
    pub(super) unequipped: usize,
}

pub(super) const MANAGEMENT: usize = 0;
pub(super) const PEOPLE: usize = 2;
pub(super) const SYSTEMS: usize = 3;
pub(super) const NORTH: usize = 5;
pub(super) const QUALITY: usize = 8;
pub(super) const SALES: usize = 10;
pub(super) const SERVICE: usize = 11;
pub(super) const MARKETING: usize = 12;
pub(super) const RESEARCH: usize = 13;

/// Those whose silos the coached project opens.
pub(super) const COACHED: [usize; 5] = [NORTH, QUALITY, SALES, SERVICE, RESEARCH];

/// The day, from the beginning, on which the coached project starts.
pub(super) const PROJECT_STARTS: i32 = 300;

/// All of them, each after the one above it.
pub(super) const DEPARTMENTS: [Department; 14] = [
    department("management", None, 22, Theme::News, (0, 3, 0)),
    department("finance", Some(0), 56, Theme::Finance, (62, 80, 0)),
    department("hr", Some(0), 46, Theme::People, (1, 8, 0)),
    department("it", Some(0), 68, Theme::Systems, (0, 6, 0)),
    department("operations", None, 26, Theme::Production, (64, 70, 0)),
    department("north-plant", Some(4), 206, Theme::Production, (148, 186, 12)),
    department("south-plant", Some(4), 168, Theme::Production, (186, 224, 22)),
    department("logistics", Some(4), 108, Theme::Logistics, (242, 284, 24)),
    department("quality", Some(4), 60, Theme::Quality, (94, 106, 2)),
    department("customers", None, 18, Theme::Sales, (62, 66, 0)),
    department("sales", Some(9), 132, Theme::Sales, (60, 84, 1)),
    department("service", Some(9), 140, Theme::Service, (98, 126, 5)),
    department("marketing", Some(9), 40, Theme::Marketing, (9, 15, 0)),
    department("research", None, 92, Theme::Research, (56, 72, 0)),
];

const fn department(
    id: &'static str,
    parent: Option<usize>,
    headcount: usize,
    theme: Theme,
    (first, last, unequipped): (i32, i32, usize),
) -> Department {
    Department { id, parent, headcount, theme, wave: (first, last), unequipped }
}

/// Whether the project coaches a department.
pub(super) fn coached(department: usize) -> bool {
    COACHED.contains(&department)
}
