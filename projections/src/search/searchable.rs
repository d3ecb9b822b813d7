//! What can be searched for: rows of folded words and their stems, and the index over them that triggers keep.

use domain::event::{Event, Recorded};
use domain::id::{CommunityId, MemberId};
use domain::sealed::Sealed;
use domain::words::Language;
use domain::{community, document, idea, member, post};
use uuid::Uuid;

use super::query::Kind;
use super::words::{Stemmed, kept, primary};
use crate::table::{Layout, Table, delete, put, update};
use crate::value::Value;
use crate::writes::Writes;

// What a row is in the index: its words and, each with its mark, the words of its name, the stems, the stems of its
// name, and what filters ask for. One list of marked words rather than columns: each mark has its own list of rows,
// which is read as far as a page needs, and no place of a word in its text is kept.
macro_rules! marked {
    ($mark:literal, $words:expr) => {
        concat!(" || ' ", $mark, "' || replace(", $words, ", ' ', ' ", $mark, "')")
    };
}
macro_rules! indexed {
    ($row:literal) => {
        concat!(
            $row,
            ".position, ",
            $row,
            ".name || ' ' || ",
            $row,
            ".text",
            marked!("n_", concat!($row, ".name")),
            marked!("ns_", concat!($row, ".name_stems")),
            marked!("s_", concat!($row, ".name_stems || ' ' || ", $row, ".text_stems")),
            " || ' k_' || ",
            $row,
            ".kind || coalesce(' a_' || hex(",
            $row,
            ".author), '') || coalesce(' c_' || hex(",
            $row,
            ".community), '') || coalesce(' l_' || ",
            $row,
            ".language, '')"
        )
    };
}
macro_rules! enter {
    () => {
        concat!("INSERT INTO search_words(rowid, words) VALUES (", indexed!("NEW"), ");")
    };
}
macro_rules! leave {
    () => {
        concat!(
            "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', ",
            indexed!("OLD"),
            ");"
        )
    };
}

// `community` is where it is for everybody who may read there, and of a community itself. The words are folded here
// and not by the index, whose tokens are thus the same; what leaves it is wiped at once, not when it is next tidied.
pub(super) static SEARCHABLE: Table = Table {
    name: "searchable",
    key: &["item BLOB NOT NULL"],
    columns: &[
        "position INTEGER NOT NULL UNIQUE",
        "kind INTEGER NOT NULL",
        "author BLOB",
        "community BLOB",
        "department BLOB",
        "published_at INTEGER NOT NULL",
        "language TEXT",
        "name TEXT NOT NULL",
        "name_stems TEXT NOT NULL",
        "text TEXT NOT NULL",
        "text_stems TEXT NOT NULL",
    ],
    layout: Layout::Heap,
    also: &[
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content = '', columnsize = 0, detail = none,
            prefix = '2 3', tokenize = \"unicode61 remove_diacritics 2 categories 'L* M* N* S* Co' tokenchars _\")",
        "INSERT INTO search_words(search_words, rank) VALUES ('secure-delete', 1)",
        concat!("CREATE TRIGGER searchable_came AFTER INSERT ON searchable BEGIN ", enter!(), " END"),
        concat!("CREATE TRIGGER searchable_went AFTER DELETE ON searchable BEGIN ", leave!(), " END"),
        concat!("CREATE TRIGGER searchable_changed AFTER UPDATE ON searchable BEGIN ", leave!(), enter!(), " END"),
    ],
    looked_up: &[],
};

/// What an event changes of what can be searched for.
pub(super) fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Post(event) => fold_post(event, recorded, writes),
        Event::Document(event) => fold_document(event, recorded, writes),
        Event::Idea(event) => fold_idea(event, recorded, writes),
        Event::Member(event) => fold_member(event, recorded, writes),
        Event::Community(event) => fold_community(event, recorded, writes),
        _ => {}
    }
}

fn fold_post(event: &post::Event, recorded: &Recorded, writes: &mut Writes) {
    match event {
        post::Event::Published(e) => {
            let found =
                Found { language: e.language.as_ref(), ..Found::in_place(e.author, e.audience.community()) };
            found.write(recorded, writes, (e.post.0, Kind::Post), [None, Some(&e.body)]);
        }
        post::Event::Edited(e) => {
            let [text, text_stems] = words_of(Some(&e.body), by(e.language.as_ref()));
            update!(writes, SEARCHABLE [e.post] {
                language = tag(e.language.as_ref()),
                text = &text,
                text_stems = &text_stems,
            });
        }
        post::Event::Removed(e) => delete!(writes, SEARCHABLE[e.post]),
        _ => {}
    }
}

