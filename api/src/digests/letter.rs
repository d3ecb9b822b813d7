//! How a mail of notifications reads: in French and English, as plain text and as HTML, with a subject that says what
//! it is about.

use std::fmt::Write as _;

use domain::notification::Kind;

use crate::http::Language;
use crate::mail::escaped;

/// One thing that its reader is told.
pub(super) struct Entry {
    /// Of which kind.
    pub(super) kind: Kind,
    /// Who caused it, as far as that is known.
    pub(super) by: Option<String>,
    /// What it is about: the text, or the name; nothing once it was erased.
    pub(super) about: Option<String>,
}

/// A mail, before it is written.
pub(super) struct Written {
    /// In which language.
    pub(super) language: Language,
    /// The organisation's name.
    pub(super) organisation: String,
    /// What it tells of, the newest first: at least one.
    pub(super) entries: Vec<Entry>,
    /// How many more there are.
    pub(super) more: usize,
    /// Where to read on.
    pub(super) address: Option<String>,
}

/// The most characters of a text that are quoted.
const QUOTED: usize = 140;
/// The most characters of a subject line.
const SUBJECT: usize = 120;

/// The beginning of a text on one line.
fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most).collect();
    format!("{}…", cut.trim_end())
}

impl Entry {
    fn sentence(&self, language: Language) -> String {
        let french = language == Language::French;
        let somebody = if french { "Quelqu’un" } else { "Somebody" };
        let by = self.by.as_deref().map_or(somebody.to_owned(), |name| shortened(name, QUOTED));
        let erased = if french { "(effacé)" } else { "(erased)" };
        let about = self.about.as_deref().map_or(erased.to_owned(), |text| shortened(text, QUOTED));
        match (self.kind, french) {
            (Kind::Mention, false) => format!("{by} mentioned you: “{about}”"),
            (Kind::Mention, true) => format!("{by} vous mentionne : « {about} »"),
            (Kind::Answer, false) => format!("{by} answered you: “{about}”"),
            (Kind::Answer, true) => format!("{by} vous répond : « {about} »"),
            (Kind::AnswerAccepted, false) => format!("{by} accepted your answer: “{about}”"),
            (Kind::AnswerAccepted, true) => format!("{by} a retenu votre réponse : « {about} »"),
            (Kind::IdeaDecided, false) => format!("There is a decision on your idea: “{about}”"),
            (Kind::IdeaDecided, true) => format!("Votre idée a reçu une décision : « {about} »"),
            (Kind::Invitation, false) => format!("{by} invites you into {about}"),
            (Kind::Invitation, true) => format!("{by} vous invite dans {about}"),
            (Kind::Request, false) => format!("{by} asks to join {about}"),
            (Kind::Request, true) => format!("{by} demande à rejoindre {about}"),
            (Kind::RequestDecided, false) => format!("Your request to join {about} was decided on"),
            (Kind::RequestDecided, true) => {
                format!("Votre demande pour rejoindre {about} a reçu une réponse")
            }
            (Kind::Disclosure, false) => format!("{by} opened as an administrator, for a reason: “{about}”"),
            (Kind::Disclosure, true) => {
                format!("{by} a ouvert en tant qu’administrateur, avec un motif : « {about} »")
            }
            (Kind::Announcement, false) => format!("{by} announces, to be acknowledged: “{about}”"),
            (Kind::Announcement, true) => format!("{by} annonce, à confirmer : « {about} »"),
        }
    }
}

impl Written {
    fn french(&self) -> bool {
        self.language == Language::French
    }

    /// The subject line: the one thing it tells of, or how many.
    pub(super) fn subject(&self) -> String {
        let (count, organisation) = (self.entries.len() + self.more, &self.organisation);
        match (&self.entries[..], self.french()) {
            ([only], _) if self.more == 0 => shortened(&only.sentence(self.language), SUBJECT),
            (_, false) => shortened(&format!("{count} things that concern you – {organisation}"), SUBJECT),
            (_, true) => {
                shortened(&format!("{count} nouvelles qui vous concernent – {organisation}"), SUBJECT)
            }
        }
    }

