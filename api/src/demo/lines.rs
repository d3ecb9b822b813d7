//! The lines of the activity log: one ActivityStreams activity each, with its members in the order of the format.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::demo::calendar::{Second, time};

/// `activities.jsonl` as far as it is written.
#[derive(Default)]
pub(super) struct Log {
    pub(super) text: String,
    /// How many lines there are of each type.
    pub(super) counts: BTreeMap<&'static str, usize>,
}

impl Log {
    /// Writes one activity: what everyone has, then what `rest` adds.
    pub(super) fn write(
        &mut self,
        verb: &'static str,
        actor: usize,
        at: Second,
        rest: impl FnOnce(&mut Fields<'_>),
    ) {
        self.write_by(verb, &member(actor), at, rest);
    }

    /// The same of anybody, a service among them.
    pub(super) fn write_by(
        &mut self,
        verb: &'static str,
        actor: &str,
        at: Second,
        rest: impl FnOnce(&mut Fields<'_>),
    ) {
        let mut fields = Fields::open(&mut self.text);
        fields.text("type", verb);
        fields.text("actor", actor);
        fields.text("published", &time(at).to_string());
        rest(&mut fields);
        fields.close();
        self.text.push('\n');
        *self.counts.entry(verb).or_default() += 1;
    }
}

/// The inside of a JSON object.
pub(super) struct Fields<'a> {
    text: &'a mut String,
    empty: bool,
}

impl<'a> Fields<'a> {
    fn open(text: &'a mut String) -> Self {
        text.push('{');
        Self { text, empty: true }
    }

    fn close(self) {
        self.text.push('}');
    }

    fn key(&mut self, key: &str) {
        if !std::mem::replace(&mut self.empty, false) {
            self.text.push(',');
        }
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
    }

    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        quote(value, self.text);
    }

    pub(super) fn texts(&mut self, key: &str, values: impl IntoIterator<Item = String>) {
        self.key(key);
        self.text.push('[');
        for (place, value) in values.into_iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            quote(&value, self.text);
        }
        self.text.push(']');
    }

    pub(super) fn number(&mut self, key: &str, value: i64) {
        self.key(key);
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{value}");
    }

    pub(super) fn flag(&mut self, key: &str, value: bool) {
        self.key(key);
        self.text.push_str(if value { "true" } else { "false" });
    }

    pub(super) fn object(&mut self, key: &str, inside: impl FnOnce(&mut Fields<'_>)) {
        self.key(key);
        let mut fields = Fields::open(self.text);
        inside(&mut fields);
        fields.close();
    }
}

/// The name of a member as activities have it.
pub(super) fn member(person: usize) -> String {
    format!("member:{}", person_id(person))
}

/// The id of a member as tables have it.
pub(super) fn person_id(person: usize) -> String {
    format!("m{:04}", person + 1)
}

/// Writes a JSON string (RFC 8259): quotes, backslashes and control characters escaped, all else as it is.
pub(super) fn quote(value: &str, to: &mut String) {
    to.push('"');
    for c in value.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(to, "\\u{:04x}", u32::from(c));
            }
            c => to.push(c),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_json_whatever_it_holds() {
        let mut log = Log::default();
        log.write("Create", 6, 1_774_000_000, |line| {
            line.object("object", |note| {
                note.text("content", "« à \"9 h\" »\n\\\u{7}");
                note.texts("to", [member(0), member(11)]);
            });
            line.number("value", -1);
            line.flag("closed", true);
        });
        assert_eq!(
            log.text,
            "{\"type\":\"Create\",\"actor\":\"member:m0007\",\"published\":\"2026-03-20T09:46:40Z\",\
             \"object\":{\"content\":\"« à \\\"9 h\\\" »\\n\\\\\\u0007\",\"to\":[\"member:m0001\",\"member:m0012\"]},\
             \"value\":-1,\"closed\":true}\n"
        );
        assert!(serde_json::from_str::<serde_json::Value>(&log.text).is_ok());
    }
}
