//! Where in an answer an error stands. async-graphql says of what fails within lists that it stands at an item of the
//! outermost, since all of that is null; as graphql-js has it, it stands at the field that failed. An extension of the
//! schema notes the field before that is forgotten.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo};
use async_graphql::{PathSegment, ServerError, ServerResult, Value, to_value};
use async_trait::async_trait;

/// The extension of errors under which the field is noted; it never leaves the server.
const FAILED_AT: &str = "failedAt";

/// The extension of a schema by which its errors say at which field they stand.
#[derive(Clone, Copy, Debug)]
pub struct Places;

impl ExtensionFactory for Places {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(*self)
    }
}

#[async_trait]
impl Extension for Places {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let at = info.path_node;
        next.run(ctx, info).await.map_err(|mut error| {
            let extensions = error.extensions.get_or_insert_default();
            // Whoever it passes on its way up is not who failed.
            if extensions.get(FAILED_AT).is_none()
                && let Ok(at) = to_value(at)
            {
                extensions.set(FAILED_AT, at);
            }
            error
        })
    }
}

/// Puts errors where they stand. Those of a request that was not executed stand nowhere.
pub(super) fn complete(errors: &mut [ServerError], executed: bool) {
    for error in errors {
        let Some(extensions) = &mut error.extensions else { continue };
        let noted = extensions.get(FAILED_AT).cloned();
        extensions.unset(FAILED_AT);
        if let (Some(Value::List(at)), true) = (noted, executed) {
            error.path = at.into_iter().filter_map(segment).collect();
        }
    }
}

fn segment(value: Value) -> Option<PathSegment> {
    match value {
        Value::String(field) => Some(PathSegment::Field(field)),
        Value::Number(index) => index.as_u64().and_then(|at| at.try_into().ok()).map(PathSegment::Index),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Error, Object, Schema};
    use serde_json::{Value as Json, json};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn all(&self) -> Vec<Option<Item>> {
            vec![Some(Item), Some(Item)]
        }

        async fn every(&self) -> Vec<Item> {
            vec![Item]
        }

        async fn nested(&self) -> Vec<Vec<Item>> {
            vec![vec![], vec![Item]]
        }
    }

    struct Item;

    #[Object]
    impl Item {
        async fn fails(&self) -> Result<i32, Error> {
            Err(Error::new("it fails"))
        }

        async fn may_fail(&self) -> Option<Result<i32, Error>> {
            Some(Err(Error::new("it fails")))
        }

        async fn within(&self) -> Vec<Self> {
            vec![Self]
        }
    }

    /// The paths of the errors of a query, in order.
    async fn paths(query: &str) -> Vec<Json> {
        let schema = Schema::build(Query, EmptyMutation, EmptySubscription).extension(Places).finish();
        let mut errors = schema.execute(query).await.errors;
        complete(&mut errors, true);
        assert!(!json!(errors).to_string().contains(FAILED_AT));
        let mut paths: Vec<_> = errors.iter().map(|error| json!(error.path)).collect();
        paths.sort_by_key(Json::to_string);
        paths
    }

    #[tokio::test]
    async fn what_fails_in_an_item_of_a_list_is_said_to_stand_at_its_field() {
        let expected = [json!(["all", 0, "fails"]), json!(["all", 1, "fails"])];
        assert_eq!(paths("{ all { within { __typename } fails } }").await, expected);
        assert_eq!(
            paths("{ ...q } fragment q on Query { all { ... { ...f } } } fragment f on Item { fails }").await,
            expected
        );
        assert_eq!(paths("{ a: all { b: fails } }").await, [json!(["a", 0, "b"]), json!(["a", 1, "b"])]);
        assert_eq!(paths("{ every { mayFail } }").await, [json!(["every", 0, "mayFail"])]);
    }

    #[tokio::test]
    async fn what_fails_in_lists_within_lists_stands_there_whatever_is_null() {
        let expected = [json!(["all", 0, "within", 0, "fails"]), json!(["all", 1, "within", 0, "fails"])];
        assert_eq!(paths("{ all { within { fails } } }").await, expected);
        assert_eq!(
            paths("{ every { within { fails } } }").await,
            [json!(["every", 0, "within", 0, "fails"])]
        );
        assert_eq!(paths("{ nested { fails } }").await, [json!(["nested", 1, 0, "fails"])]);
        let deep = paths("{ every { within { a: within { within { fails } } } } }").await;
        assert_eq!(deep, [json!(["every", 0, "within", 0, "a", 0, "within", 0, "fails"])]);
    }
}
