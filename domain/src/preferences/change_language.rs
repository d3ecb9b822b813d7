//! Change the language in which one is written to.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::policy::Ability;
use crate::preferences::{LanguageChanged, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::Language;

/// The actor chooses the language of mails to them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeLanguage {
    /// French or English, of any country; the organisation's when none.
    pub language: Option<Language>,
}

refusals! {
    NotWritten = "LANGUAGE_NOT_WRITTEN", "Mails are written in French and English; choose fr or en, or leave it out.",
        "Les courriels sont écrits en français et en anglais ; choisissez fr ou en, ou ne donnez rien.";
}

impl Action for ChangeLanguage {
    type State = State;
    const ABILITY: Ability = Ability::KeepTheirState;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::preferences(facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let written = |language: &Language| {
            let head = language.as_str().split('-').next().unwrap_or_default();
            head.eq_ignore_ascii_case("fr") || head.eq_ignore_ascii_case("en")
        };
        if !self.language.as_ref().is_none_or(written) {
            return Err(Refusal::NotWritten.on("language").into());
        }
        if self.language == state.language {
            return Ok(vec![]);
        }
        let (language, language_was) = (self.language.clone(), state.language.clone());
        Ok(vec![LanguageChanged { member, language, language_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};

    fn language(tag: &str) -> Option<Language> {
        (!tag.is_empty()).then(|| tag.parse().unwrap())
    }

    fn change(tag: &str) -> ChangeLanguage {
        ChangeLanguage { language: language(tag) }
    }

    fn changed(tag: &str, was: &str) -> LanguageChanged {
        LanguageChanged { member: member(2), language: language(tag), language_was: language(was) }
    }

    #[test]
    fn a_member_is_written_to_in_the_language_they_choose() {
        let given = Given::people().by(2);
        given.clone().when(change("")).then_nothing();
        given.clone().when(change("fr-CA")).then([changed("fr-CA", "")]);
        let given = given.and(changed("fr-CA", ""));
        given.clone().when(change("fr-CA")).then_nothing();
        given.when(change("")).then([changed("", "fr-CA")]);
    }

    #[test]
    fn mails_are_written_in_two_languages() {
        Given::people().by(2).when(change("de")).refused(Refusal::NotWritten);
    }
}
