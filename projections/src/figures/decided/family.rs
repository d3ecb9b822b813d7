//! Questions about people that are decided together, with the categories of their answers.

use super::super::adoption::{Segment, Step, habit};
use super::super::deeds::Level;
use super::super::grid::Length;
use super::super::sheet::ShareOf;

/// The question whose blocks those of others are made of.
pub(super) const PARTICIPATED: ShareOf = ShareOf::Active(Level::Participated);

/// Questions that are decided together: each person asked about is in one category of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::figures) enum Family {
    /// For whom a share holds, and for whom not.
    Alone(ShareOf),
    /// Segments of use.
    Segments,
}

/// Categories that are counted together.
pub(super) type Classes = Vec<Vec<usize>>;

/// Where those without use are among the segments.
const NONE: usize = Segment::NonUser as usize;

impl ShareOf {
    /// With what it is decided, and which category it is.
    pub(super) fn family(self) -> (Family, usize) {
        match self {
            Self::Silent => (Family::Alone(Self::Active(Level::Contributed)), 1),
            Self::Step { to: Step::Access, .. } => (Family::Alone(Self::Access), 0),
            Self::Segment(segment) => (Family::Segments, segment as usize),
            alone => (Family::Alone(alone), 0),
        }
    }

    /// Whether it holds of somebody for good once it does. The difference of two windows would tell of whom it does
    /// since: it is rounded, for the organisation alone.
    pub(super) fn is_cumulative(self) -> bool {
        let is_beyond_access = |to| to != Step::Access;
        matches!(self, Self::Activated) || matches!(self, Self::Step { to, .. } if is_beyond_access(to))
    }

    /// Whether it is decided beside others of the organisation: what somebody did in one window by what they did in
    /// another, or how often they took part.
    pub(super) fn compares(self) -> bool {
        matches!(
            self,
            Self::Phase(_)
                | Self::Moved(..)
                | Self::Retained { .. }
                | Self::Departed { .. }
                | Self::Frequency(_)
        )
    }

    /// What says the same under another name, of a window of such a length.
    pub(super) fn known_as(self, length: Length) -> Self {
        match self {
            Self::Frequency(1) => PARTICIPATED,
            Self::Frequency(at_least) if habit(length) == Some(at_least) => Self::Habit,
            other => other,
        }
    }

    /// Whether it is asked for by a limit of the grid: by any, they would tell by their difference who came in between.
    pub(super) fn is_of_grid(self) -> bool {
        !matches!(self, Self::Step { within: Some(days), .. } if ![7, 28, 84].contains(&days))
    }
}

impl Family {
    /// What is asked.
    pub(super) fn questions(&self) -> &[ShareOf] {
        const SEGMENTS: &[ShareOf] = &[
            ShareOf::Segment(Segment::Power),
            ShareOf::Segment(Segment::Habitual),
            ShareOf::Segment(Segment::Novice),
            ShareOf::Segment(Segment::Low),
            ShareOf::Segment(Segment::NonUser),
        ];
        match self {
            Self::Alone(of) => std::slice::from_ref(of),
            Self::Segments => SEGMENTS,
        }
    }

    /// Which categories are counted together, from the finest: where one has too few people, it is not told from the
    /// next.
    pub(super) fn classes(self) -> Vec<Classes> {
        let each = |count: usize| (0..count).map(|category| vec![category]).collect();
        match self {
            Self::Alone(_) => vec![each(2)],
            Self::Segments => vec![
                each(5),
                vec![vec![0, 1], vec![2], vec![3], vec![NONE]],
                vec![vec![0, 1], vec![2, 3], vec![NONE]],
                vec![vec![0, 1, 2, 3], vec![NONE]],
            ],
        }
    }

    /// Whether what is learned later is taken up. How many without use there are among the segments is known by the
    /// question of who took part: with the one taken up and the other not, they would tell of few.
    pub(super) fn is_revised(self) -> bool {
        matches!(self, Self::Alone(_))
    }

    /// Of which categories of those who took part, and those who did not, each class is part.
    pub(super) fn part_of(self, classes: &Classes) -> Vec<Vec<usize>> {
        match self {
            // Whoever has no account, or saw nothing, took no part.
            Self::Alone(ShareOf::Access | ShareOf::Active(Level::Consumed)) => vec![vec![], vec![1]],
            Self::Alone(_) => vec![vec![0], vec![]],
            Self::Segments => {
                let used = |class: &Vec<usize>| if class.contains(&NONE) { vec![] } else { vec![0] };
                let used: Vec<_> = classes.iter().map(used).collect();
                // All users together are those who took part: their number is known.
                if classes.len() == 2 { vec![vec![]; 2] } else { used }
            }
        }
    }
}

/// The classes of segments that whoever has a habit is in.
pub(super) fn habitual(classes: &Classes) -> Vec<usize> {
    let steady = [Segment::Power as usize, Segment::Habitual as usize];
    let holds = |class: &&Vec<usize>| class.iter().any(|segment| steady.contains(segment));
    let places = classes.iter().enumerate().filter(|(_, class)| holds(class));
    places.map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_habit_is_in_the_first_classes_of_segments() {
        let of = Family::Segments.classes();
        let found: Vec<_> = of.iter().map(habitual).collect();
        assert_eq!(found, [vec![0, 1], vec![0], vec![0], vec![0]]);
    }

    #[test]
    fn users_are_part_of_those_who_took_part_unless_they_are_all_of_them() {
        let of = Family::Segments.classes();
        let found: Vec<_> = of.iter().map(|classes| Family::Segments.part_of(classes)).collect();
        assert_eq!(found[2], [vec![0], vec![0], vec![]]);
        assert_eq!(found[3], [Vec::<usize>::new(), vec![]]);
    }
}
