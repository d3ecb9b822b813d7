//! `passerelle check`: verify the whole history, and the views against a fresh replay of it.

use std::path::{Path, PathBuf};

use domain::event::{Position, Recorded};
use journal::{Codec, Journal, check};
use projections::Views;
use projections::digest::{self, TableDigest};

use super::files::{self, Summary};
use super::serve::say;
use super::{Place, Trouble};
use crate::files::State;
use crate::folder::Reader;

/// Events folded at a time.
const PAGE: usize = 2_000;

/// Names every fault; any makes the exit code 1.
pub(super) async fn check(place: &Place) -> Result<(), Trouble> {
    let folder = Reader::open(&place.folder, place.journal.as_deref()).await?;
    let mut faults = 0_u64;
    let mut report = |part: &str, fault: String| {
        faults += 1;
        let _ = say(&format!("{part}: {fault}"));
    };
    let journal = folder.journal.as_ref();
    let events = check::check(journal, &folder.codec, |found| report("journal", found.to_string())).await?;
    let looks = folder.looks.as_ref();
    let looked = check::check(looks, &folder.codec, |found| report("looks", found.to_string())).await?;
    let files = files::open_to_read(place)?;
    let kept = Summary::of((journal, &folder.codec), async |named| match &files {
        Some(files) => files.verify(&named.file).await,
        None => Ok(State::Missing),
    });
    let kept = match faults {
        0 => kept.await?,
        _ => Summary::default(),
    };
    for fault in &kept.faults {
        faults += 1;
        say(&format!("files: {fault}"))?;
    }
    let views = match faults {
        0 => Some(compare_views(&folder).await?),
        _ => None,
    };
    if let Some(Err(fault)) = &views {
        faults += 1;
        say(&format!("views: {fault}"))?;
    }
    match faults {
        0 => say(&format!("{events} events and {looked} looks are as they were written"))?,
        1 => return Err(Trouble::Data("1 fault was found".to_owned())),
        faults => return Err(Trouble::Data(format!("{faults} faults were found"))),
    }
    kept.tell("are as they were written")?;
    Ok(views.and_then(Result::ok).map_or(Ok(()), |sentence| say(&sentence))?)
}

/// Builds the views anew beside those that are there, up to where these stand at one moment, and compares every
/// table. Answers with what to say of them, or with what is wrong.
async fn compare_views(folder: &Reader) -> Result<Result<String, String>, Trouble> {
    let (reached, there) = match views_now(&folder.path) {
        Ok(Some(now)) => now,
        Ok(None) => return Ok(Ok("there are no views here yet to compare with a replay".to_owned())),
        Err(error) if error.is_broken() => return Ok(Err(error.to_string())),
        Err(error) => return Err(error.into()),
    };
    let anew = "delete views-*.db to build them anew";
    if reached > folder.journal.end().await? {
        return Ok(Err(format!("they stand at position {}, beyond the journal's end; {anew}", reached.0)));
    }
    let fresh = Temporary(folder.path.join(format!("views-check-{}.db", std::process::id())));
    let built = build(folder.journal.as_ref(), &folder.codec, &fresh.0, reached).await?;
    let here = digest::digest(&built.snapshot()?)?;
    Ok(match here.iter().zip(&there).find(|(here, there)| here != there) {
        None => Ok(format!("the views are what a replay up to position {} gives", reached.0)),
        Some((here, _)) => Err(format!("{} is not what a replay gives; {anew}", here.table)),
    })
}

/// Where the views of a folder stand, and what they hold there.
fn views_now(folder: &Path) -> Result<Option<(Position, Vec<TableDigest>)>, projections::Error> {
    let Some(views) = Views::open_to_read(folder)? else { return Ok(None) };
    let snapshot = views.snapshot()?;
    Ok(Some((snapshot.position(), digest::digest(&snapshot)?)))
}

/// A views file for a while.
pub(super) struct Temporary(pub(super) PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = Views::remove(&self.0) {
            tracing::warn!(%error, "views built for a while are left behind");
        }
    }
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
