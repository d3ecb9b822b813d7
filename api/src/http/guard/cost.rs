//! What a document costs at most, known before anything of it is read: the things it asks for, by the sizes of the pages
//! it names. A thing is a field with a selection; of a page there are as many as `first` or `last` says, or by default,
//! and of figures of several windows as many as `windows` says.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Value, Variables};

/// What a page has when nobody says how much.
const DEFAULT_PAGE: usize = 20;
/// What it has at most; more is refused where it is read.
const LARGEST_PAGE: usize = 100;

/// The cost of the dearest operation of a document whose bounds are checked, at least 1.
pub(in crate::http) fn cost(document: &ExecutableDocument, variables: &Variables) -> usize {
    let operations = document.operations.iter().map(|(_, operation)| {
        let prices = Prices { document, operation: &operation.node, variables };
        prices.selections(&operation.node.selection_set.node, &mut HashMap::new()).cost
    });
    operations.max().unwrap_or_default().max(1)
}

/// What a selection set costs once, and whether it is of a page.
#[derive(Clone, Copy, Default)]
struct Price {
    cost: usize,
    paged: bool,
}

type Known<'a> = HashMap<&'a Name, Price>;

struct Prices<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
}

impl<'a> Prices<'a> {
    fn selections(&self, set: &'a SelectionSet, known: &mut Known<'a>) -> Price {
        let mut price = Price::default();
        for selection in &set.items {
            let Price { cost, paged } = match &selection.node {
                Selection::Field(field) => self.field(&field.node, known),
                Selection::InlineFragment(fragment) => {
                    self.selections(&fragment.node.selection_set.node, known)
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, known),
            };
            price.cost = price.cost.saturating_add(cost);
            price.paged |= paged;
        }
        price
    }

    /// Each fragment is priced once: what it costs does not depend on where it is spread.
    fn fragment(&self, name: &Name, known: &mut Known<'a>) -> Price {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else {
            return Price::default();
        };
        if let Some(price) = known.get(name) {
            return *price;
        }
        let definition: &FragmentDefinition = &fragment.node;
        let price = self.selections(&definition.selection_set.node, known);
        known.insert(name, price);
        price
    }

    fn field(&self, field: &'a Field, known: &mut Known<'a>) -> Price {
        let paged = matches!(field.name.node.as_str(), "edges" | "nodes");
        if field.selection_set.node.items.is_empty() {
            return Price { cost: 0, paged };
        }
        let inside = self.selections(&field.selection_set.node, known);
        let size = self.size(field, inside.paged);
        Price { cost: inside.cost.saturating_mul(size).saturating_add(1), paged }
    }

    /// How many of what is inside a field there are at most.
    fn size(&self, field: &Field, paged: bool) -> usize {
        let given = |name: &str| {
            let value = field.get_argument(name)?.node.clone();
            value.into_const_with(|name| self.variable(&name).ok_or(())).ok()
        };
        if let Some(Value::List(ids)) = given("ids") {
            return ids.len().clamp(1, LARGEST_PAGE);
        }
        let number = |value| match value {
            Value::Number(number) => Some(number.as_i64().unwrap_or(i64::MAX)),
            _ => None,
        };
        let asked =
            [given("first"), given("last"), given("windows")].into_iter().flatten().filter_map(number).max();
        match asked {
            Some(size) => usize::try_from(size).unwrap_or_default().clamp(1, LARGEST_PAGE),
            None if paged => DEFAULT_PAGE,
            None => 1,
        }
    }

    /// The value of a variable: the one given, or its default.
    fn variable(&self, name: &Name) -> Option<Value> {
        if let Some(value) = self.variables.get(name) {
            return Some(value.clone());
        }
        let mut declared = self.operation.variable_definitions.iter();
        let declared = declared.find(|definition| definition.node.name.node == *name)?;
        declared.node.default_value.as_ref().map(|value| value.node.clone())
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::{Value as Json, json};

    use super::*;

    fn priced(query: &str, variables: Json) -> usize {
        cost(&parse_query(query).unwrap(), &Variables::from_json(variables))
    }

    #[test]
    fn pages_within_pages_multiply() {
        assert_eq!(priced("{ a }", Json::Null), 1);
        assert_eq!(priced("{ me { name } }", Json::Null), 1);
        assert_eq!(priced("{ feed(first: 10) { nodes { author { name } } } }", Json::Null), 1 + 10 * 2);
        let nested = "{ feed(first: 50) { nodes { comments(last: 10) { nodes { text } } } } }";
        assert_eq!(priced(nested, Json::Null), 1 + 50 * (1 + 1 + 10));
    }

    #[test]
    fn a_page_of_no_size_has_the_default_one_also_through_fragments() {
        let edges = "{ feed { ...a } } fragment a on F { ...b } fragment b on F { edges { cursor } }";
        assert_eq!(priced(edges, Json::Null), 1 + 20);
    }

    #[test]
    fn sizes_come_from_variables_and_their_defaults() {
        let query =
            "query($n: Int = 30, $ids: [ID!]!) { feed(first: $n) { nodes { a } } nodes(ids: $ids) { id } }";
        assert_eq!(priced(query, json!({ "ids": ["a", "b"] })), 1 + 30 + 1);
        assert_eq!(priced(query, json!({ "n": 5, "ids": [] })), 1 + 5 + 1);
    }

    #[test]
    fn no_size_is_out_of_bounds() {
        for size in ["-1", "0", "2147483647", "99999999999999999999", "\"x\"", "null"] {
            let cost = priced(&format!("{{ feed(first: {size}) {{ nodes {{ a }} }} }}"), Json::Null);
            assert!((2..=101).contains(&cost), "{size}: {cost}");
        }
    }

    #[test]
    fn what_costs_without_end_costs_no_time() {
        let deep = "{ a(first: 100) { nodes ".repeat(14) + "{ x }" + &"} }".repeat(14);
        assert_eq!(priced(&deep, Json::Null), usize::MAX);
        let mut bomb = "{ ...a0 }".to_owned();
        for n in 0..40 {
            bomb += &format!("fragment a{n} on Q {{ x {{ ...a{m} ...a{m} }} }}", m = n + 1);
        }
        assert!(priced(&(bomb + "fragment a40 on Q { x }"), Json::Null) > 1 << 39);
    }
}
