//! Establish the organisation: once in a journal, before anything else.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::OrganisationId;
use crate::organisation::{Established, Settings, State, THRESHOLDS, check_time_zone};
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
    /// The fewest people behind a figure, 5 to 1,000, where ids stand for people; ten by default, and fixed for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<u32>,
}

refusals! {
    AlreadyEstablished = "ALREADY_ESTABLISHED",
        "The journal already holds an organisation; change its settings, or begin another journal.",
        "Le journal contient déjà une organisation ; modifiez ses réglages, ou commencez un autre journal.";
    NotASource = "NOT_A_SOURCE", "A source is a URI such as urn:example:records, without spaces.",
        "Une source est un URI comme urn:example:records, sans espace.";
    NotAThreshold = "NOT_A_THRESHOLD",
        "The fewest people behind a figure are 5 to 1,000; leave it out in an anonymous organisation, which hides nothing.",
        "Un indicateur porte sur au moins 5 à 1 000 personnes ; omettez ce seuil dans une organisation anonyme, qui ne \
         masque rien.";
}

impl Establish {
    fn changes_nothing(&self, settings: &Settings) -> bool {
        self.organisation.is_none_or(|organisation| organisation == settings.organisation)
            && settings.name.open() == Some(&self.name)
            && (&self.time_zone, &self.language) == (&settings.time_zone, &settings.language)
            && (self.anonymous, self.threshold) == (settings.anonymous, settings.threshold)
    }

    fn check_threshold(&self) -> Result<(), Refused> {
        let allowed = |threshold| !self.anonymous && THRESHOLDS.contains(&threshold);
        if self.threshold.is_none_or(allowed) { Ok(()) } else { Err(Refusal::NotAThreshold.on("threshold")) }
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
        self.check_threshold()?;
        Ok(vec![
            Established {
                organisation: self.organisation.unwrap_or(facts.new_id.into()),
                time_zone: self.time_zone.clone(),
                language: self.language.clone(),
                anonymous: self.anonymous,
                source: self.source.clone(),
                threshold: self.threshold,
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
            threshold: None,
        }
    }

    fn established() -> Established {
        Established {
            organisation: NEW.into(),
            time_zone: "Europe/Paris".to_owned(),
            language: "fr".parse().unwrap(),
            anonymous: true,
            source: Some("urn:example:acme".to_owned()),
            threshold: None,
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
    fn a_threshold_protects_people_and_there_are_none_in_an_anonymous_organisation() {
        let of = |anonymous, threshold| Establish { anonymous, threshold, ..establish() };
        for fewest in [5, 20, 1000] {
            let expected = Established { anonymous: false, threshold: Some(fewest), ..established() };
            Given::nothing().when(of(false, Some(fewest))).then([expected.clone()]);
            let given = Given::nothing().and(expected);
            given.clone().when(of(false, Some(fewest))).then_nothing();
            given.when(of(false, None)).refused(Refusal::AlreadyEstablished);
        }
        for refused in [of(false, Some(4)), of(false, Some(1001)), of(true, Some(10))] {
            Given::nothing().when(refused).refused(Refusal::NotAThreshold);
        }
    }

    #[test]
    fn it_has_a_name() {
        let nameless = Establish { name: String::new(), ..establish() };
        Given::nothing().when(nameless).refused(words::Refusal::Blank);
    }
}
