//! The pages inside the binary, with every file they need, so that they work with no network: the overview at `/`,
//! GraphiQL at `/graphiql`, signing in at `/sign-in`.

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};

use super::headers::{EDITOR_POLICY, PAGE_POLICY};
use super::transport::Graphiql;

/// A file of the pages, as `build.rs` found it.
struct Asset {
    /// Below `/assets/`, but for pages.
    path: &'static str,
    media_type: &'static str,
    /// A quoted digest of the content.
    etag: &'static str,
    content: &'static [u8],
    /// The same compressed, where that is smaller.
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Where somebody goes once they are signed in.
pub(super) const HOME: &str = "/";
const GRAPHIQL: &str = "/graphiql";

/// A page: where it is, its file, and what it may load.
type Page = (&'static str, &'static str, &'static str);

const PAGES: [Page; 3] = [
    (HOME, "overview.html", PAGE_POLICY),
    (GRAPHIQL, "index.html", EDITOR_POLICY),
    ("/sign-in", "sign-in.html", PAGE_POLICY),
];

/// One route a file: nothing is looked up in a file system, so no path leads out of it.
pub(super) fn router(graphiql: Graphiql) -> Router {
    ASSETS.iter().fold(Router::new(), |router, asset| match page_of(asset) {
        Some((GRAPHIQL, ..)) if graphiql == Graphiql::Off => router,
        Some((path, ..)) => router.route(path, serve(asset)),
        None => router.route(&format!("/assets/{}", asset.path), serve(asset)),
    })
}

/// The page that a file is; nothing for what pages load.
fn page_of(asset: &Asset) -> Option<Page> {
    PAGES.into_iter().find(|(_, file, _)| *file == asset.path)
}

fn serve(asset: &'static Asset) -> MethodRouter {
    get(move |headers: HeaderMap| async move { respond(asset, &headers) })
}

fn respond(asset: &'static Asset, asked: &HeaderMap) -> Response {
    let compressed = [("br", asset.brotli), ("gzip", asset.gzip)]
        .into_iter()
        .filter(|(name, _)| names(asked, header::ACCEPT_ENCODING, name))
        .find_map(|(name, content)| Some((name, content?)));
    let known = names(asked, header::IF_NONE_MATCH, asset.etag);
    let mut response = match compressed {
        _ if known => StatusCode::NOT_MODIFIED.into_response(),
        Some((name, content)) => ([(header::CONTENT_ENCODING, name)], content).into_response(),
        None => asset.content.into_response(),
    };
    // What pages load carries a digest in its name, so it never changes.
    let (cache, policy) = match page_of(asset) {
        Some((_, _, policy)) => ("no-cache", policy),
        None => ("public, max-age=31536000, immutable", PAGE_POLICY),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    headers.insert(header::ETAG, HeaderValue::from_static(asset.etag));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
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
