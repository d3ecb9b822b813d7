//! Live updates: what is new, as soon as the views have it.

use std::collections::VecDeque;
use std::sync::Arc;

use async_graphql::{Context, ID, Result, Subscription};
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, Item};
use domain::{document, post};
use futures::stream::{self, Stream};
use projections::feed::{self, Entry};
use projections::{Viewer, communities};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::caller::{Asked, Reading};
use super::failure::Failure;
use super::feed::FeedItem;
use super::id::OfKind;
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
        let reading = Arc::clone(ctx.data_unchecked::<Arc<Reading>>());
        let viewer = ctx.viewer();
        let named = reading.ids()?.named(&community).and_then(CommunityId::of).ok_or(Failure::NotFound)?;
        if reading.read(|s| communities::readable(s, &viewer, &[named]))?.is_empty() {
            return Err(Failure::NotFound.into());
        }
        let live = ctx.engine().live();
        // What was read to get here is let go: an idle subscriber holds no moment of the views.
        reading.renew();
        let following = Following { live, reading, viewer, community: named, waiting: VecDeque::new() };
        Ok(stream::unfold(Some(following), |following| async move {
            let mut following = following?;
            match following.next().await {
                Ok(Some(entry)) => Some((Ok(entry.into()), Some(following))),
                Ok(None) => None,
                Err(failure) => Some((Err(failure.into()), None)),
            }
        }))
    }
}

/// One subscriber to one community.
struct Following {
    live: Receiver<Projected>,
    reading: Arc<Reading>,
    viewer: Viewer,
    community: CommunityId,
    waiting: VecDeque<Entry>,
}

impl Following {
    /// The next entry; none once the engine has ended.
    async fn next(&mut self) -> Result<Option<Entry>, Failure> {
        self.reading.renew();
        loop {
            if let Some(entry) = self.waiting.pop_front() {
                return Ok(Some(entry));
            }
            match self.live.recv().await {
                Ok(batch) => self.take(&batch)?,
                Err(RecvError::Lagged(_)) => return Err(Failure::TooSlow),
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// What a batch brings that the subscriber may see at this moment.
    fn take(&mut self, batch: &[Recorded]) -> Result<(), Failure> {
        let items: Vec<Item> =
            batch.iter().filter_map(|recorded| new_in(&recorded.event, self.community)).collect();
        if !items.is_empty() {
            let found = self.reading.read(|s| feed::by_items(s, &self.viewer, &items))?;
            self.waiting.extend(found);
        }
        Ok(())
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
