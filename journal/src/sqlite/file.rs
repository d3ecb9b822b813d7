//! Opening the files: what makes a SQLite file one of ours, and what is refused by name.

use std::path::Path;
use std::time::Duration;

use rusqlite::ffi::SQLITE_IOERR_WRITE;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use uuid::Uuid;

use crate::port::Error;

/// The version of the tables in both kinds of files.
const VERSION: i32 = 1;
/// How long a writer waits for one of another process.
const BUSY: Duration = Duration::from_secs(20);

/// How often, and how long apart, a file that another process is just opening is asked for its log.
const WAL_TRIES: u32 = 200;
const WAL_PAUSE: Duration = Duration::from_millis(10);

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Journal,
    Keys,
}

impl Kind {
    /// SQLite's `application_id`: `Psrj` and `Psrk`.
    fn application(self) -> i32 {
        match self {
            Self::Journal => 0x5073_726a,
            Self::Keys => 0x5073_726b,
        }
    }

    fn tables(self) -> &'static str {
        match self {
            Self::Journal => include_str!("../../../schema/journal/events.sqlite.sql"),
            Self::Keys => include_str!("../../../schema/journal/keys.sqlite.sql"),
        }
    }

    fn foreign(self) -> &'static str {
        match self {
            Self::Journal => "this is not a journal of Passerelle; name another folder or restore a back-up",
            Self::Keys => "this does not hold the keys of a Passerelle journal; restore a back-up",
        }
    }

    fn absent(self) -> &'static str {
        match self {
            Self::Journal => "there is no journal here yet; serve the folder or import into it first",
            Self::Keys => "the keys of this journal are missing; restore this file from a back-up",
        }
    }
}

/// Turns what SQLite says into what we say.
pub(super) fn failed(doing: &'static str) -> impl Fn(rusqlite::Error) -> Error {
    move |error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full,
        // A quota or a limit on the size of files: SQLite knows no other word for it.
        _ if error.sqlite_error().is_some_and(|e| e.extended_code == SQLITE_IOERR_WRITE) => Error::Full,
        _ => Error::failed(doing)(error.into()),
    }
}

/// Opens a file for writing, making it if there is none. Answers the id of its journal: `id` if it is new.
pub(super) fn open(path: &Path, kind: Kind, id: Uuid) -> Result<(Connection, Uuid), Error> {
    let unusable = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::Unusable { path: path.into(), why: kind.foreign() },
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::Unusable {
            path: path.into(),
            why: "it cannot be opened for writing; check that the folder is there and may be written to",
        },
        _ => failed("opening a file of the journal")(error),
    };
    let mut db = Connection::open(path).map_err(unusable)?;
    db.busy_timeout(BUSY).map_err(unusable)?;
    // In one transaction: another process may be laying out the tables at this moment.
    let found = db.transaction().and_then(|reading| recognise(&reading, kind)).map_err(unusable)?;
    if let Some(why) = found.refused(kind) {
        return Err(Error::Unusable { path: path.into(), why });
    }
    prepare(&db).map_err(unusable)?;
    if found == Found::Nothing {
        create(&mut db, kind, id).map_err(unusable)?;
    }
    let id = identity(&db).map_err(unusable)?;
    Ok((db, id))
}

/// Opens a file for reading alone.
pub(super) fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(16);
    Ok(db)
}

/// The id of the journal in a file that is there, found by reading alone.
pub(super) fn identify(path: &Path, kind: Kind) -> Result<Uuid, Error> {
    let unusable = |why| Error::Unusable { path: path.into(), why };
    let unread = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => unusable(kind.foreign()),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            unusable("it cannot be opened for reading; check the permissions of the folder")
        }
        _ => failed("opening a file of the journal")(error),
    };
    if !path.exists() {
        return Err(unusable(kind.absent()));
    }
    let db = open_to_read(path).map_err(unread)?;
    let reading = db.unchecked_transaction().map_err(unread)?;
    let found = recognise(&reading, kind).map_err(unread)?;
    match found.refused(kind) {
        Some(why) => Err(unusable(why)),
        None if found == Found::Nothing => Err(unusable(kind.absent())),
        None => identity(&reading).map_err(unread),
    }
}

#[derive(PartialEq, Eq)]
enum Found {
    Ours,
    Nothing,
    Newer,
    Foreign,
}

impl Found {
    /// Why such a file is not opened, whoever asks.
    fn refused(&self, kind: Kind) -> Option<&'static str> {
        match self {
            Self::Ours | Self::Nothing => None,
            Self::Newer => Some("it was written by a newer release of Passerelle; upgrade this one"),
            Self::Foreign => Some(kind.foreign()),
        }
    }
}

fn recognise(db: &Connection, kind: Kind) -> rusqlite::Result<Found> {
    let number = |pragma| db.query_row(pragma, [], |row| row.get::<_, i32>(0));
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    Ok(if application == kind.application() {
        if version > VERSION { Found::Newer } else { Found::Ours }
    } else if application == 0 && tables == 0 {
        Found::Nothing
    } else {
        Found::Foreign
    })
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    // SQLite does not wait for its lock here, so where another process opens the same new file, ask again.
    let mut tries = WAL_TRIES;
    while let Err(error) = db.execute_batch("PRAGMA journal_mode = WAL;") {
        if tries == 0 || error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) {
            return Err(error);
        }
        tries -= 1;
        std::thread::sleep(WAL_PAUSE);
    }
    // Many commits touch the same pages of the index. The longer the log (64 MB), the fewer of them are written twice.
    db.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000;",
    )?;
    db.set_prepared_statement_cache_capacity(32);
    Ok(())
}

fn create(db: &mut Connection, kind: Kind, id: Uuid) -> rusqlite::Result<()> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    if recognise(&transaction, kind)? == Found::Nothing {
        transaction.execute_batch(kind.tables())?;
        transaction.execute_batch("CREATE TABLE journal (id TEXT NOT NULL) STRICT;")?;
        transaction.execute("INSERT INTO journal (id) VALUES (?)", [id.to_string()])?;
        transaction.pragma_update(None, "application_id", kind.application())?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()
}

fn identity(db: &Connection) -> rusqlite::Result<Uuid> {
    db.query_row("SELECT id FROM journal", [], |row| {
        let id: String = row.get(0)?;
        id.parse().map_err(|e| {
            rusqlite::Error::FromSqlConversionFailure(
                0,
                rusqlite::types::Type::Text,
                Box::<uuid::Error>::new(e),
            )
        })
    })
}
