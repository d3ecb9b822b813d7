//! A lease of several nodes on one database: an advisory lock that a session holds, so that the database itself gives
//! it to another node once the session ends, or has not been heard of for a while.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, Executor, PgConnection, Row, query};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::{Part, connect_options, failed};
use crate::lease::{Held, Lease};
use crate::port::Error;

const HOLDING: &str = "holding a lease";
const KEEPING: &str = "keeping how far work has come";
/// Time for the database to answer; less than it takes to let go of a session, so that whoever is cut off knows first.
const ANSWER: Duration = Duration::from_secs(3);
/// What the database waits for a session that says nothing: frozen, cut off, or gone with its machine. Databases older
/// than PostgreSQL 14 do not know it, and notice when the connection ends.
const SILENCE: &str = "SELECT set_config('idle_session_timeout', '10s', false)";

/// The session of a node.
struct Session {
    connection: PgConnection,
    holds: bool,
}

/// A lease in a PostgreSQL database.
pub struct PostgresLease {
    options: PgConnectOptions,
    name: &'static str,
    session: Mutex<Option<Session>>,
}

impl PostgresLease {
    /// The lease of this name; nothing is asked yet.
    pub fn try_new(url: &str, name: &'static str) -> Result<Self, Error> {
        let options = connect_options(url, Part::History)?;
        Ok(Self { options, name, session: Mutex::new(None) })
    }

    async fn opened(&self) -> Result<Session, sqlx::Error> {
        let mut connection = PgConnection::connect_with(&self.options).await?;
        if let Err(error) = connection.execute(SILENCE).await
            && !matches!(error, sqlx::Error::Database(_))
        {
            return Err(error);
        }
        Ok(Session { connection, holds: false })
    }

    /// Asks within a session, which is left there if all went well: a lease ends with its session.
    async fn ask(&self, kept: &mut Option<Session>) -> Result<Held, sqlx::Error> {
        let mut session = match kept.take() {
            Some(session) => session,
            None => self.opened().await?,
        };
        let held = if session.holds {
            session.connection.ping().await?;
            Held::Still
        } else {
            let asked = query("SELECT pg_try_advisory_lock(hashtext('passerelle lease'), hashtext($1))");
            let row = asked.bind(self.name).fetch_one(&mut session.connection).await?;
            session.holds = row.try_get(0)?;
            if session.holds { Held::Anew } else { Held::Elsewhere }
        };
        *kept = Some(session);
        Ok(held)
    }
}

/// In time, or not at all.
async fn within<T>(
    doing: &'static str,
    asked: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, Error> {
    match timeout(ANSWER, asked).await {
        Ok(answer) => answer.map_err(failed(doing)),
        Err(late) => Err(Error::failed(doing)(late.into())),
    }
}

#[async_trait]
impl Lease for PostgresLease {
    async fn hold(&self) -> Result<Held, Error> {
        let mut session = self.session.lock().await;
        let mut kept = session.take();
        let fresh = kept.is_none();
        let held = match within(HOLDING, self.ask(&mut kept)).await {
            // The session may have ended while nothing was the matter with the database.
            Err(_) if !fresh => within(HOLDING, self.ask(&mut kept)).await,
            held => held,
        };
        *session = kept;
        held
    }

    async fn read(&self) -> Result<Option<Vec<u8>>, Error> {
        let mut session = self.session.lock().await;
        let Some(session) = session.as_mut() else { return Err(Error::failed(KEEPING)("no session".into())) };
        let asked = query("SELECT progress FROM leases WHERE name = $1").bind(self.name);
        let row = within(KEEPING, asked.fetch_optional(&mut session.connection)).await?;
        row.map(|row| row.try_get(0)).transpose().map_err(failed(KEEPING))
    }

    /// Over the session that has the lease: one that has ended writes nothing.
    async fn write(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut session = self.session.lock().await;
        let Some(session) = session.as_mut().filter(|session| session.holds) else {
            return Err(Error::failed(KEEPING)("another node has the lease".into()));
        };
        let asked = query(
            "INSERT INTO leases (name, progress) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET progress = excluded.progress",
        );
        let asked = asked.bind(self.name).bind(bytes).execute(&mut session.connection);
        within(KEEPING, asked).await.map(drop)
    }
}
