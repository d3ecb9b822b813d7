//! The page on privacy says of everything that is sealed what it is for, in both languages.

use std::fs;

use domain::event::{Declared, Event};
use domain::sealed::Sealing;

use crate::sources::{none, root};

/// The sealed fields of event types that have no line in a page: one that begins with the type and names each field.
fn unexplained(page: &str, declared: &[Declared]) -> Vec<String> {
    let line_of =
        |name: &str| page.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap_or("");
    let sealed = declared.iter().flat_map(|event| {
        let fields = event.fields.iter().filter(|field| field.sealing != Sealing::Plain);
        fields.map(move |field| (event.name, field.name))
    });
    let missing = sealed.filter(|(event, field)| !line_of(event).contains(&format!("`{field}`")));
    missing.map(|(event, field)| format!("{event}: {field}")).collect()
}

/// Lines of a page about event types that there are not.
fn unknown(page: &str, declared: &[Declared]) -> Vec<String> {
    let named = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let of_event =
        named.filter(|name| name.contains('.') && !declared.iter().any(|event| event.name == *name));
    of_event.map(|name| format!("docs/privacy.md: {name}")).collect()
}

#[test]
fn the_page_on_privacy_explains_every_sealed_field_in_both_languages() {
    let declared: Vec<Declared> = Event::declared().copied().collect();
    assert!(unexplained("", &declared).contains(&"member.registered: email".to_owned()));
    assert_eq!(
        unexplained("| `member.registered` | `name` |", &declared).len(),
        unexplained("", &declared).len() - 1
    );
    assert_eq!(unknown("| `idea.painted` | `title` |", &declared).len(), 1);
    let page = fs::read_to_string(root().join("docs/privacy.md")).unwrap();
    let (english, french) = page.split_once("\n## En français\n").expect("the French half has its title");
    let faults =
        [english, french].map(|half| [unexplained(half, &declared), unknown(half, &declared)].concat());
    none(
        faults.concat(),
        "Say in docs/privacy.md, in English and in French, what the field is recorded for: a line that begins with \
         the event type and names each of its sealed fields.",
    );
}
