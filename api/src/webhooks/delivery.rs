//! One delivery: a signed POST of a CloudEvent, with nothing followed and little of the answer read.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::EventId;
use domain::time::Time;
use hmac::{Hmac, Mac};
use journal::Entropy;
use projections::webhooks::Webhook;
use reqwest::{Url, redirect};
use sha2::Sha256;

use super::Settings;
use super::reach::{Reach, Resolver};

/// What deliveries are signed with, as Standard Webhooks writes it: `whsec_` and base64.
pub struct Secret;

const PREFIX: &str = "whsec_";
/// Bytes of a new secret; Standard Webhooks asks for 24 to 64.
const SECRET_BYTES: usize = 32;

impl Secret {
    /// A new one.
    pub fn try_new(entropy: &dyn Entropy) -> Result<String, journal::Error> {
        let mut bytes = [0; SECRET_BYTES];
        entropy.fill(&mut bytes)?;
        Ok(format!("{PREFIX}{}", STANDARD.encode(bytes)))
    }
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was answered with a status from 200 to 299.
    Taken,
    /// It was not, for a reason that names nobody.
    Failed(&'static str),
}

/// What delivers.
#[derive(Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    reach: Reach,
}

/// Time for a connection to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

impl Client {
    /// A client within its bounds.
    pub(super) fn try_new(settings: &Settings) -> Result<Self, reqwest::Error> {
        let reach = Reach { private: settings.into_private_networks };
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Resolver(reach)))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(settings.timeout)
            .user_agent("passerelle")
            .build()?;
        Ok(Self { http, reach })
    }

    /// Sends an event's body, signed at a time. The answer's body is not read: its status says everything.
    pub(super) async fn send(&self, webhook: &Webhook, (id, at): (EventId, Time), body: &str) -> Outcome {
        let (Some(url), Some(secret)) = (&webhook.url, &webhook.secret) else {
            return Outcome::Failed("its address or secret cannot be read");
        };
        let Ok(url) = Url::parse(url) else { return Outcome::Failed("its address cannot be read") };
        if !self.reach.allows_host(&url) {
            return Outcome::Failed("its address is in a private network");
        }
        let id = format!("msg_{}", id.0.simple());
        let seconds = at.micros().div_euclid(1_000_000);
        let Some(signature) = sign(secret, &id, seconds, body) else {
            return Outcome::Failed("its secret cannot be read");
        };
        let request = self
            .http
            .post(url)
            .header("content-type", "application/cloudevents+json; charset=utf-8")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signature)
            .body(body.to_owned());
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Outcome::Taken,
            Ok(answer) if answer.status().is_redirection() => {
                Outcome::Failed("it answers with a redirection")
            }
            Ok(answer) if answer.status().is_client_error() => {
                Outcome::Failed("it answers with a status 4xx")
            }
            Ok(_) => Outcome::Failed("it answers with a status 5xx"),
            Err(error) if error.is_timeout() => Outcome::Failed("it does not answer in time"),
            Err(error) if error.is_connect() => Outcome::Failed("it cannot be connected to"),
            Err(_) => Outcome::Failed("it cannot be reached"),
        }
    }
}

/// `v1,` and the HMAC-SHA256 of id, time and body, in base64; nothing for a secret that is none.
fn sign(secret: &str, id: &str, seconds: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification of Standard Webhooks.
    #[test]
    fn a_signature_is_the_one_that_standard_webhooks_has() {
        let signed = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    #[test]
    fn what_is_no_secret_signs_nothing() {
        for secret in ["", "whsec_?", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            assert_eq!(sign(secret, "msg_1", 1, ""), None, "{secret}");
        }
    }
}
