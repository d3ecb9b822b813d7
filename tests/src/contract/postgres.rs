//! The PostgreSQL journal under the contract: a database of its own on the server that `PASSERELLE_TEST_POSTGRES`
//! names.

use std::sync::Arc;

use async_trait::async_trait;
use journal::postgres::{Part, PostgresJournal};
use sqlx::{Connection, Executor, PgConnection};

use super::{Counting, Fixture, Store, fresh};

/// A database made for one test. It stays behind: the server of a test run goes away as a whole.
pub struct PostgresFixture {
    server: String,
    url: String,
}

/// A transaction in the middle of an append; taken back when its connection is dropped.
struct Held(#[expect(dead_code, reason = "held for its drop")] PgConnection);

impl PostgresFixture {
    async fn connect(&self) -> PgConnection {
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        connection.execute("SET search_path TO passerelle").await.unwrap();
        connection
    }

    /// Lets nobody in, as a server that is being started anew, or everybody again.
    pub async fn open_for_connections(&self, open: bool) {
        let name = self.url.rsplit('/').next().unwrap_or_default();
        let alter = format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {open}");
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(alter)).execute(&mut connection).await.unwrap();
        self.kill_connections().await;
    }
}

#[async_trait]
impl Fixture for PostgresFixture {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told by the environment which servers there are"
    )]
    async fn empty() -> Option<Self> {
        let server = std::env::var("PASSERELLE_TEST_POSTGRES").ok()?;
        let name = format!("contract_{}", fresh().simple());
        let mut connection = PgConnection::connect(&server).await.unwrap();
        // The name is made of letters and digits alone.
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&mut connection).await.unwrap();
        let url = format!("{}/{name}", server.rsplit_once('/')?.0);
        Some(Self { server, url })
    }

    fn address(&self) -> String {
        self.url.clone()
    }

    async fn open(address: &str) -> Store {
        let journal = PostgresJournal::open(address, Part::History).await.unwrap();
        let keys = journal.keys(Arc::new(Counting::default()));
        Store { journal: Arc::new(journal), keys: Arc::new(keys) }
    }

    async fn hold(&self) -> Box<dyn Send> {
        let mut connection = self.connect().await;
        connection.execute("BEGIN").await.unwrap();
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('passerelle'))").await.unwrap();
        Box::new(Held(connection))
    }

    async fn tamper(&self) -> Vec<bool> {
        let mut connection = self.connect().await;
        let mut refused = Vec::new();
        for sql in ["UPDATE events SET type = 'x'", "DELETE FROM events", "TRUNCATE events"] {
            refused.push(connection.execute(sql).await.is_err());
        }
        refused
    }

    async fn kill_connections(&self) {
        let name = self.url.rsplit('/').next().unwrap_or_default();
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
            .bind(name)
            .execute(&mut connection)
            .await
            .unwrap();
    }
}
