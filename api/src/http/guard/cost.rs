//! What a document costs at most, known before anything of it is read: the things it asks for, by the sizes of the pages
//! it names. A thing is a field with a selection; of a page there are as many as `first` or `last` says, or by default,
//! and of figures of several windows as many as `windows` says, or by default. What is computed at length or reads the
//! journal costs more ([`figures`]), and what is left out by a directive nothing.

mod figures;

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};

use figures::Within;

/// What a page has when nobody says how much.
const DEFAULT_PAGE: usize = 20;
/// What it has at most; more is refused where it is read.
const LARGEST_PAGE: usize = 100;

/// The cost of the dearest operation of a document whose bounds are checked, at least 1.
pub(in crate::http) fn cost(document: &ExecutableDocument, variables: &Variables) -> usize {
    let operations = document.operations.iter().map(|(_, operation)| {
        let prices = Prices { document, operation: &operation.node, variables };
        let price =
            prices.selections(&operation.node.selection_set.node, Within::Elsewhere, &mut HashMap::new());
        price.whole()
    });
    operations.max().unwrap_or_default().max(1)
}

/// What a selection set costs once, and whether it is of a page.
#[derive(Clone, Copy, Default)]
struct Price {
    cost: usize,
    /// What each period of a cohort costs besides: how many there are is known where cohorts are asked for.
    period: usize,
    paged: bool,
}

impl Price {
    fn whole(self) -> usize {
        self.cost.saturating_add(self.period)
    }
}

type Known<'a> = HashMap<&'a Name, Price>;

struct Prices<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
}

impl<'a> Prices<'a> {
    fn selections(&self, set: &'a SelectionSet, within: Within, known: &mut Known<'a>) -> Price {
        let mut price = Price::default();
        for selection in &set.items {
            if self.is_left_out(&selection.node) {
                continue;
            }
            let Price { cost, period, paged } = match &selection.node {
                Selection::Field(field) => self.field(&field.node, within, known),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let within = on.map_or(within, |on| Within::fragment(&on.node.on.node));
                    self.selections(&fragment.node.selection_set.node, within, known)
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, known),
            };
            price.cost = price.cost.saturating_add(cost);
            price.period = price.period.saturating_add(period);
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
        let within = Within::fragment(&fragment.node.type_condition.node.on.node);
        let price = self.selections(&fragment.node.selection_set.node, within, known);
        known.insert(name, price);
        price
    }

    fn field(&self, field: &'a Field, within: Within, known: &mut Known<'a>) -> Price {
        let name = field.name.node.as_str();
        let (paged, extra) = (matches!(name, "edges" | "nodes"), within.extra(name));
        if field.selection_set.node.items.is_empty() {
            return Price { cost: extra, paged, ..Price::default() };
        }
        let inside = self.selections(&field.selection_set.node, within.field(name), known);
        let own = extra.saturating_add(1);
        if name == "periods" {
            return Price { period: inside.whole().saturating_add(own), paged, ..Price::default() };
        }
        let windows = within.windows(name).map(|left_out| self.windows(field, left_out));
        let cost = match windows {
            // The first of so many cohorts has as many periods, the last has one.
            Some(windows) if name == "cohorts" => {
                let periods = inside.period.saturating_mul(windows * (windows + 1) / 2);
                inside.cost.saturating_mul(windows).saturating_add(periods)
            }
            Some(windows) => inside.whole().saturating_mul(windows),
            None if name == "cohort" => {
                let before = self.number(field, "back").unwrap_or_default();
                inside.cost.saturating_add(inside.period.saturating_mul(before + 1))
            }
            None => {
                let size = self.size(field, inside.paged).saturating_mul(within.several(name));
                inside.whole().saturating_mul(size)
            }
        };
        Price { cost: cost.saturating_add(own), paged, ..Price::default() }
    }

    /// How many of what is inside a field there are at most.
    fn size(&self, field: &Field, paged: bool) -> usize {
        if let Some(Value::List(ids)) = self.given(field, "ids") {
            return ids.len().clamp(1, LARGEST_PAGE);
        }
        match ["first", "last"].into_iter().filter_map(|name| self.number(field, name)).max() {
            Some(size) => size,
            None if paged => DEFAULT_PAGE,
            None => 1,
        }
    }

    /// Of how many windows a field is.
    fn windows(&self, field: &Field, left_out: usize) -> usize {
        self.number(field, "windows").unwrap_or(left_out)
    }

    /// A size that a field is given, within bounds.
    fn number(&self, field: &Field, name: &str) -> Option<usize> {
        let Value::Number(number) = self.given(field, name)? else { return None };
        let number = number.as_i64().unwrap_or(i64::MAX);
        Some(usize::try_from(number).unwrap_or_default().clamp(1, LARGEST_PAGE))
    }

