//! Proposals about webhooks.

use domain::webhook::disable::Disable;
use domain::webhook::enable::Enable;
use domain::webhook::register::Register;
use domain::webhook::remove::Remove;
use domain::webhook::{Cause, Fields, Scope};

use super::Proposal;
use super::draw::Draw;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("webhook.register", 2, |_, draw| {
        let event_types = draw.some_of(&["post.published", "comment.added"], 2);
        Some(
            Register {
                webhook: draw.perhaps(30, Draw::id),
                url: draw.one_of(&["https://example.org/hook?a=b", "http://127.0.0.1:9/"])?.to_owned(),
                event_types: event_types.into_iter().map(str::to_owned).collect(),
                scope: draw.one_of(&[Scope::Everybody, Scope::All])?,
                fields: draw.one_of(&[Fields::Plain, Fields::Opened])?,
                // What is exported has none, so that both houses know the same.
                secret: String::new(),
            }
            .into(),
        )
    }),
    Proposal("webhook.disable", 2, |known, draw| {
        let (webhook, cause) =
            (draw.one_of(&known.webhooks)?, draw.one_of(&[Cause::ByHand, Cause::Failing])?);
        Some(Disable { webhook, cause }.into())
    }),
    Proposal("webhook.enable", 2, |known, draw| {
        draw.one_of(&known.webhooks).map(|webhook| Enable { webhook }.into())
    }),
    Proposal("webhook.remove", 1, |known, draw| {
        draw.one_of(&known.webhooks).map(|webhook| Remove { webhook }.into())
    }),
];
