//! Figures of an organisation of 20,000 people in 60 departments with two million events: what each costs that has to
//! be computed. And those of an organisation of 500 people after two months and after nineteen years, with 20,000 and
//! with two million events, of which a window holds as many: what the history before it adds.
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
use projections::figures::deeds::How;
use projections::figures::figure::{Figure, Terms};
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::known::Known;
use projections::figures::population::Chart;
use projections::figures::sheet::{ShareOf, Sheet};
use projections::suppression::Threshold;

const EVENTS: usize = 2_000_000;
const MEMBERS: usize = 20_000;
const DEPARTMENTS: usize = 60;
/// The organisation whose history alone grows.
const FEW_EVENTS: usize = 20_000;
const FEW_MEMBERS: usize = 500;
const FEW_DEPARTMENTS: usize = 20;
const SECONDS_BETWEEN: i64 = 300;
const ZONE: &str = "Europe/Paris";
const ROUNDS: usize = 5;
/// What takes a millisecond is measured more often.
const MANY_ROUNDS: usize = 25;
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
    /// The last day of a week that follows a window of four weeks.
    cut: Day,
    _folder: Scratch,
}

impl Grown {
    async fn to(organisation: Organisation) -> Self {
        let scratch = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
        {
            let store = passerelle_tests::log::store(&scratch).await.unwrap();
            let codec = journal::Codec::new(store.keys.clone());
            organisation.append(&*store.journal, &codec).await.unwrap();
        }
        let world = World::open(scratch).await.unwrap();
        world.engine.catch_up().await.unwrap();
        let folder = world.close();
        let views = Views::open_to_read(folder.path()).unwrap().unwrap();
        let newest = views.snapshot().unwrap().checkpoint().known_day.unwrap();
        // A week after, when what is answered soon is told.
        let cut = Day(Window::containing(Day(newest.0 - 7), Length::FourWeeks).first.0 + 6);
        Self { views, cut, _folder: folder }
    }

    fn known(&self) -> Arc<Known> {
        let day_of = |at: Time| local_day(at, ZONE);
        Arc::new(Known::read(&self.views.snapshot().unwrap(), self.cut, &day_of).unwrap())
    }

    /// The last window that was over.
    fn sheet(&self, known: &Arc<Known>) -> Sheet {
        let window = Window::containing(self.cut, Length::FourWeeks).before(1);
        Sheet::new(self.views.clone(), Arc::clone(known), window, Chart::AsWas)
    }

    /// The last window of which a figure is told.
    fn sheet_of(&self, known: &Arc<Known>, figure: Figure) -> Sheet {
        let newest = Window::containing(self.cut, Length::FourWeeks).before(1);
        let told =
            (0..).map(|back| newest.before(back)).find(|window| figure.maturity().of(*window) <= self.cut);
        Sheet::new(self.views.clone(), Arc::clone(known), told.unwrap(), Chart::AsWas)
    }
}

/// How many milliseconds something takes.
fn milliseconds(what: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    what();
    begun.elapsed().as_secs_f64() * 1e3
}

/// Of everybody, whatever came of what was waited for.
fn terms(threshold: Option<Threshold>) -> Terms {
    let end = Time::MAX;
    Terms { group: Group::Organisation, threshold, until: end, closed: [end; 5], version: None }
}

fn compute(sheet: &Sheet, figure: Figure) {
    std::hint::black_box(figure.of(sheet, terms(Some(Threshold::default()))).unwrap());
}

/// The figures that the overview does not show, those between departments of the first two, but for what communities
/// alone have.
fn others(grown: &Grown) -> Vec<(Figure, Group)> {
    let known = grown.known();
    let sheet = grown.sheet(&known);
    let [one, two] = [0, 1].map(|at| sheet.groups().below(None).nth(at).unwrap());
    let of_two = |figure| (figure, Group::Whole(one));
    let between = [Figure::Diffusion { how: How::Exposed, to: two }, Figure::Brokers { leaving: 3, to: two }];
    let is_other = |figure: &Figure| {
        let pair = matches!(figure, Figure::Diffusion { .. } | Figure::Brokers { .. } | Figure::Health);
        !pair && !OVERVIEW.contains(&&*figure.to_string())
    };
    let others = Figure::plain().filter(is_other).map(|figure| (figure, Group::Organisation));
    others.chain(between.map(of_two)).collect()
}

