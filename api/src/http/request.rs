//! The parameters of a GraphQL request, from a query string, a JSON body or a socket's message.

use async_graphql::{Request, Variables};
use axum::extract::Query;
use axum::http::Uri;
use serde_json::{Map, Value};

use super::Code;
use super::answer::Problem;
use super::documents::Documents;

/// What a request asks for; nothing in it has been looked at beyond its type.
#[derive(Debug)]
pub(super) struct Parameters {
    document: Document,
    operation_name: Option<String>,
    variables: Map<String, Value>,
    extensions: Map<String, Value>,
}

/// A document, in full or by its id.
#[derive(Debug, PartialEq)]
enum Document {
    Text(String),
    Id(String),
}

impl Parameters {
    /// From the query string of a GET. `variables` and `extensions` are JSON text there.
    pub(super) fn of_uri(uri: &Uri) -> Result<Self, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| bad("The query string is not form-urlencoded."))?;
        let mut parameters = Map::new();
        for (name, text) in pairs {
            let value = match name.as_str() {
                "query" | "operationName" | "documentId" => Value::String(text),
                "variables" | "extensions" => serde_json::from_str(&text)
                    .map_err(|_| bad("`variables` and `extensions` must be JSON."))?,
                _ => continue,
            };
            if parameters.insert(name, value).is_some() {
                return Err(bad("A parameter is given twice."));
            }
        }
        Self::of_map(parameters)
    }

    /// From the body of a POST.
    pub(super) fn of_body(body: &[u8]) -> Result<Self, Problem> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(parameters)) => Self::of_map(parameters),
            Ok(Value::Array(_)) => Err(bad("Batches are not taken: send one operation a request.")),
            Ok(_) => Err(bad("The body must be a JSON object.")),
            Err(_) => Err(bad("The body is not JSON.")),
        }
    }

    /// From a JSON object.
    pub(super) fn of_map(mut parameters: Map<String, Value>) -> Result<Self, Problem> {
        let query = match parameters.remove("query") {
            Some(Value::String(query)) => Some(query),
            None | Some(Value::Null) => None,
            Some(_) => return Err(bad("`query` must be a string.")),
        };
        let operation_name = match parameters.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => return Err(bad("`operationName` must be a string.")),
        };
        let mut map = |name, refusal| match parameters.remove(name) {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(_) => Err(bad(refusal)),
        };
        let variables = map("variables", "`variables` must be an object.")?;
        let extensions = map("extensions", "`extensions` must be an object.")?;
        // As Relay and graphql-http send it, or as Apollo does.
        let apollo = extensions.get("persistedQuery").and_then(|persisted| persisted.get("sha256Hash"));
        let document = match (query, parameters.get("documentId").or(apollo)) {
            (Some(query), _) => Document::Text(query),
            (None, Some(Value::String(id))) => Document::Id(id.clone()),
            (None, Some(_)) => return Err(bad("`documentId` must be a string.")),
            (None, None) => return Err(bad("`query` is missing.")),
        };
        Ok(Self { document, operation_name, variables, extensions })
    }

    /// As async-graphql takes it, with a document that is kept in the place of its id.
    pub(super) fn into_request(self, documents: &Documents) -> Result<Request, Problem> {
        let query = match self.document {
            Document::Text(_) if documents.only => return Err(Code::PersistedQueryOnly.into()),
            Document::Text(text) => text,
            Document::Id(id) => documents.text(&id).ok_or(Code::PersistedQueryNotFound)?.to_owned(),
        };
        let mut request = Request::new(query).variables(Variables::from_json(Value::Object(self.variables)));
        request.operation_name = self.operation_name;
        let extensions = self.extensions.into_iter();
        request.extensions.extend(
            extensions.filter_map(|(name, value)| Some((name, async_graphql::Value::from_json(value).ok()?))),
        );
        Ok(request)
    }
}

fn bad(detail: &'static str) -> Problem {
    Problem::new(Code::BadRequest, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_string_carries_every_parameter() {
        let uri = "/graphql?query=query%20A%7Ba%7D+%23&operationName=A&variables=%7B%22x%22:1%7D&other=1";
        let parameters = Parameters::of_uri(&uri.parse().unwrap()).unwrap();
        assert_eq!(parameters.document, Document::Text("query A{a} #".to_owned()));
        assert_eq!(parameters.operation_name.as_deref(), Some("A"));
        assert_eq!(parameters.variables["x"], 1);
    }

    #[test]
    fn a_query_string_is_refused_when_it_is_ambiguous() {
        for uri in ["/graphql", "/graphql?query=a&query=b", "/graphql?query=a&variables=x"] {
            assert!(Parameters::of_uri(&uri.parse().unwrap()).is_err(), "{uri}");
        }
    }

    #[test]
    fn a_document_may_stand_under_its_id() {
        let kept = Documents::try_new(r#"{"ab12":"{ a }"}"#, true).unwrap();
        let asked = |body: &str| Parameters::of_body(body.as_bytes()).unwrap().into_request(&kept);
        assert_eq!(asked(r#"{"documentId":"ab12"}"#).unwrap().query, "{ a }");
        let apollo = r#"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab12"}}}"#;
        assert_eq!(asked(apollo).unwrap().query, "{ a }");
        let code = |body: &str| asked(body).unwrap_err().code();
        assert_eq!(code(r#"{"documentId":"cd34"}"#), Code::PersistedQueryNotFound);
        assert_eq!(code(r#"{"query":"{ a }","documentId":"ab12"}"#), Code::PersistedQueryOnly);
    }

    #[test]
    fn a_body_is_one_object_of_the_right_types() {
        assert!(Parameters::of_body(br#"{"query":"{a}","operationName":null,"variables":null}"#).is_ok());
        let wrong: [&[u8]; 9] = [
            b"",
            b"{a}",
            b"[]",
            br#"[{"query":"{a}"}]"#,
            b"{}",
            br#"{"query":1}"#,
            br#"{"query":"{a}","operationName":[]}"#,
            br#"{"query":"{a}","variables":[]}"#,
            br#"{"query":"{a}","extensions":"x"}"#,
        ];
        for body in wrong {
            let problem = Parameters::of_body(body).unwrap_err();
            assert_eq!(problem.code(), Code::BadRequest, "{}", String::from_utf8_lossy(body));
        }
    }
}
