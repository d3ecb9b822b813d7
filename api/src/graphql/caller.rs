//! Who asks, and what one answer is read from.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_graphql::{Context, ID, Result};
use domain::decision::Actor;
use domain::id::MemberId;
use domain::time::Time;
use domain::token::Scope;
use parking_lot::Mutex;
use projections::{Snapshot, Viewer, organisation};

use super::failure::Failure;
use super::id::{Ids, Named};
use super::loader::Turns;
use super::loaders::Loaders;
use super::position::Position;
use crate::engine::Engine;
use crate::http::Language;

/// Who asks, as what they bring says.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// As whom.
    pub actor: Actor,
    /// What they may look at.
    viewer: Viewer,
    /// What a token lets them do besides reading; whatever they may themselves without one.
    pub scopes: &'static [Scope],
}

impl Caller {
    /// For requests that nobody authenticated: a member that there is not, who sees nothing addressed to anybody.
    pub(super) const NOBODY: Self =
        Self { actor: Actor::Member(MemberId(uuid::Uuid::nil())), viewer: Viewer::ANYBODY, scopes: &[] };

    /// Somebody in person.
    pub fn of(actor: Actor) -> Self {
        Self { actor, viewer: actor.member().map_or(Viewer::Operator, Viewer::Member), scopes: Scope::ALL }
    }

    /// Somebody with a token that is for this alone. One that acts as nobody reads what everybody reads.
    pub fn with(actor: Actor, scopes: &[Scope]) -> Self {
        let scopes: &[Scope] = match (scopes.contains(&Scope::Write), scopes.contains(&Scope::Administer)) {
            (true, true) => Scope::ALL,
            (true, false) => &[Scope::Write],
            (false, true) => &[Scope::Administer],
            (false, false) => &[],
        };
        Self { actor, viewer: actor.member().map_or(Viewer::ANYBODY, Viewer::Member), scopes }
    }

    /// What they may look at.
    pub fn viewer(self) -> Viewer {
        self.viewer
    }
}

/// The one moment of the views that an answer is read from; opened when it is first needed, and again after a
/// mutation has changed something.
pub(crate) struct Reading {
    engine: Arc<Engine>,
    viewer: Viewer,
    ids: Arc<Established>,
    moment: Mutex<Option<Snapshot>>,
    /// What an event of a subscription says about where it stands.
    stands_at: Mutex<Option<domain::event::Position>>,
    /// None while nothing was loaded: many wait long for what they follow.
    loaders: Mutex<Option<Arc<Loaders>>>,
    turns: Turns,
}

/// The ids of the organisation, once it is established: from then on they stay what they are.
pub(crate) type Established = OnceLock<Ids>;

/// How far back a subscription goes on from, in positions.
const FOLLOWED_BACK: u64 = 100_000;
/// How long a query waits for the position it asks for.
const AT_LEAST_WAIT: Duration = Duration::from_secs(2);

impl Reading {
    /// A reading of the newest moment.
    pub(crate) fn new(engine: Arc<Engine>, viewer: Viewer, ids: Arc<Established>) -> Self {
        Self {
            engine,
            viewer,
            ids,
            moment: Mutex::new(None),
            stands_at: Mutex::new(None),
            loaders: Mutex::default(),
            turns: Turns::default(),
        }
    }

