//! Files over HTTP: `POST /files` takes one, `GET /documents/{id}/versions/{number}/content` hands one out.
//!
//! An upload is answered with what `shareDocument` and `reviseDocument` take as `contents.file`. Nothing can be fetched
//! by what is in it: a file is reached through a document alone, by those who may read that.

mod digest;
mod disposition;
mod download;
mod part;
mod upload;

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use axum::routing::{get, post};

use super::answer::{Answer, Problem};
use super::authentication::{Authenticate, credential_of};
use super::endpoint::{language_of, respond};
use super::negotiation::Media;
use super::{Code, Language};
use crate::files::{Refusal, Uploads};
use crate::graphql::{Caller, Ids};

/// What the handlers share.
struct Filing<A> {
    authenticator: A,
    uploads: Option<Arc<Uploads>>,
    ids: OnceLock<Ids>,
}

/// The routes of files; without uploads, they say that files are not kept here.
pub fn routes<A: Authenticate<Caller = Caller>>(authenticator: A, uploads: Option<Arc<Uploads>>) -> Router {
    Router::new()
        .route("/files", post(upload::upload::<A>))
        .route("/documents/{document}/versions/{number}/content", get(download::download::<A>))
        .with_state(Arc::new(Filing { authenticator, uploads, ids: OnceLock::new() }))
}

impl<A: Authenticate<Caller = Caller>> Filing<A> {
    /// Who asks.
    async fn caller(&self, headers: &HeaderMap, method: &Method) -> Result<Caller, Problem> {
        let credential = credential_of(headers, method)?.ok_or(Code::Unauthenticated)?;
        Ok(self.authenticator.authenticate(&credential).await.map_err(|_| Code::Unauthenticated)?)
    }

    /// Where files are kept.
    fn uploads(&self) -> Result<&Arc<Uploads>, Problem> {
        self.uploads.as_ref().ok_or_else(|| Code::FilesNotKept.into())
    }
}

/// A problem as an answer. Whoever still sends is told to stop.
fn refuse(problem: impl Into<Problem>, headers: &HeaderMap) -> Response {
    let mut response = respond(Media::Json, Answer::refused(problem, language_of(headers)));
    if response.status() == axum::http::StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    }
    response
}

fn problem(refusal: Refusal, language: Language) -> Problem {
    match refusal {
        Refusal::TooLarge(limit) => {
            let detail = match language {
                Language::English => format!("A file may have {limit} bytes at most: share a link to it."),
                Language::French => {
                    format!("Un fichier peut avoir {limit} octets au plus : partagez un lien vers lui.")
                }
            };
            Problem::new(Code::PayloadTooLarge, detail)
        }
        Refusal::OverQuota => Code::QuotaExceeded.into(),
        Refusal::TooMany => Code::TooManyUploads.into(),
        Refusal::Differs => Code::DigestMismatch.into(),
        Refusal::Failed(crate::files::Error::Full) => Code::StorageFull.into(),
        Refusal::Failed(error) => {
            tracing::error!(%error, "a file could not be kept");
            Code::InternalServerError.into()
        }
    }
}
