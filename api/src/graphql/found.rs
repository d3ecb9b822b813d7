//! Lists that are found by reading on: of a page no more is read than so much, so it may have few entries, or none, and
//! others behind it.

use async_graphql::connection::{Edge, EmptyFields, PageInfo};
use async_graphql::{Object, OutputType};
use projections::list::ByPosition;

use super::audit::AuditEvent;
use super::figures::ledger::FigureLook;
use super::items::InList;
use super::paging::Listed;

/// A page of a list that is found by reading on.
pub(crate) struct Found<N: OutputType> {
    edges: Vec<Edge<String, InList<N>, EmptyFields>>,
    is_behind_others: bool,
    read_to: Option<String>,
}

impl<N: OutputType> Found<N> {
    /// Of rows with where they stand, and up to where it was read if others may follow.
    pub(crate) fn of(
        list: Listed,
        is_behind_others: bool,
        rows: impl IntoIterator<Item = (ByPosition, N)>,
        read_to: Option<ByPosition>,
    ) -> Self {
        let edges =
            rows.into_iter().map(|(place, node)| Edge::new(list.cursor(&place), InList(node))).collect();
        Self { edges, is_behind_others, read_to: read_to.map(|place| list.cursor(&place)) }
    }
}

/// A page of a list that is found by reading on: it may have few entries, or none, while others follow. Go on from
/// `endCursor` for as long as `hasNextPage` says so.
#[Object(
    concrete(name = "FigureLookConnection", params(FigureLook)),
    concrete(name = "EvidenceConnection", params(AuditEvent))
)]
impl<N: OutputType> Found<N> {
    /// Where the page stands, and where the next begins.
    async fn page_info(&self) -> PageInfo {
        let cursor =
            |edge: Option<&Edge<String, InList<N>, EmptyFields>>| edge.map(|edge| edge.cursor.clone());
        PageInfo {
            has_previous_page: self.is_behind_others,
            has_next_page: self.read_to.is_some(),
            start_cursor: cursor(self.edges.first()),
            end_cursor: self.read_to.clone().or_else(|| cursor(self.edges.last())),
        }
    }
    /// The entries with their cursors.
    async fn edges(&self) -> &[Edge<String, InList<N>, EmptyFields>] {
        &self.edges
    }
    /// The entries.
    async fn nodes(&self) -> Vec<&InList<N>> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}
