//! What a version of a document is made of, as it is handed in and checked.

use serde::Serialize;

use crate::decision::Facts;
use crate::document::Contents;
use crate::event::Origin;
use crate::refusal::{self, Refused, Stop, refusals};

/// What a version is to hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// Nothing: records that come without contents.
    None,
    /// A file that the actor has at hand, by what is in it.
    File {
        /// SHA-256 of the bytes, in lower-case hexadecimal.
        sha256: String,
        /// In bytes.
        size: u64,
        /// As registered with IANA, such as `application/pdf`.
        media_type: String,
    },
    /// A link to where it is kept.
    Link {
        /// The address: http or https.
        url: String,
    },
}

/// The largest file, in bytes: 2⁵³ − 1, the largest integer that every JSON reader holds exactly.
pub const SIZE_MAX: u64 = (1 << 53) - 1;
/// The longest address of a link, in bytes.
pub const URL_MAX: usize = 2_000;
/// The longest media type, in bytes: two names of 127 and a slash (RFC 6838, 4.2).
pub const MEDIA_TYPE_MAX: usize = 255;

refusals! {
    ContentsNeeded = "CONTENTS_NEEDED", "Give the document a file or a link.",
        "Donnez au document un fichier ou un lien.";
    NotASha256 = "NOT_A_SHA256", "Give the SHA-256 of the file as 64 lower-case hexadecimal digits.",
        "Donnez le SHA-256 du fichier en 64 chiffres hexadécimaux minuscules.";
    TooLarge = "FILE_TOO_LARGE", "The file is too large; share a link to it.",
        "Le fichier est trop volumineux ; partagez un lien vers lui.";
    NotAMediaType = "NOT_A_MEDIA_TYPE", "Give a media type such as application/pdf.",
        "Donnez un type de média, comme application/pdf.";
    NotUploaded = "FILE_NOT_UPLOADED",
        "This file is not here: upload it first (POST /files), then send this again within a day.",
        "Ce fichier n’est pas ici : téléversez-le d’abord (POST /files), puis renvoyez ceci dans la journée.";
    NotALink = "NOT_A_LINK", "Give an address that begins with http:// or https:// and holds no space.",
        "Donnez une adresse qui commence par http:// ou https:// et ne contient pas d’espace.";
}

impl Source {
    /// Checks it, and parts what can stay readable from the address, which is sealed.
    pub fn checked(&self, origin: Origin) -> Result<(Contents, Option<String>), Refused> {
        match self {
            Self::None if origin == Origin::Live => Err(Refusal::ContentsNeeded.on("contents")),
            Self::None => Ok((Contents::None, None)),
            Self::File { sha256, size, media_type } => {
                if sha256.len() != 64 || !sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
                    return Err(Refusal::NotASha256.on("sha256"));
                }
                if *size > SIZE_MAX {
                    return Err(Refusal::TooLarge.on("size").with(SIZE_MAX));
                }
                if !is_media_type(media_type) {
                    return Err(Refusal::NotAMediaType.on("mediaType"));
                }
                let (sha256, media_type) = (sha256.clone(), media_type.clone());
                Ok((Contents::File { sha256, size: *size, media_type }, None))
            }
            Self::Link { url } if is_link(url) => Ok((Contents::Link, Some(url.clone()))),
            Self::Link { .. } => Err(Refusal::NotALink.on("link")),
        }
    }

    /// Refused unless the actor has the file at hand. Records name files that may come later or never.
    pub fn at_hand(&self, facts: &Facts) -> Result<(), Stop> {
        match self {
            Self::File { sha256, size, .. } if facts.origin == Origin::Live => {
                let file = refusal::File { sha256: sha256.clone(), size: *size };
                if facts.at_hand(file)? { Ok(()) } else { Err(Refusal::NotUploaded.on("sha256").into()) }
            }
            _ => Ok(()),
        }
    }
}

/// `type/subtype`, each of the letters that RFC 6838 allows, without parameters.
fn is_media_type(text: &str) -> bool {
    let name = |part: &str| {
        part.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    text.len() <= MEDIA_TYPE_MAX && text.split_once('/').is_some_and(|(kind, sub)| name(kind) && name(sub))
}

fn is_link(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    url.len() <= URL_MAX
        && rest.is_some_and(|rest| !rest.is_empty())
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(sha256: &str, size: u64, media_type: &str) -> Source {
        Source::File { sha256: sha256.to_owned(), size, media_type: media_type.to_owned() }
    }

    #[test]
    fn a_file_is_named_by_what_is_in_it() {
        assert!(file(&"0f".repeat(32), 0, "image/svg+xml").checked(Origin::Live).is_ok());
        for bad in [String::new(), "0F".repeat(32), "0f".repeat(31), "0g".repeat(32)] {
            let refused = file(&bad, 0, "text/plain").checked(Origin::Live);
            assert_eq!(refused, Err(Refusal::NotASha256.on("sha256")), "{bad}");
        }
    }

    #[test]
    fn a_size_is_one_that_every_json_reader_holds() {
        let refused = file(&"0f".repeat(32), SIZE_MAX + 1, "text/plain").checked(Origin::Live);
        assert_eq!(refused, Err(Refusal::TooLarge.on("size")));
    }

    #[test]
    fn a_media_type_has_two_names() {
        for bad in ["", "text", "text/", "/plain", "text/plain; charset=utf-8", "a/b/c", "-a/b"] {
            let refused = file(&"0f".repeat(32), 1, bad).checked(Origin::Live);
            assert_eq!(refused, Err(Refusal::NotAMediaType.on("mediaType")), "{bad}");
        }
    }

    #[test]
    fn a_link_is_an_address_of_the_web() {
        let link = |url: &str| Source::Link { url: url.to_owned() }.checked(Origin::Live);
        let url = "https://example.org/a?b=c#d";
        assert_eq!(link(url), Ok((Contents::Link, Some(url.to_owned()))));
        for bad in ["", "https://", "javascript:alert(1)", "https://a b", "https://a\u{7}", "ftp://a"] {
            assert_eq!(link(bad), Err(Refusal::NotALink.on("link")), "{bad}");
        }
    }

    #[test]
    fn records_alone_may_come_without_contents() {
        assert_eq!(Source::None.checked(Origin::Live), Err(Refusal::ContentsNeeded.on("contents")));
        assert_eq!(Source::None.checked(Origin::Import), Ok((Contents::None, None)));
    }
}
