//! Texts that people write, and the rules that hold for all of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::event::Origin;
use crate::refusal::{Refused, refusals};

/// A BCP 47 language tag such as `fr`, `en` or `pt-BR`: at most 35 bytes of letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(Box<str>);

impl Language {
    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Language {
    type Err = Refused;
    fn from_str(tag: &str) -> Result<Self, Refused> {
        let part_ok = |p: &str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
        let head_ok = tag
            .split('-')
            .next()
            .is_some_and(|h| (2..=3).contains(&h.len()) && h.bytes().all(|b| b.is_ascii_alphabetic()));
        if tag.len() <= 35 && head_ok && tag.split('-').all(part_ok) {
            Ok(Self(tag.into()))
        } else {
            Err(Refusal::NotALanguage.on("language"))
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let tag = std::borrow::Cow::<'de, str>::deserialize(from)?;
        tag.parse().map_err(|refused: Refused| serde::de::Error::custom(refused.en))
    }
}

/// What something is about: a short lower-case word of letters, digits and hyphens, at most 50 characters.
/// Chosen from the organisation's vocabulary, so it is kept plain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Topic(String);

impl Topic {
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Topic {
    type Err = Refused;
    fn from_str(word: &str) -> Result<Self, Refused> {
        let word = word.trim().trim_start_matches('#').to_lowercase();
        let ok = (1..=50).contains(&word.chars().count())
            && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        if ok { Ok(Self(word)) } else { Err(Refusal::NotATopic.on("topics")) }
    }
}

refusals! {
    Blank = "BLANK_TEXT", "Write something: the text is empty.", "Écrivez quelque chose : le texte est vide.";
    TooLong = "TEXT_TOO_LONG", "The text is too long; shorten it or attach a document.",
        "Le texte est trop long ; raccourcissez-le ou joignez un document.";
    ControlCharacter = "CONTROL_CHARACTER",
        "The text holds a control character other than a tab or a new line; remove it.",
        "Le texte contient un caractère de contrôle autre qu’une tabulation ou un saut de ligne ; retirez-le.";
    NotALanguage = "NOT_A_LANGUAGE", "Give a BCP 47 language tag such as fr, en or pt-BR.",
        "Donnez une étiquette de langue BCP 47, comme fr, en ou pt-BR.";
    NotATopic = "NOT_A_TOPIC", "A topic is a word of at most 50 letters, digits, hyphens and underscores.",
        "Un thème est un mot d’au plus 50 lettres, chiffres, tirets ou tirets bas.";
    TooManyMentions = "TOO_MANY_MENTIONS", "Mention at most 100 members.", "Mentionnez au plus 100 membres.";
    TooManyTopics = "TOO_MANY_TOPICS", "Give at most 20 topics.", "Donnez au plus 20 thèmes.";
}

/// The longest name, title or subject, in characters.
pub const NAME_MAX: usize = 300;
/// The longest body, reason or outcome, in characters.
pub const BODY_MAX: usize = 100_000;

/// The most members a content mentions.
pub const MENTIONS_MAX: usize = 100;
/// The most topics a content is about.
pub const TOPICS_MAX: usize = 20;

/// Checks a text that must say something. Imported records may hold empty texts, and names of any length up to
/// a body's.
pub fn required(field: &'static str, text: &str, max: usize, origin: Origin) -> Result<(), Refused> {
    if text.trim().is_empty() && origin == Origin::Live {
        return Err(Refusal::Blank.on(field));
    }
    optional(field, text, max, origin)
}

/// Checks a text that may be empty.
pub fn optional(field: &'static str, text: &str, max: usize, origin: Origin) -> Result<(), Refused> {
    let max = if origin == Origin::Import { BODY_MAX } else { max };
    if text.len() > max && text.chars().count() > max {
        return Err(Refusal::TooLong.on(field).with(max));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Refusal::ControlCharacter.on(field));
    }
    Ok(())
}

/// Checks how many members and topics a content names.
pub fn counted(mentions: usize, topics: usize) -> Result<(), Refused> {
    if mentions > MENTIONS_MAX {
        Err(Refusal::TooManyMentions.on("mentions").with(MENTIONS_MAX))
    } else if topics > TOPICS_MAX {
        Err(Refusal::TooManyTopics.on("topics").with(TOPICS_MAX))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_texts_say_something_and_imported_ones_may_not() {
        assert_eq!(required("body", " ", BODY_MAX, Origin::Live), Err(Refusal::Blank.on("body")));
        assert_eq!(required("body", "", BODY_MAX, Origin::Import), Ok(()));
    }

    #[test]
    fn control_characters_are_refused() {
        assert_eq!(
            required("body", "a\u{7}", BODY_MAX, Origin::Live),
            Err(Refusal::ControlCharacter.on("body"))
        );
        assert_eq!(required("body", "a\tb\nc", BODY_MAX, Origin::Live), Ok(()));
    }

    #[test]
    fn a_language_is_a_tag() {
        for good in ["fr", "pt-BR", "zh-Hant-TW"] {
            assert_eq!(good.parse::<Language>().map(|l| l.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "f", "english", "fr_FR", "fr-"] {
            assert!(bad.parse::<Language>().is_err(), "{bad}");
        }
    }
}
