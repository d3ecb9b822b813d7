//! Proposals about polls and what is chosen in them.

use domain::choice::make::Make;
use domain::choice::withdraw::Withdraw;
use domain::id::PostId;
use domain::poll::close::Close;
use domain::poll::open::Open;
use domain::poll::{Results, Rule};

use super::Proposal;
use super::draw::Draw;
use super::known::Known;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("poll.open", 5, |known, draw| {
        let post = draw.one_of(&known.posts)?;
        let options = (0..2 + draw.below(9)).map(|number| format!("{} {number}", draw.text())).collect();
        let (rule, results) =
            (draw.one_of(&[Rule::One, Rule::Several])?, draw.one_of(&[Results::Voted, Results::Closed])?);
        let closes_at = draw.perhaps(40, |draw| known.minutes(draw.below(60_000) as i64));
        Some(Open { post, options, rule, results, closes_at }.into())
    }),
    Proposal("poll.close", 1, |known, draw| one(known, draw).map(|post| Close { post }.into())),
    Proposal("choice.make", 10, |known, draw| {
        let post = one(known, draw)?;
        let poll = known.poll(post).opened?;
        let number = |draw: &mut Draw| 1 + draw.below(poll.option_count as usize) as u32;
        let chosen = match poll.rule {
            Rule::One => vec![number(draw)],
            Rule::Several => (0..1 + draw.below(3)).map(|_| number(draw)).collect(),
        };
        Some(Make { post, chosen }.into())
    }),
    Proposal("choice.withdraw", 4, |known, draw| one(known, draw).map(|post| Withdraw { post }.into())),
];

/// A post whose poll is open.
fn one(known: &Known, draw: &mut Draw) -> Option<PostId> {
    let open = |id: &&PostId| known.poll(**id).opened.is_some_and(|poll| poll.is_open(known.now));
    draw.one_of(&known.posts.iter().filter(open).copied().collect::<Vec<_>>())
}
