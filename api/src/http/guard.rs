//! Bounds on a document, held in time linear in its text before async-graphql sees it.
//!
//! async-graphql walks fragments inline before its own limits apply: nine hundred bytes of fragments that spread each
//! other twice cost it ten seconds. Here text is bounded first ([`check_text`]), then what it expands to
//! ([`check_document`]), each fragment measured once.

mod cost;
mod text;
mod weight;

pub(super) use cost::cost;
pub use text::check_text;
pub use weight::check_document;
pub(super) use weight::introspects;

/// Most lexical tokens of a document.
pub const MAX_TOKENS: usize = 4_000;
/// Deepest nesting of brackets, and of selection sets once fragments are expanded.
pub const MAX_NESTING: usize = 64;
/// Deepest nesting of fields. GraphiQL's introspection needs 15.
pub const MAX_DEPTH: usize = 15;
/// Most fields once fragments are expanded.
pub const MAX_FIELDS: usize = 5_000;
/// Most fields at the root of one operation.
pub const MAX_ROOT_FIELDS: usize = 30;
/// Most aliases once fragments are expanded.
pub const MAX_ALIASES: usize = 60;
/// Most directives once fragments are expanded.
pub const MAX_DIRECTIVES: usize = 100;

/// The bound a document goes over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excess {
    /// More of something than is allowed.
    Over {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        most: usize,
    },
    /// A fragment that spreads itself, in the end.
    FragmentCycle,
}

impl std::fmt::Display for Excess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Over { what, most } => write!(f, "The document may have at most {most} {what}."),
            Self::FragmentCycle => f.write_str("A fragment spreads itself."),
        }
    }
}

impl std::error::Error for Excess {}

fn within(what: &'static str, measured: usize, most: usize) -> Result<(), Excess> {
    if measured > most { Err(Excess::Over { what, most }) } else { Ok(()) }
}
