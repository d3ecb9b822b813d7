//! GraphQL over HTTP at one path (draft of August 2026): all 61 audits of `graphql-http` hold. Who accepts events is
//! answered in those.

use std::sync::Arc;

use async_graphql::Executor;
use async_graphql::parser::types::OperationType;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Request, header, request::Parts};
use axum::response::{IntoResponse, Response};

use super::answer::{Answer, Problem};
use super::authentication::{Authenticate, Credential, credential_of};
use super::events;
use super::negotiation::{Events, Media, accepted_events, is_json, negotiate};
use super::operation::{Operation, execute};
use super::request::Parameters;
use super::transport::Transport;
use super::{Code, Language};

/// Answers a request to the endpoint, whatever its method.
pub(super) async fn answer<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let language = language_of(&parts.headers);
    let (accepted, media) = (accepted_events(&parts.headers), negotiate(&parts.headers));
    if accepted == Events::No && media.is_none() {
        return respond(Media::Json, Answer::refused(Code::NotAcceptable, language));
    }
    let media = media.unwrap_or(Media::Json);
    let admitted = match admit(&transport, &parts, body).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refuse(media, refusal, language),
    };
    match accepted {
        Events::First => events::answer(transport, admitted, language),
        Events::Too if admitted.subscribes() => events::answer(transport, admitted, language),
        _ => match at_once(&transport, admitted, language).await {
            Ok(answer) => respond(media, answer),
            Err(refusal) => refuse(media, refusal, language),
        },
    }
}

fn refuse(media: Media, Refusal { problem, allow }: Refusal, language: Language) -> Response {
    let mut response = respond(media, Answer::refused(problem, language));
    if let Some(methods) = allow {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    }
    response
}

/// A problem, and the methods that are allowed where it was the method.
struct Refusal {
    problem: Problem,
    allow: Option<&'static str>,
}

impl<P: Into<Problem>> From<P> for Refusal {
    fn from(problem: P) -> Self {
        Self { problem: problem.into(), allow: None }
    }
}

/// A request that may be answered: who asks, what says so, and what for.
pub(super) struct Admitted<Caller> {
    pub(super) credential: Credential,
    pub(super) caller: Caller,
    /// What is wrong with the document, if anything is.
    pub(super) operation: Result<Operation, Problem>,
}

impl<Caller> Admitted<Caller> {
    fn subscribes(&self) -> bool {
        self.operation.as_ref().ok().and_then(Operation::kind) == Some(OperationType::Subscription)
    }
}

async fn admit<E: Executor, A: Authenticate>(
    transport: &Transport<E, A>,
    parts: &Parts,
    body: Body,
) -> Result<Admitted<A::Caller>, Refusal> {
    if !matches!(parts.method, Method::GET | Method::POST) {
        return Err(Refusal { problem: Code::MethodNotAllowed.into(), allow: Some("GET, POST") });
    }
    let credential = credential_of(&parts.headers, &parts.method)?.ok_or(Code::Unauthenticated)?;
    let caller = transport.authenticator.authenticate(&credential).await;
    let caller = caller.map_err(|_| Code::Unauthenticated)?;
    let parameters = match parts.method {
        Method::GET => Parameters::of_uri(&parts.uri)?,
        _ => Parameters::of_body(&read(transport, &parts.headers, body).await?)?,
    };
    let operation = Operation::prepare(parameters, &transport.settings);
    let cost = operation.as_ref().map_or(1, Operation::cost);
    transport.limits.take(transport.client(&caller, &credential), cost).map_err(Problem::wait)?;
    let kind = operation.as_ref().ok().and_then(Operation::kind);
    if parts.method == Method::GET && kind == Some(OperationType::Mutation) {
        let problem = Problem::new(Code::MethodNotAllowed, "Only queries may be sent with GET.");
        return Err(Refusal { problem, allow: Some("POST") });
    }
    Ok(Admitted { credential, caller, operation })
}

/// The one answer to a query or mutation.
async fn at_once<E: Executor, A: Authenticate>(
    transport: &Transport<E, A>,
    admitted: Admitted<A::Caller>,
    language: Language,
) -> Result<Answer, Refusal> {
    let subscribes = admitted.subscribes();
    let Admitted { caller, operation, .. } = admitted;
    let operation = operation?;
    if subscribes {
        let detail = "Subscriptions are answered over time: accept text/event-stream, or open a WebSocket \
                      (graphql-transport-ws) at /graphql/ws.";
        return Err(Problem::new(Code::BadRequest, detail).into());
    }
    Ok(execute(transport, operation.asked_by(caller, language), language).await)
}

/// The body of a POST: JSON, of bounded size, within bounded time.
async fn read<E: Executor, A: Authenticate>(
    transport: &Transport<E, A>,
    headers: &HeaderMap,
    body: Body,
) -> Result<axum::body::Bytes, Code> {
    if !is_json(headers) {
        return Err(Code::UnsupportedMediaType);
    }
    let read = to_bytes(body, transport.settings.max_body_bytes);
    match tokio::time::timeout(transport.settings.body_timeout, read).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Code::PayloadTooLarge),
        Err(_) => Err(Code::RequestTimeout),
    }
}

/// The language that answers to this request are in.
pub(super) fn language_of(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.map(Language::accepted).unwrap_or_default()
}

/// An answer as an HTTP response.
pub(super) fn respond(media: Media, answer: Answer) -> Response {
    let Ok(body) = serde_json::to_vec(&answer) else {
        return Code::InternalServerError.status(media).into_response();
    };
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, media.content_type());
    if let Some(seconds) = answer.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(code) = answer.refusal() {
        *response.status_mut() = code.status(media);
        if code == Code::Unauthenticated {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
    response
}
