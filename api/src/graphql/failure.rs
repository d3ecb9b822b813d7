//! What goes wrong beneath an answer, as GraphQL errors: one table from each kind of error to its public code and its
//! text in both languages. What the caller did wrong in a mutation is no error here but a `UserError` of the payload.

use async_graphql::{Error, ErrorExtensions};
use projections::search::{CHARACTERS_MAX, NotAQuery, WORDS_MAX};

use super::answer::STORAGE_FULL;
use crate::difference::Unexplained;
use crate::engine;
use crate::figures::NotYet;
use crate::http::IN_FRENCH;
use crate::receipt::Unverified;

/// Why a field has no answer.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// The views are behind the position asked for.
    ProjectionLag {
        /// By how many positions.
        behind: u64,
    },
    /// What is asked for is being computed: such a share of it is.
    Computing(f64),
    /// The position asked for is not of this journal.
    PositionUnknown,
    /// The position is so far back that the list is better read again.
    PositionTooOld,
    /// The caller may not see this.
    Forbidden,
    /// There is no such thing, or none that the caller may see.
    NotFound,
    /// What the caller sent makes no sense, or tells nothing here: why not, and its code.
    Told {
        /// The code.
        code: &'static str,
        /// The text in English.
        en: String,
        /// The text in French.
        fr: String,
    },
    /// No room is left on the disk for what must be recorded.
    StorageFull,
    /// Something of ours: told to the log, not to the caller.
    Internal(String),
}

impl Failure {
    /// What the caller sent makes no sense; the texts say what to send instead.
    pub(crate) fn bad_input(en: impl Into<String>, fr: impl Into<String>) -> Self {
        Self::Told { code: "BAD_USER_INPUT", en: en.into(), fr: fr.into() }
    }

    /// What people do is told as figures alone, where a threshold protects them.
    pub(crate) fn protected() -> Self {
        Self::Told {
            code: "PROTECTED",
            en: "Here ids stand for people: what is counted of them is told as figures alone; ask for `figures`."
                .to_owned(),
            fr: "Ici les identifiants sont ceux de personnes : ce qui est compté d’elles ne se dit qu’en chiffres ; \
                 demandez `figures`."
                .to_owned(),
        }
    }

    /// Days from one to another that is before it.
    pub(crate) fn days_reversed() -> Self {
        Self::bad_input("The last day is before the first.", "Le dernier jour précède le premier.")
    }
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        match error {
            engine::Error::Journal(journal::Error::Full) => Self::StorageFull,
            error => Self::Internal(error.to_string()),
        }
    }
}

impl From<Unverified> for Failure {
    fn from(why: Unverified) -> Self {
        let code = match why {
            Unverified::Malformed => "NOT_A_RECEIPT",
            Unverified::NotSigned => "RECEIPT_NOT_SIGNED",
        };
        Self::Told { code, en: sentence(&why.to_string()), fr: sentence(why.french()) }
    }
}

impl From<Unexplained> for Failure {
    fn from(why: Unexplained) -> Self {
        let code = match &why {
            Unexplained::Broken(_) | Unexplained::Failed(_) => return Self::Internal(why.to_string()),
            Unexplained::NotOne(..) => "RECEIPTS_OF_DIFFERENT_FIGURES",
            Unexplained::Hidden => "FIGURE_NOT_SHOWN",
            Unexplained::NotCounted(_) => "FIGURE_NOT_COUNTED",
            Unexplained::Unknown(_) | Unexplained::AsOfPosition => "RECEIPT_UNKNOWN",
        };
        Self::Told { code, en: sentence(&why.to_string()), fr: sentence(&why.french()) }
    }
}

impl From<NotYet> for Failure {
    fn from(why: NotYet) -> Self {
        Self::bad_input(sentence(&why.to_string()), sentence(&why.french()))
    }
}

impl From<NotAQuery> for Failure {
    fn from(why: NotAQuery) -> Self {
        let (en, fr) = match why {
            NotAQuery::NoWord => (
                "Search for a word: there is no letter and no digit in the query.".to_owned(),
                "Cherchez un mot : il n’y a ni lettre ni chiffre dans la recherche.".to_owned(),
            ),
            NotAQuery::TooLong => (
                format!(
                    "Search for fewer words: a query has at most {CHARACTERS_MAX} characters and {WORDS_MAX} words."
                ),
                format!(
                    "Cherchez moins de mots : une recherche a au plus {CHARACTERS_MAX} caractères et {WORDS_MAX} mots."
                ),
            ),
        };
        Self::bad_input(en, fr)
    }
}

/// A reason as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}

