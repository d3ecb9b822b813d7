//! A query as it is searched for: words, each of which must be found, phrases, which must stand in a text as they are,
//! and what narrows down where. Nothing that somebody types is syntax to the index: only folded letters and digits
//! reach it, between quotation marks.

use std::ops::Range;

use domain::id::{CommunityId, MemberId};
use domain::time::Time;

use super::words::{self, Stemmed, Word};
use crate::value::Value;

/// The most characters that a query has.
pub const CHARACTERS_MAX: usize = 300;
/// The most words that a query has.
pub const WORDS_MAX: usize = 20;

/// Why nothing can be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAQuery {
    /// There is no letter and no digit in it.
    NoWord,
    /// It has more than [`CHARACTERS_MAX`] characters or [`WORDS_MAX`] words.
    TooLong,
}

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A post.
    Post = 0,
    /// A document.
    Document = 1,
    /// An idea.
    Idea = 2,
    /// A person.
    Member = 3,
    /// A community.
    Community = 4,
}

/// What narrows a search down; nothing by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    /// Things of these kinds alone; of all when empty.
    pub kinds: Vec<Kind>,
    /// In this community alone; the community itself among them.
    pub community: Option<CommunityId>,
    /// By this author alone.
    pub author: Option<MemberId>,
    /// Declared to be in this language alone, by the first part of a BCP 47 tag.
    pub language: Option<String>,
    /// Published, founded or registered at this time or later.
    pub since: Option<Time>,
    /// Published, founded or registered before this time.
    pub until: Option<Time>,
}

/// A word that must be found.
#[derive(Clone, Debug, PartialEq)]
struct Sought {
    folded: String,
    stems: Vec<String>,
    /// Words that begin with it are found too.
    begins: bool,
    /// It is a word of the phrase of this number.
    of_phrase: Option<usize>,
}

/// What is searched for.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    sought: Vec<Sought>,
    pub(super) filters: Filters,
}

/// What words, and stems, are marked with in the index: those of names apart, and all of them.
const NAMES: [&str; 2] = ["n_", "ns_"];
const ALL: [&str; 2] = ["", "s_"];

impl Query {
    /// Reads what somebody typed. A word with `*` behind it is the beginning of one, and so is the last word while it
    /// is still being typed. Words are stemmed by the language that is searched in, or else by both, but for those
    /// between double quotes, which are found as they are and one behind the other.
    pub fn try_new(text: &str, typing: bool, filters: Filters) -> Result<Self, NotAQuery> {
        if text.len() > CHARACTERS_MAX && text.chars().count() > CHARACTERS_MAX {
            return Err(NotAQuery::TooLong);
        }
        let by = Stemmed::by(filters.language.as_deref());
        let words = words::words(text);
        let begins = |word: &Word<'_>| {
            let behind = &text[word.place.end..];
            behind.starts_with('*') || typing && behind.is_empty()
        };
        let quoted = quotations(text);
        let sought: Vec<Sought> = words
            .iter()
            .map(|word| match quoted.iter().position(|place| place.contains(&word.place.start)) {
                Some(phrase) => Sought {
                    folded: word.folded().into_owned(),
                    stems: vec![],
                    begins: false,
                    of_phrase: Some(phrase),
                },
                None => Sought {
                    folded: word.folded().into_owned(),
                    stems: word.stems(by),
                    begins: begins(word),
                    of_phrase: None,
                },
            })
            .collect();
        match sought.len() {
            0 => Err(NotAQuery::NoWord),
            1..=WORDS_MAX => Ok(Self { sought, filters }),
            _ => Err(NotAQuery::TooLong),
        }
    }

    /// What the index is asked for: names that hold all the words.
    pub(super) fn in_names(&self) -> String {
        self.narrowed(self.marked(NAMES))
    }

    /// What the index is asked for: whatever holds all the words and not in its name. A name may hold the words of a
    /// phrase and not the phrase, so that where there is one names are not left out.
    pub(super) fn in_texts(&self) -> String {
        if !self.of_phrases().is_empty() {
            return self.anywhere();
        }
        self.narrowed(format!("({}) NOT ({})", self.marked(ALL), self.marked(NAMES)))
    }

    /// What the index is asked for: whatever holds all the words.
    pub(super) fn anywhere(&self) -> String {
        self.narrowed(self.marked(ALL))
    }

    fn marked(&self, [word, stem]: [&str; 2]) -> String {
        let sought = |sought: &Sought| {
            let begins = if sought.begins { " *" } else { "" };
            let itself = format!("{}{begins}", quoted(word, &sought.folded));
            let stems = sought.stems.iter().map(|found| quoted(stem, found));
            format!("({})", std::iter::once(itself).chain(stems).collect::<Vec<_>>().join(" OR "))
        };
        self.sought.iter().map(sought).collect::<Vec<_>>().join(" AND ")
    }

    /// With the filters that the index holds beside the words.
    fn narrowed(&self, words: String) -> String {
        let filters = &self.filters;
        let kinds = filters.kinds.iter().map(|kind| quoted("k_", &(*kind as i64).to_string()));
        let kinds = kinds.collect::<Vec<_>>().join(" OR ");
        let others = [
            filters.community.map(|id| quoted("c_", &id.0.simple().to_string())),
            filters.author.map(|id| quoted("a_", &id.0.simple().to_string())),
            filters.language.as_deref().map(|tag| quoted("l_", &words::primary(tag))),
            (!kinds.is_empty()).then_some(kinds),
        ];
        let others = others.into_iter().flatten();
        others.fold(format!("({words})"), |narrowed, other| format!("{narrowed} AND ({other})"))
    }

    /// The phrases, each its words one behind the other.
    fn of_phrases(&self) -> Vec<Vec<&str>> {
        let mut phrases: Vec<(usize, Vec<&str>)> = vec![];
        for (phrase, word) in self.sought.iter().filter_map(|word| Some((word.of_phrase?, word))) {
            match phrases.last_mut().filter(|(last, _)| *last == phrase) {
                Some((_, words)) => words.push(&word.folded),
                None => phrases.push((phrase, vec![&word.folded])),
            }
        }
        phrases.into_iter().map(|(_, words)| words).collect()
    }

    /// The phrases as a list in JSON, their words with a space between; `NULL` where there is none.
    pub(super) fn phrases(&self) -> Value {
        // Words are letters and digits, which JSON has as they are.
        let phrases =
            self.of_phrases().iter().map(|words| format!("\"{}\"", words.join(" "))).collect::<Vec<_>>();
        if phrases.is_empty() { Value::Null } else { format!("[{}]", phrases.join(",")).as_str().into() }
    }

    /// Which words of a text in a language are those sought: of phrases, where all their words stand.
    pub(super) fn found<'w, 't>(&self, words: &'w [Word<'t>], by: Stemmed) -> Vec<&'w Word<'t>> {
        let folded: Vec<_> = words.iter().map(Word::folded).collect();
        let mut found: Vec<bool> =
            words.iter().zip(&folded).map(|(word, folded)| self.finds(word, folded, by)).collect();
        for phrase in self.of_phrases() {
            for (at, window) in folded.windows(phrase.len()).enumerate() {
                if window.iter().eq(&phrase) {
                    found[at..at + phrase.len()].fill(true);
                }
            }
        }
        words.iter().zip(found).filter_map(|(word, found)| found.then_some(word)).collect()
    }

    /// Whether a word is sought outside a phrase. Few need their stems to be found: those that begin as one sought does.
    fn finds(&self, word: &Word<'_>, folded: &str, by: Stemmed) -> bool {
        let sought = || self.sought.iter().filter(|sought| sought.of_phrase.is_none());
        let is = |it: &Sought| folded == it.folded || it.begins && folded.starts_with(&it.folded);
        if sought().any(is) {
            return true;
        }
        let begins_alike = |stem: &String| stem.chars().next() == folded.chars().next();
        let mut stems = sought().flat_map(|sought| &sought.stems);
        let may = word.may_stem_otherwise() || stems.any(begins_alike);
        may && word.stems(by).iter().any(|stem| sought().any(|sought| sought.stems.contains(stem)))
    }
}

