//! Where an activity log is read from and written to: a folder, or files in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;

/// The files of an activity log, to be read; each more than once.
pub trait Source: Sync {
    /// Opens a file from its beginning; `None` when there is no such file.
    fn open(&self, name: &str) -> io::Result<Option<Box<dyn Read + Send + '_>>>;
}

/// The files of an activity log, to be written.
pub trait Target {
    /// Begins a file anew; whoever writes it flushes it at the end.
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + '_>>;
}

/// A folder of the file system.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Source for Folder {
    fn open(&self, name: &str) -> io::Result<Option<Box<dyn Read + Send + '_>>> {
        match File::open(self.0.join(name)) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Target for Folder {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + '_>> {
        std::fs::create_dir_all(&self.0)?;
        Ok(Box::new(BufWriter::with_capacity(1 << 16, File::create(self.0.join(name))?)))
    }
}

/// Files in memory, by name: what a demonstration or a test makes up.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Source for Files {
    fn open(&self, name: &str) -> io::Result<Option<Box<dyn Read + Send + '_>>> {
        Ok(self.get(name).map(|bytes| Box::new(bytes.as_slice()) as Box<dyn Read + Send>))
    }
}

impl Target for Files {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + '_>> {
        let bytes = self.entry(name.to_owned()).or_default();
        bytes.clear();
        Ok(Box::new(bytes))
    }
}

/// A line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: &'static str,
    /// Its line, from 1; 0 for the file as a whole.
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(self.file),
            line => write!(f, "{} line {line}", self.file),
        }
    }
}

/// A line that cannot be read, or that the rules refuse: where, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What is wrong, without what the line holds.
    pub what: String,
}

impl Fault {
    /// A fault at a line.
    pub fn at(place: Place, what: impl fmt::Display) -> Self {
        Self { place, what: what.to_string() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Fault {}
