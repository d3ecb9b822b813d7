//! All read models, in the order their tables are flushed, and the fingerprint over them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use crate::numbers::NUMBERS;
use crate::projection::Projection;
use crate::table::Table;

/// Every read model.
pub static ALL: &[&Projection] = &[
    &crate::organisation::PROJECTION,
    &crate::calendar::PROJECTION,
    &crate::directory::PROJECTION,
    &crate::identities::PROJECTION,
    &crate::communities::PROJECTION,
    &crate::contents::PROJECTION,
    &crate::posts::PROJECTION,
    &crate::comments::PROJECTION,
    &crate::engagement::PROJECTION,
    &crate::documents::PROJECTION,
    &crate::campaigns::PROJECTION,
    &crate::ideas::PROJECTION,
    &crate::tallies::PROJECTION,
    &crate::activity::PROJECTION,
    &crate::flow::PROJECTION,
    &crate::figures::PROJECTION,
    &crate::moderation::PROJECTION,
    &crate::follows::PROJECTION,
    &crate::trails::PROJECTION,
    &crate::reading::PROJECTION,
    &crate::polls::PROJECTION,
    &crate::bookmarks::PROJECTION,
    &crate::drafts::PROJECTION,
    &crate::access::PROJECTION,
    &crate::webhooks::PROJECTION,
    &crate::preferences::PROJECTION,
    &crate::notifications::PROJECTION,
    &crate::disclosures::PROJECTION,
    &crate::search::PROJECTION,
];

/// The read models that figures are computed from, and those that they look things up in.
pub static FIGURES: &[&Projection] = &[
    &crate::organisation::PROJECTION,
    &crate::calendar::PROJECTION,
    &crate::contents::PROJECTION,
    &crate::flow::PROJECTION,
    &crate::figures::PROJECTION,
];

/// Every table, in the order it is flushed and digested; the numbers that bitmaps are made of come first.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    std::iter::once(&NUMBERS).chain(ALL.iter().flat_map(|projection| projection.tables.iter().copied()))
}

/// The statements that create every table.
pub(crate) fn sql() -> impl Iterator<Item = String> {
    tables().flat_map(Table::sql)
}

/// SHA-256 over every projection's name and version and all SQL, in hexadecimal, cut to 16 digits: views of another
/// fingerprint are another file.
pub fn fingerprint() -> &'static str {
    static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
        let mut hash = Sha256::new();
        for projection in ALL {
            hash.update(format!("{} {}\n", projection.name, projection.version));
        }
        for sql in sql() {
            hash.update(sql);
            hash.update("\n");
        }
        hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    });
    &FINGERPRINT
}
