//! What an organisation tells its people of figures, and an impact assessment to be completed: `docs/notice.md`, made
//! of the definitions.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::definition::{Definition, all};
use crate::http::Language;

const INTRODUCTION: &str = "\
# Notice and impact assessment · Notice et analyse d’impact

An information notice and an impact assessment for an organisation that shows figures, in English, [then in French](#en-français). Made of the definitions by `passerelle figure --notice`; they are templates and no legal advice.
";

/// The page, in English and in French.
pub fn page() -> String {
    let english = include_str!("notice/en.txt").replace("{figures}", &table(Language::English));
    let french = include_str!("notice/fr.txt").replace("{figures}", &table(Language::French));
    format!("{INTRODUCTION}\n{english}\n{french}")
}

/// Every figure with what it says and when it is shown, and the events that any of them is computed from.
fn table(language: Language) -> String {
    let (head, from) = match language {
        Language::English => ("| figure | what it says | shown |", "Computed from the events"),
        Language::French => ("| chiffre | ce qu’il dit | montré |", "Calculés à partir des événements"),
    };
    let mut table = format!("{head}\n| --- | --- | --- |\n");
    for Definition { name, explanation, privacy, .. } in all().values() {
        let words = [name, explanation].map(|text| text.in_language(language));
        let _ = writeln!(table, "| {} | {} |", words.join(" | "), privacy.in_language(language));
    }
    let events: BTreeSet<_> = all().values().flat_map(|definition| &definition.events).collect();
    let events: Vec<_> = events.into_iter().map(|event| format!("`{event}`")).collect();
    let _ = writeln!(table, "\n{from} {}.", events.join(", "));
    table
}
