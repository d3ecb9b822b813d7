//! Sealed fields: values that are stored as ciphertext under a key of the person, item or month they belong to.

use crate::id::MemberId;
use crate::time::Month;
use uuid::Uuid;

/// A sealed value as a fold receives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sealed<T> {
    /// The key exists: the value.
    Open(T),
    /// The key was destroyed: what was said is gone, that it was said is not.
    Gone,
}

impl<T> Sealed<T> {
    /// The value, while it can be read.
    pub fn open(&self) -> Option<&T> {
        match self {
            Self::Open(value) => Some(value),
            Self::Gone => None,
        }
    }
}

impl<T> From<T> for Sealed<T> {
    fn from(value: T) -> Self {
        Self::Open(value)
    }
}

/// Whose key seals a field. Destroying the key makes every field under it `Gone`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// Personal data of a member.
    Personal(MemberId),
    /// The content of an item, a community, a department …
    Content(Uuid),
    /// Who saw, opened, searched or signed in, by month.
    Trace(Month),
    /// Who consulted a figure or an export, by month.
    Look(Month),
}

/// How a field of an event type is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealing {
    /// Readable for ever; never a name, a text, an address or a hash of one.
    Plain,
    /// Under the key of the member that the named field holds.
    Personal(&'static str),
    /// Under the key of the thing that the named field holds.
    Content(&'static str),
    /// Under the key of traces of the month that the named field holds.
    Trace(&'static str),
    /// Under the key of looks of the month that the named field holds.
    Look(&'static str),
}

/// A field of an event type, as declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the stored form.
    pub name: &'static str,
    /// How it is kept.
    pub sealing: Sealing,
}
