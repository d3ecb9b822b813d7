//! Figures of a real record, held against a program of another language that shares nothing with this one. Where the
//! record is absent that is said and nothing is tested.
//!
//! `cargo test --release -p passerelle-tests --test independent -- --ignored`

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what it skipped")]

use std::collections::BTreeMap;
use std::process::Command;

use domain::time::Day;
use passerelle::activity_log::source::Folder;
use passerelle_tests::log::World;
use passerelle_tests::records;
use projections::figures::adoption::Adoption;
use projections::figures::deeds::Level;
use projections::figures::figure::{Figure, Terms, Value as Figured};
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::population::Chart;
use projections::figures::publish::Published;
use projections::figures::sheet::{ShareOf, Sheet};
use projections::statistics::network::Weight;
use serde_json::Value;
use uuid::Uuid;

/// What the other program says of a record.
fn said_elsewhere(folder: &std::path::Path) -> Value {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/independent/figures.py");
    let run = Command::new("python3").arg(program).arg(folder).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

fn shown(sheet: &Sheet, name: &str) -> Published<Figured> {
    let terms = Terms {
        group: Group::Organisation,
        threshold: None,
        until: domain::time::Time::MAX,
        closed: domain::time::Time::MAX,
        version: None,
    };
    name.parse::<Figure>().unwrap().of(sheet, terms).unwrap()
}

fn figure(sheet: &Sheet, name: &str) -> Option<f64> {
    match shown(sheet, name) {
        Published::Shown(Figured::Index(index)) => Some(index.value),
        Published::Shown(Figured::Proportion(share)) => share.value(),
        Published::Shown(Figured::Count(count)) => Some(count as f64),
        Published::Hidden(_) => None,
        other => panic!("{name}: {other:?}"),
    }
}

#[track_caller]
fn same(here: Option<f64>, there: &Value, what: &str) {
    let equal = match (here, there.as_f64()) {
        (Some(here), Some(there)) => (here - there).abs() < 1e-9,
        (here, there) => here.is_none() && there.is_none(),
    };
    assert!(equal, "{what}: {here:?} here, {there} there");
}

/// The matrix with the departments of the record's own ids.
fn matrix(sheet: &Sheet, ids: &BTreeMap<Uuid, String>) -> BTreeMap<(String, String), u64> {
    let Published::Shown(matrix) = sheet.matrix(Group::Organisation, 99, None).unwrap() else {
        panic!("hidden")
    };
    let named = |id: &Uuid| ids.get(id).cloned().unwrap_or_default();
    let cell = |cell: &projections::figures::matrix::Entry| {
        ((named(&cell.source.0), named(&cell.receiver.0)), *cell.acts.shown().unwrap())
    };
    matrix.cells.iter().map(cell).collect()
}

fn matrix_there(of: &Value) -> BTreeMap<(String, String), u64> {
    let rows = of.as_object().unwrap().iter();
    let cells = rows.flat_map(|(source, row)| {
        let cells = row.as_object().unwrap().iter();
        cells.map(move |(receiver, acts)| ((source.clone(), receiver.clone()), acts.as_u64().unwrap()))
    });
    cells.collect()
}

/// Compares everything that both programs say of a window.
fn compare(sheet: &Sheet, ids: &BTreeMap<Uuid, String>, there: &Value, what: &str) {
    same(figure(sheet, "headcount"), &there["people"], &format!("{what}: people"));
    assert_eq!(matrix(sheet, ids), matrix_there(&there["matrix"]), "{what}: matrix");
    let share = figure(sheet, "cross-department-share");
    same(share, &there["cross_share"], &format!("{what}: share between departments"));
    same(share.map(|share| 2.0 * share - 1.0), &there["ei_acts"], &format!("{what}: E-I of acts"));
    for (name, key) in [
        ("external-internal-index", "ei_ties"),
        ("reciprocity", "reciprocity"),
        ("density", "density"),
        ("contribution-gini:zeros", "gini_with_zeros"),
        ("contribution-gini", "gini_of_senders"),
    ] {
        same(figure(sheet, name), &there[key], &format!("{what}: {name}"));
    }
    let senders = sheet.split(ShareOf::Active(Level::Contributed)).unwrap().unwrap().acted.len();
    assert_eq!(Some(senders), there["senders"].as_u64(), "{what}: senders");
    brokers(sheet, ids, &there["brokers"], what);
}

/// The people over whom most of the shortest paths lead.
fn brokers(sheet: &Sheet, ids: &BTreeMap<Uuid, String>, there: &Value, what: &str) {
    let everyone = sheet.groups().members(Group::Organisation).unwrap();
    let ties = sheet.ties_by_department(everyone).unwrap();
    assert!(ties.network().mixing(Weight::Ties).external > 0, "{what}: nothing leads out");
    let member = |number: &u32| ids[&sheet.known.population.member(*number).unwrap().0].clone();
    let people = ties.people().iter().map(member);
    let between: BTreeMap<String, f64> = people.zip(ties.network().betweenness()).collect();
    for broker in there.as_array().unwrap() {
        let id = broker["member"].as_str().unwrap();
        same(between.get(id).copied(), &broker["betweenness"], &format!("{what}: {id}"));
    }
}

/// Compares who came back in each week after the one in which they began.
fn compare_cohorts(world: &World, cut: Day, zone: &str, there: &Value) {
    for (week, cohort) in there.as_object().unwrap() {
        let begun = chrono::NaiveDate::parse_from_str(&format!("{week}-1"), "%G-W%V-%u").unwrap();
        let window = Window::containing(begun.into(), Length::Week);
        let sheet = world.engine.sheet((cut, zone), window, Chart::AsWas).unwrap();
        let adoption = Adoption { known: &sheet.known, window };
        for (after, retained) in cohort["retained"].as_array().unwrap().iter().enumerate() {
            let here = adoption.cohort(window, after as i32);
            let told = (here.original.len(), here.retained.acted.len(), here.left.len());
            let left = cohort["left"][after].as_u64().unwrap();
            let expected = (cohort["size"].as_u64().unwrap(), retained.as_u64().unwrap(), left);
            assert_eq!(told, expected, "the cohort of {week} {after} weeks later");
        }
    }
}

/// Compares how long it took until people first wrote something.
fn compare_waits(record: &Sheet, there: &Value) {
    let Published::Shown(Figured::Waits(here)) = shown(record, "time-to-first-contribution") else {
        panic!("hidden")
    };
    let told = (Some(here.count), Some(here.happened));
    assert_eq!(told, (there["people"].as_u64(), there["events"].as_u64()), "people who waited");
    let days = |seconds: u64| seconds as f64 / 86_400.0;
    same(here.curve.median().map(days), &there["median"], "the median wait for a first message");
    let curve = there["curve"].as_array().unwrap();
    assert_eq!(here.curve.steps().len(), curve.len(), "days on which somebody first wrote");
    for (here, there) in here.curve.steps().iter().zip(curve) {
        same(Some(days(here.time)), &there["days"], "a day of the curve");
        let told = (Some(here.at_risk), Some(here.events));
        assert_eq!(told, (there["at_risk"].as_u64(), there["events"].as_u64()), "day {}", there["days"]);
        same(Some(here.survival), &there["survival"], "who still waits");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn figures_of_manufacturing_email_are_those_of_another_program() {
    let folder = match records::find("manufacturing-email") {
        Ok(folder) => folder,
        Err(skipped) => return println!("{skipped}"),
    };
    let there = said_elsewhere(&folder);
    let organisation: Value =
        serde_json::from_slice(&std::fs::read(folder.join("organisation.json")).unwrap()).unwrap();
    let (source, zone) =
        (organisation["source"].as_str().unwrap(), organisation["time_zone"].as_str().unwrap());
    let mut ids = BTreeMap::new();
    for (kind, file) in [("department", "departments.csv"), ("member", "members.csv")] {
        for row in csv::Reader::from_path(folder.join(file)).unwrap().records() {
            let id = row.unwrap()[0].to_owned();
            let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, source.as_bytes());
            ids.insert(Uuid::new_v5(&namespace, format!("{kind}:{id}").as_bytes()), id);
        }
    }
    let world = World::empty().await.unwrap();
    world.import(&Folder(folder)).await.unwrap();
    world.engine.catch_up().await.unwrap();
    let cut = world.engine.snapshot().unwrap().checkpoint().known_day.unwrap();
    let weeks = there["weeks"].as_object().unwrap();
    let sheet = |window| world.engine.sheet((cut, zone), window, Chart::AsWas).unwrap();
    for (week, of) in weeks {
        let monday = chrono::NaiveDate::parse_from_str(&format!("{week}-1"), "%G-W%V-%u").unwrap();
        compare(&sheet(Window::containing(monday.into(), Length::Week)), &ids, of, week);
    }
    let record = sheet(Window { first: Day(0), last: cut });
    assert_eq!(there["record"]["addressed_acts"], 82_876);
    compare(&record, &ids, &there["record"], "the record");
    compare_cohorts(&world, cut, zone, &there["cohorts"]);
    compare_waits(&record, &there["time_to_first_message"]);
}
