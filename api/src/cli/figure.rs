//! `passerelle figure`: a figure with its receipt, and receipts computed again.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use domain::event::{Event, Position};
use domain::time::{Day, Time};
use projections::Views;
use projections::figures::figure::Figure;
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::known::Known;
use projections::figures::population::Chart;
use projections::figures::sheet::Sheet;
use serde_json::json;

use super::check::{Temporary, build};
use super::serve::say;
use super::verifying::verify;
use super::{Place, Trouble};
use crate::clock::{Clock as _, SystemClock, local_day};
use crate::definition::{self, newest};
use crate::difference::{self, Unexplained, about};
use crate::engine::About;
use crate::figures::{House, Written};
use crate::folder::Reader;
use crate::looks::Consulting;
use crate::receipt::{Claim, Seal};

/// Which figure.
#[derive(Clone, Debug, Args)]
pub(crate) struct Asking {
    /// Its name: `habit`, `usage-segment:power`, `answered-within:24` …
    #[arg(value_name = "FIGURE", required_unless_present_any = ["list", "definitions", "notice"])]
    figure: Option<Figure>,
    /// Print the names there are instead.
    #[arg(long)]
    list: bool,
    /// Print what each figure means instead.
    #[arg(long)]
    definitions: bool,
    /// Print what an organisation tells its people of figures, and an impact assessment to be completed, instead.
    #[arg(long)]
    notice: bool,
    /// How long the window is: day, week, four-weeks or twelve-weeks.
    #[arg(long, default_value = "four-weeks", value_name = "LENGTH")]
    window: Written<Length>,
    /// A day in the window; the last one that is known when left out.
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// For whom: organisation, department:ID (with what is below it), department-alone:ID,
    /// community:ID, or member:ID where ids stand for nobody who can be found again.
    #[arg(long, default_value = "organisation", value_name = "GROUP")]
    group: Written<Group>,
    /// By which chart people are counted: as-recorded, as-was or restated.
    #[arg(long, default_value = "as-was", value_name = "CHART")]
    chart: Written<Chart>,
    /// As it was known at the end of this day; the newest one that is over when left out.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Day>,
    #[command(subcommand)]
    receipt: Option<Verifying>,
}

#[derive(Clone, Debug, Subcommand)]
enum Verifying {
    /// Compute again what a receipt says, from the journal of this folder, the original or a copy with its keys, or from
    /// one that was exported to a file.
    Verify {
        /// The receipt, or a file that holds it.
        receipt: String,
        /// A file that `export --journal-file` wrote: it is read for a while and not imported. The keys are those in
        /// FILE.keys, or this folder's where there is no such file.
        #[arg(long, value_name = "FILE")]
        journal_file: Option<PathBuf>,
    },
    /// Say why two receipts of one figure differ: acts that came late, acts since, people, what was erased.
    Explain {
        /// One receipt, or a file that holds it.
        earlier: String,
        /// The other.
        later: String,
    },
    /// Print the public key that receipts are signed with, in hexadecimal.
    Key,
}

/// Prints a figure with its receipt, or verifies one.
pub(super) async fn figure(place: &Place, asking: &Asking) -> Result<(), Trouble> {
    if asking.list {
        return Figure::plain().try_for_each(|figure| Ok(say(&figure.to_string())?));
    }
    if asking.definitions {
        return Ok(say(definition::page().trim_end())?);
    }
    if asking.notice {
        return Ok(say(crate::notice::page().trim_end())?);
    }
    if let Some(Verifying::Verify { receipt, journal_file }) = &asking.receipt {
        return verify(place, receipt, journal_file.as_deref()).await;
    }
    let folder = Reader::open(&place.folder, place.journal.as_deref()).await?;
    match (&asking.receipt, asking.figure) {
        (Some(Verifying::Explain { earlier, later }), _) => explain(&folder, earlier, later).await,
        (Some(Verifying::Key), _) => {
            let at = At::end(&folder).await?;
            Ok(say(&at.seal.public_key())?)
        }
        (None, Some(figure)) => print(&folder, asking, figure).await,
        (Some(Verifying::Verify { .. }), _) | (None, None) => Ok(()),
    }
}

/// The views as they stand at the journal's end, and what the organisation says of its figures.
pub(super) struct At {
    views: Views,
    pub(super) house: House,
    seal: Seal,
    organisation: domain::id::OrganisationId,
    /// Where they stand at a position that was asked for: the instant up to which anything was known there.
    until: Option<Time>,
    _built: Option<Temporary>,
}

impl At {
    pub(super) async fn end(folder: &Reader) -> Result<Self, Trouble> {
        Self::at(folder, folder.journal.end().await?).await
    }

    /// The same as they stood at a position.
    pub(super) async fn as_of(folder: &Reader, position: Position) -> Result<Self, Trouble> {
        let at = Self::at(folder, position).await?;
        let until = at.views.checkpoint()?.known_at;
        Ok(Self { until, ..at })
    }

    async fn at(folder: &Reader, position: Position) -> Result<Self, Trouble> {
        let organisation = organisation(folder).await?;
        let seal = Seal::of(&folder.codec, organisation).await?;
        let (views, built) = views_at(folder, position).await?;
        let house = House::of(&views.snapshot()?)?;
        Ok(Self { house, views, seal, organisation, until: None, _built: built })
    }

