//! Rules about the repository. Each is a test whose message shows the way, and each is first held against an
//! example that breaks it, so that a rule that no longer finds anything fails too.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod arrows;
mod contracts;
mod pages;
mod privacy;
mod security;
mod sources;
mod words;
