//! What becomes of ideas.

use domain::event::Agent;
use domain::idea;

use super::*;
use crate::batches::merged;
use crate::figures::waits::Waits;
use crate::given::campaign;

fn accepted(n: u64) -> idea::Accepted {
    idea::Accepted {
        idea: crate::given::idea(n),
        campaign: campaign(1),
        author: member(3),
        reason: Sealed::Gone,
    }
}

fn decisions(history: &History) -> Waits {
    match shown(history, Length::FourWeeks, Figure::Wait(WaitFor::Decision), Group::Organisation) {
        Published::Shown(Value::Waits(waits)) => waits,
        other => panic!("{other:?}"),
    }
}

fn begun() -> History {
    let acts = given().later(13 * DAY);
    let window = Window::containing(today(&acts), Length::FourWeeks);
    assert_eq!(window.last, Day(today(&acts).0 + 6));
    acts.by(3, 2).and(submitted(1)).and(submitted(2))
}

#[test]
fn an_idea_is_decided_by_people_and_not_by_what_acts_by_itself() {
    let decided = |agent| {
        let found = decisions(&begun().later(DAY).by_agent(agent).and(accepted(1)));
        (found.count, found.happened)
    };
    assert_eq!([decided(Agent::Person), decided(Agent::Service)], [(2, 1), (2, 0)]);
}

#[test]
fn an_idea_that_is_merged_waits_no_longer() {
    let acts = begun().later(2 * DAY).and(merged(1, 2)).later(3 * DAY).and(accepted(2));
    let found = decisions(&acts);
    assert_eq!((found.count, found.happened), (2, 1));
    // Nobody but the other waits when that is decided.
    let [step] = found.curve.steps() else { panic!("{found:?}") };
    assert_eq!((step.time / DAY as u64, step.at_risk), (5, 1));
}
