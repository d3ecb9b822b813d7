//! `passerelle export --journal-file`, `import --journal-file`, `backup` and `copy`: whole journals carried elsewhere.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::serve::say;
use super::{Place, Trouble, files};
use crate::carry;
use crate::files::{Files, Location};
use crate::folder::{Folder, Reader};

/// Writes every stored envelope to a new file, and the keys to another beside it that only its owner may read.
pub(super) async fn export_journal(place: &Place, file: &Path) -> Result<(), Trouble> {
    let folder = Reader::open(&place.folder, place.journal.as_deref()).await?;
    folder.look("export").await?;
    let keys = beside(file, ".keys");
    let (events_out, keys_out) = (new_file(file)?, new_file(&keys)?);
    let from = (folder.journal.as_ref(), folder.keys.as_ref());
    let written = carry::write(from, BufWriter::new(events_out), BufWriter::new(keys_out)).await?;
    let sentence = "are written; whoever has the keys beside them in";
    say(&format!("{written} events {sentence} {} can read everything", keys.display()))?;
    let files = files::open_to_read(place)?;
    files::write_out((folder.journal.as_ref(), &folder.codec), files.as_deref(), &beside(file, ".files"))
        .await
}

/// Reads a journal file into a folder without a journal, after every envelope of it was verified.
pub(super) async fn import_journal(place: &Place, file: &Path) -> Result<(), Trouble> {
    let open = |path: &Path| match File::open(path) {
        Ok(opened) => Ok(BufReader::new(opened)),
        Err(error) => Err(Trouble::Data(format!("{}: {error}", path.display()))),
    };
    let keys = beside(file, ".keys");
    let wrong = |error: carry::Error| Trouble::Data(format!("{}: {error}", file.display()));
    carry::verify(open(file)?).map_err(wrong)?;
    let keys = open(&keys)?;
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    let to = (folder.journal.as_ref(), folder.keys.as_ref());
    files::bring_in(&beside(file, ".files"), files::open(place)?.as_ref()).await?;
    let read = carry::read(open(file)?, keys, to).await.map_err(wrong)?;
    Ok(say(&format!("{read} events are recorded"))?)
}

/// Copies the journal, the looks and the keys to a new folder.
pub(super) async fn backup(place: &Place, to: &Path) -> Result<(), Trouble> {
    let from = Reader::open(&place.folder, place.journal.as_deref()).await?;
    let files = files::open_to_read(place)?;
    carry_over((&from, files), (&Folder::open(to, None).await?, &Location::within(to))).await
}

/// Copies any journal, its looks and its keys to any empty one.
pub(super) async fn copy(place: &Place, from: &str, to: &str) -> Result<(), Trouble> {
    let (from, kept) = match database(from) {
        Some(url) => (Reader::open(&place.folder, Some(url)).await?, files::open_to_read(place)?),
        None => {
            let of_folder = Place { folder: from.into(), files: None, ..place.clone() };
            (Reader::open(Path::new(from), None).await?, files::open_to_read(&of_folder)?)
        }
    };
    match database(to) {
        Some(url) => {
            // A folder of the place's for what is disposable, and for the files unless they go elsewhere.
            let folder = place.folder.join("copied-to");
            let files = place.files.clone().unwrap_or_else(|| Location::within(&folder));
            carry_over((&from, kept), (&Folder::open(&folder, Some(url)).await?, &files)).await
        }
        None => {
            let folder = Folder::open(Path::new(to), None).await?;
            carry_over((&from, kept), (&folder, &Location::within(Path::new(to)))).await
        }
    }
}

/// The address, if it is one of a database.
fn database(name: &str) -> Option<&str> {
    (name.starts_with("postgres://") || name.starts_with("postgresql://")).then_some(name)
}

async fn carry_over(
    (from, files): (&Reader, Option<Arc<Files>>),
    (to, files_to): (&Folder, &Location),
) -> Result<(), Trouble> {
    let journals = [(from.journal.as_ref(), to.journal.as_ref()), (from.looks.as_ref(), to.looks.as_ref())];
    let [events, looks] = carry::copy(journals, (from.keys.as_ref(), to.keys.as_ref())).await?;
    say(&format!("{events} events and {looks} looks are copied and compared"))?;
    files::copy((to.journal.as_ref(), &to.codec), files.as_deref(), files_to).await
}

/// The file beside another with this ending.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn new_file(path: &Path) -> Result<File, Trouble> {
    use std::os::unix::fs::OpenOptionsExt;
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    made.map_err(|error| Trouble::Failed(format!("{}: {error}", path.display())))
}
