//! Lists whose items remember where they failed. A list is null once an item of it fails, if items cannot be null, and
//! async-graphql then says that the error stands at the item: of a failure within several lists only the outermost
//! item would be known.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, OutputType, PathSegment, Positioned, ServerError, ServerResult, Value,
};

use crate::http::STANDS_AT;

/// An item of a list.
pub(crate) struct InList<T>(pub(crate) T);

/// A list that remembers where its items failed.
pub(crate) type Items<T> = Vec<InList<T>>;

/// Such a list.
pub(crate) fn items<T>(of: impl IntoIterator<Item = T>) -> Items<T> {
    of.into_iter().map(InList).collect()
}

impl<T: OutputType> OutputType for InList<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await.map_err(remember)
    }
}

/// Has an error say where it stands, unless it does already.
fn remember(mut error: ServerError) -> ServerError {
    let said = error.extensions.get_or_insert_default();
    if said.get(STANDS_AT).is_none() {
        let segment = |segment: &PathSegment| match segment {
            PathSegment::Field(name) => Value::from(name.as_str()),
            PathSegment::Index(index) => Value::from(*index),
        };
        said.set(STANDS_AT, Value::List(error.path.iter().map(segment).collect()));
    }
    error
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Error, Object, Schema};
    use serde_json::{Value as Json, json};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn all(&self) -> Vec<Option<Thing>> {
            vec![Some(Thing), Some(Thing)]
        }

        async fn every(&self) -> Items<Thing> {
            items([Thing])
        }
    }

    struct Thing;

    #[Object]
    impl Thing {
        async fn fails(&self) -> Result<i32, Error> {
            Err(Error::new("it fails"))
        }

        async fn within(&self) -> Items<Self> {
            items([Self, Self])
        }
    }

    /// Where the errors of a query stand, in order.
    async fn places(query: &str) -> Vec<Json> {
        let errors = Schema::new(Query, EmptyMutation, EmptySubscription).execute(query).await.errors;
        let place = |error: &ServerError| {
            let said = error.extensions.as_ref().and_then(|said| said.get(STANDS_AT));
            said.map_or_else(|| json!(error.path), |said| json!(said))
        };
        let mut places: Vec<_> = errors.iter().map(place).collect();
        places.sort_by_key(Json::to_string);
        places
    }

    #[tokio::test]
    async fn what_fails_is_said_to_stand_at_its_field_whatever_lists_it_is_in() {
        let expected = [json!(["all", 0, "fails"]), json!(["all", 1, "b"])];
        assert_eq!(places("{ all { fails } }").await[0], expected[0]);
        assert_eq!(places("{ all { b: fails } }").await[1], expected[1]);
        assert_eq!(places("{ a: every { fails } }").await, [json!(["a", 0, "fails"])]);
        let deep = json!(["every", 0, "within", 0, "within", 0, "fails"]);
        assert_eq!(places("{ every { within { within { fails } } } }").await, [deep]);
    }
}
