//! Passerelle, an event-sourced collaboration engine for the digital workplace: every edge of it.
//!
//! A command enters through GraphQL ([`graphql`]) or an import ([`activity_log`]), is decided by the rules of
//! `domain` and recorded by the [`engine`], which waits until the views show it. The command line ([`cli`]) puts the
//! parts together.

// Each subject adds a root to the schema, and the compiler walks through all of them at once.
#![recursion_limit = "256"]

pub mod activity_log;
mod carry;
pub mod cli;
pub mod clock;
pub mod cloudevents;
pub mod definition;
pub mod demo;
pub mod difference;
pub mod digests;
pub mod engine;
pub mod entropy;
pub mod evidence;
pub mod figures;
pub mod files;
mod folder;
pub mod gate;
pub mod graphql;
mod hex;
pub mod http;
pub mod ledger;
pub mod looks;
pub mod mail;
pub mod notice;
pub mod oidc;
pub mod own_data;
pub mod receipt;
pub mod schedule;
mod secret;
pub mod session;
pub mod token;
pub mod webhooks;