    pub(super) fn sheet(&self, window: Window, chart: Chart, cut: Day) -> Result<Sheet, projections::Error> {
        let day_of = |at| local_day(at, &self.house.time_zone);
        let known = Known::read(&self.views.snapshot()?, cut, &day_of)?.until(self.until);
        Ok(Sheet::new(self.views.clone(), Arc::new(known), window, chart))
    }
}

/// Views that hold everything up to a position: those of the folder if they do, else others that are built for now.
async fn views_at(folder: &Reader, position: Position) -> Result<(Views, Option<Temporary>), Trouble> {
    // What cannot be read is built anew.
    let there = Views::open_to_read(&folder.path).ok().flatten();
    if let Some(views) = there.filter(|views| views.checkpoint().is_ok_and(|at| at.position == position)) {
        return Ok((views, None));
    }
    let file = Temporary(folder.path.join(format!("views-figure-{}.db", std::process::id())));
    let views = build(folder.journal.as_ref(), &folder.codec, &file.0, position).await?;
    Ok((views, Some(file)))
}

async fn print(folder: &Reader, asking: &Asking, figure: Figure) -> Result<(), Trouble> {
    let at = At::end(folder).await?;
    let newest_cut = at.house.newest_cut(&at.views.snapshot()?, SystemClock.now(), true);
    let newest_cut = newest_cut.ok_or_else(|| Trouble::Data("nothing was recorded yet".to_owned()))?;
    let as_of = asking.as_of.unwrap_or(newest_cut);
    if as_of > newest_cut {
        let say = format!("--as-of {as_of}: figures are of days that are over and known, up to {newest_cut}");
        return Err(Trouble::Data(say));
    }
    let placed = at.house.placed(asking.window.0, asking.on, as_of);
    let (window, cut) = placed.map_err(|error| Trouble::Data(error.to_string()))?;
    folder.look_at_figures(Consulting::of(vec![figure.to_string()], asking.group.0, window, cut)).await?;
    let sheet = at.sheet(window, asking.chart.0, cut)?;
    let (group, threshold) = (asking.group.0, at.house.threshold);
    if !at.house.has(group) {
        let say = "here ids stand for people, and figures are of groups";
        return Err(Trouble::Data(format!("--group {}: {say}", asking.group)));
    }
    if sheet.members(group).is_none() {
        return Err(Trouble::Data(format!("--group {}: there is no such group", asking.group)));
    }
    let published = figure.of(&sheet, at.house.terms(group, &sheet))?;
    let version = newest(figure.metric()).map_or(1, |definition| definition.version);
    let about = About { sheet: &sheet, figure, group, threshold, as_of: None };
    let (receipt, claim) =
        at.seal.receipt(folder.journal.as_ref(), at.organisation, (about, version), &published).await?;
    let mut line = json!(claim);
    line["receipt"] = json!(receipt);
    Ok(say(&serde_json::to_string_pretty(&line)?)?)
}

/// What a receipt says, or one that a file holds.
pub(super) fn claimed(seal: &Seal, receipt: &str) -> Result<Claim, Trouble> {
    let text = std::fs::read_to_string(receipt).unwrap_or_else(|_| receipt.to_owned());
    seal.verify(&text).map_err(|error| Trouble::Data(error.to_string()))
}

/// Says what made one receipt of a figure another.
async fn explain(folder: &Reader, earlier: &str, later: &str) -> Result<(), Trouble> {
    let at = At::end(folder).await?;
    let claims = (claimed(&at.seal, earlier)?, claimed(&at.seal, later)?);
    let (figure, window, chart, group) = about(&claims.0).map_err(|why| Trouble::Data(why.to_string()))?;
    let cut = claims.0.cut.max(claims.1.cut);
    folder.look_at_figures(Consulting::of(vec![figure.to_string()], group, window, cut)).await?;
    let found = difference::explain(claims, &at.house, |cut| Ok(Arc::new(at.sheet(window, chart, cut)?)));
    let found = found.map_err(|why| match why {
        Unexplained::Broken(error) => error.into(),
        Unexplained::Failed(error) => Trouble::Failed(error),
        why => Trouble::Data(why.to_string()),
    })?;
    let told = |claim: &Claim| json!({"cut": claim.cut, "value": claim.value});
    let line = json!({"figure": found.earlier.figure, "group": found.earlier.group, "first": window.first,
        "last": window.last, "earlier": told(&found.earlier), "later": told(&found.later), "parts": found.parts});
    Ok(say(&serde_json::to_string_pretty(&line)?)?)
}

/// The organisation is the first thing in a journal.
pub(super) async fn organisation(folder: &Reader) -> Result<domain::id::OrganisationId, Trouble> {
    let page = folder.journal.read_all(Position(0), 100).await?;
    for recorded in folder.codec.decode(&page.events).await? {
        if let Event::Organisation(domain::organisation::Event::Established(established)) = recorded.event {
            return Ok(established.organisation);
        }
    }
    Err(Trouble::Data("there is no organisation in the folder yet, so there are no figures".to_owned()))
}
