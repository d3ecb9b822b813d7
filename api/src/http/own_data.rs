//! Download of one's own data: `GET /members/me/data` for a member, and `POST /members/ID/data` with a reason for an
//! administrator, which the member then finds among what was recorded about them.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use axum::routing::{get, post};
use domain::decision::Actor;
use domain::id::MemberId;
use domain::policy::Ability;
use domain::token::Scope;
use futures::StreamExt;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::answer::{Answer, Problem};
use super::authentication::{Authenticate, credential_of};
use super::endpoint::{language_of, respond};
use super::negotiation::{Media, is_json};
use super::{Code, Language};
use crate::engine::Engine;
use crate::gate::Gate;
use crate::graphql::{Caller, member_of};
use crate::own_data::document;

/// Downloads under way together: each reads the whole journal.
const AT_ONCE: usize = 2;
/// The largest body of a request: a reason.
const BODY_MAX: usize = 64 * 1024;
/// The longest reason, in characters.
const REASON_MAX: usize = 10_000;

#[derive(Clone)]
struct Taking {
    engine: Arc<Engine>,
    gate: Gate,
    room: Arc<Semaphore>,
}

/// Why one's data is taken out by another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    reason: String,
}

/// The paths of downloads.
pub fn routes(engine: Arc<Engine>, gate: Gate) -> Router {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    Router::new()
        .route("/members/me/data", get(own))
        .route("/members/{id}/data", post(of_another))
        .with_state(Taking { engine, gate, room })
}

async fn own(State(taking): State<Taking>, method: Method, headers: HeaderMap) -> Response {
    let language = language_of(&headers);
    taking.own((&headers, &method)).await.unwrap_or_else(|problem| refused(problem, language))
}

async fn of_another(
    State(taking): State<Taking>,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let language = language_of(&headers);
    taking
        .of_another(&id, (&headers, &method), body)
        .await
        .unwrap_or_else(|problem| refused(problem, language))
}

impl Taking {
    async fn own(&self, asked: (&HeaderMap, &Method)) -> Result<Response, Problem> {
        let Actor::Member(member) = self.caller(asked).await?.actor else {
            let detail =
                "A token that acts as a service has no data of its own; POST /members/ID/data with a reason.";
            return Err(Problem::new(Code::Forbidden, detail));
        };
        Ok(self.answer(member, self.permit()?))
    }

    async fn of_another(
        &self,
        id: &str,
        asked: (&HeaderMap, &Method),
        body: Body,
    ) -> Result<Response, Problem> {
        let Caller { actor, scopes, .. } = self.caller(asked).await?;
        // For whoever may not, nobody is there.
        let standing = self.engine.standing(actor).await.map_err(internal)?;
        if !scopes.contains(&Scope::Administer) || !standing.may_with_reason(Ability::TakeData) {
            return Err(Code::NotFound.into());
        }
        let member = member_of(&self.engine, id).map_err(internal)?.ok_or(Code::NotFound)?;
        let reason = reason(asked.0, body).await?;
        let permit = self.permit()?;
        self.engine.look_into(actor, member, &reason).await.map_err(internal)?;
        Ok(self.answer(member, permit))
    }

    async fn caller(&self, (headers, method): (&HeaderMap, &Method)) -> Result<Caller, Problem> {
        let credential = credential_of(headers, method)?.ok_or(Code::Unauthenticated)?;
        Ok(self.gate.authenticate(&credential).await.map_err(|_| Code::Unauthenticated)?)
    }

    fn permit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.room).try_acquire_owned().map_err(|_| Code::Busy.into())
    }

    fn answer(&self, member: MemberId, permit: OwnedSemaphorePermit) -> Response {
        let pieces = document(Arc::clone(&self.engine), member).map(move |piece| {
            let _under_way = &permit;
            piece.inspect_err(|error| tracing::error!(%error, "a download of one's own data was cut off"))
        });
        let mut response = Response::new(Body::from_stream(pieces));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let name = HeaderValue::from_static("attachment; filename=\"own-data.json\"");
        headers.insert(header::CONTENT_DISPOSITION, name);
        response
    }
}

async fn reason(headers: &HeaderMap, body: Body) -> Result<String, Problem> {
    if !is_json(headers) {
        return Err(Code::UnsupportedMediaType.into());
    }
    let bytes = to_bytes(body, BODY_MAX).await.map_err(|_| Code::PayloadTooLarge)?;
    let why: Option<Why> = serde_json::from_slice(&bytes).ok();
    let reason = why.map(|why| why.reason).unwrap_or_default();
    if reason.trim().is_empty() || reason.chars().count() > REASON_MAX {
        let detail = "Send {\"reason\": \"…\"}, in 1 to 10,000 characters: the member will read it.";
        return Err(Problem::new(Code::BadRequest, detail));
    }
    Ok(reason)
}

fn internal(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a download of one's own data could not begin");
    Code::InternalServerError.into()
}

fn refused(problem: Problem, language: Language) -> Response {
    let busy = problem.is(Code::Busy);
    let mut response = respond(Media::Json, Answer::refused(problem, language));
    if busy {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}
