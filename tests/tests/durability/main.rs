//! What is recorded stays: beside whoever reads, through kills, full disks and interrupted imports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod beside;
mod crash;
mod full_disk;
mod import;
mod until;
mod webhooks;
