//! `Content-Digest` (RFC 9530): what a sender says about the bytes that follow.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::hex::hex;

/// A digest that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The SHA-256 that is promised, if one is. Other algorithms are passed over, as the specification asks.
pub(super) fn promised(headers: &HeaderMap) -> Result<Option<String>, Malformed> {
    let mut promised = None;
    for value in headers.get_all("content-digest") {
        for member in value.to_str().map_err(|_| Malformed)?.split(',') {
            let (name, bytes) = member.trim().split_once('=').ok_or(Malformed)?;
            if name == "sha-256" {
                promised = Some(sha256(bytes).ok_or(Malformed)?);
            }
        }
    }
    Ok(promised)
}

/// A byte sequence of a structured field: base64 between colons.
fn sha256(bytes: &str) -> Option<String> {
    let base64 = bytes.strip_prefix(':')?.strip_suffix(':')?;
    let bytes = STANDARD.decode(base64).ok()?;
    (bytes.len() == 32).then(|| hex(&bytes))
}

/// The value of `Repr-Digest` for a SHA-256 in hexadecimal.
pub(super) fn of_representation(sha256: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> =
        (0..sha256.len()).step_by(2).map(|at| u8::from_str_radix(sha256.get(at..at + 2)?, 16).ok()).collect();
    Some(format!("sha-256=:{}:", STANDARD.encode(bytes?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of RFC 9530, appendix D: `{"hello": "world"}` and a line feed.
    const BASE64: &str = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=";
    const HEX: &str = "44aff4ab2d7c3250525675a08f0cfa9591168cffe51791c5f5bbc417c15a6c38";

    fn sent(value: &str) -> Result<Option<String>, Malformed> {
        promised(&HeaderMap::from_iter([("content-digest".parse().unwrap(), value.parse().unwrap())]))
    }

    #[test]
    fn a_sha_256_is_read_among_others() {
        assert_eq!(promised(&HeaderMap::new()), Ok(None));
        assert_eq!(sent("md5=:AAAA:"), Ok(None));
        assert_eq!(sent(&format!("sha-512=:AAAA:, sha-256=:{BASE64}:")), Ok(Some(HEX.to_owned())));
        assert_eq!(of_representation(HEX), Some(format!("sha-256=:{BASE64}:")));
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        for value in ["sha-256", "sha-256=AAAA", "sha-256=:AAAA:", "sha-256=:!:", "sha-256=:AAAA"] {
            assert_eq!(sent(value), Err(Malformed), "{value}");
        }
    }
}
