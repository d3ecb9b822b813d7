//! Excerpts: the text as it was written, cut around what was found, in pieces that say which of them was found.

use super::query::Query;
use super::words::{Stemmed, words};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As it was written.
    pub text: String,
    /// It is one of the words that were searched for.
    pub found: bool,
}

/// A text, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Its pieces, in their order.
    pub pieces: Vec<Piece>,
    /// The text goes on before the first.
    pub cut_before: bool,
    /// The text goes on behind the last.
    pub cut_after: bool,
}

/// Characters before the first word found, and from there on.
const AROUND: (usize, usize) = (60, 200);

/// The part of a text around the first word that is found in it; nothing where none is.
pub(super) fn excerpt(query: &Query, text: &str, by: Stemmed) -> Option<Excerpt> {
    let words = words(text);
    let found = query.found(&words, by);
    let first = found.first()?.place.clone();
    let (begins, ends) = (beginning(text, first.start), end(text, first.end));
    let shown = found.iter().map(|word| word.place.clone()).take_while(|place| place.end <= ends);
    let mut pieces = Vec::new();
    let mut push = |text: &str, found| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), found });
        }
    };
    let mut at = begins;
    for place in shown {
        push(&text[at..place.start], false);
        push(&text[place.clone()], true);
        at = place.end;
    }
    push(&text[at..ends], false);
    Some(Excerpt { pieces, cut_before: begins > 0, cut_after: ends < text.len() })
}

/// Where an excerpt begins: some characters before a place, behind a space.
fn beginning(text: &str, place: usize) -> usize {
    let before = &text[..place];
    match before.char_indices().rev().nth(AROUND.0) {
        None => 0,
        Some((at, _)) => before[at..].find(char::is_whitespace).map_or(place, |space| {
            at + space + before[at + space..].chars().next().map_or(0, char::len_utf8)
        }),
    }
}

/// Where it ends: some characters behind a place, ahead of a space.
fn end(text: &str, place: usize) -> usize {
    let behind = &text[place..];
    match behind.char_indices().nth(AROUND.1) {
        None => text.len(),
        Some((at, _)) => place + behind[..at].rfind(char::is_whitespace).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Filters;

    fn shown(query: &str, text: &str) -> Option<String> {
        let query = Query::try_new(query, true, Filters::default()).unwrap();
        excerpt(&query, text, Stemmed::Both).map(|excerpt| {
            let piece =
                |piece: &Piece| if piece.found { format!("[{}]", piece.text) } else { piece.text.clone() };
            excerpt.pieces.iter().map(piece).collect()
        })
    }

    #[test]
    fn words_are_shown_as_they_were_written() {
        assert_eq!(shown("equipes", "L’ÉQUIPE du Nord").unwrap(), "L’[ÉQUIPE] du Nord");
        assert_eq!(shown("oeuvre coeur", "Chef-d'œuvre au cœur").unwrap(), "Chef-d'[œuvre] au [cœur]");
        assert_eq!(shown("run", "Running, and runs.").unwrap(), "[Running], and [runs].");
        assert_eq!(shown("naï", "A na\u{ef}ve question").unwrap(), "A [na\u{ef}ve] question");
        assert_eq!(shown("nothing", "of it"), None);
        assert_eq!(shown("\"the plan\"", "A plan: the Plan.").unwrap(), "A plan: [the] [Plan].");
    }

    #[test]
    fn a_long_text_is_cut_between_words_around_the_first_that_is_found() {
        let text = format!("{}needle {}", "before ".repeat(50), "after ".repeat(50));
        let query = Query::try_new("needle", false, Filters::default()).unwrap();
        let found = excerpt(&query, &text, Stemmed::Both).unwrap();
        assert!(found.cut_before && found.cut_after);
        assert!(found.pieces[0].text.starts_with("before ") && found.pieces[2].text.ends_with("after"));
        let length: usize = found.pieces.iter().map(|piece| piece.text.chars().count()).sum();
        assert!(length <= AROUND.0 + AROUND.1 + 7, "{length}");
    }

    #[test]
    fn one_endless_word_is_cut_where_it_stands() {
        let text = format!("{} needle {}", "x".repeat(500), "y".repeat(500));
        assert_eq!(shown("needle", &text).unwrap(), "[needle]");
    }
}
