//! How a mutation comes to its answer: the command is sent, and what became of it goes into the payload.

use async_graphql::{Context, ID, InputObject, OneofObject, Result, SimpleObject};
use domain::audience::Audience;
use domain::command::Command;
use domain::id::{CommandId, MemberId};
use domain::refusal::Refused;
use domain::words::{self, Topic};
use uuid::Uuid;

use super::caller::Asked;
use super::failure::Failure;
use super::id::{Ids, OfKind};
use super::position::Position;
use crate::engine::{self, Submission};
use crate::http::Language;

/// Why nothing was changed, and what to do instead.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct UserError {
    /// A stable code for programs, such as `CAMPAIGN_CLOSED`.
    code: String,
    /// What is wrong and what to do instead, in the language asked for with `Accept-Language`.
    message: String,
    /// The path of the input field it is about, if it is about one.
    field: Option<Vec<String>>,
    /// What is needed to go on, where something is: the current revision, the id to use instead.
    detail: Option<String>,
}

/// What an author may say about a text.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct WordsInput {
    /// The BCP 47 tag of the language it is written in, such as `fr` or `pt-BR`.
    language: Option<String>,
    /// The members it mentions, at most 100.
    #[graphql(default)]
    mentions: Vec<ID>,
    /// The topics it is about, at most 20, each a word of letters, digits, hyphens and underscores.
    #[graphql(default)]
    topics: Vec<String>,
}

/// The same, read.
pub(crate) struct Words {
    pub(crate) language: Option<words::Language>,
    pub(crate) mentions: Vec<MemberId>,
    pub(crate) topics: Vec<Topic>,
}

/// Who something is for: one community, or members one by one.
#[derive(Clone, Debug, OneofObject)]
pub(crate) enum AudienceInput {
    /// Whoever may read this community.
    Community(ID),
    /// These members, at most 500.
    Members(Vec<ID>),
}

/// What became of a command.
pub(crate) struct Answer {
    /// Answers at this position or after hold what was changed; absent when nothing was.
    pub(crate) position: Option<Position>,
    /// Whether this answer already shows it.
    pub(crate) projected: bool,
    /// Why nothing was changed.
    pub(crate) user_errors: Vec<UserError>,
    /// The id of what was created, if something was and its id was not chosen by the caller.
    pub(crate) new_id: Uuid,
}

/// This id names nothing of the right kind here.
const UNKNOWN_ID: Refused = Refused {
    code: "UNKNOWN_ID",
    en: "This id names nothing of the right kind here; look it up again.",
    fr: "Cet identifiant ne désigne rien de tel ici ; cherchez-le de nouveau.",
    field: None,
    detail: None,
};

/// This command id cannot be one.
const BAD_COMMAND_ID: Refused = Refused {
    code: "BAD_COMMAND_ID",
    en: "A command id has 1 to 200 characters; a UUID is best.",
    fr: "Un identifiant de commande a de 1 à 200 caractères ; le mieux est un UUID.",
    field: None,
    detail: None,
};

/// The views are too far behind to decide on.
const VIEWS_BEHIND: Refused = Refused {
    code: "VIEWS_BEHIND",
    en: "The views are catching up; try again in a few seconds.",
    fr: "Les vues rattrapent leur retard ; réessayez dans quelques secondes.",
    field: None,
    detail: None,
};

/// No room is left where the journal or the views are kept.
pub(crate) const STORAGE_FULL: Refused = Refused {
    code: "STORAGE_FULL",
    en: "The disk of the server is full: nothing was recorded. Tell its administrator; when there is room, send it again.",
    fr: "Le disque du serveur est plein : rien n’a été enregistré. Dites-le à l’administrateur ; quand il y aura de la place, renvoyez-le.",
    field: None,
    detail: None,
};

/// Reads the ids of an input: an unknown one is a refusal that names its field.
#[derive(Clone, Copy)]
pub(crate) struct Input(Ids);

impl Input {
    /// An id that must be of a kind.
    pub(crate) fn id<T: OfKind>(self, field: &'static str, id: &ID) -> Result<T, Refused> {
        self.0.named(id).and_then(T::of).ok_or_else(|| UNKNOWN_ID.on(field).with(id.as_str()))
    }

    /// An id that may be absent.
    pub(crate) fn maybe<T: OfKind>(self, field: &'static str, id: Option<&ID>) -> Result<Option<T>, Refused> {
        id.map(|id| self.id(field, id)).transpose()
    }

    /// What an author may say about any text: its language, whom it mentions, what it is about.
    pub(crate) fn words(self, words: &WordsInput) -> Result<Words, Refused> {
        Ok(Words {
            language: words.language.as_deref().map(str::parse).transpose()?,
            mentions: self.ids("mentions", &words.mentions)?,
            topics: words.topics.iter().map(|topic| topic.parse()).collect::<Result<_, _>>()?,
        })
    }

    /// Who something is for.
    pub(crate) fn audience(self, audience: &AudienceInput) -> Result<Audience, Refused> {
        Ok(match audience {
            AudienceInput::Community(id) => Audience::Community(self.id("audience", id)?),
            AudienceInput::Members(ids) => Audience::Members(self.ids("audience", ids)?),
        })
    }

    /// Several ids.
    pub(crate) fn ids<T: OfKind>(self, field: &'static str, ids: &[ID]) -> Result<Vec<T>, Refused> {
        ids.iter().map(|id| self.id(field, id)).collect()
    }
}

