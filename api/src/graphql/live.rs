//! Live updates: what is new, as soon as the views have it, and from where somebody was before.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::{Context, ID, Result, Subscription};
use domain::event::{Event, Position as At, Recorded};
use domain::id::{CampaignId, CommentId, CommunityId, IdeaId, Item, NotificationId, PostId};
use domain::{ballot, comment, document, idea, post};
use futures::stream::{self, BoxStream, Stream, StreamExt};
use projections::feed::{self, Entry};
use projections::notifications::{self, concerning};
use projections::{campaigns, comments, communities, ideas, posts};

use super::caller::{Asked, Reading};
use super::comment::Comment;
use super::failure::Failure;
use super::feed::FeedItem;
use super::id::{Named, OfKind};
use super::idea::Idea;
use super::notification::Notification;
use super::position::Position;
use crate::engine::Following;

/// Everything that can be followed.
#[derive(Default)]
pub struct LiveSubscription;

/// Everything that can be followed. Each event is read from one moment, and says as the extension `position` where it
/// stands: whoever was cut off goes on from there with `after`, without gap or repeat.
#[Subscription(name = "Subscription")]
impl LiveSubscription {
    /// What is new in a community.
    async fn feed_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community, one that the caller may read.")] community: ID,
        #[graphql(desc = "From this position on; from now on, if absent.")] after: Option<Position>,
    ) -> Result<impl Stream<Item = Result<FeedItem>> + use<>> {
        let of: CommunityId = named(ctx, &community)?;
        readable(ctx, |reading, viewer| {
            Ok(!reading.read(|s| communities::readable(s, viewer, &[of]))?.is_empty())
        })?;
        tell(ctx, after, move |recorded| new_in(&recorded.event, of), feed_items).await
    }

    /// The comments of a post: those added, and those edited or removed, as they stand then.
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The post, one that the caller may read.")] post: ID,
        #[graphql(desc = "From this position on; from now on, if absent.")] after: Option<Position>,
    ) -> Result<impl Stream<Item = Result<Comment>> + use<>> {
        let of: PostId = named(ctx, &post)?;
        readable(ctx, |reading, viewer| Ok(!reading.read(|s| posts::by_ids(s, viewer, &[of]))?.is_empty()))?;
        tell(ctx, after, move |recorded| commented(&recorded.event, of), comments_of).await
    }

    /// Ideas whose tallies or stages change: one idea, or those of a campaign. Of many votes together it tells what
    /// they come to.
    async fn tallies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An idea, or a campaign.")] of: ID,
        #[graphql(desc = "From this position on; from now on, if absent.")] after: Option<Position>,
    ) -> Result<impl Stream<Item = Result<Idea>> + use<>> {
        let of = match named(ctx, &of)? {
            Named::Idea(idea) => Ballots::OfIdea(idea),
            Named::Campaign(campaign) => Ballots::OfCampaign(campaign),
            _ => return Err(Failure::NotFound.into()),
        };
        readable(ctx, |reading, viewer| {
            Ok(match of {
                Ballots::OfIdea(idea) => !reading.read(|s| ideas::by_ids(s, viewer, &[idea]))?.is_empty(),
                Ballots::OfCampaign(id) => !reading.read(|s| campaigns::by_ids(s, viewer, &[id]))?.is_empty(),
            })
        })?;
        tell(ctx, after, move |recorded| of.changed_by(&recorded.event), ideas_of).await
    }

    /// What concerns the caller, as far as they want it among their notifications; not for services.
    async fn notification_received(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From this position on; from now on, if absent.")] after: Option<Position>,
    ) -> Result<impl Stream<Item = Result<Notification>> + use<>> {
        let member = ctx.caller().actor.member().ok_or(Failure::NotFound)?;
        tell(ctx, after, move |recorded| concerning(recorded, member), notifications_of).await
    }

    /// How far the views have come, each time they go on.
    async fn position(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Result<Position>> + use<>> {
        let reading = Arc::clone(ctx.data_unchecked::<Arc<Reading>>());
        let (following, journal) = (ctx.engine().follow(None), reading.ids()?.tag());
        reading.renew();
        Ok(stream::unfold(Some(following), move |following| {
            let reading = Arc::clone(&reading);
            async move {
                let mut following = following?;
                match following.next().await {
                    Ok(told) => {
                        let at = told?.last()?.position;
                        reading.stand_at(at);
                        Some((Ok(Position { journal, at }), Some(following)))
                    }
                    Err(error) => Some((Err(Failure::from(error).into()), None)),
                }
            }
        }))
    }
}

