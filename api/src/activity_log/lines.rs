//! `activities.jsonl`, line by line in order of time, without holding more of it than what stands out of order.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read};
use std::vec;

use domain::time::Time;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use crate::activity_log::activity::Activity;
use crate::activity_log::source::{Fault, Place, Source};

/// The file of activities, plain; compressed, `.gz` follows.
pub const PLAIN: &str = "activities.jsonl";
const COMPRESSED: &str = "activities.jsonl.gz";

/// The longest line, in bytes: more than any event can hold.
const LINE_MAX: u64 = 8 << 20;

/// The lines of the file, in file order.
struct Lines<'s> {
    file: &'static str,
    reader: Option<BufReader<Box<dyn Read + Send + 's>>>,
    number: u64,
    text: Vec<u8>,
}

impl<'s> Lines<'s> {
    fn open(source: &'s dyn Source) -> io::Result<Self> {
        let (file, reader): (_, Option<Box<dyn Read + Send>>) = match source.open(PLAIN)? {
            Some(file) => (PLAIN, Some(file)),
            None => match source.open(COMPRESSED)? {
                Some(file) => (COMPRESSED, Some(Box::new(MultiGzDecoder::new(BufReader::new(file))))),
                None => (PLAIN, None),
            },
        };
        let reader = reader.map(|reader| BufReader::with_capacity(1 << 16, reader));
        Ok(Self { file, reader, number: 0, text: Vec::new() })
    }

    fn place(&self) -> Place {
        Place { file: self.file, line: self.number }
    }

    /// The next line that holds something.
    fn next(&mut self) -> Option<Result<&[u8], Fault>> {
        loop {
            let reader = self.reader.as_mut()?;
            self.text.clear();
            self.number += 1;
            match reader.by_ref().take(LINE_MAX).read_until(b'\n', &mut self.text) {
                Ok(0) => return None,
                Ok(_) if self.text.len() as u64 == LINE_MAX && self.text.last() != Some(&b'\n') => {
                    let skipped = reader.skip_until(b'\n');
                    let what = format!("the line is longer than {LINE_MAX} bytes");
                    let fault = Fault::at(self.place(), what);
                    if skipped.is_err() {
                        self.reader = None;
                    }
                    return Some(Err(fault));
                }
                Ok(_) if self.text.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok(self.text.trim_ascii())),
                Err(error) => {
                    let fault = Fault::at(self.place(), format!("cannot be read: {error}"));
                    self.reader = None;
                    return Some(Err(fault));
                }
            }
        }
    }
}

/// A line that stands after one with a later time.
#[derive(Debug)]
struct Late {
    at: Time,
    place: Place,
    text: Vec<u8>,
}

/// What has to be known of the file before its first activity can be taken.
#[derive(Debug, Default)]
pub struct Survey {
    /// How many lines there are.
    pub lines: u64,
    /// The earliest time.
    pub earliest: Option<Time>,
    /// Whoever acts.
    pub actors: HashSet<String>,
    late: Vec<Late>,
}

/// What the survey reads of a line.
#[derive(Deserialize)]
struct Glance<'a> {
    #[serde(borrow)]
    actor: std::borrow::Cow<'a, str>,
    published: Time,
}

impl Survey {
    /// Reads the file once. What is broken is left to the second reading.
    pub fn of(source: &dyn Source) -> io::Result<Self> {
        let mut survey = Self::default();
        let mut lines = Lines::open(source)?;
        let mut newest = None;
        while let Some(line) = lines.next() {
            survey.lines += 1;
            let Some(glance) = line.ok().and_then(|text| serde_json::from_slice::<Glance>(text).ok()) else {
                continue;
            };
            let at = glance.published;
            if !survey.actors.contains(&*glance.actor) {
                survey.actors.insert(glance.actor.into_owned());
            }
            survey.earliest = Some(survey.earliest.map_or(at, |earliest| earliest.min(at)));
            if newest.is_some_and(|newest| at < newest) {
                let text = lines.text.trim_ascii().to_vec();
                survey.late.push(Late { at, place: lines.place(), text });
            } else {
                newest = Some(at);
            }
        }
        Ok(survey)
    }
}

/// An activity, or what is wrong with its line, at its place in time.
#[derive(Debug)]
pub struct Timed {
    /// When; of a broken line, when the one before it was.
    pub at: Time,
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub activity: Result<Box<Activity>, Fault>,
}