    fn given(&self, field: &Field, name: &str) -> Option<Value> {
        let value = field.get_argument(name)?.node.clone();
        value.into_const_with(|name| self.variable(&name).ok_or(())).ok()
    }

    /// Whether a directive leaves it out: then nothing of it is read.
    fn is_left_out(&self, selection: &Selection) -> bool {
        let directives: &[Positioned<Directive>] = match selection {
            Selection::Field(field) => &field.node.directives,
            Selection::InlineFragment(fragment) => &fragment.node.directives,
            Selection::FragmentSpread(spread) => &spread.node.directives,
        };
        directives.iter().any(|directive| {
            let leaves_out = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return false,
            };
            let given = directive.node.get_argument("if").cloned();
            let variable = |name| self.variable(&name).ok_or(());
            given.and_then(|given| given.node.into_const_with(variable).ok())
                == Some(Value::Boolean(leaves_out))
        })
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

    /// What one of the figures costs that a selection asks for.
    fn of_figures(selection: &str) -> usize {
        priced(&format!("{{ figures {{ {selection} }} }}"), Json::Null) - 1
    }

    #[test]
    fn figures_of_many_windows_cost_as_many_whoever_says_how_many() {
        let shares = "{ consumed { value } participated { value } }";
        assert_eq!(of_figures(&format!("activeSets(windows: 2) {shares}")), 1 + 2 * 2);
        assert_eq!(of_figures(&format!("activeSets {shares}")), 1 + 12 * 2);
        let cohorts = "{ window { first } periods { retained { value } } }";
        assert_eq!(of_figures(&format!("cohorts {cohorts}")), 1 + 8 + 36 * 2);
        let spread =
            "{ figures { cohorts(windows: 12) { ...c } } } fragment c on Cohort { periods { left { x } } }";
        assert_eq!(priced(spread, Json::Null), 1 + 1 + 78 * 2);
        assert_eq!(of_figures("cohort(back: 4) { window { first } periods { left { x } } }"), 1 + 1 + 5 * 2);
        assert_eq!(
            of_figures("cohort(back: 52) { period(index: 3) { left { receipt { text } } } }"),
            1 + 2 + 21
        );
    }

    #[test]
    fn what_is_computed_at_length_or_reads_the_journal_costs_more() {
        let cheap = of_figures("gini { value }");
        assert_eq!(of_figures("gini { receipt { text } }"), cheap + 21);
        assert_eq!(of_figures("gini { interval { lower } }"), cheap + 51);
        assert_eq!(of_figures("gini { ... on Measure { baseline { p } } }"), cheap + 101);
        assert_eq!(of_figures("habit { interval { lower } }"), cheap + 1);
        assert_eq!(of_figures("timeToFirstResponse { medianInterval { lower } }"), cheap + 51);
        assert_eq!(of_figures("departments { habit { value } }"), 1 + 50);
        assert_eq!(of_figures("previous { segmentMoves { people { value } } }"), 1 + 1 + 25);
        assert_eq!(priced("{ evidence { counts { count } } }", Json::Null), 1 + 21);
    }

    #[test]
    fn what_is_left_out_costs_nothing() {
        let query = "query($no: Boolean! = false, $yes: Boolean!) { a { x } b @include(if: $no) { x }
            ... @skip(if: $yes) { c { x } } ...d @include(if: $yes) } fragment d on Q { d { x } }";
        assert_eq!(priced(query, json!({ "yes": true })), 2);
        assert_eq!(priced(query, json!({ "yes": false, "no": true })), 3);
    }

    /// What a document may cost, unless somebody says otherwise.
    fn at_most() -> usize {
        crate::http::Settings::default().max_cost
    }

    #[test]
    fn a_page_may_ask_all_it_asks_at_once() {
        let overview = include_str!("../../../web/src/overview/overview.graphql");
        assert!((1..=at_most() / 5).contains(&priced(overview, json!({ "compare": true }))));
        let evidence = include_str!("../../../web/src/overview/evidence.graphql");
        let everything = parse_query(evidence).unwrap();
        let (_, operation) = everything.operations.iter().next().unwrap();
        let names = operation.node.variable_definitions.iter().map(|of| of.node.name.node.to_string());
        let all: serde_json::Map<_, _> = names.map(|name| (name, json!(true))).collect();
        assert!((1..=at_most()).contains(&priced(evidence, Json::Object(all))));
    }

    #[test]
    fn receipts_of_every_period_of_every_cohort_are_too_much() {
        let query = "{ figures { cohorts(windows: 53) { periods { retained { receipt { text } } } } } }";
        assert!(priced(query, Json::Null) > at_most());
        assert!(priced(&query.replace("53", "8"), Json::Null) < at_most());
    }
}