fn fold_document(event: &document::Event, recorded: &Recorded, writes: &mut Writes) {
    match event {
        document::Event::Shared(e) => {
            let found =
                Found { language: e.language.as_ref(), ..Found::in_place(e.author, e.audience.community()) };
            found.write(recorded, writes, (e.document.0, Kind::Document), [Some(&e.name), None]);
        }
        // A new name does not say its language.
        document::Event::Renamed(e) => {
            let [name, name_stems] = words_of(Some(&e.name), Stemmed::Both);
            update!(writes, SEARCHABLE [e.document] { name = &name, name_stems = &name_stems });
        }
        document::Event::Moved(e) => {
            update!(writes, SEARCHABLE [e.document] { community = e.audience.community() });
        }
        document::Event::Withdrawn(e) => delete!(writes, SEARCHABLE[e.document]),
        _ => {}
    }
}

fn fold_idea(event: &idea::Event, recorded: &Recorded, writes: &mut Writes) {
    match event {
        idea::Event::Submitted(e) => {
            let found = Found { language: e.language.as_ref(), ..Found::in_place(e.author, None) };
            found.write(recorded, writes, (e.idea.0, Kind::Idea), [Some(&e.title), Some(&e.body)]);
        }
        idea::Event::Revised(e) => {
            let by = by(e.language.as_ref());
            let ([name, name_stems], [text, text_stems]) =
                (words_of(Some(&e.title), by), words_of(Some(&e.body), by));
            update!(writes, SEARCHABLE [e.idea] {
                language = tag(e.language.as_ref()),
                name = &name,
                name_stems = &name_stems,
                text = &text,
                text_stems = &text_stems,
            });
        }
        _ => {}
    }
}

fn fold_member(event: &member::Event, recorded: &Recorded, writes: &mut Writes) {
    match event {
        member::Event::Registered(e) => {
            let found = Found { by: Some(Stemmed::Not), ..Found::default() };
            found.write(recorded, writes, (e.member.0, Kind::Member), [Some(&e.name), None]);
        }
        member::Event::ProfileChanged(e) => {
            let [name, _] = words_of(Some(&e.name), Stemmed::Not);
            update!(writes, SEARCHABLE [e.member] { name = &name });
        }
        _ => {}
    }
}

fn fold_community(event: &community::Event, recorded: &Recorded, writes: &mut Writes) {
    match event {
        community::Event::Founded(e) => {
            let found = Found { community: Some(e.community), ..Found::default() };
            found.write(
                recorded,
                writes,
                (e.community.0, Kind::Community),
                [Some(&e.name), Some(&e.summary)],
            );
        }
        community::Event::Described(e) => {
            let ([name, name_stems], [text, text_stems]) =
                (words_of(Some(&e.name), Stemmed::Both), words_of(Some(&e.summary), Stemmed::Both));
            update!(writes, SEARCHABLE [e.community] {
                name = &name,
                name_stems = &name_stems,
                text = &text,
                text_stems = &text_stems,
            });
        }
        _ => {}
    }
}

/// What is said of something when it becomes searchable.
#[derive(Default)]
struct Found<'a> {
    author: Option<MemberId>,
    community: Option<CommunityId>,
    language: Option<&'a Language>,
    /// How it is stemmed, unless its language says that.
    by: Option<Stemmed>,
}

impl Found<'_> {
    fn in_place(author: MemberId, community: Option<CommunityId>) -> Self {
        Self { author: Some(author), community, ..Self::default() }
    }

    fn write(
        self,
        recorded: &Recorded,
        writes: &mut Writes,
        (item, kind): (Uuid, Kind),
        [name, text]: [Option<&Sealed<String>>; 2],
    ) {
        let by = self.by.unwrap_or_else(|| by(self.language));
        let ([name, name_stems], [text, text_stems]) = (words_of(name, by), words_of(text, by));
        put!(
            writes,
            SEARCHABLE {
                item: item,
                position: recorded.position,
                kind: kind as i64,
                author: self.author,
                community: self.community,
                department: recorded.metadata.department.filter(|_| kind != Kind::Member),
                published_at: recorded.metadata.occurred_at,
                language: tag(self.language),
                name: &name,
                name_stems: &name_stems,
                text: &text,
                text_stems: &text_stems,
            }
        );
    }
}

fn words_of(text: Option<&Sealed<String>>, by: Stemmed) -> [String; 2] {
    kept(text.and_then(Sealed::open).map(String::as_str), by)
}

fn by(language: Option<&Language>) -> Stemmed {
    Stemmed::by(language.map(Language::as_str))
}

fn tag(language: Option<&Language>) -> Value {
    language.map_or(Value::Null, |language| primary(language.as_str()).as_str().into())
}
