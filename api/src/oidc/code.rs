//! A browser's way to the provider and back: authorization code with PKCE (RFC 7636), state and nonce.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::Entropy;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Claims, Error, Provider, answered};

/// Where the provider sends browsers back to, below the site.
pub const CALLBACK: &str = "/session/identity-provider/callback";

/// What takes a browser to the provider.
pub struct Departure {
    /// Where it goes.
    pub location: String,
    /// What it keeps meanwhile, in a cookie: state, nonce and the verifier of the code.
    pub kept: String,
}

/// What a browser brings back.
#[derive(Clone, Default, Deserialize)]
pub struct Returned {
    code: Option<String>,
    state: Option<String>,
    /// Who sends it back (RFC 9207).
    iss: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

/// What the provider tells of somebody on asking.
#[derive(Deserialize)]
struct Userinfo {
    sub: String,
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
}

impl Provider {
    /// Sends a browser to the provider.
    pub async fn depart(&self, entropy: &dyn Entropy) -> Result<Departure, Error> {
        let endpoints = self.endpoints().await?;
        let [state, nonce, verifier] = [(); 3].map(|()| random(entropy));
        let (state, nonce, verifier) = (state?, nonce?, verifier?);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let scope = if self.links_by_email() { "openid email" } else { "openid" };
        let callback = self.callback();
        let asked = [
            ("response_type", "code"),
            ("client_id", self.configuration.client_id.as_str()),
            ("redirect_uri", callback.as_str()),
            ("scope", scope),
            ("state", state.as_str()),
            ("nonce", nonce.as_str()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        let location = reqwest::Url::parse_with_params(&endpoints.authorization_endpoint, asked)
            .map_err(|error| Error::Configuration(error.to_string()))?;
        Ok(Departure { location: location.into(), kept: format!("{state}.{nonce}.{verifier}") })
    }

    /// Who a browser that comes back from the provider is of, having kept what it was given on leaving.
    pub async fn arrive(&self, kept: &str, returned: &Returned, now: i64) -> Result<Claims, Error> {
        let mut kept = kept.split('.');
        let (Some(state), Some(nonce), Some(verifier)) = (kept.next(), kept.next(), kept.next()) else {
            return Err(Error::Invalid("the browser kept nothing"));
        };
        if state.is_empty() || returned.state.as_deref() != Some(state) {
            return Err(Error::Invalid("another browser left"));
        }
        if returned.iss.as_deref().is_some_and(|issuer| issuer != self.issuer()) {
            return Err(Error::Invalid("another provider sends it back"));
        }
        let code = returned.code.as_deref().ok_or(Error::Invalid("the provider did not sign in"))?;
        let tokens = self.exchange(code, verifier).await?;
        let client_id = &self.configuration.client_id;
        let mut claims = self.verified(&tokens.id_token, client_id, now).await?;
        if claims.nonce.as_deref() != Some(nonce) || !claims.is_for(client_id) {
            return Err(Error::Invalid("the identity token was for another"));
        }
        if self.links_by_email() && claims.email.is_none() {
            self.ask_address(&mut claims, tokens.access_token.as_deref()).await?;
        }
        Ok(claims)
    }

    async fn exchange(&self, code: &str, verifier: &str) -> Result<Tokens, Error> {
        let endpoints = self.endpoints().await?;
        let callback = self.callback();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", callback.as_str()),
            ("client_id", self.configuration.client_id.as_str()),
            ("code_verifier", verifier),
        ];
        let request = self.client.post(&endpoints.token_endpoint).form(&form);
        let request = match &self.configuration.client_secret {
            Some(secret) => request.basic_auth(&self.configuration.client_id, Some(secret)),
            None => request,
        };
        answered("exchanging a code", request).await
    }

    /// The address, where the identity token does not hold it.
    async fn ask_address(&self, claims: &mut Claims, access_token: Option<&str>) -> Result<(), Error> {
        let endpoints = self.endpoints().await?;
        let (Some(url), Some(token)) = (&endpoints.userinfo_endpoint, access_token) else { return Ok(()) };
        let told: Userinfo =
            answered("asking for an address", self.client.get(url).bearer_auth(token)).await?;
        if told.sub == claims.sub {
            (claims.email, claims.email_verified) = (told.email, told.email_verified);
        }
        Ok(())
    }

    fn callback(&self) -> String {
        format!("{}{CALLBACK}", self.configuration.site.trim_end_matches('/'))
    }
}

fn random(entropy: &dyn Entropy) -> Result<String, Error> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes).map_err(|error| Error::Configuration(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
