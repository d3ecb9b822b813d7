//! `passerelle replay`: build the views anew, or as of a moment into a file given.

use std::path::PathBuf;
use std::sync::Arc;

use domain::event::Position;
use domain::time::{Day, Time};
use indicatif::ProgressBar;
use projections::{Viewer, Views, batch, organisation};

use super::check::page_upto;
use super::serve::say;
use super::{Place, Trouble};
use crate::clock::day_begins;
use crate::folder::{Folder, Reader};

/// Builds views up to the end, a position, or what was known by a day or time.
pub(super) async fn replay(
    place: &Place,
    until: Option<&str>,
    position: Option<u64>,
    to: Option<PathBuf>,
) -> Result<(), Trouble> {
    let database = place.journal.as_deref();
    let (journal, codec, views, _used) = match &to {
        Some(path) => {
            let folder = Reader::open(&place.folder, database).await?;
            (folder.journal, folder.codec, Views::build_to(path)?, None)
        }
        None => {
            let folder = Folder::open(&place.folder, database).await?;
            let views = Views::open_anew(&folder.path)?;
            (Arc::clone(&folder.journal), Arc::clone(&folder.codec), views, Some(folder))
        }
    };
    let end = journal.end().await?;
    let upto = position.map_or(end, Position).min(end);
    let mut writer = views.writer()?;
    let progress = ProgressBar::new(upto.0);
    while writer.position() < upto {
        let (events, reached) = page_upto(journal.as_ref(), &codec, writer.position(), upto).await?;
        let known = match until {
            // The zone of the organisation is known as soon as its first event is.
            Some(text) => {
                let zone = match organisation::organisation(&views.snapshot()?, &Viewer::Operator)? {
                    Some(organisation) => organisation.time_zone,
                    None => events.iter().find_map(time_zone).unwrap_or_else(|| "UTC".to_owned()),
                };
                batch::known_by(&events, writer.checkpoint().known_at, limit(text, &zone)?)
            }
            None => &events,
        };
        let cut = known.len() < events.len();
        let next = known.last().map_or(writer.position(), |event| event.position);
        writer.apply(known, if cut { next } else { reached })?;
        progress.set_position(writer.position().0);
        if cut {
            break;
        }
    }
    progress.finish_and_clear();
    say(&format!("the views hold everything up to position {}", writer.position().0))?;
    Ok(())
}

fn time_zone(recorded: &domain::event::Recorded) -> Option<String> {
    use domain::event::Event;
    match &recorded.event {
        Event::Organisation(domain::organisation::Event::Established(e)) => Some(e.time_zone.clone()),
        _ => None,
    }
}

/// A time as given, or the last instant of a day in a time zone.
fn limit(text: &str, time_zone: &str) -> Result<Time, Trouble> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    let wrong =
        || Trouble::Data(format!("--until {text} is neither a day (2026-01-31) nor a time in RFC 3339"));
    let day: Day = text.parse().map_err(|_| wrong())?;
    let next = day.date().succ_opt().ok_or_else(wrong)?;
    Time::try_from_micros(day_begins(next.into(), time_zone).micros() - 1).map_err(|_| wrong())
}
