//! `passerelle figure verify`: what a receipt says, computed again from the journal of a folder or from one that was
//! exported to a file.

use std::fs::{DirBuilder, File};
use std::io::BufReader;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use domain::event::{Event, Position};
use journal::{Codec, Entropy as _, Error, Stored, check};
use projections::figures::figure::{Figure, Terms};
use projections::figures::grid::Window;
use projections::figures::groups::Group;
use projections::suppression::Threshold;

use super::copy::beside;
use super::figure::{At, claimed, organisation};
use super::serve::say;
use super::{Place, Trouble};
use crate::carry;
use crate::difference::about;
use crate::entropy::SystemEntropy;
use crate::figures::House;
use crate::folder::{Folder, Reader};
use crate::hex::hex;
use crate::looks::Consulting;
use crate::receipt::inputs::Reading;
use crate::receipt::{Claim, Inputs, Seal, said};

/// Events that are named at most where many are not as they were.
const NAMED: usize = 20;

/// Says what of a receipt holds by the journal of the folder, or of a file; anything that does not makes the exit code
/// 1.
pub(super) async fn verify(place: &Place, receipt: &str, file: Option<&Path>) -> Result<(), Trouble> {
    let folder = Reader::open(&place.folder, place.journal.as_deref()).await;
    match file {
        None => {
            let folder = folder?;
            verified(&folder, receipt, Some(&folder)).await
        }
        Some(file) => {
            let (_gone_afterwards, read) = brought_in(file, folder.as_ref()).await?;
            verified(&read, receipt, folder.ok().as_ref()).await
        }
    }
}

/// Verifies by one folder; that it was looked at is recorded in the ledger of another, if there is one.
async fn verified(folder: &Reader, receipt: &str, ledger: Option<&Reader>) -> Result<(), Trouble> {
    let organisation = organisation(folder).await?;
    let seal = Seal::of(&folder.codec, organisation).await?;
    let claim = claimed(&seal, receipt)?;
    let (figure, window, chart, group) = about(&claim).map_err(|why| Trouble::Data(why.to_string()))?;
    if let Some(ledger) = ledger {
        let consulting = Consulting::of(vec![figure.to_string()], group, window, claim.cut);
        ledger.look_at_figures(consulting).await?;
    }
    say("the receipt was signed by this organisation")?;
    let (erased, last) = check_inputs(folder, &seal, &claim, (figure, window, group)).await?;
    let at = match (claim.as_of, last) {
        (Some(_), Some(position)) => At::as_of(folder, position).await?,
        _ => At::end(folder).await?,
    };
    let sheet = at.sheet(window, chart, claim.cut)?;
    // What was protected then is protected now.
    let house = House { threshold: claim.threshold.and_then(Threshold::try_new), ..at.house };
    let terms = Terms { version: Some(claim.version), ..house.terms(group, &sheet) };
    let now = said(&figure.of(&sheet, terms)?);
    if now != claim.value {
        let since = if erased == 0 { String::new() } else { format!("; {erased} inputs were erased since") };
        return Err(Trouble::Data(format!(
            "the receipt says {}, and the journal gives {now}{since}",
            claim.value
        )));
    }
    Ok(say(&format!("{} is {} again", claim.figure, claim.value))?)
}

/// Reads the inputs again: each must be as it was written, and all of them those of the receipt. Answers how many were
/// erased since, and where the last event stands that was read.
async fn check_inputs(
    folder: &Reader,
    seal: &Seal,
    claim: &Claim,
    (figure, window, group): (Figure, Window, Group),
) -> Result<(u64, Option<Position>), Trouble> {
    let reach = figure.reach(group, (window, claim.cut), claim.threshold.is_some());
    let mut reading = Reading::of(folder.journal.as_ref(), (figure, claim.version), reach).until(claim.as_of);
    let mut found = Found { taken: seal.taken()?, erased: 0, faults: Vec::new() };
    while let Some(inputs) = reading.next().await? {
        let inputs: Vec<Stored> = inputs.into_iter().map(|input| input.stored).collect();
        found.add(&folder.codec, &inputs).await?;
    }
    if !found.faults.is_empty() {
        return Err(Trouble::Data(format!("not as they were written: {}", listed(&found.faults))));
    }
    let (now, erased) = (found.taken.together(&reading), found.erased);
    let last = reading.last().map(|(_, position)| position);
    match &claim.inputs {
        None => say("the figure was hidden: its receipt holds no count and no digest")?,
        Some(then) if !then.are(&now) => return Err(Trouble::Data(differing(folder, then, &now).await?)),
        Some(then) if erased == 0 => say(&format!("its {} inputs are as they were", then.inputs))?,
        Some(then) => {
            let inputs = then.inputs;
            say(&format!(
                "its {inputs} inputs are as they were; what was sealed in {erased} was erased since"
            ))?;
        }
    }
    Ok((erased, last))
}

