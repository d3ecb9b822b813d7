//! Who asks, and what one answer is read from.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_graphql::{Context, ID, Result};
use domain::decision::Actor;
use domain::id::{DepartmentId, MemberId};
use parking_lot::Mutex;
use projections::{Snapshot, Viewer, directory, organisation};

use super::failure::Failure;
use super::id::{Ids, Named};
use super::position::Position;
use crate::engine::Engine;
use crate::http::Language;

/// Who asks, as their token says.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// As whom.
    pub actor: Actor,
}

impl Caller {
    /// For requests that nobody authenticated: a member that there is not, who sees nothing addressed to anybody.
    pub(super) const NOBODY: Self = Self { actor: Actor::Member(MemberId(uuid::Uuid::nil())) };

    /// What they may look at.
    pub fn viewer(self) -> Viewer {
        self.actor.member().map_or(Viewer::Operator, Viewer::Member)
    }
}

/// The one moment of the views that an answer is read from; opened when it is first needed, and again after a
/// mutation has changed something.
pub(crate) struct Reading {
    engine: Arc<Engine>,
    viewer: Viewer,
    ids: Arc<Established>,
    moment: Mutex<Option<Snapshot>>,
    members: Loaded<MemberId, directory::Member>,
    departments: Loaded<DepartmentId, directory::Department>,
}

/// What was loaded for this answer by id, so that a page of rows costs one statement and not one each.
type Loaded<K, V> = Mutex<HashMap<K, V>>;

/// The ids of the organisation, once it is established: from then on they stay what they are.
pub(crate) type Established = OnceLock<Ids>;

/// How long a query waits for the position it asks for.
const AT_LEAST_WAIT: Duration = Duration::from_secs(2);

impl Reading {
    /// A reading of the newest moment.
    pub(crate) fn new(engine: Arc<Engine>, viewer: Viewer, ids: Arc<Established>) -> Self {
        let (members, departments) = (Loaded::default(), Loaded::default());
        Self { engine, viewer, ids, moment: Mutex::new(None), members, departments }
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

    /// The ids of the organisation.
    pub(crate) fn ids(&self) -> Result<Ids, Failure> {
        if let Some(ids) = self.ids.get() {
            return Ok(*ids);
        }
        let found = self.read(|snapshot| organisation::organisation(snapshot, &Viewer::Operator))?;
        Ok(found.map(|found| *self.ids.get_or_init(|| Ids::of(found.id))).unwrap_or_default())
    }

    /// Where the moment stands; `None` when nothing was read.
    pub(crate) fn position(&self) -> Option<Position> {
        let at = self.moment.lock().as_ref()?.position();
        Some(Position { journal: self.ids().unwrap_or_default().tag(), at })
    }

    /// For how long the views have been far behind the journal, if they are.
    pub(crate) fn far_behind(&self) -> Option<Duration> {
        self.engine.far_behind()
    }

    /// Lets the moment go; what is read next is read from the newest.
    pub(crate) fn renew(&self) {
        *self.moment.lock() = None;
        self.members.lock().clear();
        self.departments.lock().clear();
    }

    /// Loads members that are about to be asked for, in one statement.
    pub(crate) fn prefetch_members(&self, ids: impl Iterator<Item = MemberId>) -> Result<(), Failure> {
        let mut members = self.members.lock();
        let wanted: Vec<MemberId> = ids.filter(|id| !members.contains_key(id)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let now = self.engine.now();
        let found = self.read(|s| directory::members_by_ids(s, &self.viewer, &wanted, now))?;
        members.extend(found.into_iter().map(|member| (member.id, member)));
        Ok(())
    }

    /// A member.
    pub(crate) fn member(&self, id: MemberId) -> Result<Option<directory::Member>, Failure> {
        self.prefetch_members(std::iter::once(id))?;
        Ok(self.members.lock().get(&id).cloned())
    }

    /// Loads departments that are about to be asked for, in one statement.
    pub(crate) fn prefetch_departments(
        &self,
        ids: impl Iterator<Item = DepartmentId>,
    ) -> Result<(), Failure> {
        let mut departments = self.departments.lock();
        let wanted: Vec<DepartmentId> = ids.filter(|id| !departments.contains_key(id)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let found = self.read(|s| directory::departments_by_ids(s, &self.viewer, &wanted))?;
        departments.extend(found.into_iter().map(|department| (department.id, department)));
        Ok(())
    }

    /// A department.
    pub(crate) fn department(&self, id: DepartmentId) -> Result<Option<directory::Department>, Failure> {
        self.prefetch_departments(std::iter::once(id))?;
        Ok(self.departments.lock().get(&id).cloned())
    }

    /// Goes on to a moment at which a position has been reached.
    pub(crate) async fn at_least(&self, position: Position) -> Result<(), Failure> {
        if position.journal != self.ids()?.tag()
            || position.at > self.engine.journal().end().await.map_err(crate::engine::Error::from)?
        {
            return Err(Failure::PositionUnknown);
        }
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
