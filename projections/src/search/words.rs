//! Words as they are searched for: folded, so that case, accents and ligatures make no difference, and stemmed by the
//! language they are written in, so that a plural finds its singular. Their places in the text they came from are kept.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    /// Where it stands, in bytes.
    pub(crate) place: Range<usize>,
    /// In lower case, composed, with its accents: what is stemmed.
    lower: Cow<'t, str>,
}

/// By which languages the words of a text are stemmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stemmed {
    /// Names of people, and languages that no stemmer is here for.
    Not,
    /// French.
    French,
    /// English.
    English,
    /// Either: the language is not declared.
    Both,
}

impl Stemmed {
    /// The stemmers of a text by the BCP 47 tag of its language.
    pub(crate) fn by(language: Option<&str>) -> Self {
        match language.map(primary).as_deref() {
            None => Self::Both,
            Some("fr") => Self::French,
            Some("en") => Self::English,
            Some(_) => Self::Not,
        }
    }
}

/// The language of a tag without what follows it: `fr` of `fr-CA`.
pub(crate) fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_lowercase()
}

/// What French leaves of a word before a vowel. It says nothing, and hides the word that follows: `l'équipe`.
const ELIDED: &[&str] =
    &["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"];

/// Plurals that no rule leads back.
const IRREGULAR: &[(&str, &str)] = &[
    ("children", "child"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("men", "man"),
    ("mice", "mouse"),
    ("teeth", "tooth"),
    ("women", "woman"),
    ("travaux", "travail"),
    ("vitraux", "vitrail"),
    ("yeux", "oeil"),
];

/// The words of a text in their order, without elided articles and the English `'s`.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word<'_>> = Vec::with_capacity(text.len() / 6);
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let begins = text.len() - rest.len() + start;
        let length = rest[start..].find(|c| !belongs(c)).unwrap_or(rest.len() - start);
        let place = begins..begins + length;
        rest = &text[place.end..];
        let word = Word { lower: lower(&text[place.clone()]), place };
        let before = text[..begins].chars().next_back();
        let elides = rest.starts_with(APOSTROPHES) && ELIDED.contains(&&*word.lower);
        let possessive = word.lower == "s" && before.is_some_and(|c| APOSTROPHES.contains(&c));
        if !elides && !possessive && !word.lower.is_empty() {
            found.push(word);
        }
    }
    found
}

const APOSTROPHES: [char; 2] = ['\'', '’'];

/// Letters, digits, and the accents that stand behind their letter.
fn belongs(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Letters of the first blocks of Unicode are composed, and each is a letter for itself.
fn is_simple(c: char) -> bool {
    c.is_ascii() || ('À'..='ÿ').contains(&c) || matches!(c, 'œ' | 'Œ')
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    if word.chars().all(is_simple) {
        return Cow::Owned(spelt(word.chars().flat_map(char::to_lowercase)));
    }
    // What a sign stands for may be several words: without the spaces between them they remain one.
    let composed = word.nfkc().filter(|c| belongs(*c)).collect::<String>().to_lowercase();
    Cow::Owned(spelt(composed.chars()))
}

/// With ligatures as the letters they stand for.
fn spelt(letters: impl Iterator<Item = char>) -> String {
    let mut spelt = String::with_capacity(16);
    for letter in letters {
        match letter {
            'œ' => spelt.push_str("oe"),
            'æ' => spelt.push_str("ae"),
            'ß' => spelt.push_str("ss"),
            letter => spelt.push(letter),
        }
    }
    spelt
}

/// Without accents.
fn folded(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let known = word.chars().map(without_accent).collect::<Option<String>>();
    Cow::Owned(known.unwrap_or_else(|| word.nfd().filter(|c| !is_accent(*c)).collect()))
}

/// A letter of French without its accent; nothing for what only Unicode knows.
fn without_accent(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ÿ' => 'y',
        letter if letter.is_ascii() => letter,
        _ => return None,
    })
}

