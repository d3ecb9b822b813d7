//! Search: what holds the words that somebody typed, with what was found marked in the texts as they were written.

use async_graphql::connection::EmptyFields;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Union};
use domain::id::{CommunityId, MemberId};
use projections::search::{self, Entry, Excerpt, Query};

use super::caller::Asked;
use super::community::Community;
use super::document::Document;
use super::failure::Failure;
use super::id::{Named, OfKind};
use super::idea::Idea;
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::post::Post;
use super::time::DateTime;

const RESULTS: Listed = Listed("search");

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "SearchKind", remote = "search::Kind")]
pub(crate) enum Kind {
    /// Posts.
    Post,
    /// Documents, by their names.
    Document,
    /// Ideas.
    Idea,
    /// Members, by their names.
    Member,
    /// Communities.
    Community,
}

/// Which text of something was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "SearchedText", remote = "search::Part")]
pub(crate) enum Part {
    /// Its name or title.
    Name,
    /// Its body or summary.
    Text,
}

/// Something that was found.
#[derive(Union)]
pub(crate) enum SearchResult {
    /// A post.
    Post(Post),
    /// A document.
    Document(Document),
    /// An idea.
    Idea(Idea),
    /// A member.
    Member(Member),
    /// A community.
    Community(Community),
}

impl From<Entry> for SearchResult {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Post(row) => Self::Post(Post(row)),
            Entry::Document(row) => Self::Document(Document(row)),
            Entry::Idea(row) => Self::Idea(Idea(row)),
            Entry::Member(row) => Self::Member(Member(row)),
            Entry::Community(row) => Self::Community(Community(row)),
        }
    }
}

/// What narrows a search down; whatever is left out narrows nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct SearchFilter {
    /// Things of these kinds alone.
    kinds: Option<Vec<Kind>>,
    /// What is in this community alone, itself among them.
    community: Option<ID>,
    /// What this member wrote, shared or submitted alone.
    author: Option<ID>,
    /// What is declared to be in this language alone, by the first part of its BCP 47 tag: `fr` finds `fr-CA`.
    language: Option<String>,
    /// What was published, founded or registered at this time or later alone.
    since: Option<DateTime>,
    /// What was published, founded or registered before this time alone.
    until: Option<DateTime>,
}

/// A piece of a text as it was written.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "SearchPiece")]
pub(crate) struct Piece {
    /// The piece; all of them after each other are the excerpt.
    text: String,
    /// Whether it is a word that was searched for.
    found: bool,
}

/// Part of a text in which something was found, in pieces to be shown one after the other.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "SearchExcerpt")]
pub(crate) struct Shown {
    /// Which text it is of.
    of: Part,
    /// Its pieces, in their order.
    pieces: Vec<Piece>,
    /// Whether the text begins earlier.
    cut_before: bool,
    /// Whether the text goes on.
    cut_after: bool,
}

impl Shown {
    fn new(of: search::Part, Excerpt { pieces, cut_before, cut_after }: Excerpt) -> Self {
        let piece = |piece: search::Piece| Piece { text: piece.text, found: piece.found };
        Self { of: of.into(), pieces: pieces.into_iter().map(piece).collect(), cut_before, cut_after }
    }
}

/// What a result says besides what it is.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct Found {
    /// What was found in its texts: of its name first.
    excerpts: Vec<Shown>,
}

impl SearchFilter {
    fn read(&self, ctx: &Context<'_>) -> Result<search::Filters, Failure> {
        let kinds = self.kinds.iter().flatten().map(|kind| (*kind).into()).collect();
        let named_by = |id: &ID| Ok::<_, Failure>(ctx.reading().ids()?.named(id));
        let community = self.community.as_ref().map(|id| named::<CommunityId>(named_by(id)?, "community"));
        let author = self.author.as_ref().map(|id| named::<MemberId>(named_by(id)?, "author"));
        let language = self.language.as_deref().map(str::parse::<domain::words::Language>).transpose();
        Ok(search::Filters {
            kinds,
            community: community.transpose()?,
            author: author.transpose()?,
            language: language
                .map_err(|refused| Failure::bad_input(refused.en, refused.fr))?
                .map(|language| language.to_string()),
            since: self.since.map(|at| at.0),
            until: self.until.map(|at| at.0),
        })
    }
}

fn named<T: OfKind>(named: Option<Named>, kind: &str) -> Result<T, Failure> {
    named.and_then(T::of).ok_or_else(|| {
        Failure::bad_input(
            format!("The id given as {kind} names nothing of the kind here; look it up again."),
            format!("L’identifiant donné comme {kind} ne nomme rien de tel ici ; cherchez-le de nouveau."),
        )
    })
}

/// Queries that search.
#[derive(Default)]
pub(crate) struct SearchQuery;

#[Object]
#[allow(clippy::too_many_arguments, reason = "each is an argument of the field")]
impl SearchQuery {
    /// What holds all the words of a query, of what the caller may see: in its name first, then anywhere, each the
    /// newest first. Case, accents, ligatures and elided articles make no difference, and forms of a word in French or
    /// English find each other. A word with `*` behind it is the beginning of one, and what stands between double quotes
    /// is found as it stands, its words one behind the other; nothing else is syntax.
    ///
    /// The first page leaves a trace of the search: the caller and the words sealed, with how much was found by the
    /// department it belongs to; once for the same words and local day, and none while typing.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words: at most 300 characters and 20 words.")] query: String,
        #[graphql(desc = "What narrows the search down.")] filter: Option<SearchFilter>,
        #[graphql(
            desc = "Whether the query is still being typed: its last word is then the beginning of one.",
            default
        )]
        typing: bool,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Result<Connection<SearchResult, EmptyFields, Found>> {
        let slice = Slice { first, after, last, before };
        let paging = RESULTS.paging(&slice)?;
        let sought =
            Query::try_new(&query, typing, filter.unwrap_or_default().read(ctx)?).map_err(Failure::from)?;
        if !typing && slice.after.is_none() && slice.before.is_none() {
            let recorded = ctx.engine().searched(ctx.caller().actor, &query, &sought).await;
            if let Err(error) = recorded {
                tracing::warn!(%error, "a search left no trace");
            }
        }
        let page = ctx.reading().read(|s| search::search(s, &ctx.viewer(), &sought, &paging))?;
        let found = |hit: &search::Hit| Found {
            excerpts: hit
                .entry
                .excerpts(&sought)
                .into_iter()
                .map(|(of, text)| Shown::new(of, text))
                .collect(),
        };
        Ok(RESULTS.connection_saying(&slice, page, |hit| (hit.key, found(hit)), |hit| hit.entry.into()))
    }
}
