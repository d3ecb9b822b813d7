//! The mail that brings a sign-in link: in French or English, as plain text and as HTML.

use projections::{Error, Snapshot, Viewer, directory, organisation, preferences};
use uuid::Uuid;

use super::NewLink;
use crate::http::Language;
use crate::mail::{Letter, escaped};

/// The letter with a link for its member; nothing where no address of theirs is known.
pub(crate) fn letter(snapshot: &Snapshot, new: &NewLink, site: &str) -> Result<Option<Letter>, Error> {
    let member = new.command.member;
    let viewer = Viewer::Member(member);
    let person = directory::members_by_ids(snapshot, &viewer, &[member])?.into_iter().next();
    let Some(to) = person.and_then(|person| person.email) else { return Ok(None) };
    let Some(organisation) = organisation::organisation(snapshot, &viewer)? else { return Ok(None) };
    let chosen = preferences::of_viewer(snapshot, &viewer)?.language;
    let language = Language::accepted(&chosen.unwrap_or(organisation.language));
    let written = Written { language, organisation: organisation.name.unwrap_or_default() };
    let link = new.address(site);
    Ok(Some(Letter {
        id: Uuid::new_v5(&new.secret.id, b"mail"),
        to,
        subject: written.subject(),
        text: written.text(&link),
        html: written.html(&link),
        recurring: false,
    }))
}

/// What the letter says around its link.
struct Written {
    language: Language,
    organisation: String,
}

impl Written {
    fn subject(&self) -> String {
        let organisation = self.organisation.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.language {
            Language::English => format!("Sign in to {organisation}"),
            Language::French => format!("Se connecter à {organisation}"),
        }
    }

    fn sentences(&self) -> [&'static str; 2] {
        match self.language {
            Language::English => [
                "This link signs you in, once, within ten minutes:",
                "An administrator asked for it to be sent to you. If you did not expect it, leave it: it ends by itself.",
            ],
            Language::French => [
                "Ce lien vous connecte, une seule fois, dans les dix minutes :",
                "Un administrateur a demandé qu’il vous soit envoyé. Si vous ne l’attendiez pas, laissez-le : il expire de lui-même.",
            ],
        }
    }

    fn text(&self, link: &str) -> String {
        let [before, after] = self.sentences();
        format!("{before}\n\n{link}\n\n{after}\n")
    }

    fn html(&self, link: &str) -> String {
        let ([before, after], link) = (self.sentences(), escaped(link));
        let (subject, lang) = (escaped(&self.subject()), self.language.tag());
        format!(
            "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{subject}</title></head><body>\n\
             <p>{before}</p>\n<p><a href=\"{link}\">{link}</a></p>\n<p>{after}</p>\n</body></html>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_in_both_languages_and_an_organisation_is_no_markup() {
        let [english, french] = [Language::English, Language::French]
            .map(|language| Written { language, organisation: "Bread & Co\n<b>".to_owned() });
        assert_eq!(english.subject(), "Sign in to Bread & Co <b>");
        let link = "https://passerelle.example.org/sign-in#pal_1";
        assert!(english.text(link).contains("\n\nhttps://passerelle.example.org/sign-in#pal_1\n\n"));
        assert!(
            french.html(link).contains("lang=\"fr\"")
                && french.html(link).contains("Bread &amp; Co &lt;b&gt;")
        );
    }
}
