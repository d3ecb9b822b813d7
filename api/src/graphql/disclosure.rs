//! What is for others, opened to an administrator for a while and a reason that those concerned are told.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::disclosure::open::Open;
use domain::id::Item;
use projections::{Viewer, comments, documents, ideas, posts};

use super::answer::{Answer, UserError, perform};
use super::caller::Asked;
use super::comment::Comment;
use super::document::Document;
use super::failure::Failure;
use super::id::OfKind;
use super::idea::Idea;
use super::node::Node;
use super::position::Position;
use super::post::Post;
use super::time::DateTime;

/// What `readWithReason` takes.
#[derive(Debug, InputObject)]
pub(crate) struct ReadWithReasonInput {
    /// Makes a repeat safe: the same id with the same input is answered as the first time.
    command_id: Option<ID>,
    /// A post, a comment or a document that is not for the caller.
    item: ID,
    /// Why, at most 100,000 characters; for those whose text it is.
    reason: String,
}

/// What became of `readWithReason`.
pub(crate) struct ReadWithReasonPayload {
    answer: Answer,
    item: Option<Item>,
}

/// What became of `readWithReason`.
#[Object]
impl ReadWithReasonPayload {
    /// What was opened; null when nothing was.
    async fn node(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        opened(ctx, self.item?).await.map_err(Into::into).transpose()
    }
    /// Until when it stays open to the caller; null when nothing was opened.
    async fn until(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        let found = ctx.engine().opened_until(ctx.caller().actor, self.item?).await;
        found.map(|until| until.map(DateTime)).map_err(|error| Failure::from(error).into()).transpose()
    }
    /// Answers at this position or after hold the change; null when nothing was changed.
    async fn position(&self) -> Option<Position> {
        self.answer.position
    }
    /// Whether the change shows already. If not, it is recorded and will: read again with `atLeast`.
    async fn projected(&self) -> bool {
        self.answer.projected
    }
    /// Why nothing was changed; empty when all went well.
    async fn user_errors(&self) -> &[UserError] {
        &self.answer.user_errors
    }
}

/// Mutations by which administrators read what is not for them.
#[derive(Default)]
pub(crate) struct DisclosureMutation;

#[Object]
impl DisclosureMutation {
    /// Opens a post, a comment or a document that is not for the caller, for an hour. That it was, by whom and why is
    /// recorded, and told to who wrote it and to those it is addressed to, or who leads its community. What stands below
    /// it and files stay closed. For administrators.
    async fn read_with_reason(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it takes.")] input: ReadWithReasonInput,
    ) -> Result<ReadWithReasonPayload> {
        let fields = ["command_id", "item", "reason"];
        let answer = perform(ctx, (input.command_id.as_ref(), &fields), |ids| {
            Ok(Open { item: ids.id("item", &input.item)?, reason: input.reason.clone() })
        })
        .await?;
        let named = ctx.reading().ids()?.named(&input.item).and_then(Item::of);
        let item = named.filter(|_| answer.user_errors.is_empty());
        Ok(ReadWithReasonPayload { answer, item })
    }
}

/// Queries about what was opened for a reason.
#[derive(Default)]
pub(crate) struct DisclosureQuery;

#[Object]
impl DisclosureQuery {
    /// What was opened to the caller with `readWithReason`, while it is; null for everything else.
    async fn disclosed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The post, the comment or the document.")] item: ID,
    ) -> Option<Result<Node>> {
        let named = match ctx.reading().ids() {
            Ok(ids) => ids.named(&item).and_then(Item::of)?,
            Err(failure) => return Some(Err(failure.into())),
        };
        opened(ctx, named).await.map_err(Into::into).transpose()
    }
}

/// An item as everybody sees it for whom it is, while it is open to the caller and they may have such things opened.
async fn opened(ctx: &Context<'_>, item: Item) -> Result<Option<Node>, Failure> {
    let actor = ctx.caller().actor;
    if ctx.engine().opened_until(actor, item).await?.is_none() {
        return Ok(None);
    }
    let reading = ctx.reading();
    Ok(match item {
        Item::Post(id) => {
            let found = reading.read(|s| posts::by_ids(s, &Viewer::Operator, &[id]))?;
            found.into_iter().next().map(|row| Node::Post(Post(row)))
        }
        Item::Comment(id) => {
            let found = reading.read(|s| comments::by_ids(s, &Viewer::Operator, &[id]))?;
            found.into_iter().next().map(|row| Node::Comment(Comment(row)))
        }
        Item::Document(id) => {
            let found = reading.read(|s| documents::by_ids(s, &Viewer::Operator, &[id]))?;
            found.into_iter().next().map(|row| Node::Document(Document(row)))
        }
        Item::Idea(id) => {
            let found = reading.read(|s| ideas::by_ids(s, &Viewer::Operator, &[id]))?;
            found.into_iter().next().map(|row| Node::Idea(Idea(row)))
        }
    })
}