impl From<projections::Error> for Failure {
    fn from(error: projections::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let coded = |code: &'static str, en: &str, fr: &str| {
            Error::new(en).extend_with(|_, e| {
                e.set("code", code);
                e.set(IN_FRENCH, fr);
            })
        };
        match failure {
            Failure::ProjectionLag { behind } => coded(
                "PROJECTION_LAG",
                "The views have not come so far yet; ask again in a moment.",
                "Les vues n’en sont pas encore là ; redemandez dans un instant.",
            )
            .extend_with(|_, e| e.set("behind", behind)),
            Failure::Computing(progress) => coded(
                "COMPUTING",
                "This is being computed; ask again in a moment.",
                "Le calcul est en cours ; redemandez dans un instant.",
            )
            .extend_with(|_, e| e.set("progress", progress)),
            Failure::PositionUnknown => coded(
                "POSITION_UNKNOWN",
                "The position was not given out by this journal; ask again without it.",
                "Cette position ne vient pas de ce journal ; redemandez sans elle.",
            ),
            Failure::Forbidden => coded(
                "FORBIDDEN",
                "This is not for you to see; `docs/policy.md` says who sees what.",
                "Ceci ne vous est pas destiné ; `docs/policy.md` dit qui voit quoi.",
            ),
            Failure::NotFound => coded(
                "NOT_FOUND",
                "There is no such thing here; look it up again.",
                "Il n’y a rien de tel ici ; cherchez-le de nouveau.",
            ),
            Failure::PositionTooOld => coded(
                "POSITION_TOO_OLD",
                "The position is too far back to go on from: read the list again and subscribe from there.",
                "La position est trop ancienne pour reprendre : relisez la liste et abonnez-vous à partir de là.",
            ),
            Failure::Told { code, en, fr } => coded(code, &en, &fr),
            Failure::StorageFull => coded(STORAGE_FULL.code, STORAGE_FULL.en, STORAGE_FULL.fr),
            // Without a code: the transport masks it and logs the text under an error id.
            Failure::Internal(text) => Error::new(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;

    use super::*;

    /// The kind of failure that comes behind another: the compiler asks for a new one here.
    fn after(failure: &Failure) -> Option<Failure> {
        Some(match failure {
            Failure::ProjectionLag { .. } => Failure::Computing(0.5),
            Failure::Computing(_) => Failure::PositionUnknown,
            Failure::PositionUnknown => Failure::PositionTooOld,
            Failure::PositionTooOld => Failure::Forbidden,
            Failure::Forbidden => Failure::NotFound,
            Failure::NotFound => Failure::StorageFull,
            // In words of its own below, and to nobody.
            Failure::StorageFull | Failure::Told { .. } | Failure::Internal(_) => return None,
        })
    }

    /// Why receipts tell nothing, likewise.
    fn after_reason(why: &Unexplained) -> Option<Unexplained> {
        Some(match why {
            Unexplained::NotOne(..) => Unexplained::Hidden,
            Unexplained::Hidden => Unexplained::NotCounted("density".to_owned()),
            Unexplained::NotCounted(_) => Unexplained::Unknown("stickiness.v9".to_owned()),
            Unexplained::Unknown(_) => Unexplained::AsOfPosition,
            Unexplained::AsOfPosition | Unexplained::Broken(_) | Unexplained::Failed(_) => return None,
        })
    }

    fn every() -> Vec<Failure> {
        let first = Some(Failure::ProjectionLag { behind: 1 });
        let not_one = Some(Unexplained::NotOne("habit".to_owned(), "density".to_owned()));
        let unexplained = std::iter::successors(not_one, after_reason).map(Failure::from);
        let unverified = [Unverified::Malformed, Unverified::NotSigned].map(Failure::from);
        let unsearchable = [NotAQuery::NoWord, NotAQuery::TooLong].map(Failure::from);
        let fixed = std::iter::successors(first, after).chain([Failure::protected()]);
        fixed.chain(unexplained).chain(unverified).chain(unsearchable).collect()
    }

    #[test]
    fn whatever_people_meet_is_a_sentence_in_both_languages_under_one_code() {
        let every = every();
        assert_eq!(every.len(), 17);
        for failure in every {
            let error = Error::from(failure);
            let said = |name| error.extensions.as_ref().and_then(|said| said.get(name)).cloned();
            let (Some(Value::String(code)), Some(Value::String(fr))) = (said("code"), said(IN_FRENCH)) else {
                panic!("not in French: {error:?}");
            };
            assert!(code.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'), "{code}");
            for text in [&error.message, &fr] {
                let begins = text.chars().next().is_some_and(char::is_uppercase);
                assert!(begins && text.ends_with('.'), "{code}: {text}");
            }
            assert_ne!(error.message, fr);
        }
    }
}
