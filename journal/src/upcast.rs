//! Upcasters: events of older versions read as the version that is declared today.
//!
//! To change the shape of an event type, raise its version in `domain` and add a step here from the version before.
//! Stored bytes never change; `schema/events/` keeps an example of every version there has been.

use std::borrow::Cow;

use domain::event::Declared;
use serde_json::{Map, Value, json};

/// One version further: from the plain fields of `from` to those of `from + 1`.
struct Step {
    kind: &'static str,
    from: u16,
    change: fn(&mut Map<String, Value>),
}

const STEPS: &[Step] = &[
    // Before communities could be closed, all were open.
    Step { kind: "community.founded", from: 1, change: |plain| set(plain, "access", json!("open")) },
    // Before tokens had scopes, each could do whatever its member may.
    Step {
        kind: "token.issued",
        from: 1,
        change: |plain| set(plain, "scopes", json!(["write", "administer"])),
    },
    // Before organisations could choose a threshold, each had the one by default.
    Step { kind: "organisation.established", from: 1, change: |plain| set(plain, "threshold", Value::Null) },
    // Before roles could begin later, each began when it was granted.
    Step { kind: "organisation.role-granted", from: 1, change: |plain| set(plain, "from", Value::Null) },
];

fn set(plain: &mut Map<String, Value>, field: &str, value: Value) {
    plain.insert(field.to_owned(), value);
}

/// The plain fields of an event as its declared version has them; `None` if there is no way from its version.
pub(crate) fn upcast<'a>(declared: &Declared, version: u16, plain: &'a str) -> Option<Cow<'a, str>> {
    if version == declared.version {
        return Some(Cow::Borrowed(plain));
    }
    if version > declared.version {
        return None;
    }
    let mut fields: Map<String, Value> = serde_json::from_str(plain).ok()?;
    for from in version..declared.version {
        let step = STEPS.iter().find(|step| step.kind == declared.name && step.from == from)?;
        (step.change)(&mut fields);
    }
    serde_json::to_string(&fields).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(kind: &str) -> &'static Declared {
        domain::event::Event::declared().find(|declared| declared.name == kind).unwrap()
    }

    #[test]
    fn a_community_founded_before_access_existed_is_open() {
        let read = upcast(declared("community.founded"), 1, r#"{"leader":1}"#).unwrap();
        assert_eq!(read, r#"{"access":"open","leader":1}"#);
    }

    #[test]
    fn a_token_issued_before_scopes_existed_has_them_all() {
        let read = upcast(declared("token.issued"), 1, r#"{"until":null}"#).unwrap();
        assert_eq!(read, r#"{"scopes":["write","administer"],"until":null}"#);
    }

    #[test]
    fn every_older_version_has_its_step() {
        for declared in domain::event::Event::declared() {
            for version in 1..declared.version {
                assert!(upcast(declared, version, "{}").is_some(), "{} v{version}", declared.name);
            }
        }
    }

    #[test]
    fn a_version_from_the_future_is_not_guessed() {
        assert_eq!(upcast(declared("community.founded"), 3, "{}"), None);
    }
}