fn named<T: OfKind>(ctx: &Context<'_>, id: &ID) -> Result<T, Failure> {
    ctx.reading().ids()?.named(id).and_then(T::of).ok_or(Failure::NotFound)
}

/// What the caller may not read cannot be followed, and neither can what is not there.
fn readable(
    ctx: &Context<'_>,
    read: impl Fn(&Reading, &projections::Viewer) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let reading = ctx.reading();
    if read(reading, reading.viewer())? { Ok(()) } else { Err(Failure::NotFound) }
}

/// What an event names that concerns a subscriber.
type Concerns<K> = Box<dyn Fn(&Recorded) -> Vec<K> + Send>;

/// Finds things by what events named, for a subscriber.
type Find<K, T> = fn(&Reading, &[K]) -> Result<Vec<(K, T)>, Failure>;

fn feed_items(reading: &Reading, items: &[Item]) -> Result<Vec<(Item, FeedItem)>, Failure> {
    let found = reading.read(|s| feed::by_items(s, reading.viewer(), items))?;
    Ok(found.into_iter().map(|entry| (item_of(&entry), entry.into())).collect())
}

fn comments_of(reading: &Reading, ids: &[CommentId]) -> Result<Vec<(CommentId, Comment)>, Failure> {
    let found = reading.read(|s| comments::by_ids(s, reading.viewer(), ids))?;
    Ok(found.into_iter().map(|row| (row.id, Comment(row))).collect())
}

fn ideas_of(reading: &Reading, ids: &[IdeaId]) -> Result<Vec<(IdeaId, Idea)>, Failure> {
    let found = reading.read(|s| ideas::by_ids(s, reading.viewer(), ids))?;
    Ok(found.into_iter().map(|row| (row.id, Idea(row))).collect())
}

fn notifications_of(
    reading: &Reading,
    ids: &[NotificationId],
) -> Result<Vec<(NotificationId, Notification)>, Failure> {
    let found = reading.read(|s| notifications::by_ids(s, reading.viewer(), ids))?;
    Ok(found.into_iter().map(|row| (row.id, row.into())).collect())
}

/// Tells a subscriber what concerns them, from a position on: the events that name a thing, and the thing as it is
/// found then, if they may see it at that moment.
async fn tell<K, T, I>(
    ctx: &Context<'_>,
    after: Option<Position>,
    concerns: impl Fn(&Recorded) -> I + Send + 'static,
    find: Find<K, T>,
) -> Result<BoxStream<'static, Result<T>>>
where
    I: IntoIterator<Item = K>,
    K: Copy + Eq + Hash + Send + 'static,
    T: Send + 'static,
{
    let reading = Arc::clone(ctx.data_unchecked::<Arc<Reading>>());
    if let Some(after) = after {
        reading.may_follow_from(after).await?;
    }
    let following = ctx.engine().follow(after.map(|after| after.at));
    // What was read to get here is let go: an idle subscriber holds no moment of the views.
    reading.renew();
    let concerns: Concerns<K> = Box::new(move |recorded| concerns(recorded).into_iter().collect());
    let telling = Telling { following, reading, concerns, find, waiting: VecDeque::new() };
    let things = stream::unfold(Some(telling), |telling| async move {
        let mut telling = telling?;
        match telling.next().await {
            Ok(Some(thing)) => Some((Ok(thing), Some(telling))),
            Ok(None) => None,
            Err(failure) => Some((Err(failure.into()), None)),
        }
    });
    Ok(things.boxed())
}

