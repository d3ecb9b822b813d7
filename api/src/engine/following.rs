//! Following the journal as the views come to have it: from a position on, without gap or repeat.

use std::ops::Deref;
use std::sync::Arc;

use domain::event::{Position, Recorded};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::{Engine, Error, Projected};

/// Who follows: what happened meanwhile is read from the journal, what happens then comes by itself. Whoever falls
/// behind reads on from the journal too.
pub struct Following {
    engine: Arc<Engine>,
    live: Receiver<Projected>,
    seen: Position,
    behind: bool,
}

/// Consecutive events that the views have, as far as the follower has not seen them.
pub enum Told {
    /// A batch, from this place on.
    Live(Projected, usize),
    /// A page of the journal.
    Read(Vec<Recorded>),
}

impl Deref for Told {
    type Target = [Recorded];

    fn deref(&self) -> &[Recorded] {
        match self {
            Self::Live(batch, from) => batch.get(*from..).unwrap_or_default(),
            Self::Read(events) => events,
        }
    }
}

/// Events read at a time while catching up.
const PAGE: usize = 1_000;

impl Engine {
    /// Follows from a position on, or from now on.
    pub fn follow(self: &Arc<Self>, after: Option<Position>) -> Following {
        // In this order: what the views come to have in between is told twice, and left out once.
        let live = self.live.subscribe();
        let reached = self.progress.borrow().position;
        let seen = after.unwrap_or(reached);
        Following { engine: Arc::clone(self), live, seen, behind: seen < reached }
    }
}

impl Following {
    /// The next events; none once the engine has ended.
    pub async fn next(&mut self) -> Result<Option<Told>, Error> {
        loop {
            let told = if self.behind { self.catch_up().await? } else { self.live().await };
            match told {
                Some(told) if told.is_empty() => {}
                Some(told) => {
                    self.seen = told.last().map_or(self.seen, |last| last.position);
                    return Ok(Some(told));
                }
                None => return Ok(None),
            }
        }
    }

    /// What comes by itself; none once the engine has ended.
    async fn live(&mut self) -> Option<Told> {
        match self.live.recv().await {
            Ok(batch) => {
                let from = batch.partition_point(|recorded| recorded.position <= self.seen);
                Some(Told::Live(batch, from))
            }
            Err(RecvError::Lagged(_)) => {
                self.behind = true;
                Some(Told::Read(vec![]))
            }
            Err(RecvError::Closed) => None,
        }
    }

    /// A page of what happened meanwhile, as far as the views have it.
    async fn catch_up(&mut self) -> Result<Option<Told>, Error> {
        let reached = self.engine.progress.borrow().position;
        let page = self.engine.journal.read_all(self.seen, PAGE).await?;
        let read = page.events.len();
        let shown: Vec<_> = page.events.into_iter().take_while(|event| event.position <= reached).collect();
        self.behind = shown.len() == read && page.next < reached;
        if shown.is_empty() && self.behind {
            // Nothing ever appears where a reader has passed.
            self.seen = page.next;
        }
        Ok(Some(Told::Read(self.engine.codec.decode(&shown).await?)))
    }
}
