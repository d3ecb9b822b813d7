//! Taking a file: streamed to where files are kept, of bounded size, checked against what its sender says of it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::token::Scope;
use futures::{Stream, StreamExt};
use mime::Mime;
use serde::Serialize;
use tokio::time::{Instant, timeout};

use super::{Filing, digest, problem, refuse};
use crate::files::Upload;
use crate::graphql::Caller;
use crate::http::answer::Problem;
use crate::http::endpoint::language_of;
use crate::http::{Authenticate, Code};

/// How long a sender may say nothing.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// How fast a sender has to be after a minute, on the whole.
const SLOWEST_BYTES_A_SECOND: u64 = 4 * 1024;
const BEFORE_THAT: Duration = Duration::from_secs(60);

/// What an upload is answered with: `contents.file` of `shareDocument` and `reviseDocument`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Uploaded {
    sha256: String,
    size: u64,
    media_type: String,
}

/// `POST /files`: the body is the file.
pub(super) async fn upload<A: Authenticate<Caller = Caller>>(
    State(filing): State<Arc<Filing<A>>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    match take(&filing, &parts.headers, body).await {
        Ok(uploaded) => (StatusCode::CREATED, axum::Json(uploaded)).into_response(),
        Err(problem) => {
            let mut response = refuse(problem, &parts.headers);
            // What still comes is not read, so nothing else can be asked on this connection.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            response
        }
    }
}

async fn take<A: Authenticate<Caller = Caller>>(
    filing: &Filing<A>,
    headers: &HeaderMap,
    body: Body,
) -> Result<Uploaded, Problem> {
    let caller = filing.caller(headers, &Method::POST).await?;
    if !caller.scopes.contains(&Scope::Write) {
        return Err(Problem::new(Code::Forbidden, "This token is for reading: use one that may write."));
    }
    let uploads = filing.uploads()?;
    if headers.contains_key(header::CONTENT_ENCODING) || headers.contains_key(header::CONTENT_RANGE) {
        return Err(Problem::new(Code::BadRequest, "Send the file as it is, whole and not compressed."));
    }
    let wrong = |_| Problem::new(Code::BadRequest, "Content-Digest is not as RFC 9530 has it.");
    let promised = digest::promised(headers).map_err(wrong)?;
    let media_type = media_type(headers)?;
    let language = language_of(headers);
    let refused = |refusal| problem(refusal, language);
    let declared = http_body::Body::size_hint(&body).exact();
    let mut upload = uploads.begin(caller.actor.member(), declared).await.map_err(refused)?;
    receive(&mut upload, body.into_data_stream(), refused).await?;
    let file = upload.end(promised.as_deref()).await.map_err(refused)?;
    Ok(Uploaded { sha256: file.sha256, size: file.size, media_type })
}

async fn receive(
    upload: &mut Upload,
    mut body: impl Stream<Item = Result<Bytes, axum::Error>> + Unpin,
    refused: impl Fn(crate::files::Refusal) -> Problem,
) -> Result<(), Problem> {
    let (begun, mut received) = (Instant::now(), 0);
    loop {
        let next = timeout(SILENCE_MAX, body.next()).await.map_err(|_| Code::RequestTimeout)?;
        let Some(bytes) = next else { return Ok(()) };
        let cut_off = |_| Problem::new(Code::BadRequest, "The file did not come to its end: send it again.");
        let bytes = bytes.map_err(cut_off)?;
        received += bytes.len() as u64;
        upload.write(bytes).await.map_err(&refused)?;
        let counted = begun.elapsed().saturating_sub(BEFORE_THAT).as_secs();
        if received < counted * SLOWEST_BYTES_A_SECOND {
            return Err(Code::RequestTimeout.into());
        }
    }
}

/// The media type that is said, without parameters: what the rules of documents take.
fn media_type(headers: &HeaderMap) -> Result<String, Problem> {
    let Some(said) = headers.get(header::CONTENT_TYPE) else {
        return Ok(mime::APPLICATION_OCTET_STREAM.to_string());
    };
    let read = said.to_str().ok().and_then(|said| said.parse::<Mime>().ok());
    let wrong =
        || Problem::new(Code::BadRequest, "Content-Type is not a media type, such as application/pdf.");
    let media = read.ok_or_else(wrong)?;
    // A form would be kept with its boundaries: no document that anybody could open.
    if media.type_() == mime::MULTIPART || media == mime::APPLICATION_WWW_FORM_URLENCODED {
        return Err(Problem::new(Code::BadRequest, "Send the bytes of the file as the body, not in a form."));
    }
    Ok(media.essence_str().to_owned())
}
