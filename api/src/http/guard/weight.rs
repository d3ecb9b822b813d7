//! The bounds on what a document expands to, each fragment weighed once.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Positioned};

use super::{
    Excess, MAX_ALIASES, MAX_DEPTH, MAX_DIRECTIVES, MAX_FIELDS, MAX_NESTING, MAX_ROOT_FIELDS, within,
};

/// Refuses a document whose operations and fragments, expanded, go over a bound.
pub fn check_document(document: &ExecutableDocument) -> Result<(), Excess> {
    let mut scales = Scales { document, weighed: HashMap::new() };
    let mut total = Weight::default();
    for (_, operation) in document.operations.iter() {
        let weight = scales.selections(&operation.node.selection_set.node, 0)?;
        within("fields at the root", weight.top, MAX_ROOT_FIELDS)?;
        total.add(weight);
        total.directives = total.directives.saturating_add(operation.node.directives.len());
    }
    // Validation also walks fragments that no operation spreads.
    for name in document.fragments.keys() {
        let weight = scales.fragment(name, 0)?;
        total.depth = total.depth.max(weight.depth);
        within("fields, fragments expanded", weight.fields, MAX_FIELDS)?;
    }
    within("fields, fragments expanded", total.fields, MAX_FIELDS)?;
    within("nested fields", total.depth, MAX_DEPTH)?;
    within("aliases", total.aliases, MAX_ALIASES)?;
    within("directives", total.directives, MAX_DIRECTIVES)
}

/// Whether a document asks for the schema itself.
pub(in crate::http) fn introspects(document: &ExecutableDocument) -> bool {
    fn within(set: &SelectionSet) -> bool {
        set.items.iter().any(|selection| match &selection.node {
            Selection::Field(field) => {
                matches!(field.node.name.node.as_str(), "__schema" | "__type")
                    || within(&field.node.selection_set.node)
            }
            Selection::InlineFragment(fragment) => within(&fragment.node.selection_set.node),
            Selection::FragmentSpread(_) => false,
        })
    }
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(within)
}

/// What a selection set expands to.
#[derive(Clone, Copy, Default)]
struct Weight {
    fields: usize,
    /// Fields directly in it, through fragments too.
    top: usize,
    aliases: usize,
    directives: usize,
    /// Fields below each other.
    depth: usize,
    /// Selection sets below each other, of fields and fragments alike.
    nesting: usize,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.top = self.top.saturating_add(other.top);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.depth = self.depth.max(other.depth);
        self.nesting = self.nesting.max(other.nesting);
    }
}

struct Scales<'a> {
    document: &'a ExecutableDocument,
    /// `None` while a fragment is being weighed: met again then, it spreads itself.
    weighed: HashMap<&'a Name, Option<Weight>>,
}

impl<'a> Scales<'a> {
    /// `nesting` is how deep the set stands; it bounds this recursion, and async-graphql's after it.
    fn selections(&mut self, set: &'a SelectionSet, nesting: usize) -> Result<Weight, Excess> {
        let mut weight = Weight::default();
        for selection in &set.items {
            weight.add(match &selection.node {
                Selection::Field(field) => self.field(field, nesting)?,
                Selection::InlineFragment(fragment) => {
                    let inside = self.selections(&fragment.node.selection_set.node, nesting + 1)?;
                    spread(inside, fragment.node.directives.len())
                }
                Selection::FragmentSpread(fragment) => {
                    let inside = self.fragment(&fragment.node.fragment_name.node, nesting + 1)?;
                    spread(inside, fragment.node.directives.len())
                }
            });
        }
        within("nested selections, fragments expanded", nesting + weight.nesting, MAX_NESTING)?;
        Ok(weight)
    }

    fn field(&mut self, field: &'a Positioned<Field>, nesting: usize) -> Result<Weight, Excess> {
        let inside = self.selections(&field.node.selection_set.node, nesting + 1)?;
        Ok(Weight {
            fields: inside.fields.saturating_add(1),
            top: 1,
            aliases: inside.aliases.saturating_add(field.node.alias.is_some().into()),
            directives: inside.directives.saturating_add(field.node.directives.len()),
            depth: inside.depth + 1,
            nesting: inside.nesting + 1,
        })
    }