/// What somebody types around a phrase, straight, curled or angled.
const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// The places between quotes; one that is not closed opens nothing.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let places: Vec<usize> = text.match_indices(QUOTES).map(|(place, _)| place).collect();
    places.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect()
}

/// A word with its mark, as a string of the index's own language. No word that is typed has an underscore in it.
fn quoted(mark: &str, word: &str) -> String {
    format!("\"{mark}{}\"", word.replace('"', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str, typing: bool) -> String {
        Query::try_new(text, typing, Filters::default()).unwrap().marked(NAMES)
    }

    #[test]
    fn every_word_must_be_found_itself_or_by_its_stem() {
        insta::assert_snapshot!(asked("Les équipes", false), @r#"("n_les" OR "ns_le" OR "ns_les") AND ("n_equipes" OR "ns_equip")"#);
    }

    #[test]
    fn the_words_of_a_phrase_are_found_as_they_are() {
        insta::assert_snapshot!(asked("\"Les équipes\" plan", false), @r#"("n_les") AND ("n_equipes") AND ("n_plan" OR "ns_plan")"#);
        let phrases = |text| Query::try_new(text, true, Filters::default()).unwrap().phrases();
        assert_eq!(phrases("« L'équipe du Nord » “and so” on"), r#"["equipe du nord","and so"]"#.into());
        assert_eq!(
            [phrases("so \"on"), phrases("\"\" on")],
            [Value::Null, Value::Null],
            "not closed, or empty"
        );
    }

    #[test]
    fn beginnings_are_asked_for_with_a_star_or_while_typing() {
        assert!(asked("form* équipe", false).starts_with(r#"("n_form" * OR "#));
        assert!(asked("form équipe", true).contains(r#"("n_equipe" * OR "#));
        assert!(!asked("form équipe ", true).contains('*'), "the word is complete");
    }

    #[test]
    fn nothing_typed_is_syntax() {
        for text in ["\"a", "a OR b", "NEAR(a b)", "{name} : a", "a*b^c", "-a", "a\" AND \"k_0", "🎉 a", "('"]
        {
            match Query::try_new(text, true, Filters::default()) {
                Ok(query) => {
                    assert!(query.sought.iter().all(|s| s.folded.chars().all(char::is_alphanumeric)))
                }
                Err(why) => assert_eq!(why, NotAQuery::NoWord, "{text}"),
            }
        }
    }

    #[test]
    fn a_query_has_a_word_and_not_too_many() {
        let refused = |text: &str| Query::try_new(text, false, Filters::default()).unwrap_err();
        assert_eq!([refused(""), refused(" 🎉 * \" "), refused("l'")], [NotAQuery::NoWord; 3]);
        assert_eq!([refused(&"a".repeat(301)), refused(&"a ".repeat(21))], [NotAQuery::TooLong; 2]);
    }
}
