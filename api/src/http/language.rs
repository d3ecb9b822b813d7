//! The two languages in which messages are sent.

/// The language a caller reads, from `Accept-Language` or the `language` of a `connection_init`; in the request data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// When nothing else is asked for.
    #[default]
    English,
    /// Asked for before English.
    French,
}

impl Language {
    /// The text in this language of one in both.
    pub fn choose<T>(self, english: T, french: T) -> T {
        match self {
            Self::English => english,
            Self::French => french,
        }
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The better of the two for an `Accept-Language` value, or a bare tag such as `fr-CA`.
    pub fn accepted(header: &str) -> Self {
        let quality_of = |language: &str| {
            header
                .split(',')
                .filter_map(|range| {
                    let mut parts = range.split(';');
                    let tag = parts.next()?.trim();
                    let primary = tag.split('-').next()?;
                    let quality = parts.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok());
                    primary.eq_ignore_ascii_case(language).then_some(quality.unwrap_or(1.0))
                })
                .fold(0.0, f32::max)
        };
        let (french, english) = (quality_of("fr"), quality_of("en"));
        if french > english { Self::French } else { Self::English }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_most_is_answered_in() {
        for (header, language) in [
            ("fr", Language::French),
            ("FR-ca", Language::French),
            ("fr-FR,fr;q=0.9,en;q=0.8", Language::French),
            ("en-GB,en;q=0.9,fr;q=0.8", Language::English),
            ("de;q=1, fr;q=0.2", Language::French),
            ("de", Language::English),
            ("fr;q=0", Language::English),
            ("", Language::English),
            (";;,,q=", Language::English),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }
}
