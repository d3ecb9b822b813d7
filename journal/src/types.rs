//! The declared event types by name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use domain::event::{Declared, Event};

static BY_NAME: LazyLock<HashMap<&str, &Declared>> =
    LazyLock::new(|| Event::declared().map(|declared| (declared.name, declared)).collect());

/// The declaration of a type.
pub(crate) fn declared(name: &str) -> Option<&'static Declared> {
    BY_NAME.get(name).copied()
}

/// The name of a type as it was read, without an allocation where it is declared.
pub(crate) fn kind(name: &[u8]) -> Cow<'static, str> {
    let name = String::from_utf8_lossy(name);
    match declared(&name) {
        Some(declared) => Cow::Borrowed(declared.name),
        None => Cow::Owned(name.into_owned()),
    }
}
