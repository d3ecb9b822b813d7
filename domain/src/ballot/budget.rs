//! The points of a ballot that count, where a campaign gives a budget of them.

use std::collections::BTreeMap;

use crate::ballot::Standing;
use crate::decision::Facts;
use crate::id::IdeaId;
use crate::idea::goes_on;
use crate::refusal::{Stop, refusals};

refusals! {
    BudgetExceeded = "BUDGET_EXCEEDED",
        "Your points that count would exceed the campaign's budget; take some from other ideas first.",
        "Vos points comptés dépasseraient le budget de la campagne ; retirez-en d’abord à d’autres idées.";
}

/// The sum of the votes that count. Ideas merged into one count together, once: with the vote on the idea that
/// goes on if there is one, else with the latest on those merged into it. The points of the others are free again.
pub(super) fn spent(votes: &BTreeMap<IdeaId, Standing>, facts: &Facts) -> Result<i64, Stop> {
    let mut counted = BTreeMap::new();
    for (idea, vote) in votes {
        let target = goes_on(facts, *idea)?;
        let weight = (target == *idea, vote.at, vote.order);
        let best = counted.entry(target).or_insert((weight, vote.value));
        if weight > best.0 {
            *best = (weight, vote.value);
        }
    }
    Ok(counted.values().map(|(_, value)| i64::from(*value)).sum())
}

/// Refused if these votes cost more than the budget and more than those that stand. Taking a vote back can cost:
/// one that it outweighed counts again. A merge can leave more counted than the budget; then less may still be
/// spent than before.
pub(super) fn within(
    budget: u32,
    votes: &BTreeMap<IdeaId, Standing>,
    standing: &BTreeMap<IdeaId, Standing>,
    facts: &Facts,
) -> Result<(), Stop> {
    let sum = spent(votes, facts)?;
    if sum > i64::from(budget) && sum > spent(standing, facts)? {
        Err(Refusal::BudgetExceeded.on("value").with(budget).into())
    } else {
        Ok(())
    }
}
