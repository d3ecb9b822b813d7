//! Under which name a download is saved, and as what: never as something that runs where it came from.

use std::fmt::Write as _;

/// The value of `Content-Disposition` for a document of a name (RFC 6266): always an attachment.
pub(super) fn attachment(name: &str) -> String {
    let name = safe(name);
    let plain: String =
        name.chars().map(|c| if c.is_ascii() && !matches!(c, '"' | '%' | '\\') { c } else { '_' }).collect();
    let mut value = format!("attachment; filename=\"{plain}\"");
    if plain != name {
        value.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            // `attr-char` of RFC 5987.
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                let _ = write!(value, "%{byte:02X}");
            }
        }
    }
    value
}

/// The longest name of a file that file systems take, in bytes, with room for what browsers add.
const NAME_MAX: usize = 200;

/// A name that leads to no other folder, hides nothing and shows as it is written.
fn safe(name: &str) -> String {
    let unsafe_char = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c) || is_direction(c);
    let name: String = name.chars().map(|c| if unsafe_char(c) { '_' } else { c }).collect();
    let mut name = name.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    while name.len() > NAME_MAX {
        let (end, _) = name.char_indices().next_back().unwrap_or_default();
        name = &name[..end];
    }
    if name.is_empty() { "document".to_owned() } else { name.to_owned() }
}

/// Marks that make a name read in another order than it is written in: `exe.fdp` that shows as `pdf.exe`.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The media type to send: as it was said, if browsers show it and run nothing of it; else plain bytes.
pub(super) fn media_type(said: &str) -> &str {
    let lower = said.to_ascii_lowercase();
    let (kind, sub) = lower.split_once('/').unwrap_or_default();
    let inert = match kind {
        "audio" | "video" | "font" => !sub.contains("xml"),
        "image" => !sub.contains("xml"),
        "text" => matches!(sub, "plain" | "csv" | "markdown" | "calendar"),
        "application" => {
            matches!(sub, "pdf" | "zip" | "gzip" | "json" | "rtf" | "msword")
                || (sub.starts_with("vnd.") && !sub.ends_with("+xml"))
        }
        _ => false,
    };
    if inert { said } else { "application/octet-stream" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_stands_as_it_is() {
        assert_eq!(attachment("plan 2.pdf"), "attachment; filename=\"plan 2.pdf\"");
    }

    #[test]
    fn other_letters_are_sent_beside_a_plain_name() {
        let value = attachment("Été 100%.pdf");
        let expected = "attachment; filename=\"_t_ 100_.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20100%25.pdf";
        assert_eq!(value, expected);
    }

    #[test]
    fn no_name_leads_elsewhere_or_breaks_out_of_its_quotes() {
        for (name, saved) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..\\..\\boot.ini", "_.._boot.ini"),
            (".bashrc", "bashrc"),
            ("a\"; filename=\"b.exe", "a_; filename=_b.exe"),
            ("a\r\nSet-Cookie: x", "a__Set-Cookie_ x"),
            ("invoice\u{202e}fdp.exe", "invoice_fdp.exe"),
            ("", "document"),
            (" .. ", "document"),
        ] {
            assert_eq!(attachment(name), format!("attachment; filename=\"{saved}\""), "{name:?}");
        }
        assert!(attachment(&"é".repeat(5_000)).len() < 1_000);
    }

    #[test]
    fn what_a_browser_could_run_is_sent_as_plain_bytes() {
        for shown in ["application/pdf", "image/png", "text/plain", "video/mp4", "application/vnd.ms-excel"] {
            assert_eq!(media_type(shown), shown);
        }
        for run in [
            "text/html",
            "TEXT/HTML",
            "application/xhtml+xml",
            "image/svg+xml",
            "text/javascript",
            "application/javascript",
            "text/css",
            "text/xml",
            "application/wasm",
            "multipart/related",
            "application/vnd.mozilla.xul+xml",
            "nonsense",
        ] {
            assert_eq!(media_type(run), "application/octet-stream", "{run}");
        }
    }
}