impl Word<'_> {
    /// As it is looked up.
    pub(crate) fn folded(&self) -> Cow<'_, str> {
        folded(&self.lower)
    }

    /// Whether its stem may begin as another word does: no stemmer changes how a word begins, but a plural that no rule
    /// leads back may.
    pub(crate) fn may_stem_otherwise(&self) -> bool {
        let otherwise = |(plural, singular): &&(&str, &str)| plural.chars().next() != singular.chars().next();
        IRREGULAR.iter().filter(otherwise).any(|(plural, _)| *plural == self.lower)
    }

    /// What it is a form of, folded: one stem a language.
    pub(crate) fn stems(&self, by: Stemmed) -> Vec<String> {
        static FRENCH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::French));
        static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
        let regular = IRREGULAR.iter().find(|(plural, _)| *plural == self.lower);
        let word: &str = regular.map_or(&self.lower, |(_, singular)| singular);
        let stem = |stemmer: &Stemmer| -> String {
            let stem: Cow<'_, str> = stemmer.stem(word);
            folded(&stem).into_owned()
        };
        let mut stems = match by {
            Stemmed::Not => vec![],
            Stemmed::French => vec![stem(&FRENCH)],
            Stemmed::English => vec![stem(&ENGLISH)],
            Stemmed::Both => vec![stem(&FRENCH), stem(&ENGLISH)],
        };
        stems.dedup();
        stems
    }
}

/// A text as it is kept for searching: its words, and their stems, each with spaces between.
pub(crate) fn kept(text: Option<&str>, by: Stemmed) -> [String; 2] {
    let words = words(text.unwrap_or_default());
    let folded: Vec<_> = words.iter().map(Word::folded).collect();
    let stems: Vec<String> = words.iter().flat_map(|word| word.stems(by)).collect();
    [folded.join(" "), stems.join(" ")]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        words(text).iter().map(|word| word.folded().into_owned()).collect()
    }

    fn same(by: Stemmed, one: &str, other: &str) -> bool {
        let stems = |text| words(text).iter().flat_map(|word| word.stems(by)).collect::<Vec<_>>();
        stems(one) == stems(other)
    }

    #[test]
    fn case_accents_and_ligatures_make_no_difference() {
        assert_eq!(
            of("Œuvre ÉTÉ naïve e\u{301}te\u{301} Straße ﬁn cœur ﷺ"),
            ["oeuvre", "ete", "naive", "ete", "strasse", "fin", "coeur", "صلىاللهعليهوسلم"]
        );
    }

    #[test]
    fn letters_that_are_known_fold_as_unicode_has_it() {
        for letter in ('a'..='z').chain('À'..='ÿ').chain(['œ', 'Œ']).filter(|c| c.is_alphabetic()) {
            let (word, apart) = (letter.to_string(), letter.nfd().collect::<String>());
            let by_unicode: String = lower(&word).nfd().filter(|c| !is_accent(*c)).collect();
            assert_eq!(folded(&lower(&word)), by_unicode, "{letter}");
            // A letter from another block has the word read as Unicode has it.
            let read = |word: &str| {
                lower(&format!("{word}ǆ")).trim_end_matches('ǆ').trim_end_matches("dž").to_owned()
            };
            assert_eq!(lower(&word), read(&word), "{letter}");
            assert_eq!(read(&apart), read(&word), "{letter}");
        }
    }

    #[test]
    fn what_is_elided_or_possessive_is_no_word() {
        assert_eq!(of("L'équipe d’aujourd'hui, qu'il"), ["equipe", "aujourd", "hui", "il"]);
        assert_eq!(of("the children's book; l' d"), ["the", "children", "book", "d"]);
    }

    #[test]
    fn a_word_knows_its_place_in_the_text() {
        let text = "Où est l’équipe ?";
        let found = words(text);
        assert_eq!(
            found.iter().map(|word| &text[word.place.clone()]).collect::<Vec<_>>(),
            ["Où", "est", "équipe"]
        );
    }

    #[test]
    fn forms_of_a_word_have_one_stem_in_its_language() {
        for (one, other) in
            [("équipe", "équipes"), ("journal", "journaux"), ("formée", "former"), ("œuvre", "oeuvres")]
        {
            assert!(same(Stemmed::French, one, other), "{one} {other}");
        }
        for (one, other) in
            [("running", "runs"), ("child", "children"), ("team", "teams"), ("naïve", "naive")]
        {
            assert!(same(Stemmed::English, one, other), "{one} {other}");
        }
        assert!(words("teams").iter().all(|word| word.stems(Stemmed::Not).is_empty()));
    }

    #[test]
    fn the_declared_language_decides_and_without_one_both_do() {
        assert_eq!(
            [Some("fr-CA"), Some("EN"), Some("de"), None].map(Stemmed::by),
            [Stemmed::French, Stemmed::English, Stemmed::Not, Stemmed::Both]
        );
        assert_eq!(words("chevaux")[0].stems(Stemmed::Both), ["cheval", "chevaux"]);
    }
}
