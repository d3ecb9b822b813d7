//! What becomes of a views file, and what is said of it.

use super::*;
use crate::batches::given;
use crate::given::Folder;
use domain::event::Position;

fn filled(folder: &Folder) -> Views {
    let views = Views::open(folder.path()).unwrap();
    let given = given();
    views.writer().unwrap().apply(&given.events, Position(given.events.len() as u64)).unwrap();
    views
}

fn position(folder: &Folder) -> u64 {
    Views::open(folder.path()).unwrap().checkpoint().unwrap().position.0
}

#[test]
fn opened_again_they_stand_where_they_stood() {
    let folder = Folder::new();
    let at = filled(&folder).checkpoint().unwrap().position.0;
    assert_eq!((at, position(&folder)), (given().events.len() as u64, at));
}

#[test]
fn there_is_one_writer_and_events_are_folded_once() {
    let folder = Folder::new();
    let views = filled(&folder);
    let mut writer = views.writer().unwrap();
    assert!(matches!(views.writer(), Err(Error::WriterTaken)));
    let before = crate::digest::digest(&views.snapshot().unwrap()).unwrap();
    writer.apply(&given().events, writer.position()).unwrap();
    assert_eq!(crate::digest::digest(&views.snapshot().unwrap()).unwrap(), before);
    let again = crate::Batch::of(&given().events, writer.position());
    assert!(matches!(writer.write(&again), Err(Error::OutOfOrder { .. })));
}

#[test]
fn a_snapshot_stays_at_its_position() {
    let folder = Folder::new();
    let views = filled(&folder);
    let before = views.snapshot().unwrap();
    views.writer().unwrap().apply(&[], Position(1000)).unwrap();
    assert!(before.position() < Position(1000));
    assert_eq!(views.snapshot().unwrap().position(), Position(1000));
}

#[test]
fn a_file_deleted_or_truncated_while_used_is_told_and_begun_anew() {
    for truncated in [false, true] {
        let folder = Folder::new();
        let views = filled(&folder);
        if truncated {
            std::fs::OpenOptions::new().write(true).open(views.path()).unwrap().set_len(100).unwrap();
        } else {
            std::fs::remove_file(views.path()).unwrap();
        }
        assert!(views.snapshot().is_err_and(|error| error.is_broken()));
        assert!(views.writer().unwrap().apply(&[], Position(2000)).is_err_and(|error| error.is_broken()));
        drop(views);
        assert_eq!(position(&folder), 0);
    }
}

#[test]
fn a_file_that_is_none_of_ours_is_begun_anew() {
    let folder = Folder::new();
    std::fs::write(Views::path_in(folder.path()), "not a database, whatever its name says it is").unwrap();
    assert_eq!(position(&folder), 0);
}

#[test]
fn views_of_other_code_are_removed_when_asked() {
    let folder = Folder::new();
    let views = filled(&folder);
    let other = folder.path().join("views-0123456789abcdef.db");
    std::fs::write(&other, "").unwrap();
    Views::remove_others(folder.path()).unwrap();
    assert!(!other.exists() && views.path().exists());
    assert!(Views::build_to(views.path()).is_err());
}
