//! The transport under GraphQL as others see it: over TCP, by the audits and the clients that the world uses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod client;
mod encrypted;
mod ended;
mod events;
mod graphql_http;
mod headers;
mod health;
mod hostile;
mod identity;
mod javascript;
mod languages;
mod limits;
mod links;
mod overview;
mod own_data;
mod page;
mod schema;
mod server;
mod sessions;
mod sockets;
mod together;