/// The activities in order of time, then of the file. Lines in order are read as they are wanted; those that stand
/// after a later one are the only ones held.
pub struct Activities<'s> {
    lines: Lines<'s>,
    late_lines: vec::IntoIter<u64>,
    next_late_line: Option<u64>,
    late: std::iter::Peekable<vec::IntoIter<Late>>,
    ready: Option<Timed>,
    newest: Time,
}

impl<'s> Activities<'s> {
    /// Begins the second reading.
    pub fn open(source: &'s dyn Source, survey: &mut Survey) -> io::Result<Self> {
        let mut late = std::mem::take(&mut survey.late);
        let mut late_lines = late.iter().map(|late| late.place.line).collect::<Vec<_>>().into_iter();
        late.sort_by_key(|late| (late.at, late.place.line));
        Ok(Self {
            lines: Lines::open(source)?,
            next_late_line: late_lines.next(),
            late_lines,
            late: late.into_iter().peekable(),
            ready: None,
            newest: survey.earliest.unwrap_or_default(),
        })
    }

    fn read_in_order(&mut self) -> Option<Timed> {
        loop {
            let read = self.lines.next()?.map(|_| ());
            let place = self.lines.place();
            if self.next_late_line == Some(place.line) {
                self.next_late_line = self.late_lines.next();
                continue;
            }
            let activity = read.and_then(|()| parse(self.lines.text.trim_ascii(), place));
            self.newest =
                activity.as_ref().map_or(self.newest, |activity| activity.published.max(self.newest));
            return Some(Timed { at: self.newest, place, activity });
        }
    }
}

impl Iterator for Activities<'_> {
    type Item = Timed;

    fn next(&mut self) -> Option<Timed> {
        if self.ready.is_none() {
            self.ready = self.read_in_order();
        }
        let ready = self.ready.as_ref().map(|timed| (timed.at, timed.place.line));
        let before = |late: &Late| ready.is_none_or(|ready| (late.at, late.place.line) < ready);
        match self.late.next_if(before) {
            Some(Late { at, place, text }) => Some(Timed { at, place, activity: parse(&text, place) }),
            None => self.ready.take(),
        }
    }
}

fn parse(text: &[u8], place: Place) -> Result<Box<Activity>, Fault> {
    serde_json::from_slice(text).map(Box::new).map_err(|error| {
        let what = error.to_string();
        // The line of a text of one line says nothing.
        let what = what.split(" at line ").next().unwrap_or_default();
        Fault::at(place, format!("{what} (column {})", error.column()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity_log::source::Files;

    fn files(lines: &[&str]) -> Files {
        Files::from([(PLAIN.to_owned(), lines.join("\n").into_bytes())])
    }

    fn line(second: u32) -> String {
        let at = format!("2026-01-01T00:00:{second:02}Z");
        format!(r#"{{"type":"View","actor":"member:{second}","published":"{at}","object":"note:1"}}"#)
    }

    fn read(files: &Files) -> Vec<Result<u64, String>> {
        let mut survey = Survey::of(files).unwrap();
        let activities = Activities::open(files, &mut survey).unwrap();
        activities.map(|a| a.activity.map(|_| a.place.line).map_err(|fault| fault.to_string())).collect()
    }

    #[test]
    fn lines_out_of_order_are_put_into_it_and_equal_times_stay_in_file_order() {
        let lines = [1, 5, 3, 5, 2, 6, 5].map(line);
        let files = files(&lines.each_ref().map(String::as_str));
        assert_eq!(read(&files), [1, 5, 3, 2, 4, 7, 6].map(Ok));
    }

    #[test]
    fn a_broken_line_is_named_where_it_stands() {
        let (one, two) = (line(1), line(2));
        let files = files(&[&one, "", "{\"type\":", &two]);
        let read = read(&files);
        assert_eq!((&read[0], &read[2]), (&Ok(1), &Ok(4)));
        assert_eq!(read[1], Err("activities.jsonl line 3: EOF while parsing a value (column 8)".to_owned()));
    }

    #[test]
    fn compressed_lines_are_the_same_lines() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, line(1).as_bytes()).unwrap();
        let files = Files::from([(COMPRESSED.to_owned(), encoder.finish().unwrap())]);
        assert_eq!(read(&files), [Ok(1)]);
        let cut = Files::from([(COMPRESSED.to_owned(), files[COMPRESSED][..20].to_vec())]);
        assert!(read(&cut)[0].as_ref().unwrap_err().contains("cannot be read"));
    }
}