/// What was found of inputs.
struct Found {
    taken: crate::receipt::Taken,
    erased: u64,
    faults: Vec<String>,
}

impl Found {
    async fn add(&mut self, codec: &Codec, inputs: &[Stored]) -> Result<(), Error> {
        for (stored, read) in inputs.iter().zip(codec.decode_each(inputs).await?) {
            self.taken.take(stored);
            match read {
                Ok(read) if journal::codec::digest(stored) == Some(stored.digest) => {
                    self.erased += u64::from(is_erased(&read.event));
                }
                _ => self.faults.push(format!("revision {} of {}", stored.revision, stored.stream.as_str())),
            }
        }
        Ok(())
    }
}

/// Whether a key was destroyed that sealed something in an event.
fn is_erased(event: &Event) -> bool {
    event.parts().is_ok_and(|parts| parts.sealed.iter().any(|part| part.value.is_none()))
}

/// What differs where each input is as it was written and all of them are not those of the receipt: whatever else of
/// the journal is not as it should be.
async fn differing(folder: &Reader, then: &Inputs, now: &Inputs) -> Result<String, Error> {
    let mut faults = Vec::new();
    check::check(folder.journal.as_ref(), &folder.codec, |found| {
        faults.push(format!("revision {} of {}, {}", found.revision, found.stream.as_str(), found.wrong));
    })
    .await?;
    let event = |inputs: &Inputs| inputs.last_event.map_or_else(|| "none".to_owned(), |id| id.to_string());
    let why = match &faults[..] {
        [] => "each as it was written: it is another journal, or events are missing".to_owned(),
        faults => format!("not as they were written: {}", listed(faults)),
    };
    Ok(format!(
        "the receipt was written from {} events up to {}, and the journal holds {} up to {}, {why}",
        then.inputs,
        event(then),
        now.inputs,
        event(now)
    ))
}

fn listed(faults: &[String]) -> String {
    let named = faults.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match faults.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// Reads a journal file, after every envelope of it was verified, into a folder that is gone when it is let go. Its keys
/// stand beside it, or are those of a folder.
async fn brought_in(
    file: &Path,
    folder: Result<&Reader, &Error>,
) -> Result<(TemporaryFolder, Reader), Trouble> {
    let open = |path: &Path| match File::open(path) {
        Ok(opened) => Ok(BufReader::new(opened)),
        Err(error) => Err(Trouble::Data(format!("{}: {error}", path.display()))),
    };
    let wrong = |error: carry::Error| match error {
        carry::Error::Broken { stream, revision, why } => {
            let event = format!("revision {revision} of {}", stream.as_str());
            Trouble::Data(format!("{}: not as they were written: {event}, {why}", file.display()))
        }
        error => Trouble::Data(format!("{}: {error}", file.display())),
    };
    carry::verify(open(file)?).map_err(wrong)?;
    let keys = beside(file, ".keys");
    let temporary = TemporaryFolder::make()?;
    let into = Folder::open(&temporary.0, None).await?;
    let to = (into.journal.as_ref(), into.keys.as_ref());
    if keys.exists() {
        carry::read(open(file)?, open(&keys)?, to).await.map_err(wrong)?;
    } else {
        let without = |error: &Error| Trouble::Failed(format!("there is no {}: {error}", keys.display()));
        carry::copy_keys(folder.map_err(without)?.keys.as_ref(), to.1).await.map_err(wrong)?;
        carry::read(open(file)?, std::io::empty(), to).await.map_err(wrong)?;
    }
    drop(into);
    let read = Reader::open(&temporary.0, None).await?;
    Ok((temporary, read))
}

/// A folder for a while, for this user alone.
struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    fn make() -> Result<Self, Trouble> {
        let mut random = [0; 16];
        SystemEntropy.fill(&mut random)?;
        let path = std::env::temp_dir().join(format!("passerelle-verify-{}", hex(&random)));
        let made = DirBuilder::new().mode(0o700).create(&path);
        made.map_err(|error| Trouble::Failed(format!("{}: {error}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "a journal that was read for a while is left behind");
        }
    }
}
