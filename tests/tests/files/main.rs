//! Files over HTTP: taken, handed out, counted, collected, and kept through crashes and full disks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod bucket;
mod collection;
mod command_line;
mod download;
mod interrupted;
mod program;
mod quotas;
mod shelf;
mod upload;
