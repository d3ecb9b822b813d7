//! Stories of users, each told through GraphQL from its beginning to its end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a story that cannot go on fails")]

mod activity;
mod as_of;
mod audit;
mod bookmarks;
mod closed_communities;
mod conversation;
mod disclosure;
mod documents;
mod drafts;
mod figures;
mod flow;
mod following;
mod founding;
mod ideas;
mod ledger;
mod live;
mod moderation;
mod notifications;
mod personal_feed;
mod policy;
mod polls;
mod retries;
mod roles;
mod search;
mod statements;
mod stopped;
mod tokens;
mod versions;
mod walk;
mod webhooks;
mod working_days;
