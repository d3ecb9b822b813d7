//! Clients and tools that the world uses, against the real server and the schema it serves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod example;
mod fuzz;
mod gql;
mod overview;
mod schema;
mod served;
mod urql;
