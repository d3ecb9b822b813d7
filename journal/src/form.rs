//! The bytes of `data`: `{"plain":{…},"sealed":{"body":"<base64>"}}`, without `sealed` if there is none.
//!
//! They are read strictly: what reads is, byte for byte, what would be written.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::value::RawValue;

const PLAIN: &str = "{\"plain\":";
const SEALED: &str = ",\"sealed\":{";

/// The data of an event taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form<'a> {
    /// The plain fields: a JSON object as written.
    pub plain: &'a str,
    /// Name and sealed text of each sealed field, in the order written.
    pub sealed: Vec<(&'a str, Vec<u8>)>,
}

impl<'a> Form<'a> {
    /// Writes the data of an event.
    pub fn write(&self) -> Vec<u8> {
        let texts: usize = self.sealed.iter().map(|(name, text)| name.len() + text.len() * 4 / 3 + 10).sum();
        let mut data = String::with_capacity(PLAIN.len() + self.plain.len() + SEALED.len() + texts);
        data.push_str(PLAIN);
        data.push_str(self.plain);
        for (n, (name, text)) in self.sealed.iter().enumerate() {
            data.push_str(if n == 0 { SEALED } else { "," });
            data.push('"');
            data.push_str(name);
            data.push_str("\":\"");
            STANDARD.encode_string(text, &mut data);
            data.push('"');
        }
        data.push_str(if self.sealed.is_empty() { "}" } else { "}}" });
        data.into_bytes()
    }

    /// Reads the data of an event; `None` if it is in any other form.
    pub fn read(data: &'a [u8]) -> Option<Self> {
        let data = std::str::from_utf8(data).ok()?.strip_prefix(PLAIN)?;
        let plain = serde_json::Deserializer::from_str(data).into_iter::<&RawValue>().next()?.ok()?.get();
        if !(data.starts_with(plain) && plain.starts_with('{')) {
            return None;
        }
        let rest = &data[plain.len()..];
        let sealed = match rest.strip_prefix(SEALED) {
            None => (rest == "}").then(Vec::new)?,
            Some(rest) => rest.strip_suffix("}}")?.split(',').map(field).collect::<Option<_>>()?,
        };
        Some(Self { plain, sealed })
    }
}

fn field(written: &str) -> Option<(&str, Vec<u8>)> {
    let (name, text) = written.strip_prefix('"')?.strip_suffix('"')?.split_once("\":\"")?;
    let named = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    named.then_some(())?;
    Some((name, STANDARD.decode(text).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for sealed in [vec![], vec![("name", vec![1; 40])], vec![("name", vec![]), ("summary", vec![2, 3])]] {
            let form = Form { plain: r#"{"a":"},\"sealed\":{"}"#, sealed };
            assert_eq!(Form::read(&form.write()), Some(form));
        }
    }

    #[test]
    fn any_other_form_is_refused() {
        let other = [
            "",
            "{}",
            r#"{"plain":1}"#,
            r#"{"plain":{}"#,
            r#"{"plain": {}}"#,
            r#"{"plain":{}} "#,
            r#"{"plain":{},"sealed":{}}"#,
            r#"{"plain":{},"sealed":{"a":"!"}}"#,
            r#"{"plain":{},"sealed":{"a":"AB"}}"#,
        ];
        for data in other {
            assert_eq!(Form::read(data.as_bytes()), None, "{data}");
        }
    }
}
