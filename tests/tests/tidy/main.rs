//! Rules about the repository. Each is a test whose message shows the way, and each is first held against an
//! example that breaks it, so that a rule that no longer finds anything fails too.

mod arrows;
mod contracts;
mod pages;
mod sources;
mod words;
