//! What a search found, as a row says it.

use serde::{Deserialize, Serialize};

/// How much of what a search found belongs to a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// `department:ID`; none for what nobody of a department brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// How much.
    pub count: u32,
}
