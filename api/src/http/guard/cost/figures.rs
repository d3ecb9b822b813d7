//! What figures cost beyond being asked for: how many there are of one field, and what is computed or read for some.

/// Within what a field stands, where it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Figures,
    Measure,
    Baseline,
    Evidence,
    Elsewhere,
}

/// The fields of figures that are measures, by name.
const MEASURES: [&str; 10] = [
    "assortativity",
    "brokerDependency",
    "density",
    "elephantFactor",
    "externalInternalIndex",
    "gini",
    "modularity",
    "participationCoverage",
    "reciprocity",
    "stickiness",
];

/// Fields of figures that are as many figures, whatever is asked.
const SEVERAL: [(&str, usize); 5] = [
    ("activityFrequency", FREQUENCIES),
    ("departments", DEPARTMENTS),
    ("onboarding", 4),
    ("segmentMoves", 25),
    ("segments", 5),
];
/// As many as may be asked for.
const FREQUENCIES: usize = 28;
/// How many departments there are below another is not known before it is read: so many are paid.
const DEPARTMENTS: usize = 50;
/// Of how many windows figures are when nobody says.
const WINDOWS: [(&str, usize); 2] = [("activeSets", 12), ("cohorts", 8)];

/// To write a receipt, and to count what is behind one, the journal is read.
const READ: usize = 20;
/// The same figure 10,000 times, of people dealt out at random.
const ORDERS: usize = 100;
/// A figure some hundred times, of people drawn at random.
const BOOTSTRAP: usize = 50;

impl Within {
    /// Of a fragment: what it says it is on.
    pub(super) fn fragment(on: &str) -> Self {
        match on {
            "Figures" => Self::Figures,
            "Measure" => Self::Measure,
            "Baseline" => Self::Baseline,
            "Evidence" => Self::Evidence,
            _ => Self::Elsewhere,
        }
    }

    /// What stands within a field.
    pub(super) fn field(self, name: &str) -> Self {
        match (self, name) {
            (Self::Elsewhere, "figures") | (Self::Figures, "previous" | "departments") => Self::Figures,
            (Self::Figures, name) if MEASURES.contains(&name) => Self::Measure,
            (Self::Elsewhere, "heaviest") => Self::Measure,
            (Self::Measure, "baseline") => Self::Baseline,
            (Self::Elsewhere, "evidence") => Self::Evidence,
            _ => Self::Elsewhere,
        }
    }

    /// What a field costs besides what is in it.
    pub(super) fn extra(self, name: &str) -> usize {
        match (self, name) {
            (_, "receipt") | (Self::Evidence, "counts") => READ,
            (Self::Baseline, "p") => ORDERS,
            (Self::Measure, "interval") | (_, "medianInterval") => BOOTSTRAP,
            _ => 0,
        }
    }

    /// Of how many windows a field is when nobody says.
    pub(super) fn windows(self, name: &str) -> Option<usize> {
        let known = WINDOWS.iter().find(|(field, _)| self == Self::Figures && *field == name);
        known.map(|(_, windows)| *windows)
    }

    /// How many a field is.
    pub(super) fn several(self, name: &str) -> usize {
        let known = SEVERAL.iter().find(|(field, _)| self == Self::Figures && *field == name);
        known.map_or(1, |(_, several)| *several)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{BaseType, FieldDefinition, TypeKind, TypeSystemDefinition};

    use super::*;

    /// The fields of the schema, each with the name of its type.
    fn fields() -> Vec<(String, FieldDefinition)> {
        let document = parse_schema(crate::graphql::sdl()).unwrap();
        let types = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(of) => Some(of.node),
            _ => None,
        });
        let fields = types.filter_map(|of| match of.kind {
            TypeKind::Object(object) => Some((of.name.node.to_string(), object.fields)),
            _ => None,
        });
        fields
            .flat_map(|(of, fields)| fields.into_iter().map(move |field| (of.clone(), field.node)))
            .collect()
    }

    fn named(of: &BaseType) -> &str {
        match of {
            BaseType::Named(name) => name,
            BaseType::List(of) => named(&of.base),
        }
    }

    #[test]
    fn what_stands_within_every_field_of_the_schema_is_known() {
        let mut known = 0;
        for (of, field) in fields() {
            let within = Within::fragment(named(&field.ty.node.base));
            if within != Within::Elsewhere {
                assert_eq!(Within::fragment(&of).field(&field.name.node), within, "{of}.{}", field.name.node);
                known += 1;
            }
        }
        assert_eq!(known, MEASURES.len() + 6);
    }

    #[test]
    fn windows_that_nobody_names_are_as_many_as_the_schema_says() {
        for (of, field) in fields() {
            let windows = field.arguments.iter().find(|argument| argument.node.name.node == "windows");
            let left_out = windows.and_then(|windows| windows.node.default_value.as_ref());
            let left_out = left_out.map(|left_out| left_out.node.to_string());
            let priced = Within::fragment(&of).windows(&field.name.node).map(|windows| windows.to_string());
            assert_eq!(priced, left_out, "{of}.{}", field.name.node);
        }
    }
}
