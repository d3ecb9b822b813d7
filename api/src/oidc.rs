//! Signing in with an identity provider (OpenID Connect Core 1.0): who somebody is by issuer and subject, in a browser by
//! authorization code with PKCE, for programs by a bearer token of the provider's (RFC 9068).

mod claims;
mod code;
mod keys;

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;
use tokio::time::Instant;

pub use claims::Claims;
pub use code::{CALLBACK, Departure, Returned};
use keys::Keys;

/// How an identity provider is trusted.
pub struct Configuration {
    /// Its issuer identifier: an HTTPS URL, or one of this machine.
    pub issuer: String,
    /// As what it knows this server.
    pub client_id: String,
    /// The secret it gave this server; a public client has none.
    pub client_secret: Option<String>,
    /// What its bearer tokens for this server's API are issued for; without one it signs in people alone.
    pub audience: Option<String>,
    /// Where browsers reach this server.
    pub site: String,
    /// Whoever signs in for the first time is the one member who has the e-mail address that it vouches for.
    pub link_by_email: bool,
}

/// Why the provider's word does not count.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be reached, or answers what makes no sense.
    #[error("{doing}: {why}")]
    Unreachable {
        /// What was asked of it.
        doing: &'static str,
        /// What came of that, without what it was asked with.
        why: String,
    },
    /// What was brought does not hold.
    #[error("{0}")]
    Invalid(&'static str),
    /// The configuration cannot work.
    #[error("{0}")]
    Configuration(String),
}

/// What a provider says of itself (OpenID Connect Discovery 1.0, 3), as far as it is needed.
#[derive(Clone, Debug, Deserialize)]
struct Endpoints {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
}

/// An identity provider.
pub struct Provider {
    configuration: Configuration,
    client: reqwest::Client,
    endpoints: Mutex<Discovered>,
    keys: Keys,
}

/// What was found out about the provider, and when that was last tried.
#[derive(Default)]
struct Discovered {
    endpoints: Option<Endpoints>,
    tried_at: Option<Instant>,
}

/// The longest that the provider is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often at most the provider is asked for what it did not have, or did not say, before.
const ASKED_AGAIN: Duration = Duration::from_secs(10);
/// The longest answer that is read of it.
const LONGEST_ANSWER: usize = 1024 * 1024;

impl Provider {
    /// A provider that is asked about itself when it is first needed.
    pub fn try_new(configuration: Configuration) -> Result<Self, Error> {
        let Configuration { issuer, client_id, audience, .. } = &configuration;
        if !is_private(issuer) {
            return Err(Error::Configuration(format!("the issuer {issuer} is not reached by HTTPS")));
        }
        if audience.as_ref() == Some(client_id) {
            let why = "the audience of bearer tokens is the client id, which is that of identity tokens; give another";
            return Err(Error::Configuration(why.to_owned()));
        }
        let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
        let client = client.build().map_err(|error| Error::Configuration(error.to_string()))?;
        Ok(Self { configuration, client, endpoints: Mutex::default(), keys: Keys::default() })
    }

    /// The issuer.
    pub fn issuer(&self) -> &str {
        &self.configuration.issuer
    }

    /// Whether a member is found by e-mail address when they first sign in.
    pub fn links_by_email(&self) -> bool {
        self.configuration.link_by_email
    }

    /// Who a bearer token of the provider's is of.
    pub async fn bearer(&self, token: &str, now: i64) -> Result<Claims, Error> {
        let audience = self.configuration.audience.as_deref();
        let audience = audience.ok_or(Error::Invalid("bearer tokens of the provider are not accepted"))?;
        self.verified(token, audience, now).await
    }

    /// The claims of a token that the provider signed for an audience.
    async fn verified(&self, token: &str, audience: &str, now: i64) -> Result<Claims, Error> {
        let header = claims::header(token)?;
        let jwks_uri = self.endpoints().await?.jwks_uri;
        let key = self.keys.find(&header, || self.get("reading the provider's keys", &jwks_uri)).await?;
        claims::verified(token, &key, &header, (self.issuer(), audience, now))
    }

    /// What the provider says of itself, asked once it can be reached.
    async fn endpoints(&self) -> Result<Endpoints, Error> {
        const DOING: &str = "discovering the identity provider";
        let mut discovered = self.endpoints.lock().await;
        if let Some(endpoints) = &discovered.endpoints {
            return Ok(endpoints.clone());
        }
        if discovered.tried_at.is_some_and(|at| at.elapsed() < ASKED_AGAIN) {
            return Err(Error::Unreachable { doing: DOING, why: "tried a moment ago".to_owned() });
        }
        discovered.tried_at = Some(Instant::now());
        let issuer = self.issuer();
        let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let found: Endpoints = self.get(DOING, &url).await?;
        let urls = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
        if found.issuer != issuer
            || !urls.into_iter().chain(&found.userinfo_endpoint).all(|url| is_private(url))
        {
            let why = format!("it says to be {}", found.issuer);
            return Err(Error::Unreachable { doing: DOING, why });
        }
        discovered.endpoints = Some(found.clone());
        Ok(found)
    }

    async fn get<T: DeserializeOwned>(&self, doing: &'static str, url: &str) -> Result<T, Error> {
        answered(doing, self.client.get(url)).await
    }
}

/// Sends a request to the provider and reads its answer, of bounded length.
async fn answered<T: DeserializeOwned>(
    doing: &'static str,
    request: reqwest::RequestBuilder,
) -> Result<T, Error> {
    // What it was asked with is in no message: addresses may hold codes.
    let failed = |error: reqwest::Error| Error::Unreachable { doing, why: error.without_url().to_string() };
    let mut response = request.send().await.map_err(failed)?.error_for_status().map_err(failed)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_ANSWER {
            return Err(Error::Unreachable { doing, why: "the answer is too long".to_owned() });
        }
    }
    serde_json::from_slice(&body).map_err(|error| Error::Unreachable { doing, why: error.to_string() })
}

/// Whether nobody on the way can read or change what is sent there: HTTPS, or this machine.
fn is_private(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let loopback = || match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_reached_by_https_or_on_this_machine() {
        for url in ["https://id.example.org", "http://127.0.0.1:1", "http://localhost/x", "http://[::1]:8080"]
        {
            assert!(is_private(url), "{url}");
        }
        for url in ["http://id.example.org", "ftp://127.0.0.1", "id.example.org", ""] {
            assert!(!is_private(url), "{url}");
        }
    }
}
