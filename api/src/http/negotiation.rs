//! Media types: what a client accepts, and what a body may be (GraphQL over HTTP, draft of August 2026).

use axum::http::{HeaderMap, HeaderValue, header};
use mime::Mime;

/// The two media types of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: 200 even for a refused document, as older clients expect.
    Json,
    /// `application/graphql-response+json`: the status says whether the operation was executed.
    GraphqlResponse,
}

impl Media {
    /// The value of `Content-Type`.
    pub(super) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        })
    }

    fn essence(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
        }
    }
}

/// How well a media type is accepted: by quality first, then by how exactly it was named.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Fit {
    quality: f32,
    exactness: u8,
}

/// The media type to answer in; `None` is 406. Without `Accept`, or with wildcards alone, `application/json`.
pub(super) fn negotiate(headers: &HeaderMap) -> Option<Media> {
    let mut values = headers.get_all(header::ACCEPT).iter().peekable();
    if values.peek().is_none() {
        return Some(Media::Json);
    }
    let ranges: Vec<Mime> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| range.trim().parse().ok())
        .filter(in_utf8)
        .collect();
    let json = fit(&ranges, Media::Json);
    let response = fit(&ranges, Media::GraphqlResponse);
    match (json, response) {
        (Some(json), Some(response)) if response > json => Some(Media::GraphqlResponse),
        (Some(json), Some(response)) if response == json && response.exactness == 2 => {
            Some(Media::GraphqlResponse)
        }
        (Some(_), _) => Some(Media::Json),
        (None, response) => response.map(|_| Media::GraphqlResponse),
    }
}

/// Whether answers are taken as server-sent events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Events {
    /// No: the media type is not named. Wildcards do not count.
    No,
    /// Beside JSON, by clients that take whatever fits the operation: for what goes on over time.
    Too,
    /// Rather than JSON.
    First,
}

/// Whether answers are taken as server-sent events.
pub(super) fn accepted_events(headers: &HeaderMap) -> Events {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<Mime> =
        values.flat_map(|value| value.split(',')).filter_map(|range| range.trim().parse().ok()).collect();
    let named = |essence: &str| {
        let named = ranges.iter().filter(|range| range.essence_str() == essence).map(quality);
        named.fold(0.0, f32::max)
    };
    let json = f32::max(named(Media::Json.essence()), named(Media::GraphqlResponse.essence()));
    match named("text/event-stream") {
        events if events <= 0.0 => Events::No,
        events if events <= json => Events::Too,
        _ => Events::First,
    }
}

fn quality(range: &Mime) -> f32 {
    range.get_param("q").and_then(|q| q.as_str().parse().ok()).unwrap_or(1.0)
}

/// The most exact range that covers a media type decides its quality; quality 0 excludes it.
fn fit(ranges: &[Mime], media: Media) -> Option<Fit> {
    let covering = ranges.iter().filter_map(|range| {
        let exactness = match range.essence_str() {
            essence if essence == media.essence() => 2,
            "application/*" => 1,
            "*/*" => 0,
            _ => return None,
        };
        Some(Fit { quality: quality(range), exactness })
    });
    covering.max_by_key(|fit| fit.exactness).filter(|fit| fit.quality > 0.0)
}

/// Whether a body's `Content-Type` is JSON in UTF-8. Everything else a browser form can send is refused, so no
/// other site can make a member's browser act.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type
        .and_then(|value| value.parse::<Mime>().ok())
        .is_some_and(|media| media.essence_str() == Media::Json.essence() && in_utf8(&media))
}

fn in_utf8(media: &Mime) -> bool {
    media.get_param(mime::CHARSET).is_none_or(|charset| charset == mime::UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> Option<Media> {
        negotiate(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(value))]))
    }

    #[test]
    fn the_best_accepted_media_type_is_answered_in() {
        assert_eq!(negotiate(&HeaderMap::new()), Some(Media::Json));
        for (value, media) in [
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            ("application/json; charset=utf-8", Some(Media::Json)),
            ("application/json; charset=utf-16", None),
            ("application/graphql-response+json", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(Media::GraphqlResponse)),
            ("application/json, application/graphql-response+json", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json", Some(Media::Json)),
            ("application/json;q=0, */*", Some(Media::GraphqlResponse)),
            ("text/html, */*;q=0.8", Some(Media::Json)),
            ("text/html", None),
            ("nonsense", None),
        ] {
            assert_eq!(accepting(value), media, "{value}");
        }
    }

    #[test]
    fn events_are_for_who_names_them_and_first_for_who_would_rather() {
        let asked = |value| {
            accepted_events(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(value))]))
        };
        assert_eq!(asked("text/event-stream"), Events::First);
        assert_eq!(asked("application/json;q=0.5, text/event-stream; charset=utf-8"), Events::First);
        for both in [
            "application/json, text/event-stream",
            "application/graphql-response+json, text/event-stream;q=0.9",
        ] {
            assert_eq!(asked(both), Events::Too, "{both}");
        }
        for other in ["*/*", "text/*", "text/event-stream;q=0", "application/json", ""] {
            assert_eq!(asked(other), Events::No, "{other}");
        }
    }

    #[test]
    fn only_json_in_utf8_is_a_body() {
        let sent =
            |value| is_json(&HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(value))]));
        assert!(sent("application/json"));
        assert!(sent("Application/JSON; charset=UTF-8"));
        for other in ["text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", ""]
        {
            assert!(!sent(other), "{other}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