/// One subscriber.
struct Telling<K, T> {
    following: Following,
    reading: Arc<Reading>,
    concerns: Concerns<K>,
    find: Find<K, T>,
    waiting: VecDeque<(At, T)>,
}

impl<K: Copy + Eq + Hash, T> Telling<K, T> {
    /// The next thing; none once the engine has ended.
    async fn next(&mut self) -> Result<Option<T>, Failure> {
        self.reading.renew();
        loop {
            if let Some((at, thing)) = self.waiting.pop_front() {
                self.reading.stand_at(at);
                return Ok(Some(thing));
            }
            match self.following.next().await? {
                Some(told) => self.take(&told)?,
                None => return Ok(None),
            }
        }
    }

    /// What events bring that the subscriber may see at this moment, in the order of the last event of each.
    fn take(&mut self, told: &[Recorded]) -> Result<(), Failure> {
        let mut last: HashMap<K, At> = HashMap::new();
        for recorded in told {
            last.extend((self.concerns)(recorded).into_iter().map(|key| (key, recorded.position)));
        }
        if last.is_empty() {
            return Ok(());
        }
        let keys: Vec<K> = last.keys().copied().collect();
        let found = (self.find)(&self.reading, &keys)?;
        let mut things: Vec<_> =
            found.into_iter().filter_map(|(key, thing)| Some((*last.get(&key)?, thing))).collect();
        things.sort_by_key(|(at, _)| *at);
        self.waiting.extend(things);
        Ok(())
    }
}

fn item_of(entry: &Entry) -> Item {
    match entry {
        Entry::Post(row) => Item::Post(row.id),
        Entry::Document(row) => Item::Document(row.id),
    }
}

/// The item that an event brings into a community, if it does.
fn new_in(event: &Event, community: CommunityId) -> Option<Item> {
    let (item, audience) = match event {
        Event::Post(post::Event::Published(e)) => (Item::Post(e.post), &e.audience),
        Event::Document(document::Event::Shared(e)) => (Item::Document(e.document), &e.audience),
        Event::Document(document::Event::Moved(e)) => (Item::Document(e.document), &e.audience),
        _ => return None,
    };
    (audience.community() == Some(community)).then_some(item)
}

/// The comment of a post that an event adds or changes, if it does.
fn commented(event: &Event, of: PostId) -> Option<CommentId> {
    let Event::Comment(event) = event else { return None };
    let (comment, post) = match event {
        comment::Event::Added(e) => (e.comment, e.post),
        comment::Event::Edited(e) => (e.comment, e.post),
        comment::Event::Removed(e) => (e.comment, e.post),
    };
    (post == of).then_some(comment)
}

/// Whose tallies are followed.
#[derive(Clone, Copy)]
enum Ballots {
    OfIdea(IdeaId),
    OfCampaign(CampaignId),
}

impl Ballots {
    /// The idea among them whose tally or stage an event changes, if it does.
    fn changed_by(self, event: &Event) -> Option<IdeaId> {
        let (idea, campaign) = match event {
            Event::Ballot(ballot::Event::VoteCast(e)) => (e.idea, e.campaign),
            Event::Ballot(ballot::Event::VoteChanged(e)) => (e.idea, e.campaign),
            Event::Ballot(ballot::Event::VoteWithdrawn(e)) => (e.idea, e.campaign),
            Event::Idea(idea::Event::Submitted(e)) => (e.idea, e.campaign),
            Event::Idea(idea::Event::ReviewStarted(e)) => (e.idea, e.campaign),
            Event::Idea(idea::Event::Accepted(e)) => (e.idea, e.campaign),
            Event::Idea(idea::Event::Declined(e)) => (e.idea, e.campaign),
            Event::Idea(idea::Event::Implemented(e)) => (e.idea, e.campaign),
            // The votes of what is merged follow the idea it is merged into.
            Event::Idea(idea::Event::Merged(e)) => (e.into, e.campaign),
            _ => return None,
        };
        let followed = match self {
            Self::OfIdea(of) => of == idea,
            Self::OfCampaign(of) => of == campaign,
        };
        followed.then_some(idea)
    }
}
