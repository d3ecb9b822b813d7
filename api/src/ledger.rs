//! The ledger of looks at figures, read from its end: so many of its events at a time, and no more than so many for one
//! page, however few of them are shown.

use std::collections::BTreeSet;

use domain::event::{Event, Metadata, Position};
use domain::id::DepartmentId;
use domain::look::{self, FiguresConsulted};
use journal::{Codec, Error, Journal};
use projections::figures::figure::Figure;

/// Positions read at a time.
const AT_ONCE: u64 = 500;
/// How often that is done for one page.
const ROUNDS: usize = 10;

/// A look at figures.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureLook {
    /// Where it stands in the ledger.
    pub position: Position,
    /// When, and from where.
    pub metadata: Metadata,
    /// At which figures.
    pub look: FiguresConsulted,
}

/// The departments that a look is at besides its group: the others of pairs.
pub fn others(look: &FiguresConsulted) -> BTreeSet<DepartmentId> {
    let other = |name: &String| name.rsplit('.').next()?.parse::<Figure>().ok()?.other();
    look.figures.iter().filter_map(other).collect()
}

/// Looks, the newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Those that were found.
    pub looks: Vec<FigureLook>,
    /// Down to where the ledger was read: others may stand before it. None where nothing does.
    pub read_to: Option<Position>,
}

/// Reads looks at figures, those that are shown: those before a position, or the newest.
pub async fn page(
    journal: &dyn Journal,
    codec: &Codec,
    (before, count): (Option<Position>, usize),
    shown: impl Fn(&FiguresConsulted) -> bool,
) -> Result<Page, Error> {
    let behind = Position(journal.end().await?.0 + 1);
    let mut before = before.map_or(behind, |before| before.min(behind));
    let mut looks = Vec::new();
    for _ in 0..ROUNDS {
        let after = Position(before.0.saturating_sub(AT_ONCE + 1));
        for found in between(journal, codec, after, before).await? {
            if !shown(&found.look) {
                continue;
            }
            let position = found.position;
            looks.push(found);
            if looks.len() == count {
                return Ok(Page { looks, read_to: Some(position) });
            }
        }
        if after == Position(0) {
            return Ok(Page { looks, read_to: None });
        }
        before = Position(after.0 + 1);
    }
    Ok(Page { looks, read_to: Some(before) })
}

/// The looks at figures between two positions, the newest first.
async fn between(
    journal: &dyn Journal,
    codec: &Codec,
    after: Position,
    before: Position,
) -> Result<Vec<FigureLook>, Error> {
    let limit = usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
    let mut page = journal.read_all(after, limit).await?;
    page.events.retain(|stored| stored.position < before && stored.kind == "look.figures-consulted");
    let looks = codec.decode(&page.events).await?.into_iter().rev().filter_map(|recorded| {
        let Event::Look(look::Event::FiguresConsulted(look)) = recorded.event else { return None };
        Some(FigureLook { position: recorded.position, metadata: recorded.metadata, look })
    });
    Ok(looks.collect())
}
