//! Documents with their versions.

pub(crate) mod change;

use async_graphql::{Context, ID, Object, Result};
use domain::document::Contents;
use domain::id::DocumentId;
use projections::documents;

use super::bookmark;
use super::caller::Asked;
use super::community::Community;
use super::engagement::Engagement;
use super::failure::Failure;
use super::items::Items;
use super::member::Member;
use super::moderation::Hidden;
use super::time::DateTime;

/// A document.
pub(crate) struct Document(pub(crate) documents::Document);

impl Document {
    /// A document by its id, if the caller may read it.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: DocumentId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().documents.load(reading, id).await?.map(Self))
    }
}

/// A document, shared in a community or with members, revised version by version.
#[Object]
impl Document {
    /// Its id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// Its name; null once it was erased.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
    /// Who shared it.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.author).await
    }
    /// The community it is in; null when it is shared with members.
    async fn community(&self, ctx: &Context<'_>) -> Option<Result<Community>> {
        Community::by_id(ctx, self.0.community?).await.map_err(Into::into).transpose()
    }
    /// The members it is shared with; empty when it is in a community.
    async fn addressees(&self, ctx: &Context<'_>) -> Result<Items<Member>> {
        Member::all(ctx, &self.0.addressees).await
    }
    /// When it was shared.
    async fn published_at(&self) -> DateTime {
        DateTime(self.0.published_at)
    }
    /// The number of its newest version: 1, 2, 3 and so on.
    async fn version_number(&self) -> u32 {
        self.0.number
    }
    /// When it was last revised; null if never.
    async fn revised_at(&self) -> Option<DateTime> {
        self.0.revised_at.map(DateTime)
    }
    /// The revision of its name and audience: what a change of them sends back as `expectedRevision`.
    async fn revision(&self) -> u64 {
        self.0.revision
    }
    /// Who has it checked out; null while nobody has.
    async fn checked_out_by(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.checked_out_by?).await
    }
    /// Since when it is only to be read; null while it can be revised.
    async fn archived_at(&self) -> Option<DateTime> {
        self.0.archived_at.map(DateTime)
    }
    /// The BCP 47 tag of the language it is written in, if that was said.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }
    /// What it is about.
    async fn topics(&self) -> &[String] {
        &self.0.topics
    }
    /// That it is hidden, and why: for its author and those who moderate; null unless it is.
    async fn hidden(&self, ctx: &Context<'_>) -> Option<Result<Hidden>> {
        Hidden::of(ctx, self.0.id.0).await
    }
    /// Whether the caller keeps it; nobody else sees that.
    async fn bookmarked(&self, ctx: &Context<'_>) -> Result<bool> {
        bookmark::kept(ctx, self.0.id.0).await
    }
    /// What people did with it.
    async fn engagement(&self, ctx: &Context<'_>) -> Result<Engagement> {
        Engagement::of(ctx, self.0.id.0).await
    }
    /// Its versions, the newest first.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<Version>> {
        let reading = ctx.reading();
        let rows = reading.loaders().versions.load(reading, self.0.id).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Version).collect())
    }
}

/// A version of a document.
pub(crate) struct Version(documents::Version);

/// A version of a document.
#[Object(name = "DocumentVersion")]
impl Version {
    /// Its number: 1, 2, 3 and so on.
    async fn number(&self) -> u32 {
        self.0.number
    }
    /// Who made it; null when it was no member.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.author?).await
    }
    /// When it was made.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
    /// SHA-256 of its file, in lower-case hexadecimal; null unless it is a file.
    async fn sha256(&self) -> Option<&str> {
        if let Contents::File { sha256, .. } = &self.0.contents { Some(sha256) } else { None }
    }
    /// The size of its file in bytes; null unless it is a file.
    async fn size(&self) -> Option<f64> {
        if let Contents::File { size, .. } = &self.0.contents { Some(*size as f64) } else { None }
    }
    /// The media type of its file; null unless it is a file.
    async fn media_type(&self) -> Option<&str> {
        if let Contents::File { media_type, .. } = &self.0.contents { Some(media_type) } else { None }
    }
    /// Where its file is downloaded from, relative to this server: send the same token. Null unless it is a file.
    async fn download_url(&self, ctx: &Context<'_>) -> Option<String> {
        let Contents::File { .. } = &self.0.contents else { return None };
        let document = ctx.global(self.0.document);
        Some(format!("/documents/{}/versions/{}/content", document.as_str(), self.0.number))
    }
    /// Where it is kept; null unless it is a link.
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }
}
