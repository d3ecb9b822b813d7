//! Every edge of Passerelle: the engine, GraphQL, HTTP, the command line, import and export.

pub mod activity_log;
pub mod demo;
pub mod http;