/// Leaves nothing in the caches of the processor: what was read to open a cut of a long history leaves less there than
/// that of a short one.
fn cool() {
    let others = vec![1_u8; 128 << 20];
    std::hint::black_box(others.iter().step_by(64).map(|byte| u64::from(*byte)).sum::<u64>());
}

/// Computes a figure of a group anew; nothing is kept from another but what was read of the cut.
fn anew(grown: &Grown, (figure, group): (Figure, Group)) -> f64 {
    let known = grown.known();
    let sheet = grown.sheet_of(&known, figure);
    let terms = Terms { group, ..terms(Some(Threshold::default())) };
    cool();
    milliseconds(|| {
        std::hint::black_box(figure.of(&sheet, terms).unwrap());
    })
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let large = Grown::to(Organisation::sized(EVENTS, MEMBERS, DEPARTMENTS)).await;
    let cuts = (0..ROUNDS).map(|_| milliseconds(|| drop(large.known())) / 1e3).collect();
    limited("opening a cut for the first time, s", median(cuts), CUT_LIMIT_S);

    let figures: Vec<Figure> = OVERVIEW.iter().map(|name| name.parse().unwrap()).collect();
    let mut slowest = 0.0_f64;
    let all = figures.iter().map(|figure| (*figure, Group::Organisation));
    for (figure, group) in all.chain(others(&large)) {
        let took = median((0..ROUNDS).map(|_| anew(&large, (figure, group))).collect());
        println!("{figure}: {took:.1} ms");
        slowest = slowest.max(took);
    }
    limited("the slowest figure of one window, ms", slowest, FIGURE_LIMIT_MS);

    let overview = (0..ROUNDS).map(|_| {
        let known = large.known();
        let sheet = large.sheet(&known);
        milliseconds(|| figures.iter().for_each(|figure| compute(&sheet, *figure)))
    });
    limited("the whole overview, ms", median(overview.collect()), OVERVIEW_LIMIT_MS);

    let known = large.known();
    let sheet = large.sheet(&known);
    let permuted = milliseconds(|| {
        std::hint::black_box(sheet.permutation(terms(None)).unwrap());
    });
    limited("10,000 orders of the E-I index, computed once, s", permuted / 1e3, 3.0);

    sampled(&sheet);
    drop((sheet, known, large));
    compared(&figures).await;
}

/// Says what a longer history adds to each figure.
async fn compared(figures: &[Figure]) {
    let of = |events| Organisation::sized(events, FEW_MEMBERS, FEW_DEPARTMENTS).slowly(SECONDS_BETWEEN);
    let (short, long) = (Grown::to(of(FEW_EVENTS)).await, Grown::to(of(EVENTS)).await);
    let mut most = 0.0_f64;
    for &figure in figures {
        // In turns, so that whatever else the machine does meets both.
        let rounds = (0..MANY_ROUNDS).map(|_| {
            (anew(&short, (figure, Group::Organisation)), anew(&long, (figure, Group::Organisation)))
        });
        let (before, now): (Vec<_>, Vec<_>) = rounds.unzip();
        let (before, now) = (median(before), median(now));
        println!("{figure}: {before:.2} ms, {now:.2} ms, {:.2} times as much", now / before);
        // Cohorts that began four windows ago are not there yet after two months.
        if !matches!(figure, Figure::Share(ShareOf::Retained { .. })) {
            most = most.max(now / before);
        }
    }
    limited("the most that a hundred times the history adds to a figure, times", most, COST_LIMIT);
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
