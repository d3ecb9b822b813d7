//! Subscriptions, for any adapter that can say when its end has moved.

use std::time::Duration;

use domain::event::Position;
use futures::stream::{BoxStream, StreamExt, try_unfold};
use tokio::sync::watch;

use crate::port::{Error, Page};

/// How many events are read at a time: enough for whoever catches up to write a lot at once.
const PAGE: usize = 10_000;
/// How often the end is looked at when nobody says that it moved: another process may have written.
const POLL: Duration = Duration::from_millis(500);

/// Reads pages of all streams.
#[async_trait::async_trait]
pub(crate) trait Pages: Send + Sync + 'static {
    async fn page(&self, after: Position, limit: usize) -> Result<Page, Error>;
}

/// Pages after a position, then what comes, until whoever tells the end is gone.
pub(crate) fn follow<P: Pages>(
    pages: P,
    end: watch::Receiver<Position>,
    after: Position,
) -> BoxStream<'static, Result<Page, Error>> {
    try_unfold((pages, end, after), |(pages, mut end, mut after)| async move {
        loop {
            let page = pages.page(after, PAGE).await?;
            after = page.next;
            if !page.events.is_empty() {
                return Ok(Some((page, (pages, end, after))));
            }
            if page.next >= page.end {
                let moved = end.wait_for(|end| *end > after);
                if let Ok(Err(_closed)) = tokio::time::timeout(POLL, moved).await {
                    return Ok(None);
                }
            }
        }
    })
    .boxed()
}
