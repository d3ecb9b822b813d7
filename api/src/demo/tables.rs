//! The files beside the activities: the organisation, its departments, people and roles.

use std::collections::BTreeMap;

use crate::demo::calendar::{HOUR, Second, in_paris, next_working, time};
use crate::demo::chart::{
    COACHED, DEPARTMENTS, MANAGEMENT, MARKETING, PEOPLE, PROJECT_STARTS, QUALITY, SYSTEMS,
};
use crate::demo::lines::{person_id, quote};
use crate::demo::world::World;

/// The day the marketing department is renamed, and the one quality moves to general management.
const RENAMED: i32 = 190;
const MOVED: i32 = 275;

/// Writes them all.
pub(super) fn write(world: &World) -> BTreeMap<String, Vec<u8>> {
    [
        ("organisation.json", organisation(world)),
        ("departments.csv", departments(world)),
        ("department_changes.csv", department_changes(world)),
        ("members.csv", members(world)),
        ("transfers.csv", transfers(world)),
        ("absences.csv", absences(world)),
        ("roles.csv", roles(world)),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect()
}

fn organisation(world: &World) -> String {
    let mut text = "{\"name\":".to_owned();
    quote(world.texts.organisation, &mut text);
    let tag = world.texts.tag;
    text.push_str(&format!(
        ",\"source\":\"urn:passerelle:demo:{tag}\",\"time_zone\":\"Europe/Paris\",\"language\":\"{tag}\"}}\n"
    ));
    text
}

/// One row of a CSV file (RFC 4180).
fn row(to: &mut String, cells: &[&str]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            to.push(',');
        }
        if cell.contains([',', '"', '\n']) {
            to.push('"');
            to.push_str(&cell.replace('"', "\"\""));
            to.push('"');
        } else {
            to.push_str(cell);
        }
    }
    to.push('\n');
}

fn at(second: Second) -> String {
    time(second).to_string()
}

fn maybe(second: Option<Second>) -> String {
    second.map(at).unwrap_or_default()
}

fn id_of(place: Option<usize>) -> &'static str {
    place.map_or("", |place| DEPARTMENTS[place].id)
}

fn departments(world: &World) -> String {
    let mut text = "id,name,parent,opened_at,closed_at\n".to_owned();
    let opened_at = at(world.span.start());
    for (department, name) in DEPARTMENTS.iter().zip(world.texts.departments) {
        row(&mut text, &[department.id, name, id_of(department.parent), &opened_at, ""]);
    }
    text
}

fn department_changes(world: &World) -> String {
    let mut text = "department,name,parent,at\n".to_owned();
    let on = |day: i32| at(in_paris(next_working(world.span.day(day)), 8 * HOUR));
    let (renamed, parent) = (world.texts.marketing_renamed, id_of(DEPARTMENTS[MARKETING].parent));
    row(&mut text, &[DEPARTMENTS[MARKETING].id, renamed, parent, &on(RENAMED)]);
    let name = world.texts.departments[QUALITY];
    row(&mut text, &[DEPARTMENTS[QUALITY].id, name, DEPARTMENTS[MANAGEMENT].id, &on(MOVED)]);
    text
}

fn members(world: &World) -> String {
    let mut text = "id,name,email,department,joined_at,left_at,account_at\n".to_owned();
    for (number, person) in world.people.iter().enumerate() {
        let cells = [
            &person_id(number),
            &person.name,
            &person.email,
            DEPARTMENTS[person.began_in].id,
            &at(person.joined_at),
            &maybe(person.left_at),
            &maybe(person.account_at),
        ];
        row(&mut text, &cells);
    }
    text
}

fn transfers(world: &World) -> String {
    let mut text = "member,department,at,known_at\n".to_owned();
    for (number, person) in world.people.iter().enumerate() {
        if let Some(transfer) = person.transfer {
            let late = (transfer.known_at != transfer.at).then_some(transfer.known_at);
            let id = DEPARTMENTS[transfer.department].id;
            row(&mut text, &[&person_id(number), id, &at(transfer.at), &maybe(late)]);
        }
    }
    text
}

fn absences(world: &World) -> String {
    let mut text = "member,left_at,returned_at\n".to_owned();
    for (number, person) in world.people.iter().enumerate() {
        if let Some((left, returned)) = person.absence {
            row(&mut text, &[&person_id(number), &at(left), &at(returned)]);
        }
    }
    text
}

fn roles(world: &World) -> String {
    let mut text = "member,role,departments,from,until\n".to_owned();
    let coached = COACHED.map(|place| DEPARTMENTS[place].id).join(";");
    let begins = world.span.start() + HOUR / 2;
    let day = |day: i32| in_paris(world.span.day(day), 8 * HOUR);
    let mut grant = |(department, head): (usize, usize), role, departments: &str, from, until| {
        let member = person_id(world.head(department, head));
        row(&mut text, &[&member, role, departments, &at(from), &maybe(until)]);
    };
    grant((SYSTEMS, 0), "administrator", "", begins, None);
    grant((SYSTEMS, 1), "administrator", "", begins, None);
    grant((1, 0), "auditor", "", day(30), None);
    grant((PEOPLE, 3), "coach", "", day(30), None);
    grant((PEOPLE, 1), "coach", &coached, day(PROJECT_STARTS - 7), Some(day(PROJECT_STARTS + 190)));
    text
}
