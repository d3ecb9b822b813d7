//! How far inequality and medians can be trusted: intervals by the bootstrap, computed once for a sheet and kept.

use domain::time::Time;

use super::figure::{Figure, Terms};
use super::groups::Group;
use super::indices::IndexOf;
use super::known::once;
use super::sheet::Sheet;
use crate::Error;
use crate::statistics::inequality::{Counts, Everyone};
use crate::statistics::interval::Interval;
use crate::statistics::survival::median_interval;

impl Sheet {
    /// The interval at 95 % of a Gini coefficient or of the median of a curve, of people and things drawn anew from
    /// those that there are, always in the same way: the upper end of a median may be infinite. It takes long, so it
    /// is computed once. None where there is none, or the figure is not shown as it is; and of a curve that is told in
    /// steps, since it would tell more.
    pub fn interval(&self, of: Figure, terms: Terms) -> Result<Option<Interval>, Error> {
        let in_steps = terms.threshold.is_some() && matches!(of, Figure::Wait(_));
        let (Ok((sheet, until)), Some(_), false) =
            (of.placed(self, terms), of.of(self, terms)?.shown(), in_steps)
        else {
            return Ok(None);
        };
        sheet.resampled(of, (terms.group, until))
    }

    fn resampled(&self, of: Figure, (group, until): (Group, Time)) -> Result<Option<Interval>, Error> {
        once(&self.intervals, (of, group), || {
            let Some(members) = self.members(group) else { return Ok(None) };
            match of {
                Figure::Index(IndexOf::Gini { zeros }) => {
                    let counts: Counts<Everyone> = Counts::of_everyone(self.contributions_of(&members)?);
                    let seed = self.seed();
                    Ok(if zeros {
                        counts.gini_interval(seed)
                    } else {
                        counts.contributors().gini_interval(seed)
                    })
                }
                Figure::Wait(of) => {
                    let waits = self.waits(of, (group, &members), until)?;
                    Ok(waits.and_then(|(waits, _)| median_interval(&waits, self.seed())))
                }
                _ => Ok(None),
            }
        })
    }

    /// What chance is made of: the same window and cut draw the same.
    pub(super) fn seed(&self) -> u64 {
        (u64::from(self.window.first.0.cast_unsigned()) << 32) | u64::from(self.known.cut().0.cast_unsigned())
    }
}
