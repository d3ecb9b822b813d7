//! Handing a file out: whole or in part, to be saved and never to be run.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::id::DocumentId;
use projections::{Viewer, organisation};

use super::part::{Asked, asked};
use super::{Filing, digest, disposition, refuse};
use crate::engine::Engine;
use crate::files::{Download, Error, Uploads, download as find};
use crate::graphql::{Caller, Ids, OfKind};
use crate::http::answer::Problem;
use crate::http::{Authenticate, Code};

/// What a download may do if a browser opens it all the same: nothing, in an origin of its own.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// Kept by the reader alone, and asked for again each time: who may read a document may change at any moment.
const CACHE: &str = "private, no-cache";

/// `GET /documents/{document}/versions/{number}/content`.
pub(super) async fn download<A: Authenticate<Caller = Caller>>(
    State(filing): State<Arc<Filing<A>>>,
    method: Method,
    Path((document, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match hand_out(&filing, &method, (&document, &number), &headers).await {
        Ok(response) => response,
        Err(problem) => refuse(problem, &headers),
    }
}

async fn hand_out<A: Authenticate<Caller = Caller>>(
    filing: &Filing<A>,
    method: &Method,
    (document, number): (&str, &str),
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let viewer = filing.caller(headers, method).await?.viewer();
    let uploads = filing.uploads()?;
    let document = filing.document(uploads.engine(), document).map_err(unreadable)?;
    let (Some(document), Ok(number)) = (document, number.parse()) else { return Err(Code::NotFound.into()) };
    let found = find(uploads.engine(), &viewer, document, number).await.map_err(unreadable)?;
    let found = found.ok_or(Code::NotFound)?;
    let etag = format!("\"{}\"", found.file.sha256);
    if knows(headers, &etag) {
        return Ok(described(StatusCode::NOT_MODIFIED.into_response(), &found, &etag));
    }
    send(uploads, method, headers, (&found, &etag)).await
}

async fn send(
    uploads: &Uploads,
    method: &Method,
    headers: &HeaderMap,
    (found, etag): (&Download, &str),
) -> Result<Response, Problem> {
    let size = found.file.size;
    let (status, part) = match asked(headers, size, etag) {
        Asked::Whole => (StatusCode::OK, None),
        // Only a GET can ask for a part.
        Asked::Part(_) | Asked::Beyond if *method != Method::GET => (StatusCode::OK, None),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, Some(part)),
        Asked::Beyond => {
            let response = refuse(Code::RangeNotSatisfiable, headers);
            return Ok(with(response, header::CONTENT_RANGE, &format!("bytes */{size}")));
        }
    };
    let reading = uploads.files().read(&found.file.sha256, part.clone()).await.map_err(unreadable)?;
    let not_here = || Problem::new(Code::NotFound, "The file of this version is not kept here.");
    let reading = reading.filter(|reading| reading.size == size).ok_or_else(not_here)?;
    let length = part.as_ref().map_or(size, |part| part.end - part.start);
    let mut response = described((status, Body::from_stream(reading.bytes)).into_response(), found, etag);
    if let Some(part) = part {
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        response = with(response, header::CONTENT_RANGE, &range);
    }
    Ok(with(response, header::CONTENT_LENGTH, &length.to_string()))
}

/// A response with what there is to say of a file.
fn described(mut response: Response, found: &Download, etag: &str) -> Response {
    let name = found.name.as_deref().unwrap_or_default();
    let fixed = [
        (header::ACCEPT_RANGES, "bytes"),
        (header::CACHE_CONTROL, CACHE),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    for (header, value) in fixed {
        response.headers_mut().insert(header, HeaderValue::from_static(value));
    }
    let said = [
        (header::ETAG, etag),
        (header::CONTENT_TYPE, disposition::media_type(&found.media_type)),
        (header::CONTENT_DISPOSITION, &disposition::attachment(name)),
    ];
    for (header, value) in said {
        response = with(response, header, value);
    }
    let digest = digest::of_representation(&found.file.sha256).unwrap_or_default();
    with(response, HeaderName::from_static("repr-digest"), &digest)
}

/// A response with a header; one whose value cannot be sent is left out.
fn with(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Whether the client has the file already.
fn knows(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

fn unreadable(error: impl Into<Error>) -> Problem {
    let error = error.into();
    tracing::error!(%error, "a file could not be read");
    Code::InternalServerError.into()
}

impl<A> Filing<A> {
    /// The document that a global id names.
    fn document(&self, engine: &Engine, id: &str) -> Result<Option<DocumentId>, Error> {
        let ids = match self.ids.get() {
            Some(ids) => *ids,
            None => {
                let found = organisation::organisation(&engine.snapshot()?, &Viewer::Operator)?;
                let Some(found) = found else { return Ok(None) };
                *self.ids.get_or_init(|| Ids::of(found.id))
            }
        };
        Ok(ids.named(&async_graphql::ID(id.to_owned())).and_then(DocumentId::of))
    }
}
