//! `passerelle check`: verify the whole history, and the views against a fresh replay of it.

use std::path::Path;

use domain::event::{Position, Recorded};
use journal::{Codec, Journal, check};
use projections::{Views, digest};

use super::serve::say;
use super::{Place, Trouble};
use crate::folder::Folder;

/// Events folded at a time.
const PAGE: usize = 2_000;

/// Names every fault; any makes the exit code 1.
pub(super) async fn check(place: &Place) -> Result<(), Trouble> {
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    let mut faults = 0_u64;
    let mut report = |part: &str, fault: String| {
        faults += 1;
        let _ = say(&format!("{part}: {fault}"));
    };
    let journal = folder.journal.as_ref();
    let events = check::check(journal, &folder.codec, |found| report("journal", found.to_string())).await?;
    let looks = folder.looks.as_ref();
    let looked = check::check(looks, &folder.codec, |found| report("looks", found.to_string())).await?;
    if faults == 0
        && let Some(difference) = views_differ(&folder).await?
    {
        faults += 1;
        say(&difference)?;
    }
    match faults {
        0 => Ok(say(&format!("{events} events and {looked} looks are as they were written"))?),
        1 => Err(Trouble::Data("1 fault was found".to_owned())),
        faults => Err(Trouble::Data(format!("{faults} faults were found"))),
    }
}

/// Builds the views anew beside those that are there, up to where they stand, and compares every table.
async fn views_differ(folder: &Folder) -> Result<Option<String>, Trouble> {
    let views = Views::open(&folder.path)?;
    let reached = views.checkpoint()?.position;
    let fresh = folder.path.join("views-check.db");
    let _ = std::fs::remove_file(&fresh);
    let replayed = build(folder.journal.as_ref(), &folder.codec, &fresh, reached).await;
    let same = replayed.and_then(|built| {
        let (here, there) = (digest::digest(&views.snapshot()?)?, digest::digest(&built.snapshot()?)?);
        Ok(here == there)
    });
    let _ = std::fs::remove_file(&fresh);
    Ok((!same?)
        .then(|| "views: they are not what a replay gives; delete views-*.db to build them anew".to_owned()))
}

/// Builds views in a new file, of everything up to a position.
pub(super) async fn build(
    journal: &dyn Journal,
    codec: &Codec,
    path: &Path,
    upto: Position,
) -> Result<Views, Trouble> {
    let views = Views::build_to(path)?;
    let mut writer = views.writer()?;
    while writer.position() < upto {
        let (events, next) = page_upto(journal, codec, writer.position(), upto).await?;
        writer.apply(&events, next)?;
    }
    drop(writer);
    Ok(views)
}

/// The next events to fold, none beyond `upto`, and how far they reach.
pub(super) async fn page_upto(
    journal: &dyn Journal,
    codec: &Codec,
    after: Position,
    upto: Position,
) -> Result<(Vec<Recorded>, Position), Trouble> {
    let mut page = journal.read_all(after, PAGE).await?;
    page.events.retain(|stored| stored.position <= upto);
    Ok((codec.decode(&page.events).await?, page.next.min(upto)))
}