    fn rest(&self) -> Option<String> {
        (self.more > 0).then(|| match self.french() {
            false => format!("And {} more.", self.more),
            true => format!("Et {} de plus.", self.more),
        })
    }

    /// What stands below: where to read on, and why this came.
    fn foot(&self) -> [Option<String>; 2] {
        let organisation = shortened(&self.organisation, QUOTED);
        let (read_on, why) = match self.french() {
            false => (
                "Read on: ",
                format!(
                    "You get this as a member of {organisation}, as your preferences say; change them there."
                ),
            ),
            true => (
                "Lire la suite : ",
                format!(
                    "Vous recevez ceci comme membre de {organisation}, selon vos préférences ; changez-les là-bas."
                ),
            ),
        };
        [self.address.as_ref().map(|address| format!("{read_on}{address}")), Some(why)]
    }

    /// The plain text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            let _ = writeln!(text, "- {}", entry.sentence(self.language));
        }
        for line in self.rest().into_iter().chain(self.foot().into_iter().flatten()) {
            let _ = writeln!(text, "\n{line}");
        }
        text
    }

    /// The same in HTML, with what people wrote escaped.
    pub(super) fn html(&self) -> String {
        let (lang, subject) = (self.language.tag(), escaped(&self.subject()));
        let mut html = format!(
            "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{subject}</title></head><body>\n<ul>\n"
        );
        for entry in &self.entries {
            let _ = writeln!(html, "<li>{}</li>", escaped(&entry.sentence(self.language)));
        }
        html.push_str("</ul>\n");
        for line in self.rest().into_iter().chain(self.foot().into_iter().flatten()) {
            let _ = writeln!(html, "<p>{}</p>", escaped(&line));
        }
        html.push_str("</body></html>\n");
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: Kind, about: &str) -> Entry {
        Entry { kind, by: Some("Bo".to_owned()), about: Some(about.to_owned()) }
    }

    fn written(language: Language, entries: Vec<Entry>, more: usize) -> Written {
        let address = Some("https://passerelle.example.org".to_owned());
        Written { language, organisation: "Atelier".to_owned(), entries, more, address }
    }

    #[test]
    fn the_subject_says_what_it_is_about() {
        let one = |language| written(language, vec![entry(Kind::Answer, "Two\nhundred")], 0).subject();
        assert_eq!(one(Language::English), "Bo answered you: “Two hundred”");
        assert_eq!(one(Language::French), "Bo vous répond : « Two hundred »");
        let two = |language| {
            let entries = vec![entry(Kind::Invitation, "Bakers"), entry(Kind::Mention, "Hi")];
            written(language, entries, 1).subject()
        };
        assert_eq!(two(Language::English), "3 things that concern you – Atelier");
        assert_eq!(two(Language::French), "3 nouvelles qui vous concernent – Atelier");
    }

    #[test]
    fn every_kind_is_told_in_both_languages() {
        for kind in Kind::ALL {
            let [en, fr] = [Language::English, Language::French]
                .map(|language| entry(kind, "Bakers").sentence(language));
            assert!(en != fr && en.contains("Bakers") && fr.contains("Bakers"), "{en} {fr}");
        }
        let gone = Entry { kind: Kind::Mention, by: None, about: None };
        assert_eq!(gone.sentence(Language::English), "Somebody mentioned you: “(erased)”");
    }

    #[test]
    fn it_reads_as_text_and_as_html_where_nothing_that_was_written_is_markup() {
        let entries = vec![entry(Kind::Mention, "<script>alert(1)</script> & \"more\"")];
        let letter = written(Language::English, entries, 2);
        let expected = "- Bo mentioned you: “<script>alert(1)</script> & \"more\"”\n\nAnd 2 more.\n\nRead on: \
             https://passerelle.example.org\n\nYou get this as a member of Atelier, as your preferences say; change \
             them there.\n";
        assert_eq!(letter.text(), expected);
        let html = letter.html();
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"), "{html}");
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn long_texts_are_quoted_from_their_beginning() {
        let letter = written(Language::French, vec![entry(Kind::Mention, &"mot ".repeat(200))], 0);
        assert!(letter.text().lines().next().unwrap().chars().count() < 180);
        assert!(letter.subject().chars().count() <= SUBJECT + 1);
    }
}
