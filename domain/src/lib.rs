//! What can happen in Passerelle, and when it may: ids, commands, events, states and rules.
//!
//! Everything here is pure: no async, no clock, no randomness, no input or output. A command is decided on the
//! folded state of one stream and the facts it asks for ([`decision`]); what comes out are events ([`event`]),
//! which fold into states again.
//!
//! # To add an action
//! 1. Write `<subject>/<action>.rs`: the command (what it takes), its refusals, [`decision::Action`] with the
//!    ability that it is of ([`policy`]), and its given/when/then tests.
//! 2. If it causes something new, declare the event in `<subject>.rs`; the compiler asks for the `evolve` arm,
//!    `schema/events/` for an example, the frozen journal for that too, each read model for its say.
//! 3. Name it in [`command`]; the activity log and GraphQL then ask for their row and their mutation, the histories in
//!    `tests/src/history/` for a proposal.

pub mod audience;
pub mod command;
pub mod decision;
pub mod event;
#[cfg(test)]
mod given;
pub mod id;
pub mod item;
pub mod notification;
pub mod policy;
pub mod refusal;
pub mod sealed;
pub mod stream;
pub mod time;
pub mod words;

pub mod acknowledgement;
pub mod ballot;
pub mod bookmark;
pub mod campaign;
pub mod chart;
pub mod choice;
pub mod comment;
pub mod community;
pub mod digest;
pub mod disclosure;
pub mod document;
pub mod draft;
pub mod follow;
pub mod idea;
pub mod look;
pub mod member;
pub mod membership;
pub mod moderation;
pub mod organisation;
pub mod poll;
pub mod post;
pub mod preferences;
pub mod reaction;
pub mod reading;
pub mod seen;
pub mod session;
pub mod token;
pub mod webhook;
