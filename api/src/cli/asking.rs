//! What clients and strangers may ask of a server, as it is given on the command line.

use std::path::PathBuf;

use axum::http::HeaderName;
use clap::Args;

/// What clients may ask.
#[derive(Clone, Debug, Args)]
pub(crate) struct Asking {
    /// What one client's documents may cost in a minute, in points: the things they ask for; 0 for no limit.
    #[arg(long, env = "PASSERELLE_POINTS_PER_MINUTE", default_value_t = 600_000, value_name = "POINTS")]
    pub(crate) points_per_minute: u32,
    /// How often in a minute those may come from one address who bring no token or session that holds, attempts to sign
    /// in among them; 0 for no limit.
    #[arg(long, env = "PASSERELLE_STRANGERS_PER_MINUTE", default_value_t = 600, value_name = "REQUESTS")]
    pub(crate) strangers_per_minute: u32,
    /// The header in which the proxy in front says from where it passes something on, its own word last: x-forwarded-for.
    /// Without it what a proxy passes on is not limited by address.
    #[arg(long, env = "PASSERELLE_ADDRESS_HEADER", value_name = "HEADER")]
    pub(crate) address_header: Option<HeaderName>,
    /// Refuse documents that ask for the schema.
    #[arg(long, env = "PASSERELLE_NO_INTROSPECTION")]
    pub(crate) no_introspection: bool,
    /// Serve GraphiQL beside an identity provider too; without one it is served anyway.
    #[arg(long, env = "PASSERELLE_GRAPHIQL")]
    pub(crate) graphiql: bool,
    /// A JSON file of documents that may be asked for by id, as Relay and graphql-codegen write it.
    #[arg(long, env = "PASSERELLE_DOCUMENTS", value_name = "FILE")]
    pub(crate) documents: Option<PathBuf>,
    /// Answer nothing but those.
    #[arg(long, env = "PASSERELLE_DOCUMENTS_ONLY", requires = "documents")]
    pub(crate) documents_only: bool,
}
