//! Definitions of figures: data of `schema/metrics/`, from which help, descriptions and documents are made.

mod privacy;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub use self::privacy::Privacy;
use crate::http::Language;

/// A text in both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    en: String,
    fr: String,
}

impl Text {
    /// The text in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::French => &self.fr,
        }
    }
}

/// The definition of a figure. What was published under a version stays as it is: a change is a new one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Definition {
    /// Its stable name.
    pub metric: String,
    /// Its version, from 1.
    pub version: u32,
    /// What it is called.
    pub name: Text,
    /// What it says, in a sentence or three.
    pub explanation: Text,
    /// How it is computed.
    pub formula: String,
    /// The types of events that it is computed from.
    pub events: Vec<String>,
    /// Which of these events count.
    pub filters: Vec<Filter>,
    /// For which windows there is one.
    pub window: Text,
    /// Whose days its windows are made of.
    pub time_zone: TimeZone,
    /// What it is a share of, or about.
    pub denominator: Text,
    /// What does not count.
    pub exclusions: Text,
    /// When it is shown.
    pub privacy: Privacy,
    /// Where the definition comes from.
    pub source: String,
}

impl Definition {
    /// Its id: `habit@1`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.metric, self.version)
    }
}

/// Which events count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filter {
    /// Acts that people did themselves.
    ByPeople,
    /// Traces, too: that something was looked at or looked for.
    Traces,
    /// Nothing that somebody did with what is their own.
    UponOthers,
}

impl Filter {
    /// The filter in words.
    pub fn in_language(self, language: Language) -> &'static str {
        let (en, fr) = match self {
            Self::ByPeople => (
                "acts that people did themselves, live or imported",
                "les actes faits par des personnes elles-mêmes, en direct ou importés",
            ),
            Self::Traces => (
                "traces of what was looked at or looked for, until they expire",
                "les traces de ce qui a été consulté ou cherché, jusqu’à leur expiration",
            ),
            Self::UponOthers => (
                "nothing that somebody did with what is their own",
                "rien de ce que chacun fait de ce qui est à soi",
            ),
        };
        language.choose(en, fr)
    }
}

/// Whose days windows are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeZone {
    /// The organisation's.
    Organisation,
}

impl TimeZone {
    /// The days in words.
    pub fn in_language(self, language: Language) -> &'static str {
        let Self::Organisation = self;
        language.choose(
            "local days of the organisation’s time zone",
            "jours locaux du fuseau horaire de l’organisation",
        )
    }
}

macro_rules! definitions {
    ($($file:literal),+ $(,)?) => {
        const FILES: &[(&str, &str)] =
            &[$(($file, include_str!(concat!("../../schema/metrics/", $file, ".json")))),+];
    };
}

definitions!(
    "access-coverage.v1",
    "activation.v1",
    "activity-frequency.v1",
    "answered-within.v1",
    "assortativity.v1",
    "best-answer-rate.v1",
    "broker-dependency.v1",
    "cohort-retention.v1",
    "community-health.v1",
    "community-survival.v1",
    "consumed-share.v1",
    "contributed-share.v1",
    "contribution-gini.v1",
    "cross-department-share.v1",
    "density.v1",
    "diffusion-latency.v1",
    "elephant-factor.v1",
    "external-internal-index.v1",
    "flow-matrix.v1",
    "habit.v1",
    "headcount.v1",
    "ideas-implemented.v1",
    "lifecycle.v1",
    "modularity.v1",
    "onboarding-funnel.v1",
    "onboarding-within.v1",
    "participated-share.v1",
    "participation-coverage.v1",
    "participation-split.v1",
    "reach.v1",
    "reciprocity.v1",
    "response-rate.v1",
    "segment-moves.v1",
    "shared-space-share.v1",
    "sponsor-answer-time.v1",
    "stickiness.v1",
    "stickiness.v2",
    "time-to-decision.v1",
    "time-to-first-contribution.v1",
    "time-to-first-response.v1",
    "unmet-demand.v1",
    "usage-segment.v1",
);

/// Every definition, by its name and version.
#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them all")]
pub fn all() -> &'static BTreeMap<(String, u32), Definition> {
    static ALL: LazyLock<BTreeMap<(String, u32), Definition>> = LazyLock::new(|| {
        let read = |(name, json): &(&str, &str)| -> Definition {
            serde_json::from_str(json).map_err(|error| format!("{name}: {error}")).expect("a definition")
        };
        FILES.iter().map(read).map(|read| ((read.metric.clone(), read.version), read)).collect()
    });
    &ALL
}

