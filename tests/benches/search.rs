//! The first 20 results of a search over 200,000 posts, with their texts, what was found in them and who may read
//! them, beside the bare index of the same file asked for the same words.
//!
//! `cargo bench -p passerelle-tests -- search`. One thread; each kind of query takes its turn with its reference.

use std::path::Path;
use std::time::{Duration, Instant};

use passerelle_tests::bench::ratio::{Ratio, in_turns, median};
use passerelle_tests::bench::words::{member, posts, word};
use passerelle_tests::log::Scratch;
use projections::search::{Filters, Query, search};
use projections::{Paging, Snapshot, Viewer, Views};
use rusqlite::{Connection, OpenFlags};

const POSTS: u64 = 200_000;
const BATCH: usize = 10_000;
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(1);

/// A kind of query: its name, the words it asks for by their ranks, and whether they are beginnings.
struct Asked(&'static str, &'static [u64], &'static str);

const ASKED: [Asked; 5] = [
    Asked("a frequent word", &[12, 14, 17, 23], ""),
    Asked("a seldom word", &[12_001, 15_003, 20_011, 24_007], ""),
    Asked("two words", &[30, 45, 210, 400], ""),
    Asked("four words", &[2, 3, 5, 8], ""),
    Asked("the beginning of a word", &[700, 1_100, 1_500, 2_900], "*"),
];

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let folder = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
    let (views, begun) = (Views::open(folder.path()).unwrap(), Instant::now());
    {
        let (mut writer, mut events) = (views.writer().unwrap(), posts(POSTS).peekable());
        while events.peek().is_some() {
            let batch: Vec<_> = events.by_ref().take(BATCH).collect();
            writer.apply(&batch, batch[batch.len() - 1].position).unwrap();
        }
    }
    let megabytes = std::fs::metadata(views.path()).unwrap().len() / 1_000_000;
    println!("views of {POSTS} posts in {:.1} s, {megabytes} MB", begun.elapsed().as_secs_f64());
    let bare = Connection::open_with_flags(views.path(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    bare.execute_batch("PRAGMA cache_size = -16384;").unwrap();
    let snapshot = views.snapshot().unwrap();
    for asked in &ASKED {
        compare(asked, &bare, &snapshot).await;
    }
    // Whoever may read nothing of what a frequent word finds is told so after all of it was looked at.
    let closed = Filters { author: Some(member(0)), ..Filters::default() };
    let nothing = Query::try_new(&word(1), false, closed).unwrap();
    println!("a frequent word by one author: {:.2} ms", milliseconds(&snapshot, &nothing));
    let until = Some(domain::time::Time::EPOCH);
    let before = Query::try_new(&word(1), false, Filters { until, ..Filters::default() }).unwrap();
    println!("a frequent word of which nothing is left by time: {:.0} ms", milliseconds(&snapshot, &before));
}

async fn compare(Asked(what, ranks, behind): &Asked, bare: &Connection, snapshot: &Snapshot) {
    let words: Vec<String> = ranks.iter().map(|rank| word(*rank)).collect();
    let queries: Vec<String> = match *what {
        "two words" => vec![words[..2].join(" "), words[2..].join(" ")],
        "four words" => vec![words.join(" ")],
        _ => words.iter().map(|word| format!("{word}{behind}")).collect(),
    };
    let read: Vec<Query> =
        queries.iter().map(|text| Query::try_new(text, false, Filters::default()).unwrap()).collect();
    let folded = |word: &str| word.replace('é', "e").replace('œ', "oe");
    let plain: Vec<String> = queries
        .iter()
        .map(|text| {
            let word = |word: &str| format!("\"{}\"{behind}", folded(word.trim_end_matches('*')));
            text.split(' ').map(word).collect::<Vec<_>>().join(" AND ")
        })
        .collect();
    let (reference, measured) = in_turns(
        ROUNDS,
        async || rate(|n| matched(bare, &plain[n % plain.len()])),
        async || rate(|n| found(snapshot, &read[n % read.len()])),
    )
    .await;
    println!("{}", Ratio { what, measured, reference, floor: FLOOR, aim: AIM });
}

const FLOOR: f64 = 0.05;
const AIM: f64 = 0.15;

/// How often a second something is done that answers with rows.
fn rate(mut ask: impl FnMut(usize) -> usize) -> f64 {
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < TIME {
        assert!(ask(count) > 0, "something is found");
        count += 1;
    }
    count as f64 / begun.elapsed().as_secs_f64()
}

fn matched(bare: &Connection, expression: &str) -> usize {
    let sql = "SELECT rowid FROM search_words WHERE search_words MATCH ?1 ORDER BY rowid DESC LIMIT 21";
    let mut statement = bare.prepare_cached(sql).unwrap();
    statement.query_map([expression], |row| row.get::<_, i64>(0)).unwrap().count()
}

fn found(snapshot: &Snapshot, query: &Query) -> usize {
    let page = search(snapshot, &Viewer::Member(member(7)), query, &Paging::first(20)).unwrap();
    page.rows.iter().map(|hit| hit.entry.excerpts(query).len()).sum()
}

fn milliseconds(snapshot: &Snapshot, query: &Query) -> f64 {
    let once = || {
        let begun = Instant::now();
        found(snapshot, query);
        begun.elapsed().as_secs_f64() * 1_000.0
    };
    median((0..7).map(|_| once()).collect())
}
