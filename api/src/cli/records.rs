//! `passerelle import FOLDER` and `passerelle export FOLDER`: activity logs in and out.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::files::{bring_in, open, open_to_read, write_out};
use super::serve::say;
use super::{Importing, Place, Trouble};
use crate::activity_log::export::{Decoded, export};
use crate::activity_log::import::{self, Options, Summary};
use crate::activity_log::source;
use crate::folder::{Folder, Reader};

/// The files of documents within an activity log, each under the SHA-256 of what is in it.
const FILES: &str = "files";
/// Faults told one by one; the others are counted.
const FAULTS_TOLD: usize = 100;

/// Brings an activity log in, and says what became of it.
pub(super) async fn import(place: &Place, records: &Path, how: &Importing) -> Result<(), Trouble> {
    if !records.is_dir() {
        return Err(Trouble::Data(format!("{}: there is no such folder", records.display())));
    }
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    bring_in(&records.join(FILES), open(place)?.as_ref()).await?;
    let engine = folder.engine()?;
    let options = Options { skip_invalid: how.skip_invalid, until: how.records_until };
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut progress = |read, total| {
        bar.set_length(total);
        bar.set_position(read);
    };
    let source = source::Folder(records.to_owned());
    let imported = import::import(&engine, &source, options, &mut progress).await;
    bar.finish_and_clear();
    match imported {
        Ok(summary) => Ok(tell(&summary)?),
        Err(import::Error::Fault(fault, summary)) => {
            tell(&Summary { refused: vec![], ..*summary })?;
            let advice = "everything before it is recorded; mend it and import again, or --skip-invalid";
            Err(Trouble::Data(format!("{fault}; {advice}")))
        }
        Err(error) => Err(error.into()),
    }
}

fn tell(summary: &Summary) -> std::io::Result<()> {
    let Summary { read, recorded, unchanged, mended, refused, refused_count } = summary;
    for fault in refused.iter().take(FAULTS_TOLD) {
        say(&format!("left out: {fault}"))?;
    }
    say(&format!(
        "{read} rows read: {recorded} events recorded, {unchanged} unchanged, {refused_count} refused; \
         {mended} control characters removed"
    ))
}

/// Writes everything out as an activity log, into a new or empty folder.
pub(super) async fn write(place: &Place, records: &Path) -> Result<(), Trouble> {
    if records.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Trouble::Data(format!("{}: is not empty; name a new folder", records.display())));
    }
    let folder = Reader::open(&place.folder, place.journal.as_deref()).await?;
    folder.look("export").await?;
    let history = Decoded { journal: folder.journal.as_ref(), codec: &folder.codec };
    let summary = export(&history, &mut source::Folder(records.to_owned())).await?;
    let written = summary.activities;
    say(&format!("{written} activities of {} events are written, the others are in tables", summary.events))?;
    let files = open_to_read(place)?;
    write_out((folder.journal.as_ref(), &folder.codec), files.as_deref(), &records.join(FILES)).await
}
