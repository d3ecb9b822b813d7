//! The caller's notifications: what concerns them, who caused it, and whether they have read it. Nobody sees another's.

use async_graphql::connection::Edge;
use async_graphql::{Context, Enum, ID, Object, Result, Union};
use domain::id::{Item, NotificationId};
use domain::notification::Kind;
use domain::reading::Feed;
use projections::notifications::{self, About, Which};
use projections::{disclosures, reading};

use super::caller::Asked;
use super::comment::Comment;
use super::community::Community;
use super::document::Document;
use super::failure::Failure;
use super::idea::Idea;
use super::items::InList;
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::personal_feed::Unread;
use super::post::Post;
use super::time::DateTime;

const NOTIFICATIONS: Listed = Listed("notifications");

/// What a notification tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::notification::Kind")]
pub(crate) enum NotificationKind {
    /// Somebody mentioned the caller.
    Mention,
    /// Somebody answered the caller's post or comment.
    Answer,
    /// The caller's answer to a question was accepted.
    AnswerAccepted,
    /// It was decided on the caller's idea: accepted, declined, carried out, or merged into another.
    IdeaDecided,
    /// The caller is invited into a community; there until they have come in or it is taken back.
    Invitation,
    /// Somebody asks to be let into a community that the caller moderates; there until it is decided.
    Request,
    /// The caller's request to be let into a community was decided on.
    RequestDecided,
    /// An announcement wants to be acknowledged; read once it is.
    Announcement,
    /// What the caller wrote, or what is for them, was opened to an administrator, for a reason.
    Disclosure,
}

/// What a notification is about.
#[derive(Union)]
pub(crate) enum NotificationSubject {
    /// A post.
    Post(Post),
    /// A comment.
    Comment(Comment),
    /// A document.
    Document(Document),
    /// An idea.
    Idea(Idea),
    /// A community.
    Community(Community),
}

/// A notification of the caller.
pub(crate) struct Notification(notifications::Notification);

impl Notification {
    /// A notification by its id, if it is the caller's.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: NotificationId) -> Result<Option<Self>, Failure> {
        let reading = ctx.reading();
        Ok(reading.loaders().notifications.load(reading, id).await?.map(Self))
    }

    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<NotificationSubject>, Failure> {
        use NotificationSubject as Subject;
        Ok(match self.0.about {
            About::Item(Item::Post(id)) => Post::by_id(ctx, id).await?.map(Subject::Post),
            About::Item(Item::Comment(id)) => Comment::by_id(ctx, id).await?.map(Subject::Comment),
            About::Item(Item::Document(id)) => Document::by_id(ctx, id).await?.map(Subject::Document),
            About::Item(Item::Idea(id)) => Idea::by_id(ctx, id).await?.map(Subject::Idea),
            About::Community(id) => Community::by_id(ctx, id).await?.map(Subject::Community),
        })
    }
}

impl From<notifications::Notification> for Notification {
    fn from(row: notifications::Notification) -> Self {
        Self(row)
    }
}

/// A notification: something that concerns the caller. It goes when what it is about goes, or is no longer for them.
#[Object]
impl Notification {
    /// Its id: it names this for the caller alone.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> ID {
        ctx.global(self.0.id)
    }
    /// What it tells of.
    async fn kind(&self) -> NotificationKind {
        self.0.kind.into()
    }
    /// What it is about.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<NotificationSubject>> {
        self.subject(ctx).await.map_err(Into::into).transpose()
    }
    /// Who caused it; null when it was no person.
    async fn by(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.by?).await
    }
    /// Why, where something was opened to an administrator; null of other kinds, and once it was erased.
    async fn reason(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        if self.0.kind != Kind::Disclosure {
            return None;
        }
        let found = ctx.reading().read(|s| disclosures::reason(s, &ctx.viewer(), self.0.id));
        found.map_err(Into::into).transpose()
    }
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
    /// Whether the caller has read it, as they said themselves, or acknowledged it.
    async fn read(&self) -> bool {
        self.0.read
    }
}

/// How far the caller has read their notifications.
pub(crate) struct Progress;

/// How far the caller has read their notifications.
#[Object(name = "NotificationProgress")]
impl Progress {
    /// Up to where the caller has read them all, as they said with `markAllNotificationsRead`; null if they never
    /// did.
    async fn read_up_to(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        let found = ctx.reading().read(|s| reading::up_to(s, &ctx.viewer(), Feed::Notifications));
        found.map(|up_to| up_to.map(DateTime)).map_err(Into::into).transpose()
    }
    /// How many are unread, on all pages.
    async fn unread(&self, ctx: &Context<'_>) -> Result<Unread> {
        Ok(ctx.reading().read(|s| notifications::unread(s, &ctx.viewer()))?.into())
    }
}

/// A page of notifications.
pub(crate) type Notifications = Connection<Notification, Progress>;

/// The caller's notifications, the newest first.
pub(crate) fn of_caller(ctx: &Context<'_>, slice: &Slice, unread_only: bool) -> Result<Notifications> {
    let which = if unread_only { Which::Unread } else { Which::All };
    let paging = NOTIFICATIONS.paging(slice)?;
    let page = ctx.reading().read(|s| notifications::of_viewer(s, &ctx.viewer(), which, &paging))?;
    let (previous, next) = slice.neighbours(page.more);
    let mut list = Connection::with_additional_fields(previous, next, Progress);
    list.edges.extend(page.rows.into_iter().map(|row| {
        let cursor = NOTIFICATIONS.cursor(&row.key());
        Edge::new(cursor, InList(Notification(row)))
    }));
    Ok(list)
}