    /// An unknown fragment weighs nothing; validation will say that it is unknown.
    fn fragment(&mut self, name: &Name, nesting: usize) -> Result<Weight, Excess> {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else {
            return Ok(Weight::default());
        };
        match self.weighed.get(name) {
            Some(Some(weight)) => {
                within("nested selections, fragments expanded", nesting + weight.nesting, MAX_NESTING)?;
                Ok(*weight)
            }
            Some(None) => Err(Excess::FragmentCycle),
            None => {
                self.weighed.insert(name, None);
                let mut weight = self.selections(&fragment.node.selection_set.node, nesting)?;
                weight.directives = weight.directives.saturating_add(fragment.node.directives.len());
                self.weighed.insert(name, Some(weight));
                Ok(weight)
            }
        }
    }
}

fn spread(inside: Weight, directives: usize) -> Weight {
    Weight { directives: inside.directives.saturating_add(directives), nesting: inside.nesting + 1, ..inside }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn check(query: &str) -> Result<(), Excess> {
        check_document(&parse_query(query).unwrap())
    }

    fn over(query: &str) -> &'static str {
        match check(query) {
            Err(Excess::Over { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn fragments_that_double_each_other_are_refused_at_once() {
        let mut bomb = "{...a0}".to_owned();
        for n in 0..40 {
            bomb += &format!("fragment a{n} on Q{{...a{m} ...a{m}}}", m = n + 1);
        }
        bomb += "fragment a40 on Q{x}";
        assert_eq!(over(&bomb), "fields at the root");
        assert_eq!(over(&bomb.replacen("{...a0}", "{x}", 1)), "fields, fragments expanded", "also unused");
    }

    #[test]
    fn introspection_is_found_wherever_it_stands() {
        let asks = |query: &str| introspects(&parse_query(query).unwrap());
        assert!(asks("{ ...a } fragment a on Query { ... on Query { s: __schema { types { name } } } }"));
        assert!(asks("{ __type(name: \"Post\") { name } }"));
        assert!(!asks("{ __typename viewer { __typename } }"));
    }

    #[test]
    fn a_fragment_that_spreads_itself_is_refused() {
        assert_eq!(check("{...a} fragment a on Q{...a}"), Err(Excess::FragmentCycle));
        assert_eq!(check("{x} fragment a on Q{...b} fragment b on Q{x{...a}}"), Err(Excess::FragmentCycle));
        assert_eq!(check("{...a ...a} fragment a on Q{...b} fragment b on Q{x}"), Ok(()));
    }

    #[test]
    fn fields_may_nest_so_deep() {
        let nested = |depth: usize| "{a".repeat(depth) + &"}".repeat(depth);
        assert_eq!(check(&nested(MAX_DEPTH)), Ok(()));
        assert_eq!(over(&nested(MAX_DEPTH + 1)), "nested fields");
        let through_fragment = format!("{{a{{...f}}}} fragment f on Q{}", nested(MAX_DEPTH));
        assert_eq!(over(&through_fragment), "nested fields");
    }

    #[test]
    fn a_long_chain_of_fragments_is_refused() {
        let mut chain = "{...a0}".to_owned();
        for n in 0..400 {
            chain += &format!("fragment a{n} on Q{{...a{}}}", n + 1);
        }
        assert_eq!(over(&(chain + "fragment a400 on Q{x}")), "nested selections, fragments expanded");
    }

    #[test]
    fn aliases_root_fields_and_directives_are_counted_as_expanded() {
        let f = "fragment f on Q{x{b:y c:z}}";
        assert_eq!(over(&format!("{{x{{{}}}}}{f}", "...f ".repeat(31))), "aliases");
        assert_eq!(over(&format!("{{{}}}", "x ".repeat(31))), "fields at the root");
        assert_eq!(over(&format!("{{...on Q{{{}}}}}", "x ".repeat(31))), "fields at the root");
        assert_eq!(over(&format!("{{x{}}}", "@skip(if:true)".repeat(101))), "directives");
        assert_eq!(check(&format!("{{{} ...f}}{f}", "x ".repeat(29))), Ok(()));
    }
}
