//! Change the organisation's settings: its name, time zone or language. Whether it is anonymous is fixed.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::organisation::{SettingsChanged, State, check_time_zone};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::sealed::Sealed;
use crate::stream::StreamName;
use crate::words::{Language, NAME_MAX, required};

/// An administrator changes settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ChangeSettings {
    /// The name from now on: 1 to 300 characters; kept by default.
    pub name: Option<String>,
    /// The time zone from now on, as the IANA database names it; kept by default. Days already recorded stay.
    pub time_zone: Option<String>,
    /// The language of what the system writes from now on; kept by default.
    pub language: Option<Language>,
    /// The revision of the organisation’s stream at which the actor read them; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for ChangeSettings {
    type State = State;
    const ABILITY: Ability = Ability::ChangeSettings;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let was = state.established()?;
        let mut now = was.clone();
        if let Some(name) = &self.name {
            required("name", name, NAME_MAX, facts.origin)?;
            now.name = Sealed::Open(name.clone());
        }
        if let Some(time_zone) = &self.time_zone {
            check_time_zone(time_zone)?;
            now.time_zone.clone_from(time_zone);
        }
        if let Some(language) = &self.language {
            now.language.clone_from(language);
        }
        if now == *was {
            return Ok(vec![]);
        }
        based_on(self.based_on, was.revision)?;
        Ok(vec![
            SettingsChanged {
                organisation: was.organisation,
                time_zone: now.time_zone,
                time_zone_was: was.time_zone.clone(),
                language: now.language,
                language_was: was.language.clone(),
                name: now.name,
                name_was: was.name.clone(),
            }
            .into(),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::Given;
    use crate::id::OrganisationId;
    use crate::organisation;

    fn renamed() -> ChangeSettings {
        ChangeSettings { name: Some("New".to_owned()), ..ChangeSettings::default() }
    }

    #[test]
    fn what_is_not_given_is_kept() {
        Given::people().by(1).when(renamed()).then([SettingsChanged {
            organisation: OrganisationId::default(),
            time_zone: "Europe/Paris".to_owned(),
            time_zone_was: "Europe/Paris".to_owned(),
            language: "fr".parse().unwrap(),
            language_was: "fr".parse().unwrap(),
            name: "New".to_owned().into(),
            name_was: "Org".to_owned().into(),
        }]);
    }

    #[test]
    fn the_same_settings_change_nothing() {
        let same = ChangeSettings {
            name: Some("Org".to_owned()),
            time_zone: Some("Europe/Paris".to_owned()),
            language: Some("fr".parse().unwrap()),
            based_on: None,
        };
        Given::people().when(same).then_nothing();
        Given::people().when(ChangeSettings::default()).then_nothing();
    }

    #[test]
    fn settings_changed_upon_old_ones_are_told_which_are_current() {
        let upon = |name: &str, based_on| ChangeSettings {
            name: Some(name.to_owned()),
            based_on: Some(based_on),
            ..ChangeSettings::default()
        };
        let changed = |name_was: &str, name: &str| SettingsChanged {
            organisation: OrganisationId::default(),
            time_zone: "Europe/Paris".to_owned(),
            time_zone_was: "Europe/Paris".to_owned(),
            language: "fr".parse().unwrap(),
            language_was: "fr".parse().unwrap(),
            name: name.to_owned().into(),
            name_was: name_was.to_owned().into(),
        };
        let given = Given::people().and(changed("Org", "New")).by(1);
        let current = given.revision_of(&upon("Newer", 0)) - 1;
        given.clone().when(upon("Newer", 0)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon("Newer", current)).then([changed("New", "Newer")]);
    }

    #[test]
    fn a_time_zone_has_the_form_of_one() {
        let bad = ChangeSettings { time_zone: Some("here".repeat(20)), ..ChangeSettings::default() };
        Given::people().when(bad).refused(organisation::Refusal::NotATimeZone);
    }

    #[test]
    fn settings_are_an_administrators_and_come_after_the_organisation() {
        Given::people().by(2).when(renamed()).refused(decision::Refusal::AdministratorNeeded);
        Given::nothing().when(renamed()).refused(organisation::Refusal::NotEstablished);
    }
}
