//! What is published of a record where ids stand for nobody, compared with what another program says of it: numbers of
//! people and acts are the same, and what is computed from them is within 1e-9.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::time::{Day, Time};
use passerelle_tests::log::World;
use projections::figures::figure::{Figure, Maturity, Terms, Value as Figured};
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::indices::Index;
use projections::figures::population::Chart;
use projections::figures::publish::{Proportion, Published, Suppression};
use projections::figures::sheet::Sheet;
use projections::statistics::network::Weight;
use serde_json::Value;
use uuid::Uuid;

/// A record that was imported.
pub(crate) struct Compared<'a> {
    world: &'a World,
    /// The record's own ids.
    ids: BTreeMap<Uuid, String>,
    zone: String,
    cut: Day,
}

/// A figure of everybody, as it is published where ids stand for nobody.
fn published(sheet: &Sheet, name: &str) -> Option<Figured> {
    let (group, threshold, version) = (Group::Organisation, None, None);
    let terms =
        Terms { group, threshold, until: Time::MAX, closed: [Time::MAX; Maturity::ALL.len()], version };
    match name.parse::<Figure>().unwrap().of(sheet, terms).unwrap() {
        Published::Shown(value) => Some(value),
        Published::Hidden(Suppression::TooLittleData) => None,
        other => panic!("{name}: {other:?}"),
    }
}

fn index(sheet: &Sheet, name: &str) -> Option<Index> {
    published(sheet, name)
        .map(|value| if let Figured::Index(index) = value { index } else { panic!("{value:?}") })
}

/// So many of so many; nothing of nobody.
fn proportion(sheet: &Sheet, name: &str) -> Option<(u64, u64)> {
    let of = published(sheet, name).map(|value| match value {
        Figured::Proportion(Proportion { numerator, denominator }) => (numerator, denominator),
        other => panic!("{name}: {other:?}"),
    });
    of.filter(|(_, denominator)| *denominator > 0)
}

fn number(there: &Value) -> u64 {
    there.as_u64().unwrap()
}

#[track_caller]
fn same(here: Option<f64>, there: &Value, what: &str) {
    let equal = match (here, there.as_f64()) {
        (Some(here), Some(there)) => (here - there).abs() < 1e-9,
        (here, there) => here.is_none() && there.is_none(),
    };
    assert!(equal, "{what}: {here:?} here, {there} there");
}

fn matrix_there(of: &Value) -> BTreeMap<(String, String), u64> {
    let rows = of.as_object().unwrap().iter();
    let cells = rows.flat_map(|(source, row)| {
        let cells = row.as_object().unwrap().iter();
        cells.map(move |(receiver, acts)| ((source.clone(), receiver.clone()), number(acts)))
    });
    cells.collect()
}

fn week_of(name: &str) -> Window {
    let monday = NaiveDate::parse_from_str(&format!("{name}-1"), "%G-W%V-%u").unwrap();
    Window::containing(monday.into(), Length::Week)
}

