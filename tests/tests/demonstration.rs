//! The demonstration's organisation, brought in like any other: nothing of it is refused, what is exported and imported
//! again is the same bytes, and figures find in it what was put there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what cannot be brought in fails the test")]

use domain::id::DepartmentId;
use domain::time::Day;
use passerelle::demo;
use passerelle_tests::log::{World, demonstration};
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::indices::IndexOf;
use projections::figures::population::Chart;
use projections::figures::publish::Published;
use projections::figures::sheet::Sheet;
use serde_json::Value;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_goes_in_and_out_and_in_again() {
    // The whole takes a minute without optimisation.
    let files = demonstration(8_000).unwrap();
    let (first, second) = (World::empty().await.unwrap(), World::empty().await.unwrap());
    let summary = first.import_what_fits(&files).await.unwrap();
    let refused: Vec<String> = summary.refused.iter().take(20).map(ToString::to_string).collect();
    assert_eq!((summary.refused_count, refused), (0, vec![]), "of {} rows", summary.read);
    let exported = first.export().await.unwrap();
    second.import(&exported).await.unwrap();
    let again = second.export().await.unwrap();
    assert!(exported == again, "the bytes differ");
}

/// Of all that people of a department exchanged, the share that passed to another or from one.
fn outward(sheet: &Sheet, department: DepartmentId) -> f64 {
    match sheet.cross_department(Group::Whole(department), None).unwrap() {
        Published::Shown(share) => share.value().unwrap(),
        other => panic!("{other:?}"),
    }
}

/// By how many standard deviations the E-I index of everybody lies above what chance would give.
fn beyond_chance(sheet: &Sheet) -> f64 {
    let calendar = &sheet.known.population.calendar;
    match sheet.index(IndexOf::ExternalInternal, Group::Organisation, None, calendar).unwrap() {
        Published::Shown(index) => index.baseline.unwrap().z.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silos_are_found_before_the_coached_project_and_not_after_it() {
    let (files, summary) = demo::files(demo::Language::En, demo::LAST_DAY);
    let world = World::empty().await.unwrap();
    world.import(&files).await.unwrap();
    world.engine.catch_up().await.unwrap();
    let organisation: Value = serde_json::from_slice(&files["organisation.json"]).unwrap();
    let (zone, source) =
        (organisation["time_zone"].as_str().unwrap(), organisation["source"].as_str().unwrap());
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, source.as_bytes());
    let id = |id: &str| DepartmentId(Uuid::new_v5(&namespace, format!("department:{id}").as_bytes()));
    let sheet = |on| {
        let window = Window::containing(on, Length::FourWeeks);
        world.engine.sheet((summary.last, zone), window, Chart::AsWas).unwrap()
    };
    let begins = passerelle::clock::local_day(summary.project_starts, zone);
    let (before, after) = (sheet(Day(begins.0 - 28)), sheet(Day(summary.last.0 - 28)));
    for coached in &summary.coached {
        let of = id(coached);
        let (then, now) = (outward(&before, of), outward(&after, of));
        assert!(then < 0.4 && now > 0.8, "{coached}: {then} before, {now} after");
    }
    for other in ["south-plant", "logistics"] {
        let now = outward(&after, id(other));
        assert!(now < 0.7, "{other}, which nobody coached: {now}");
    }
    let (then, now) = (beyond_chance(&before), beyond_chance(&after));
    assert!(then < -20.0 && now > then, "{then} before, {now} after");
}
