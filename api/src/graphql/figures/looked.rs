//! Under which names it is recorded that figures are looked at: those of the command line, with the way there; what is a
//! figure of many windows by the field that asks for it, with how many.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputType, Name, SelectionField, Value};
use domain::id::DepartmentId;
use projections::figures::adoption::{Phase, Segment, Step, often as often_of};
use projections::figures::deeds::{How, Level};
use projections::figures::figure::Figure;
use projections::figures::grid::Length;
use projections::figures::indices::IndexOf;
use projections::figures::sheet::ShareOf;
use projections::figures::waits::{InTime, WaitFor};

use super::WindowInput;
use super::adoption::{ActivityLevel, MANY_WINDOWS};
use super::flow::Spreading;
use crate::graphql::caller::Asked;
use crate::graphql::failure::Failure;
use crate::graphql::flow::FlowKind;
use crate::graphql::id::{Ids, OfKind};

/// Figures that one question may ask for: more than there are of a group, of the window before and of the departments
/// below it.
const ASKED_MAX: usize = 1_000;

/// Which figures a field of figures asks for, by the ways to them; none where it asks for what they are of alone.
pub(super) fn asked(ctx: &Context<'_>) -> Result<Vec<String>, Failure> {
    let mut names = BTreeSet::new();
    let ids = ctx.reading().ids()?;
    let window =
        Given { arguments: ctx.field().arguments().unwrap_or_default(), ids, length: Length::FourWeeks };
    let window = window.or("window", WindowInput::default()).unwrap_or_default();
    add((ctx.field(), ids, window.length.into()), "", &mut names);
    if names.len() > ASKED_MAX {
        return Err(Failure::bad_input(
            format!("Ask for {ASKED_MAX} figures at most."),
            format!("Demandez au plus {ASKED_MAX} chiffres."),
        ));
    }
    Ok(names.into_iter().collect())
}

/// What figures are of, which is none.
const FRAME: [&str; 10] = [
    "__typename",
    "anonymous",
    "chart",
    "community",
    "cut",
    "department",
    "member",
    "subtree",
    "threshold",
    "window",
];

