//! Live updates: what is new, as soon as the views have it.

use std::collections::VecDeque;
use std::sync::Arc;

use async_graphql::{Context, ID, Result, Subscription};
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, Item};
use domain::{document, post};
use futures::stream::{self, Stream};
use projections::notifications::{self, concerning};
use projections::{communities, feed};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::caller::{Asked, Reading};
use super::failure::Failure;
use super::feed::FeedItem;
use super::id::OfKind;
use super::notification::Notification;
use crate::engine::Projected;

/// Everything that can be followed.
#[derive(Default)]
pub struct LiveSubscription;

/// Everything that can be followed.
#[Subscription(name = "Subscription")]
impl LiveSubscription {
    /// What is new in a community, from now on. Each event is read from one moment and says at which position it
    /// stands. A reader that is too slow is told so and ends: read the feed again and subscribe anew.
    async fn feed_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The community, one that the caller may read.")] community: ID,
    ) -> Result<impl Stream<Item = Result<FeedItem>> + use<>> {
        let (reading, viewer) = (ctx.reading(), ctx.viewer());
        let named = reading.ids()?.named(&community).and_then(CommunityId::of).ok_or(Failure::NotFound)?;
        if reading.read(|s| communities::readable(s, &viewer, &[named]))?.is_empty() {
            return Err(Failure::NotFound.into());
        }
        Ok(following(
            ctx,
            Box::new(move |reading, batch| {
                let items: Vec<Item> =
                    batch.iter().filter_map(|recorded| new_in(&recorded.event, named)).collect();
                if items.is_empty() {
                    return Ok(vec![]);
                }
                let found = reading.read(|s| feed::by_items(s, &viewer, &items))?;
                Ok(found.into_iter().map(FeedItem::from).collect())
            }),
        ))
    }

    /// What concerns the caller, from now on, as far as they want it among their notifications; not for services. A
    /// reader that is too slow is told so and ends: read the notifications again and subscribe anew.
    async fn notification_received(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = Result<Notification>> + use<>> {
        let (viewer, member) = (ctx.viewer(), ctx.caller().actor.member().ok_or(Failure::NotFound)?);
        Ok(following(
            ctx,
            Box::new(move |reading, batch| {
                let ids: Vec<_> = batch.iter().flat_map(|event| concerning(event, member)).collect();
                if ids.is_empty() {
                    return Ok(vec![]);
                }
                let found = reading.read(|s| notifications::by_ids(s, &viewer, &ids))?;
                Ok(found.into_iter().map(Notification::from).collect())
            }),
        ))
    }
}

/// What a batch brings that the subscriber may see at this moment.
type Find<T> = Box<dyn Fn(&Reading, &[Recorded]) -> Result<Vec<T>, Failure> + Send + Sync>;

/// What is found in each batch from now on.
fn following<T: Send + 'static>(ctx: &Context<'_>, find: Find<T>) -> impl Stream<Item = Result<T>> + use<T> {
    let reading = Arc::clone(ctx.data_unchecked::<Arc<Reading>>());
    let live = ctx.engine().live();
    // What was read to get here is let go: an idle subscriber holds no moment of the views.
    reading.renew();
    let following = Following { live, reading, find, waiting: VecDeque::new() };
    stream::unfold(Some(following), |following| async move {
        let mut following = following?;
        match following.next().await {
            Ok(Some(found)) => Some((Ok(found), Some(following))),
            Ok(None) => None,
            Err(failure) => Some((Err(failure.into()), None)),
        }
    })
}

/// One subscriber.
struct Following<T> {
    live: Receiver<Projected>,
    reading: Arc<Reading>,
    find: Find<T>,
    waiting: VecDeque<T>,
}

impl<T> Following<T> {
    /// The next thing found; none once the engine has ended.
    async fn next(&mut self) -> Result<Option<T>, Failure> {
        self.reading.renew();
        loop {
            if let Some(found) = self.waiting.pop_front() {
                return Ok(Some(found));
            }
            match self.live.recv().await {
                Ok(batch) => self.waiting.extend((self.find)(&self.reading, &batch)?),
                Err(RecvError::Lagged(_)) => return Err(Failure::TooSlow),
                Err(RecvError::Closed) => return Ok(None),
            }
        }
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
