//! Establish the organisation: once in a journal, before anything else.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::OrganisationId;
use crate::organisation::{Established, Settings, State, check_time_zone};
use crate::policy::Ability;
use crate::refusal::{Refused, Stop, refusals};
use crate::stream::StreamName;
use crate::words::{Language, NAME_MAX, optional, required};

/// The organisation is established.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Establish {
    /// Its id; a new one by default.
    pub organisation: Option<OrganisationId>,
    /// Its name: 1 to 300 characters.
    pub name: String,
    /// A name of the IANA time zone database, such as `Europe/Paris`; its days are cut there. That the database
    /// has it is for the edge to check.
    pub time_zone: String,
    /// The language of what the system writes.
    pub language: Language,
    /// Its ids stand for nobody who can be found again; fixed for ever.
    pub anonymous: bool,
    /// A URI that says where imported ids come from; none by default.
    pub source: Option<String>,
}

refusals! {
    AlreadyEstablished = "ALREADY_ESTABLISHED",
        "The journal already holds an organisation; change its settings, or begin another journal.",
        "Le journal contient déjà une organisation ; modifiez ses réglages, ou commencez un autre journal.";
    NotASource = "NOT_A_SOURCE", "A source is a URI such as urn:example:records, without spaces.",
        "Une source est un URI comme urn:example:records, sans espace.";
}

impl Establish {
    fn changes_nothing(&self, settings: &Settings) -> bool {
        self.organisation.is_none_or(|organisation| organisation == settings.organisation)
            && settings.name.open() == Some(&self.name)
            && (&self.time_zone, &self.language, self.anonymous)
                == (&settings.time_zone, &settings.language, settings.anonymous)
    }

    fn check_source(&self, facts: &Facts) -> Result<(), Refused> {
        let Some(source) = &self.source else { return Ok(()) };
        if source.is_empty() || source.contains(char::is_whitespace) || !source.contains(':') {
            return Err(Refusal::NotASource.on("source"));
        }
        optional("source", source, NAME_MAX, facts.origin)
    }
}

impl Action for Establish {
    type State = State;
    const ABILITY: Ability = Ability::Establish;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        if let Some(settings) = &state.settings {
            let same = self.changes_nothing(settings);
            return if same { Ok(vec![]) } else { Err(Refusal::AlreadyEstablished.into()) };
        }
        required("name", &self.name, NAME_MAX, facts.origin)?;
        check_time_zone(&self.time_zone)?;
        self.check_source(facts)?;
        Ok(vec![
            Established {
                organisation: self.organisation.unwrap_or(facts.new_id.into()),
                time_zone: self.time_zone.clone(),
                language: self.language.clone(),
                anonymous: self.anonymous,
                source: self.source.clone(),
                name: self.name.clone().into(),
            }
            .into(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, NEW};
    use crate::{decision, organisation, words};

    fn establish() -> Establish {
        Establish {
            organisation: None,
            name: "Acme".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            language: "fr".parse().unwrap(),
            anonymous: true,
            source: Some("urn:example:acme".to_owned()),
        }
    }

    fn established() -> Established {
        Established {
            organisation: NEW.into(),
            time_zone: "Europe/Paris".to_owned(),
            language: "fr".parse().unwrap(),
            anonymous: true,
            source: Some("urn:example:acme".to_owned()),
            name: "Acme".to_owned().into(),
        }
    }

    #[test]
    fn a_journal_begins_with_its_organisation() {
        Given::nothing().when(establish()).then([established()]);
    }

    #[test]
    fn an_organisation_is_established_once() {
        let given = Given::nothing().and(established());
        given.clone().when(establish()).then_nothing();
        let another = Establish { name: "Other".to_owned(), ..establish() };
        given.when(another).refused(Refusal::AlreadyEstablished);
    }

    #[test]
    fn nobody_is_there_yet_to_establish_it_but_a_service() {
        Given::nothing().by(1).when(establish()).refused(decision::Refusal::UnknownActor);
    }

    #[test]
    fn a_time_zone_has_the_form_of_one() {
        for bad in ["", "Europe/ Paris", "Zürich", &"a".repeat(65)] {
            let bad = Establish { time_zone: bad.to_owned(), ..establish() };
            Given::nothing().when(bad).refused(organisation::Refusal::NotATimeZone);
        }
    }

    #[test]
    fn a_source_is_a_uri() {
        for bad in ["", "acme", "urn: acme"] {
            let bad = Establish { source: Some(bad.to_owned()), ..establish() };
            Given::nothing().when(bad).refused(Refusal::NotASource);
        }
    }

    #[test]
    fn it_has_a_name() {
        let nameless = Establish { name: String::new(), ..establish() };
        Given::nothing().when(nameless).refused(words::Refusal::Blank);
    }
}