    /// Reads from the moment.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Snapshot) -> Result<T, projections::Error>,
    ) -> Result<T, Failure> {
        let mut moment = self.moment.lock();
        let snapshot = match moment.take() {
            Some(snapshot) => snapshot,
            None => self.engine.snapshot()?,
        };
        Ok(read(moment.insert(snapshot))?)
    }

    /// What was loaded from the moment by id.
    pub(crate) fn loaders(&self) -> Arc<Loaders> {
        Arc::clone(self.loaders.lock().get_or_insert_default())
    }

    /// The turns in which what is loaded is asked for.
    pub(crate) fn turns(&self) -> &Turns {
        &self.turns
    }

    /// For whom.
    pub(crate) fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// What time it is.
    pub(crate) fn now(&self) -> Time {
        self.engine.now()
    }

    /// The ids of the organisation.
    pub(crate) fn ids(&self) -> Result<Ids, Failure> {
        if let Some(ids) = self.ids.get() {
            return Ok(*ids);
        }
        let found = self.read(|snapshot| organisation::organisation(snapshot, &Viewer::Operator))?;
        Ok(found.map(|found| *self.ids.get_or_init(|| Ids::of(found.id))).unwrap_or_default())
    }

    /// Says of what is told next which event brought it: whoever goes on from there misses nothing, though the moment
    /// it is read from may be later.
    pub(crate) fn stand_at(&self, at: domain::event::Position) {
        *self.stands_at.lock() = Some(at);
    }

    /// Where the answer stands; `None` when nothing was read.
    pub(crate) fn position(&self) -> Option<Position> {
        let told = *self.stands_at.lock();
        let at = match told {
            Some(at) => at,
            None => self.moment.lock().as_ref()?.position(),
        };
        Some(self.position_at(at))
    }

    /// A position of the journal, as clients hold it.
    pub(crate) fn position_at(&self, at: domain::event::Position) -> Position {
        Position { journal: self.ids().unwrap_or_default().tag(), at }
    }

    /// For how long the views have been far behind the journal, if they are.
    pub(crate) fn far_behind(&self) -> Option<Duration> {
        self.engine.far_behind()
    }

    /// Lets the moment go; what is read next is read from the newest.
    pub(crate) fn renew(&self) {
        *self.moment.lock() = None;
        *self.loaders.lock() = None;
    }

    /// Refused unless the position was given out by this journal.
    pub(crate) async fn known(&self, position: Position) -> Result<(), Failure> {
        let end = self.engine.journal().end().await.map_err(crate::engine::Error::from)?;
        let ours = position.journal == self.ids()?.tag() && position.at <= end;
        if ours { Ok(()) } else { Err(Failure::PositionUnknown) }
    }

    /// Refused unless somebody may go on from a position: one of this journal, and not so long ago that reading the
    /// list again costs less.
    pub(crate) async fn may_follow_from(&self, position: Position) -> Result<(), Failure> {
        self.known(position).await?;
        let reached = self.engine.progress().borrow().position;
        if reached.0.saturating_sub(position.at.0) > FOLLOWED_BACK {
            return Err(Failure::PositionTooOld);
        }
        Ok(())
    }

    /// Goes on to a moment at which a position has been reached.
    pub(crate) async fn at_least(&self, position: Position) -> Result<(), Failure> {
        self.known(position).await?;
        if !self.engine.wait_for(position.at, AT_LEAST_WAIT).await {
            let reached = self.engine.progress().borrow().position;
            return Err(Failure::ProjectionLag { behind: position.at.0.saturating_sub(reached.0) });
        }
        self.renew();
        Ok(())
    }
}

/// What resolvers find in the context of a request: the endpoint and the transport put it there.
pub(crate) trait Asked {
    /// Who asks.
    fn caller(&self) -> Caller;
    /// The language of messages.
    fn language(&self) -> Language;
    /// The global id of something that was read.
    fn global(&self, named: impl Into<Named>) -> ID {
        self.reading().ids().unwrap_or_default().global(named)
    }
    /// What they may look at.
    fn viewer(&self) -> Viewer {
        self.caller().viewer()
    }
    /// The engine.
    fn engine(&self) -> &Arc<Engine>;
    /// The moment the answer is read from.
    fn reading(&self) -> &Reading;
}

impl Asked for Context<'_> {
    fn caller(&self) -> Caller {
        *self.data_unchecked()
    }
    fn language(&self) -> Language {
        self.data_opt().copied().unwrap_or_default()
    }
    fn engine(&self) -> &Arc<Engine> {
        self.data_unchecked()
    }
    fn reading(&self) -> &Reading {
        self.data_unchecked::<Arc<Reading>>()
    }
}
