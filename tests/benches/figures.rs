//! Figures of an organisation of 20,000 people in 60 departments with two million events, beside the same organisation
//! with the newest 400,000 alone: what each costs that has to be computed, and what the history before it adds.
//!
//! `cargo bench -p passerelle-tests -- figures`. Takes minutes and about 4 GB of disk.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use domain::time::{Day, Time};
use passerelle::clock::local_day;
use passerelle_tests::bench::organisation::Organisation;
use passerelle_tests::bench::ratio::median;
use passerelle_tests::log::{Scratch, World};
use projections::Views;
use projections::figures::figure::{Figure, Terms};
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::known::Known;
use projections::figures::population::Chart;
use projections::figures::sheet::Sheet;
use projections::suppression::Threshold;

const LARGE: usize = 2_000_000;
const SMALL: usize = 400_000;
const MEMBERS: usize = 20_000;
const DEPARTMENTS: usize = 60;
const ZONE: &str = "Europe/Paris";
const ROUNDS: usize = 5;
const FIGURE_LIMIT_MS: f64 = 50.0;
const OVERVIEW_LIMIT_MS: f64 = 300.0;
const CUT_LIMIT_S: f64 = 3.0;
const COST_LIMIT: f64 = 1.3;
/// From how many people shortest paths are followed.
const SOURCES: usize = 200;

/// The figures of the overview, but for those that take long and are kept.
const OVERVIEW: [&str; 20] = [
    "headcount",
    "access-coverage",
    "activation",
    "consumed-share",
    "participated-share",
    "contributed-share",
    "habit",
    "usage-segment:power",
    "usage-segment:none",
    "lifecycle:new",
    "lifecycle:resurrecting",
    "onboarding-funnel:contributed",
    "cohort-retention:4-2",
    "participation-split",
    "contribution-gini",
    "elephant-factor",
    "answered-within:24",
    "time-to-first-response",
    "flow-matrix:1",
    "cross-department-share",
];

/// An organisation with so many events and its views.
struct Grown {
    views: Views,
    /// The last day of a window of four weeks that is over.
    cut: Day,
    _folder: Scratch,
}

impl Grown {
    async fn to(events: usize) -> Self {
        let scratch = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
        {
            let store = passerelle_tests::log::store(&scratch).await.unwrap();
            let codec = journal::Codec::new(store.keys.clone());
            Organisation::sized(events, MEMBERS, DEPARTMENTS).append(&*store.journal, &codec).await.unwrap();
        }
        let world = World::open(scratch).await.unwrap();
        world.engine.catch_up().await.unwrap();
        let folder = world.close();
        let views = Views::open_to_read(folder.path()).unwrap().unwrap();
        let newest = views.snapshot().unwrap().checkpoint().known_day.unwrap();
        let cut = Day(Window::containing(newest, Length::FourWeeks).first.0 - 1);
        Self { views, cut, _folder: folder }
    }

    fn known(&self) -> Arc<Known> {
        let day_of = |at: Time| local_day(at, ZONE);
        Arc::new(Known::read(&self.views.snapshot().unwrap(), self.cut, &day_of).unwrap())
    }

    fn sheet(&self, known: &Arc<Known>) -> Sheet {
        let window = Window::containing(self.cut, Length::FourWeeks);
        Sheet::new(self.views.clone(), Arc::clone(known), window, Chart::AsWas)
    }
}

/// How many milliseconds something takes.
fn milliseconds(what: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    what();
    begun.elapsed().as_secs_f64() * 1e3
}

fn compute(sheet: &Sheet, figure: Figure) {
    let end = Time::MAX;
    let terms = Terms {
        group: Group::Organisation,
        threshold: Some(Threshold::default()),
        until: end,
        closed: end,
        version: None,
    };
    std::hint::black_box(figure.of(sheet, terms).unwrap());
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let (small, large) = (Grown::to(SMALL).await, Grown::to(LARGE).await);
    let cuts = (0..ROUNDS).map(|_| milliseconds(|| drop(large.known())) / 1e3).collect();
    limited("opening a cut for the first time, s", median(cuts), CUT_LIMIT_S);

    let figures: Vec<Figure> = OVERVIEW.iter().map(|name| name.parse().unwrap()).collect();
    let each = |grown: &Grown, figure: Figure| {
        // Nothing is kept from another figure but what was read of the cut.
        let known = grown.known();
        let sheet = grown.sheet(&known);
        milliseconds(|| compute(&sheet, figure))
    };
    let mut all = Vec::new();
    for &figure in &figures {
        let (mut before, mut now) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            before.push(each(&small, figure));
            now.push(each(&large, figure));
        }
        let (before, now) = (median(before), median(now));
        println!("{figure}: {now:.1} ms, {:.2} times the cost with the newest events alone", now / before);
        all.push((now, now / before));
    }
    limited(
        "a figure of one window, the median of them, ms",
        median(all.iter().map(|of| of.0).collect()),
        FIGURE_LIMIT_MS,
    );
    limited(
        "its cost by that of the newest events, the median",
        median(all.iter().map(|of| of.1).collect()),
        COST_LIMIT,
    );

    let overview = (0..ROUNDS).map(|_| {
        let known = large.known();
        let sheet = large.sheet(&known);
        milliseconds(|| figures.iter().for_each(|figure| compute(&sheet, *figure)))
    });
    limited("the whole overview, ms", median(overview.collect()), OVERVIEW_LIMIT_MS);

    let known = large.known();
    let sheet = large.sheet(&known);
    let permuted = milliseconds(|| {
        std::hint::black_box(sheet.permutation(None).unwrap());
    });
    limited("10,000 orders of the E-I index, computed once, s", permuted / 1e3, 3.0);

    sampled(&sheet);
}

/// Says how long betweenness takes from some people, and how far it is off.
fn sampled(sheet: &Sheet) {
    let everybody = sheet.members(Group::Organisation).unwrap();
    let ties = sheet.ties_by_department(&everybody).unwrap();
    let mut found = None;
    let took = milliseconds(|| found = ties.network().sampled_betweenness(SOURCES, 1));
    let found = found.unwrap();
    println!(
        "betweenness from {SOURCES} of {MEMBERS} people: {:.2} s; no value is off by more than {:.3} (95 %), and the \
         largest standard error is {:.5}",
        took / 1e3,
        found.bound,
        found.errors.into_iter().fold(0.0, f64::max)
    );
}

fn limited(what: &str, measured: f64, limit: f64) {
    let verdict = if measured <= limit { "aim reached" } else { "TOO MUCH" };
    println!("{what}: {measured:.2} (at most {limit}): {verdict}");
}
