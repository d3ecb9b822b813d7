//! What is sent back: errors, data and extensions, with everything masked that is not meant for the client.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_graphql::{ErrorExtensionValues, PathSegment, Pos, Response, ServerError, Value};
use serde::Serialize;

use super::{Code, Language};

/// Most errors one answer lists; the rest would say the same.
const MAX_ERRORS: usize = 50;

/// Why a request is refused before anything of it is executed.
#[derive(Debug)]
pub(super) struct Problem {
    code: Code,
    /// What the developer who wrote the request has to change, in English; else the code's own words are sent.
    detail: Option<Cow<'static, str>>,
    locations: Vec<Pos>,
    /// Seconds to wait before asking again.
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem that says what to change.
    pub(super) fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: Some(detail.into()), ..code.into() }
    }

    /// A client that asks for too much, and how long it has to wait.
    pub(super) fn wait(long: Duration) -> Self {
        Self { retry_after: Some(long.as_secs() + 1), ..Code::RateLimited.into() }
    }

    /// Says where in the document.
    pub(super) fn at(self, locations: Vec<Pos>) -> Self {
        Self { locations, ..self }
    }

    /// Whether this is its code.
    pub(super) fn is(&self, code: Code) -> bool {
        self.code == code
    }

    /// The code.
    #[cfg(test)]
    pub(super) fn code(&self) -> Code {
        self.code
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self { code, detail: None, locations: Vec::new(), retry_after: None }
    }
}

/// Ids under which masked errors are logged: unique in one run by count, between runs by the seed.
#[derive(Debug)]
pub(super) struct ErrorIds {
    seed: u64,
    issued: AtomicU64,
}

impl ErrorIds {
    /// Ids of one run.
    pub(super) fn seeded(seed: u64) -> Self {
        Self { seed, issued: AtomicU64::new(0) }
    }

    fn next(&self) -> String {
        format!("{:016x}-{}", self.seed, self.issued.fetch_add(1, Ordering::Relaxed))
    }
}

/// An answer as it is serialised: `errors` first, so that nobody overlooks them, and no `data` unless executed.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: BTreeMap<String, Value>,
    #[serde(skip)]
    refusal: Option<Code>,
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Answer {
    /// The answer to a request that is not executed.
    pub(super) fn refused(problem: impl Into<Problem>, language: Language) -> Self {
        let Problem { code, detail, locations, retry_after } = problem.into();
        let message = detail.unwrap_or(Cow::Borrowed(code.message(language)));
        let mut error = ServerError::new(message, None);
        error.locations = locations;
        let extensions = set_code(&mut error, code);
        if let Some(seconds) = retry_after {
            extensions.set("retryAfter", seconds);
        }
        let (errors, extensions) = (vec![error], BTreeMap::new());
        Self { errors, data: None, extensions, refusal: Some(code), retry_after }
    }

    /// The answer that an executor gave, with codes put on its errors and internal ones masked.
    pub(super) fn executed(response: Response, ids: &ErrorIds, language: Language) -> Self {
        let Response { data, extensions, mut errors, .. } = response;
        let refused = data == Value::Null && !errors.is_empty() && errors.iter().all(of_request);
        errors.truncate(MAX_ERRORS);
        let mut refusal = None;
        for error in &mut errors {
            stand(error);
            say_in(language, error);
            match public_code(error, refused) {
                Disclosure::Own => {}
                Disclosure::As(code) => {
                    set_code(error, code);
                    refusal = refusal.or(Some(code));
                }
                Disclosure::Masked => mask(error, ids, language),
            }
        }
        let refusal = refused.then_some(refusal.unwrap_or(Code::GraphqlValidationFailed));
        Self { errors, data: (!refused).then_some(data), extensions, refusal, retry_after: None }
    }

    /// Why nothing was executed, if nothing was.
    pub(super) fn refusal(&self) -> Option<Code> {
        self.refusal
    }

    /// How many seconds to wait before asking again, if one has to.
    pub(super) fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }

    /// The errors alone, as a socket sends them for an operation that was not executed.
    pub(super) fn errors(&self) -> &[ServerError] {
        &self.errors
    }
}

/// An error of the request stands nowhere in the answer, and comes from no resolver.
fn of_request(error: &ServerError) -> bool {
    error.path.is_empty() && error.source.is_none()
}

enum Disclosure {
    /// It has a code of its own.
    Own,
    /// It is async-graphql's own word on the request.
    As(Code),
    /// It was never meant for the client.
    Masked,
}

fn public_code(error: &ServerError, refused: bool) -> Disclosure {
    if error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some()) {
        return Disclosure::Own;
    }
    if error.source.is_some() {
        return Disclosure::Masked;
    }
    // async-graphql 7.0 tells these apart by their words alone.
    match error.message.as_str() {
        message
            if message.starts_with("Failed to parse \"")
                || message.starts_with("Invalid value for argument") =>
        {
            Disclosure::As(Code::BadUserInput)
        }
        "Query is too complex." | "Query is nested too deep." if refused => {
            Disclosure::As(Code::QueryTooComplex)
        }
        _ if refused => Disclosure::As(Code::GraphqlValidationFailed),
        _ => Disclosure::Masked,
    }
}

