//! Proposals about who comes in: tokens, sessions and identities.

use domain::member::link_identity::LinkIdentity;
use domain::member::unlink_identity::UnlinkIdentity;
use domain::session::end::End;
use domain::session::offer::Offer;
use domain::session::open::{Grounds, Open};
use domain::session::prolong::Prolong;
use domain::token::Scope;
use domain::token::issue::Issue;
use domain::token::revoke::Revoke;

use super::Proposal;
use super::draw::Draw;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("token.issue", 2, |known, draw| {
        let member = draw.perhaps(60, |draw| draw.one_of(&known.members)).flatten();
        let until = draw.perhaps(50, |draw| known.minutes(draw.below(40_000) as i64));
        let scopes = draw.some_of(Scope::ALL, 2);
        Some(Issue { token: draw.id(), member, secret_sha256: draw.sha256(), until, scopes }.into())
    }),
    Proposal("token.revoke", 1, |known, draw| {
        draw.one_of(&known.tokens).map(|token| Revoke { token }.into())
    }),
    Proposal("session.offer", 2, |known, draw| {
        let (session, member) = (draw.id(), draw.one_of(&known.members)?);
        let until = known.minutes(10);
        Some(Offer { session, member, secret_sha256: draw.sha256(), until }.into())
    }),
    Proposal("session.open", 8, |known, draw| {
        let offered = draw.perhaps(60, |draw| draw.one_of(&known.sessions)).flatten();
        let session = offered.unwrap_or_else(|| draw.id());
        let grounds = match known.session(session).offered {
            Some(offered) => Grounds::Link(offered.secret_sha256),
            None => Grounds::Identity(draw.one_of(&known.members)?),
        };
        let until = known.minutes(720);
        Some(Open { session, grounds, secret_sha256: draw.sha256(), until }.into())
    }),
    Proposal("session.prolong", 10, |known, draw| {
        let now = known.minutes(0);
        let open = known.sessions.iter().filter(|session| known.session(**session).valid(now).is_some());
        let session = draw.one_of(&open.copied().collect::<Vec<_>>())?;
        Some(Prolong { session, until: known.minutes(720 + draw.below(720) as i64) }.into())
    }),
    Proposal("session.end", 2, |known, draw| {
        draw.one_of(&known.sessions).map(|session| End { session }.into())
    }),
    Proposal("member.link_identity", 5, |known, draw| {
        let (member, subject) = (draw.one_of(&known.members)?, subject(draw));
        Some(LinkIdentity { member, issuer: ISSUER.to_owned(), subject }.into())
    }),
    Proposal("member.unlink_identity", 4, |known, draw| {
        let (member, subject) = (draw.one_of(&known.members)?, subject(draw));
        Some(UnlinkIdentity { member, issuer: ISSUER.to_owned(), subject }.into())
    }),
];

const ISSUER: &str = "https://id.example.org";

/// One of few, so that they meet again.
fn subject(draw: &mut Draw) -> String {
    format!("subject {}", draw.below(20))
}
