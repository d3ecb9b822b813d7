//! What the metrics of the server may be told apart by: words of the program, never of people.

/// The labels that a metric may have, and what each holds. Whatever else a metric is labelled with is not shown, so that
/// no name, id or text can come out by this door, nor a count by what somebody may not see.
pub const LABELS: &[(&str, &str)] = &[
    ("method", "the method of a request, when it is a known one"),
    ("route", "the path of a request as the program has it, without what stands in its place"),
    ("status", "the status that a request was answered with"),
    ("code", "the code of a refusal"),
    ("outcome", "what became of a mail: sent, refused, retried"),
];

/// Whether metrics may be told apart by this.
pub fn may_label(name: &str) -> bool {
    LABELS.iter().any(|(label, _)| *label == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_somebodys_is_a_label() {
        for name in ["member", "department", "community", "item", "title", "token", "webhook", "error_id", ""]
        {
            assert!(!may_label(name), "{name}");
        }
        assert!(may_label("route"));
    }
}