fn add((within, ids, length): (SelectionField<'_>, Ids, Length), way: &str, names: &mut BTreeSet<String>) {
    for field in within.selection_set() {
        match field.name() {
            further @ ("previous" | "departments") => {
                add((field, ids, length), &format!("{way}{further}."), names);
            }
            frame if FRAME.contains(&frame) => {}
            name => {
                let given = Given { arguments: field.arguments().unwrap_or_default(), ids, length };
                names.extend(named(name, &given).into_iter().map(|name| format!("{way}{name}")));
            }
        }
    }
}

/// What a field is recorded as.
fn named(field: &str, given: &Given) -> Vec<String> {
    let figures = adoption(field, given)
        .or_else(|| participation(field, given))
        .or_else(|| responsiveness(field, given))
        .or_else(|| flow(field, given));
    match figures {
        Some(figures) => figures.iter().map(Figure::to_string).collect(),
        None => vec![given.written(field)],
    }
}

/// What a field was given.
struct Given {
    arguments: Vec<(Name, Value)>,
    ids: Ids,
    /// How long the window is.
    length: Length,
}

impl Given {
    fn value(&self, name: &str) -> Option<&Value> {
        self.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// An argument, or what it is when left out; none where it makes no sense.
    fn or<T: InputType>(&self, name: &str, left_out: T) -> Option<T> {
        let Some(value) = self.value(name) else { return Some(left_out) };
        T::parse(Some(value.clone())).ok()
    }

    fn number(&self, name: &str, left_out: i32) -> Option<u32> {
        u32::try_from(self.or(name, left_out)?).ok()
    }

    fn department(&self, name: &str) -> Option<DepartmentId> {
        let id = self.or(name, ID::default())?;
        self.ids.named(&id).and_then(<DepartmentId as OfKind>::of)
    }

    /// The field with its arguments in order, how many windows among them where there are many.
    fn written(&self, field: &str) -> String {
        let said = self.arguments.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        let mut said: Vec<_> = said.collect();
        let many = MANY_WINDOWS.iter().filter(|(of, ..)| *of == field);
        let left_out = many.filter(|(_, name, _)| self.value(name).is_none());
        said.extend(left_out.map(|(_, name, windows)| ((*name).to_owned(), windows.to_string())));
        said.sort();
        let said: Vec<_> = said.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        if said.is_empty() { field.to_owned() } else { format!("{field}({})", said.join(", ")) }
    }
}

fn shares(of: impl IntoIterator<Item = ShareOf>) -> Vec<Figure> {
    of.into_iter().map(Figure::Share).collect()
}

fn adoption(field: &str, given: &Given) -> Option<Vec<Figure>> {
    Some(match field {
        "headcount" => vec![Figure::Headcount],
        "accessCoverage" => shares([ShareOf::Access]),
        "activation" => shares([ShareOf::Activated]),
        "active" => shares([ShareOf::Active(given.or("level", ActivityLevel::default())?.into())]),
        "stickiness" => vec![Figure::Index(IndexOf::Stickiness)],
        "habit" => shares([ShareOf::Habit]),
        "activityFrequency" => {
            let often: Option<Vec<u32>> = given.or("atLeast", None)?;
            let often = often.unwrap_or_else(|| often_of(given.length).to_vec());
            shares(often.into_iter().map(ShareOf::Frequency))
        }
        "segments" => shares(Segment::ALL.map(ShareOf::Segment)),
        "segmentMoves" => {
            let pairs = Segment::ALL.into_iter().flat_map(|from| Segment::ALL.map(|to| (from, to)));
            shares(pairs.map(|(from, to)| ShareOf::Moved(from, to)))
        }
        "lifecycle" => {
            shares([Phase::New, Phase::Returning, Phase::Resurrecting, Phase::Dormant].map(ShareOf::Phase))
        }
        "timeToFirstContribution" => vec![Figure::Wait(WaitFor::Contribution)],
        "onboarding" => {
            let within = given.or("within", None)?;
            let steps = [Step::Access, Step::Activated, Step::Contributed, Step::Habit];
            shares(steps.map(|to| ShareOf::step(to, within)))
        }
        _ => return None,
    })
}

fn participation(field: &str, given: &Given) -> Option<Vec<Figure>> {
    Some(match field {
        "participationSplit" => {
            let mut of = shares([ShareOf::Silent, ShareOf::Active(Level::Contributed)]);
            of.push(Figure::Index(IndexOf::Heaviest));
            of
        }
        "gini" => vec![Figure::Index(IndexOf::Gini { zeros: given.or("zeros", false)? })],
        "elephantFactor" => vec![Figure::Index(IndexOf::Elephant)],
        "communityHealth" => vec![Figure::Health],
        "communitySurvival" => vec![Figure::Wait(WaitFor::Survival)],
        "participationCoverage" => vec![Figure::Index(IndexOf::Coverage)],
        _ => return None,
    })
}

fn responsiveness(field: &str, given: &Given) -> Option<Vec<Figure>> {
    Some(vec![match field {
        "timeToFirstResponse" => Figure::Wait(WaitFor::Response),
        "answeredWithin" => Figure::InTime(InTime::AnsweredWithin(given.number("hours", 24)?)),
        "responseRate" => Figure::InTime(InTime::Answered),
        "bestAnswerRate" => Figure::InTime(InTime::BestAnswer),
        "sponsorAnswerTime" => Figure::Wait(WaitFor::Sponsor),
        "timeToDecision" => Figure::Wait(WaitFor::Decision),
        "ideasImplemented" => Figure::InTime(InTime::Implemented),
        _ => return None,
    }])
}

fn flow(field: &str, given: &Given) -> Option<Vec<Figure>> {
    Some(vec![match field {
        "flow" => {
            let kind: Option<FlowKind> = given.or("kind", None)?;
            Figure::Matrix(given.number("level", 1)?, kind.map(Into::into))
        }
        "unmetDemand" => Figure::UnmetDemand(given.number("level", 1)?),
        "sharedSpaceShare" => Figure::SharedSpace,
        "diffusionLatency" => {
            let how: How = given.or("how", Spreading::default())?.into();
            Figure::Diffusion { how, to: given.department("to")? }
        }
        "reach" => Figure::Reach(given.number("days", 7)?),
        "brokerDependency" => {
            Figure::Brokers { leaving: given.number("leaving", 3)?, to: given.department("to")? }
        }
        "crossDepartmentShare" => Figure::CrossDepartment,
        "externalInternalIndex" => Figure::Index(IndexOf::ExternalInternal),
        "density" => Figure::Index(IndexOf::Density),
        "reciprocity" => Figure::Index(IndexOf::Reciprocity),
        "modularity" => Figure::Index(IndexOf::Modularity),
        "assortativity" => Figure::Index(IndexOf::Assortativity),
        _ => return None,
    }])
}