impl<'a> Compared<'a> {
    /// The record of a folder, which was imported into a world.
    pub(crate) fn of(world: &'a World, folder: &Path) -> Self {
        let organisation = std::fs::read(folder.join("organisation.json")).unwrap();
        let organisation: Value = serde_json::from_slice(&organisation).unwrap();
        let source = organisation["source"].as_str().unwrap();
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, source.as_bytes());
        let mut ids = BTreeMap::new();
        for (kind, file) in [("department", "departments.csv"), ("member", "members.csv")] {
            for row in csv::Reader::from_path(folder.join(file)).unwrap().records() {
                let id = row.unwrap()[0].to_owned();
                ids.insert(Uuid::new_v5(&namespace, format!("{kind}:{id}").as_bytes()), id);
            }
        }
        let zone = organisation["time_zone"].as_str().unwrap().to_owned();
        let cut = world.engine.snapshot().unwrap().checkpoint().known_day.unwrap();
        Self { world, ids, zone, cut }
    }

    fn sheet(&self, window: Window) -> Arc<Sheet> {
        self.world.engine.sheet((self.cut, &self.zone), window, Chart::AsWas).unwrap()
    }

    /// Compares all that the other program says.
    pub(crate) fn everything(&self, there: &Value) {
        for (week, of) in there["weeks"].as_object().unwrap() {
            self.window(&self.sheet(week_of(week)), of, week);
        }
        let record = self.sheet(Window { first: Day(0), last: self.cut });
        self.window(&record, &there["record"], "the record");
        self.waits(&record, &there["time_to_first_contribution"]);
        for (week, cohort) in there["cohorts"].as_object().unwrap() {
            self.cohort(week, cohort);
        }
    }

    fn window(&self, sheet: &Sheet, there: &Value, what: &str) {
        let people = number(&there["people"]);
        assert_eq!(published(sheet, "headcount"), Some(Figured::Count(people)), "{what}: people");
        let senders = (people > 0).then(|| (number(&there["senders"]), people));
        assert_eq!(proportion(sheet, "contributed-share"), senders, "{what}: senders");
        assert_eq!(self.matrix(sheet), matrix_there(&there["matrix"]), "{what}: matrix");
        let (crossing, acts) = (number(&there["cross_acts"]), number(&there["acts"]));
        let share = proportion(sheet, "cross-department-share");
        assert_eq!(share, (acts > 0).then_some((crossing, acts)), "{what}: acts between departments");
        let share = share.map(|(crossing, acts)| crossing as f64 / acts as f64);
        same(share, &there["cross_share"], &format!("{what}: share between departments"));
        same(share.map(|share| 2.0 * share - 1.0), &there["ei_acts"], &format!("{what}: E-I of acts"));
        for (name, key) in
            [("external-internal-index", "ei_ties"), ("reciprocity", "reciprocity"), ("density", "density")]
        {
            let index = index(sheet, name);
            same(index.map(|index| index.value), &there[key], &format!("{what}: {name}"));
            assert_eq!(index.map_or(Some(0), |index| index.count), there["ties"].as_u64(), "{what}: ties");
        }
        for (name, key) in
            [("contribution-gini:zeros", "gini_with_zeros"), ("contribution-gini", "gini_of_senders")]
        {
            same(index(sheet, name).map(|index| index.value), &there[key], &format!("{what}: {name}"));
        }
        self.brokers(sheet, &there["betweenness"], what);
    }

    /// The matrix with the departments of the record's own ids.
    fn matrix(&self, sheet: &Sheet) -> BTreeMap<(String, String), u64> {
        let Some(Figured::Matrix(matrix)) = published(sheet, "flow-matrix:99") else { panic!("hidden") };
        let named = |id: Uuid| self.ids[&id].clone();
        let cells = matrix.cells.iter();
        cells
            .map(|cell| ((named(cell.source.0), named(cell.receiver.0)), *cell.acts.shown().unwrap()))
            .collect()
    }

    /// Over whom how many of the shortest paths lead, and over whom the most.
    fn brokers(&self, sheet: &Sheet, there: &Value, what: &str) {
        let everyone = sheet.groups().members(Group::Organisation).unwrap();
        let ties = sheet.ties_by_department(everyone).unwrap();
        let member = |number: &u32| self.ids[&sheet.known.population.member(*number).unwrap().0].clone();
        let people = ties.people().iter().map(member).zip(ties.network().betweenness());
        let between: BTreeMap<String, f64> = people.filter(|(_, value)| *value > 1e-12).collect();
        let there = there.as_array().unwrap();
        assert_eq!(between.len(), there.len(), "{what}: people between others");
        for broker in there {
            let id = broker["member"].as_str().unwrap();
            same(between.get(id).copied(), &broker["betweenness"], &format!("{what}: {id}"));
        }
        let mixing = ties.network().mixing(Weight::Ties);
        assert_eq!(mixing.external + mixing.internal, ties.network().ties() as u64, "{what}: ties");
    }

    /// Compares who of a cohort came back in each week after the one in which they began, and who had left. It is the
    /// same whether a sheet of that week is asked or the last one.
    fn cohort(&self, week: &str, there: &Value) {
        let begun = week_of(week);
        let last = Window::containing(self.cut, Length::Week);
        let back = (last.first.0 - begun.first.0) / 7;
        let of_last = self.sheet(last);
        let retained = there["retained"].as_array().unwrap();
        assert_eq!(retained.len(), back as usize + 1, "weeks after {week}");
        for (after, (retained, left)) in (0..).zip(retained.iter().zip(there["left"].as_array().unwrap())) {
            let (size, retained, left) = (number(&there["size"]), number(retained), number(left));
            let of_week = self.sheet(begun.before(-after));
            for (sheet, back) in [(&of_week, after), (&of_last, back)] {
                let name = format!("cohort-retention:{back}-{after}");
                let what = format!("the cohort of {week}, {name}");
                assert_eq!(
                    proportion(sheet, &name),
                    (size > left).then_some((retained, size - left)),
                    "{what}"
                );
                assert_eq!(proportion(sheet, &format!("{name}-left")), Some((left, size)), "{what}: left");
            }
        }
    }

    /// Compares how long it took until people first wrote something.
    fn waits(&self, record: &Sheet, there: &Value) {
        let Some(Figured::Waits(here)) = published(record, "time-to-first-contribution") else {
            panic!("hidden")
        };
        let told = (here.count, here.happened);
        assert_eq!(told, (number(&there["people"]), number(&there["events"])), "people who waited");
        let days = |seconds: u64| seconds as f64 / 86_400.0;
        same(here.curve.median().map(days), &there["median"], "the median wait for a first message");
        let curve = there["curve"].as_array().unwrap();
        assert_eq!(here.curve.steps().len(), curve.len(), "days on which somebody first wrote");
        for (here, there) in here.curve.steps().iter().zip(curve) {
            same(Some(days(here.time)), &there["days"], "a day of the curve");
            let told = (here.at_risk, here.events);
            assert_eq!(told, (number(&there["at_risk"]), number(&there["events"])), "day {}", there["days"]);
            same(Some(here.survival), &there["survival"], "who still waits");
        }
    }
}