/// A revision that a client sends back, if it does.
pub(crate) fn maybe_revision(expected: Option<i32>) -> Result<Option<u64>, Refused> {
    expected.map_or(Ok(None), revision)
}

/// A revision that a client sends back.
pub(crate) fn revision(expected: i32) -> Result<Option<u64>, Refused> {
    u64::try_from(expected).map(Some).map_err(|_| NEGATIVE_REVISION.on("expectedRevision"))
}

/// A revision is never below 0.
const NEGATIVE_REVISION: Refused = Refused {
    code: "NEGATIVE_REVISION",
    en: "A revision is 0 or more; send back the one that was read.",
    fr: "Une révision est 0 ou plus ; renvoyez celle qui a été lue.",
    field: None,
    detail: None,
};

/// Sends the command that `compose` makes of an input with these fields, and waits until the views have what it
/// caused.
pub(crate) async fn perform<C: Into<Command>>(
    ctx: &Context<'_>,
    (command_id, fields): (Option<&ID>, &[&str]),
    compose: impl FnOnce(Input) -> Result<C, Refused>,
) -> Result<Answer> {
    let ids = ctx.reading().ids()?;
    let caller = ctx.caller();
    let unchosen = CommandId(ctx.engine().random_id().map_err(Failure::from)?);
    let submitted = compose(Input(ids)).and_then(|command| {
        let id = command_id.map_or(Ok(unchosen), read_command_id)?;
        Ok(Submission::live(caller.actor, command, id, ctx.engine().now()).within(caller.scopes))
    });
    // No moment of the views is held while the journal is waited for.
    ctx.reading().renew();
    let outcome = match submitted {
        Ok(submission) => ctx.engine().handle(&submission).await,
        Err(refused) => Err(engine::Error::Refused(refused)),
    };
    ctx.reading().renew();
    match outcome {
        Ok(outcome) => Ok(Answer {
            position: Some(Position { journal: ctx.reading().ids()?.tag(), at: outcome.position }),
            projected: outcome.projected,
            user_errors: vec![],
            new_id: outcome.new_id,
        }),
        Err(engine::Error::Refused(refused)) => Ok(refusal(refused, fields, ctx.language())),
        Err(engine::Error::ViewsBehind(_)) => Ok(refusal(VIEWS_BEHIND, fields, ctx.language())),
        Err(engine::Error::Journal(journal::Error::Full)) => {
            Ok(refusal(STORAGE_FULL, fields, ctx.language()))
        }
        Err(error) => Err(Failure::from(error).into()),
    }
}

const REFUSALS: &str = "passerelle_refusals_total";

/// Describes what is counted of answers.
pub fn describe_metrics() {
    metrics::describe_counter!(REFUSALS, "Commands refused, by the code of why");
}

fn refusal(refused: Refused, fields: &[&str], language: Language) -> Answer {
    let user_errors = vec![told(refused, fields, language)];
    Answer { position: None, projected: true, user_errors, new_id: Uuid::nil() }
}

/// A refusal as it is told of an input with these fields.
pub(crate) fn told(refused: Refused, fields: &[&str], language: Language) -> UserError {
    metrics::counter!(REFUSALS, "code" => refused.code).increment(1);
    let message = match language {
        Language::English => refused.en,
        Language::French => refused.fr,
    };
    UserError {
        code: refused.code.to_owned(),
        message: message.to_owned(),
        field: refused.field.map(|field| path(field, fields)),
        detail: refused.detail,
    }
}

/// Where a field that a rule names stands in an input with these fields: at its top, or in one of the inputs that
/// several mutations share.
fn path(field: &str, fields: &[&str]) -> Vec<String> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let within: &[&str] = match field {
        _ if fields.iter().any(|own| plain(own) == plain(field)) => &[],
        "language" | "mentions" | "topics" => &["words"],
        "community" | "members" => &["audience"],
        "link" => &["contents"],
        "sha256" | "size" | "mediaType" => &["contents", "file"],
        _ => &[],
    };
    std::iter::once("input").chain(within.iter().copied()).chain([field]).map(str::to_owned).collect()
}

/// A UUID stands for itself; any other text for the UUIDv5 of it.
fn read_command_id(id: &ID) -> Result<CommandId, Refused> {
    match id.as_str() {
        text if text.is_empty() || text.chars().count() > 200 => Err(BAD_COMMAND_ID.on("commandId")),
        text => Ok(CommandId(
            text.parse().unwrap_or_else(|_| Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes())),
        )),
    }
}

/// A time zone that the IANA database knows.
pub(crate) fn known_time_zone(name: &str) -> Result<String, Refused> {
    match name.parse::<chrono_tz::Tz>() {
        Ok(zone) => Ok(zone.name().to_owned()),
        Err(_) => Err(UNKNOWN_TIME_ZONE.on("timeZone").with(name)),
    }
}

/// No such time zone.
const UNKNOWN_TIME_ZONE: Refused = Refused {
    code: "UNKNOWN_TIME_ZONE",
    en: "Give a time zone of the IANA database, such as Europe/Paris or UTC.",
    fr: "Donnez un fuseau horaire de la base IANA, comme Europe/Paris ou UTC.",
    field: None,
    detail: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_field_where_the_input_has_it() {
        assert_eq!(path("timeZone", &["name", "time_zone"]), ["input", "timeZone"]);
        assert_eq!(path("topics", &["body", "words"]), ["input", "words", "topics"]);
        assert_eq!(path("language", &["name", "language"]), ["input", "language"]);
        assert_eq!(path("mediaType", &["contents"]), ["input", "contents", "file", "mediaType"]);
    }
}
