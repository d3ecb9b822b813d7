//! The page on security answers every point of its list, and the tests it names are there.

use std::fs;

use crate::sources::{Source, none, root, sources};

/// The points of the list.
const POINTS: usize = 52;

/// What stands in the cells of the line of a point.
fn cells(page: &str, point: usize) -> Option<Vec<&str>> {
    let line = page.lines().find(|line| line.starts_with(&format!("| {point} |")))?;
    Some(line.trim_matches('|').split('|').map(str::trim).collect())
}

/// Points without an answer: each is shown by a test that is named, does not apply, or is said not to be there yet.
fn unanswered(page: &str) -> Vec<String> {
    let answered = |point: &usize| {
        cells(page, *point).is_some_and(|cells| {
            let (how, shown) = (cells.get(2).unwrap_or(&""), cells.get(3).unwrap_or(&""));
            how.starts_with("not yet") || how.starts_with("does not apply") || shown.contains('`')
        })
    };
    (1..=POINTS).filter(|point| !answered(point)).map(|point| format!("point {point}")).collect()
}

/// Tests that the page names and that are nowhere: a function of Rust, or a check of a script.
fn missing(page: &str, sources: &[Source], scripts: &str) -> Vec<String> {
    let shown = (1..=POINTS).filter_map(|point| cells(page, point)?.get(3).copied());
    let named = shown.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let there = |name: &str| {
        let functions = [format!("fn {name}("), format!("fn {name}<")];
        sources.iter().any(|source| functions.iter().any(|function| source.text.contains(function)))
            || scripts.contains(&format!("'{name}'"))
    };
    named.filter(|name| !there(name)).map(|name| format!("docs/security.md: {name}")).collect()
}

#[test]
fn the_page_on_security_answers_every_point_with_tests_that_are_there() {
    assert_eq!(unanswered("| 1 | x | it is so | |\n| 2 | x | not yet | |").len(), POINTS - 1);
    assert_eq!(missing("| 1 | x | it is so | `nothing_of_the_kind` |", &[], "").len(), 1);
    let page = fs::read_to_string(root().join("docs/security.md")).unwrap();
    let scripts = ["sockets.js", "events.js"]
        .map(|script| fs::read_to_string(root().join("tests/tests/protocol/js").join(script)).unwrap());
    none(
        [unanswered(&page), missing(&page, &sources(), &scripts.concat())].concat(),
        "Answer the point in docs/security.md: name the test that shows it as it is called now, or say \"does not \
         apply\" or \"not yet\" and why.",
    );
}
