//! The transport under GraphQL: GraphQL over HTTP, server-sent events, `graphql-transport-ws`, the GraphiQL page, health and metrics.
//!
//! It knows no schema: it takes any [`async_graphql::Executor`], and any [`Authenticate`] that turns a bearer token
//! or a session into the caller resolvers find in the request data.
//!
//! # How to mount a schema
//! ```no_run
//! # async fn mounted() -> std::io::Result<()> {
//! use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
//! use passerelle::http::{Credential, Readiness, Settings, Transport, Unauthenticated, serve};
//!
//! # struct Query;
//! # #[Object]
//! # impl Query { async fn hello(&self) -> &str { "world" } }
//! let schema = Schema::build(Query, EmptyMutation, EmptySubscription).disable_suggestions().finish();
//! // `Caller` is any `Clone` type; resolvers read it with `ctx.data::<Caller>()`, and the reader's `Language` likewise.
//! let authenticate = |credential: &Credential| match credential {
//!     Credential::Bearer(token) if token == "secret" => Ok(token.len()),
//!     _ => Err(Unauthenticated),
//! };
//! let transport = Transport::new(schema, authenticate, Settings::default())
//!     .ready_when(|| Readiness::Ready); // in `serve` also `.with_metrics(metrics_recorder()?)`
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! serve(listener, transport, async { /* until SIGTERM */ }).await
//! # }
//! ```
//!
//! # What resolvers have to do with it
//! - An error with `extensions.code` is public and sent as it is. Any other error of a resolver is masked as
//!   `INTERNAL_SERVER_ERROR` with an `errorId`, under which its text is logged once.
//! - An error is sent in the language asked for if it has its text in French as well ([`IN_FRENCH`]), and stands where
//!   it says it does, if that was lost on its way ([`STANDS_AT`]).
//! - Response extensions (`position`) are passed on untouched, over HTTP and for each event of a subscription.
//! - The document is already parsed and guarded (size, nesting, expansion, aliases, depth): give the schema no depth
//!   limit below [`guard::MAX_DEPTH`], or GraphiQL's introspection breaks.

mod answer;
mod authentication;
mod code;
mod documents;
mod endpoint;
mod events;
pub mod files;
pub mod guard;
mod headers;
mod health;
mod language;
mod lasting;
mod limits;
mod negotiation;
mod operation;
mod origin;
pub mod own_data;
mod pages;
mod patience;
mod provider;
mod request;
mod server;
mod sessions;
mod strangers;
mod telemetry;
pub mod tls;
mod transport;
mod websocket;

pub use answer::{IN_FRENCH, STANDS_AT};
pub use authentication::{Authenticate, Credential, NewSession, Offers, Unauthenticated};
pub use code::Code;
pub use documents::Documents;
pub use health::Readiness;
pub use language::Language;
pub use server::serve;
pub use strangers::Addresses;
pub use telemetry::metrics_recorder;
pub use transport::{Graphiql, Introspection, Settings, Transport};
