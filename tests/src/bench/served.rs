//! An organisation served over real HTTP, and what stands in for it as a reference.

use std::path::Path;
use std::sync::Arc;

use async_graphql::Executor;
use domain::decision::Actor;
use domain::id::{CommandId, MemberId};
use domain::token::Scope;
use passerelle::engine::{Engine, Submission};
use passerelle::entropy::SystemEntropy;
use passerelle::gate::Gate;
use passerelle::graphql::{Caller, Endpoint};
use passerelle::http::{Credential, Settings, Transport};
use passerelle::token::NewToken;
use serde_json::Value;

use super::organisation::Organisation;
use crate::log::{Scratch, World};
use crate::server::Server;

/// An organisation of so many events in a folder within another, and a server of it.
pub struct Served {
    /// The organisation.
    pub world: World,
    /// The server.
    pub server: Server,
}

impl Served {
    /// Invents and serves it.
    pub async fn of(events: usize, within: &Path) -> Self {
        let world = World::open(Scratch::within(within).unwrap()).await.unwrap();
        Organisation::of(events).append(&**world.engine.journal(), world.engine.codec()).await.unwrap();
        world.engine.catch_up().await.unwrap();
        let engine = &world.engine;
        let transport = Transport::new(
            Endpoint::new(Arc::clone(engine)),
            Gate::new(Arc::clone(engine)),
            Settings::default(),
        );
        let server = Server::of(transport).await.unwrap();
        Self { world, server }
    }

    /// What an operator is answered.
    pub async fn asks(&self, document: &str) -> Value {
        self.world.asks(Actor::Service, document, Value::Null).await.unwrap()
    }
}

/// A server of what answers everything the same to everybody.
pub async fn constant(executor: impl Executor) -> Server {
    let anybody = |_: &Credential| Ok(Caller::of(Actor::Service));
    Server::of(Transport::new(executor, anybody, Settings::default())).await.unwrap()
}

/// A token with which to act as a member.
pub async fn token(engine: &Engine, member: MemberId) -> Arc<str> {
    let token = NewToken::try_new(&SystemEntropy, Some(member), None, Scope::ALL.to_vec()).unwrap();
    let command = CommandId(engine.random_id().unwrap());
    engine.handle(&Submission::live(Actor::System, token.command, command, engine.now())).await.unwrap();
    token.secret.text.into()
}

/// The body of a GraphQL request over HTTP.
pub fn body(document: &str, variables: Value) -> String {
    serde_json::json!({ "query": document, "variables": variables }).to_string()
}
