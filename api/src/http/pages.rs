//! The pages inside the binary, with every file they need, so that they work with no network: GraphiQL at `/graphiql`,
//! signing in at `/sign-in`.

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use super::headers::PAGE_POLICY;

/// A file of the pages, as `build.rs` found it.
struct Asset {
    /// Below `/assets/`, but for pages.
    path: &'static str,
    media_type: &'static str,
    /// A quoted digest of the content.
    etag: &'static str,
    content: &'static [u8],
    /// The same compressed, where that is smaller.
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The pages: where they are, and their files.
const PAGES: [(&str, &str); 2] = [("/graphiql", "index.html"), ("/sign-in", "sign-in.html")];

/// One route a file: nothing is looked up in a file system, so no path leads out of it.
pub(super) fn router() -> Router {
    let home = Router::new().route("/", get(|| async { Redirect::temporary("/graphiql") }));
    ASSETS.iter().fold(home, |router, asset| match page_of(asset) {
        Some(path) => router.route(path, serve(asset)),
        None => router.route(&format!("/assets/{}", asset.path), serve(asset)),
    })
}

/// The path of a page; nothing for what pages load.
fn page_of(asset: &Asset) -> Option<&'static str> {
    PAGES.into_iter().find_map(|(path, file)| (file == asset.path).then_some(path))
}

fn serve(asset: &'static Asset) -> MethodRouter {
    get(move |headers: HeaderMap| async move { respond(asset, &headers) })
}

fn respond(asset: &'static Asset, asked: &HeaderMap) -> Response {
    let gzip = asset.gzip.filter(|_| names(asked, header::ACCEPT_ENCODING, "gzip"));
    let known = names(asked, header::IF_NONE_MATCH, asset.etag);
    let mut response = match gzip {
        _ if known => StatusCode::NOT_MODIFIED.into_response(),
        Some(gzip) => ([(header::CONTENT_ENCODING, "gzip")], gzip).into_response(),
        None => asset.content.into_response(),
    };
    // What pages load carries a digest in its name, so it never changes.
    let page = page_of(asset).is_some();
    let cache = if page { "no-cache" } else { "public, max-age=31536000, immutable" };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    headers.insert(header::ETAG, HeaderValue::from_static(asset.etag));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    response
}

/// Whether a list header names something, parameters aside.
fn names(headers: &HeaderMap, header: header::HeaderName, wanted: &str) -> bool {
    let values = headers.get_all(header).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| {
        let name = item.split(';').next().unwrap_or_default().trim();
        name == wanted && !item.replace(' ', "").ends_with(";q=0")
    })
}
