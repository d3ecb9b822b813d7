//! The transport as a value: a schema, who may use it, its bounds, and the router made of them.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Executor;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{any, get};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use super::answer::ErrorIds;
use super::authentication::{Authenticate, Credential};
use super::documents::Documents;
use super::health::Readiness;
use super::limits::{Client, Limits};
use super::strangers::{Addresses, Bounds, bound};
use super::tls::Tls;
use super::{endpoint, headers, health, pages, provider, sessions, telemetry, websocket};

/// Whether documents may ask for the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Introspection {
    /// They may.
    On,
    /// They are refused.
    Off,
}

/// Whether GraphiQL is among the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graphiql {
    /// It is.
    On,
    /// There is no such page.
    Off,
}

/// The bounds of the transport. The defaults are right unless a test wants to reach one.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What a document may cost: the things it asks for, by the sizes of its pages.
    pub max_cost: usize,
    /// What one client's documents may cost in a minute together; no limit without a number.
    pub points_per_minute: Option<NonZeroU32>,
    /// How often in a minute those may come from one address who bring nothing that holds, attempts to sign in among
    /// them; no limit without a number.
    pub strangers_per_minute: Option<NonZeroU32>,
    /// Where that address stands.
    pub addresses: Addresses,
    /// Whether documents may ask for the schema.
    pub introspection: Introspection,
    /// Whether GraphiQL is among the pages.
    pub graphiql: Graphiql,
    /// Documents kept under their ids.
    pub documents: Documents,
    /// Largest body of a POST.
    pub max_body_bytes: usize,
    /// Time for the head of a request to arrive, also for the next one on a connection that is kept open, and for
    /// encryption to be agreed upon.
    pub head_timeout: Duration,
    /// Time for that body to arrive.
    pub body_timeout: Duration,
    /// Time for a query or mutation.
    pub operation_timeout: Duration,
    /// Time for a socket to send `connection_init`.
    pub init_timeout: Duration,
    /// How often a socket is pinged and its token asked again; twice this without a sign of life ends it.
    pub ping_interval: Duration,
    /// Time for a message to be taken by the other side of a socket, and for an event by whoever asked for events.
    pub send_timeout: Duration,
    /// Time in which the other side of any connection has to take something of what it is sent.
    pub stall_timeout: Duration,
    /// Largest message a socket may send.
    pub max_message_bytes: usize,
    /// Operations that one socket may run at once.
    pub max_operations: usize,
    /// Sockets and streams of events that one client may have open at once.
    pub max_held: usize,
    /// Origins, besides the server's own, whose pages may open sockets: `https://example.org`.
    pub origins: Vec<String>,
    /// Browsers reach the server by HTTPS: cookies are for that alone.
    pub https: bool,
    /// A number that differs from one start of the process to the next; makes error ids unique.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_cost: 10_000,
            points_per_minute: None,
            strangers_per_minute: None,
            addresses: Addresses::default(),
            introspection: Introspection::On,
            graphiql: Graphiql::On,
            documents: Documents::default(),
            max_body_bytes: 256 * 1024,
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(10),
            operation_timeout: Duration::from_secs(10),
            init_timeout: Duration::from_secs(3),
            ping_interval: Duration::from_secs(15),
            send_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(30),
            max_message_bytes: 256 * 1024,
            max_operations: 32,
            max_held: 200,
            origins: Vec::new(),
            https: false,
            seed: 0,
        }
    }
}

/// Everything the handlers share.
pub struct Transport<E, A> {
    pub(super) executor: E,
    pub(super) authenticator: A,
    pub(super) settings: Settings,
    pub(super) error_ids: ErrorIds,
    pub(super) limits: Arc<Limits>,
    pub(super) readiness: Box<dyn Fn() -> Readiness + Send + Sync>,
    pub(super) metrics: Option<PrometheusHandle>,
    routes: Router,
    pub(super) tls: Option<Arc<Tls>>,
    /// Says `true` to every connection and socket when the server closes; its receivers are those that are open.
    pub(super) closing: Arc<watch::Sender<bool>>,
}

impl<E: Executor, A: Authenticate> Transport<E, A> {
    /// A transport that is always ready and has no figures.
    pub fn new(executor: E, authenticator: A, settings: Settings) -> Self {
        Self {
            executor,
            authenticator,
            error_ids: ErrorIds::seeded(settings.seed),
            limits: Arc::new(Limits::new(
                settings.points_per_minute,
                settings.strangers_per_minute,
                settings.max_held,
            )),
            settings,
            readiness: Box::new(|| Readiness::Ready),
            metrics: None,
            routes: Router::new(),
            tls: None,
            closing: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Asks the engine for what `/readyz` says.
    pub fn ready_when(self, readiness: impl Fn() -> Readiness + Send + Sync + 'static) -> Self {
        Self { readiness: Box::new(readiness), ..self }
    }

    /// Renders the recorder at `/metrics`.
    pub fn with_metrics(self, handle: PrometheusHandle) -> Self {
        Self { metrics: Some(handle), ..self }
    }

    /// Answers more paths, under the same headers and log.
    pub fn with_routes(self, routes: Router) -> Self {
        Self { routes: self.routes.merge(routes), ..self }
    }

    /// Encrypts every connection, and tells browsers to come no other way.
    pub fn with_tls(self, tls: Tls) -> Self {
        Self { tls: Some(Arc::new(tls)), settings: Settings { https: true, ..self.settings }, ..self }
    }

    /// Whom limits count as one.
    pub(super) fn client(&self, caller: &A::Caller, credential: &Credential) -> Client {
        self.limits.client(self.authenticator.member(caller), credential)
    }

    /// Every path the server answers.
    pub fn router(mut self) -> Router {
        let (limits, addresses) = (Arc::clone(&self.limits), self.settings.addresses.clone());
        let (routes, https) = (std::mem::take(&mut self.routes), self.settings.https);
        let pages = pages::router(self.settings.graphiql);
        Router::new()
            .route("/graphql", any(endpoint::answer::<E, A>))
            .route("/graphql/ws", get(websocket::upgrade::<E, A>))
            .route("/session", any(sessions::answer::<E, A>))
            .route("/session/identity-provider", get(provider::depart::<E, A>))
            .route(crate::oidc::CALLBACK, get(provider::arrive::<E, A>))
            .route("/healthz", get(health::alive))
            .route("/readyz", get(health::ready::<E, A>))
            .route("/metrics", get(health::metrics::<E, A>))
            .with_state(Arc::new(self))
            .merge(routes)
            .merge(pages)
            .fallback(health::nothing_here)
            .layer(from_fn_with_state(Bounds { limits, addresses }, bound))
            .layer(map_response(move |response| headers::secure(response, https)))
            .layer(from_fn(telemetry::observe))
    }
}