/// The newest version of a definition.
pub fn newest(metric: &str) -> Option<&'static Definition> {
    let versions = all().range((metric.to_owned(), 0)..=(metric.to_owned(), u32::MAX));
    versions.last().map(|(_, definition)| definition)
}

/// A version of a definition.
pub fn of_version(metric: &str, version: u32) -> Option<&'static Definition> {
    all().get(&(metric.to_owned(), version))
}

/// Every definition as a page, as `docs/figures.md` keeps it: in English, and what people read also in French.
pub fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for definition in all().values() {
        page += &definition.section();
    }
    page
}

const INTRODUCTION: &str = "\
# Figures

What each figure means, as `schema/metrics/` defines it: this page is made of those files by `passerelle figure --definitions`. A figure names its definition and its version; a change is a new version, and what was published under an old one stays as it is.

Figures are of windows of a grid: local days, ISO weeks, and periods of four and of twelve whole weeks counted from Monday 2001-01-01. They are of the organisation, of a department with or without what is below it, or of a community, and hold what was known at a cut. Where ids stand for people windows are shown when they are over and cuts are the ends of weeks, and what is shown is counts of many people and what follows from them: [decision 0020](decisions/0020-what-is-published-is-counts-of-blocks.md) says how.

Les fenêtres sont celles d’une grille : jours locaux, semaines ISO, périodes de quatre et de douze semaines entières comptées depuis le lundi 1er janvier 2001. Un chiffre porte sa définition et sa version ; il dit ce qui était connu à un arrêté. Rien n’est montré derrière quoi se tiennent peu de personnes.
";

impl Definition {
    fn section(&self) -> String {
        let both = |text: &Text| format!("{} · {}", text.en, text.fr);
        let privacy =
            [Language::English, Language::French].map(|language| self.privacy.in_language(language));
        let events: Vec<_> = self.events.iter().map(|event| format!("`{event}`")).collect();
        let languages = [Language::English, Language::French];
        let filters = languages.map(|language| {
            let each: Vec<_> = self.filters.iter().map(|filter| filter.in_language(language)).collect();
            if each.is_empty() { language.choose("all", "tous").to_owned() } else { each.join("; ") }
        });
        let days = languages.map(|language| self.time_zone.in_language(language));
        format!(
            "\n## {}\n`{}`\n\n{}\n\n{}\n\n| | |\n| --- | --- |\n| formula | {} |\n| of | {} |\n| windows | {} |\n\
             | days | {} |\n| without | {} |\n| shown | {} |\n| from | {} |\n| of these | {} |\n| source | {} |\n",
            both(&self.name),
            self.id(),
            self.explanation.en,
            self.explanation.fr,
            self.formula.replace('|', "\\|"),
            both(&self.denominator),
            both(&self.window),
            days.join(" · "),
            both(&self.exclusions),
            privacy.join(" · "),
            events.join(", "),
            filters.join(" · "),
            self.source,
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::event::Event;
    use projections::figures::deeds::{CONTRIBUTED, PARTICIPATED};

    use super::*;

    #[test]
    fn every_file_is_a_definition_of_that_name_from_events_there_are() {
        let declared: BTreeSet<_> = Event::declared().map(|declared| declared.name).collect();
        for ((name, _), definition) in
            FILES.iter().zip(FILES.iter().map(|(_, json)| serde_json::from_str::<Definition>(json).unwrap()))
        {
            assert_eq!(*name, format!("{}.v{}", definition.metric, definition.version));
            for event in &definition.events {
                assert!(declared.contains(event.as_str()), "{name} names {event}, which there is not");
            }
        }
    }

    #[test]
    fn every_file_there_is_belongs_to_the_program() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/metrics")).unwrap();
        let files: BTreeSet<_> =
            folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        let known: BTreeSet<_> = FILES.iter().map(|(name, _)| format!("{name}.json")).collect();
        assert_eq!(files, known);
    }

    #[test]
    fn what_counts_is_what_the_definitions_say() {
        let events =
            |metric: &str| -> BTreeSet<String> { newest(metric).unwrap().events.iter().cloned().collect() };
        let people = events("headcount");
        let acts: BTreeSet<_> = events("participated-share").difference(&people).cloned().collect();
        let counted: BTreeSet<_> =
            CONTRIBUTED.iter().chain(PARTICIPATED).map(|name| (*name).to_owned()).collect();
        assert_eq!(acts, counted);
        let made: BTreeSet<_> = events("contributed-share").difference(&people).cloned().collect();
        assert_eq!(made, CONTRIBUTED.iter().map(|name| (*name).to_owned()).collect());
    }
}
