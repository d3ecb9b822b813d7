//! Documents kept by the server under their ids, as clients' build tools list them (Relay's and graphql-codegen's
//! `persisted-documents.json`, a JSON object of ids and texts).

use std::collections::HashMap;
use std::sync::Arc;

/// The documents that may be asked for by id, and whether others may be asked at all.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    texts: Arc<HashMap<String, String>>,
    /// Nothing but these is answered.
    pub only: bool,
}

impl Documents {
    /// Reads the list; what is wrong with it otherwise.
    pub fn try_new(json: &str, only: bool) -> Result<Self, String> {
        let texts: HashMap<String, String> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let wrong = |(id, text): (&String, &String)| {
            let error = async_graphql::parser::parse_query(text).err()?;
            Some(format!("{id}: {error}"))
        };
        match texts.iter().find_map(wrong) {
            Some(wrong) => Err(wrong),
            None => Ok(Self { texts: Arc::new(texts), only }),
        }
    }

    /// The document of an id, with or without the name of the digest that the id is.
    pub(super) fn text(&self, id: &str) -> Option<&str> {
        let bare = id.strip_prefix("sha256:").unwrap_or(id);
        self.texts.get(id).or_else(|| self.texts.get(bare)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_by_its_id() {
        let documents = Documents::try_new(r#"{"ab12":"{ a }"}"#, true).unwrap();
        assert_eq!(documents.text("ab12"), Some("{ a }"));
        assert_eq!(documents.text("sha256:ab12"), Some("{ a }"));
        assert_eq!(documents.text("cd34"), None);
    }

    #[test]
    fn a_list_that_is_none_or_holds_no_document_says_where() {
        assert!(Documents::try_new("[]", false).is_err());
        assert!(Documents::try_new(r#"{"ab12":"{ a"}"#, false).unwrap_err().starts_with("ab12: "));
    }
}