/// The extension of a resolver's error that says the same in French; it never leaves the server.
pub const IN_FRENCH: &str = "inFrench";

/// The extension of a resolver's error that says where it stands: its path, where that was lost on the way through lists.
/// It never leaves the server.
pub const STANDS_AT: &str = "standsAt";

/// Puts an error where it stands.
fn stand(error: &mut ServerError) {
    let Some(extensions) = &mut error.extensions else { return };
    let segment = |segment: &Value| match segment {
        Value::Number(index) => index.as_u64().map(|index| PathSegment::Index(index as usize)),
        Value::String(name) => Some(PathSegment::Field(name.clone())),
        _ => None,
    };
    if let Some(Value::List(path)) = extensions.get(STANDS_AT) {
        error.path = path.iter().filter_map(segment).collect();
    }
    extensions.unset(STANDS_AT);
}

/// Says an error in a language, if it can be said in both.
fn say_in(language: Language, error: &mut ServerError) {
    let Some(extensions) = &mut error.extensions else { return };
    if let (Language::French, Some(Value::String(message))) = (language, extensions.get(IN_FRENCH)) {
        error.message.clone_from(message);
    }
    extensions.unset(IN_FRENCH);
}

/// The path is sent but not logged: it holds aliases, which are the client's words.
fn mask(error: &mut ServerError, ids: &ErrorIds, language: Language) {
    let id = ids.next();
    tracing::error!(error_id = id, error = error.message, "a resolver failed");
    error.message = Code::InternalServerError.message(language).to_owned();
    error.source = None;
    error.extensions = None;
    set_code(error, Code::InternalServerError).set("errorId", id);
}

fn set_code(error: &mut ServerError, code: Code) -> &mut ErrorExtensionValues {
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code.name());
    extensions
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, value};
    use serde_json::{Value as Json, json};

    use super::*;

    fn executed(data: Value, errors: Vec<ServerError>) -> Json {
        let mut response = Response::new(data);
        response.errors = errors;
        let response = response.extension("position", Value::from("7"));
        serde_json::to_value(Answer::executed(response, &ErrorIds::seeded(10), Language::English)).unwrap()
    }

    fn at_feed(mut error: ServerError) -> ServerError {
        error.path = vec![PathSegment::Field("feed".into())];
        error
    }

    #[test]
    fn an_error_without_a_public_code_is_masked() {
        let answer =
            executed(value!({ "feed": null }), vec![at_feed(ServerError::new("no such table: posts", None))]);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
        assert_eq!(answer["errors"][0]["extensions"]["errorId"], "000000000000000a-0");
        assert_eq!(answer["data"], json!({ "feed": null }));
        assert!(!answer.to_string().contains("posts"));
    }

    #[test]
    fn an_error_with_a_code_is_sent_as_it_is() {
        let mut error = at_feed(ServerError::new("Idea is closed", None));
        error.extensions.get_or_insert_default().set("code", "IDEA_CLOSED");
        let answer = executed(value!({ "feed": null }), vec![error]);
        assert_eq!(answer["errors"][0]["message"], "Idea is closed");
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "IDEA_CLOSED" }));
        assert_eq!(answer["extensions"], json!({ "position": "7" }));
    }

    #[test]
    fn an_error_is_said_in_the_language_asked_for_if_it_can_be() {
        for (language, said) in [(Language::English, "Closed"), (Language::French, "Close")] {
            let mut error = at_feed(ServerError::new("Closed", None));
            let extensions = error.extensions.get_or_insert_default();
            extensions.set("code", "IDEA_CLOSED");
            extensions.set(IN_FRENCH, "Close");
            let mut response = Response::new(value!({ "feed": null }));
            response.errors = vec![error];
            let answer = Answer::executed(response, &ErrorIds::seeded(10), language);
            assert_eq!(answer.errors()[0].message, said);
            assert_eq!(json!(answer)["errors"][0]["extensions"], json!({ "code": "IDEA_CLOSED" }));
        }
    }

    #[test]
    fn a_failure_of_the_very_root_is_an_execution_error() {
        let answer = executed(Value::Null, vec![at_feed(ServerError::new("disk full on /dev/sda1", None))]);
        assert_eq!(answer["data"], Json::Null);
        assert!(answer.as_object().unwrap().contains_key("data"));
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    }

    #[test]
    fn a_request_error_has_no_data() {
        let answer = executed(Value::Null, vec![ServerError::new("Unknown field \"x\"", None)]);
        assert!(!answer.as_object().unwrap().contains_key("data"));
        assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    }

    #[test]
    fn only_so_many_errors_are_listed() {
        let errors = vec![ServerError::new("Unknown field \"x\"", None); 2_000];
        assert_eq!(executed(Value::Null, errors)["errors"].as_array().unwrap().len(), MAX_ERRORS);
    }
}
