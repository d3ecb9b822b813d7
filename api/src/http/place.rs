//! Where in an answer an error stands. What fails within an item of a list is said to stand at the item, since there it
//! is null; as graphql-js has it, it stands at the field that failed.

use std::collections::HashSet;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, PathSegment, Pos, Positioned, ServerError};

/// Leads errors on from an item of a list to its field that failed. What failed further below stays where it is: which
/// items of which lists lie between is not known any more.
pub(super) fn complete(errors: &mut [ServerError], query: &str) {
    let is_cut = |error: &ServerError| matches!(error.path.last(), Some(PathSegment::Index(_)));
    if !errors.iter().any(is_cut) {
        return;
    }
    let Ok(document) = parse_query(query) else { return };
    for error in errors.iter_mut().filter(|error| is_cut(error)) {
        if let Some(at) = error.locations.first()
            && let Some(field) = field_at(&document, &error.path, *at)
        {
            error.path.push(PathSegment::Field(field));
        }
    }
}

/// The name in the answer of the field at a place in the document, if it is selected of what a path leads to.
fn field_at(document: &ExecutableDocument, path: &[PathSegment], at: Pos) -> Option<String> {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let mut selected: Vec<&SelectionSet> = operations.collect();
    for segment in path {
        if let PathSegment::Field(name) = segment {
            let named = fields(document, &selected).into_iter().filter(|field| key(field) == name);
            selected = named.map(|field| &field.node.selection_set.node).collect();
        }
    }
    fields(document, &selected).into_iter().find(|field| field.pos == at).map(|field| key(field).to_string())
}

/// The fields of selections and of the fragments in them.
fn fields<'d>(document: &'d ExecutableDocument, selected: &[&'d SelectionSet]) -> Vec<&'d Positioned<Field>> {
    let (mut found, mut spread) = (vec![], HashSet::new());
    let mut waiting = selected.to_vec();
    while let Some(set) = waiting.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => found.push(field),
                Selection::InlineFragment(fragment) => waiting.push(&fragment.node.selection_set.node),
                Selection::FragmentSpread(named) => {
                    let name = &named.node.fragment_name.node;
                    let fragment = document.fragments.get(name).filter(|_| spread.insert(name));
                    waiting.extend(fragment.map(|fragment| &fragment.node.selection_set.node));
                }
            }
        }
    }
    found
}

fn key(field: &Positioned<Field>) -> &Name {
    &field.node.response_key().node
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Error, Object, Schema};
    use serde_json::{Value, json};

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
    }

    struct Item;

    #[Object]
    impl Item {
        async fn fails(&self) -> Result<i32, Error> {
            Err(Error::new("it fails"))
        }

        async fn within(&self) -> Vec<Self> {
            vec![Self]
        }
    }

    /// The paths of the errors of a query, in order.
    async fn paths(query: &str) -> Vec<Value> {
        let mut errors = Schema::new(Query, EmptyMutation, EmptySubscription).execute(query).await.errors;
        complete(&mut errors, query);
        let mut paths: Vec<_> = errors.iter().map(|error| json!(error.path)).collect();
        paths.sort_by_key(Value::to_string);
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
    }

    #[tokio::test]
    async fn what_fails_in_a_list_within_stands_there_unless_all_of_it_is_null() {
        let expected = [json!(["all", 0, "within", 0, "fails"]), json!(["all", 1, "within", 0, "fails"])];
        assert_eq!(paths("{ all { within { fails } } }").await, expected);
        assert_eq!(paths("{ every { fails } }").await, [json!(["every", 0, "fails"])]);
        assert_eq!(paths("{ every { within { fails } } }").await, [json!(["every", 0])]);
    }
}
