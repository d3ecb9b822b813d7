//! The bounds on a document's text: tokens and nesting, counted in one pass without a parser.

use super::{Excess, MAX_NESTING, MAX_TOKENS, within};

/// Refuses text of more tokens or deeper brackets than is allowed. It may count more than the parser would in text
/// that is not GraphQL, never less: nothing can hide from it in a comment or a string.
pub fn check_text(query: &str) -> Result<(), Excess> {
    let mut rest = query.as_bytes();
    let (mut tokens, mut nesting) = (0, 0_usize);
    while let Some((&first, after)) = rest.split_first() {
        match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                rest = after;
                continue;
            }
            b'#' => {
                rest = skip_while(after, |b| b != b'\n' && b != b'\r');
                continue;
            }
            b'{' | b'[' | b'(' => {
                nesting += 1;
                rest = after;
            }
            b'}' | b']' | b')' => {
                nesting = nesting.saturating_sub(1);
                rest = after;
            }
            b'"' => rest = after_string(rest),
            b'.' if rest.starts_with(b"...") => rest = &rest[3..],
            _ if is_name(first) => rest = skip_while(after, is_name),
            _ => rest = after,
        }
        tokens += 1;
        within("tokens", tokens, MAX_TOKENS)?;
        within("nested brackets", nesting, MAX_NESTING)?;
    }
    Ok(())
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn skip_while(bytes: &[u8], inside: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|&b| !inside(b)).unwrap_or(bytes.len());
    &bytes[end..]
}

/// What follows the string that `bytes` begins with. A string ends at its line's end, as the parser sees it.
fn after_string(bytes: &[u8]) -> &[u8] {
    const BLOCK: &[u8] = b"\"\"\"";
    let block = bytes.starts_with(BLOCK);
    let mut rest = if block { &bytes[3..] } else { &bytes[1..] };
    while let Some((&first, after)) = rest.split_first() {
        rest = match first {
            b'"' if !block => return after,
            b'"' if rest.starts_with(BLOCK) => return &rest[3..],
            b'\n' | b'\r' if !block => return rest,
            b'\\' if block && after.starts_with(BLOCK) => &after[3..],
            b'\\' if !block => after.get(1..).unwrap_or_default(),
            _ => after,
        };
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_may_have_so_many_tokens() {
        let most = "a ".repeat(MAX_TOKENS);
        assert_eq!(check_text(&most), Ok(()));
        assert!(check_text(&format!("{most}...")).is_err());
    }

    #[test]
    fn brackets_may_nest_so_deep() {
        let nested = |open: &str, depth| open.repeat(depth);
        assert_eq!(check_text(&nested("{", MAX_NESTING)), Ok(()));
        for open in ["{", "[", "(", "{a:[(b:"] {
            assert!(check_text(&nested(open, MAX_NESTING + 1)).is_err());
        }
        assert_eq!(check_text(&"{}[]()".repeat(600)), Ok(()), "side by side is not nested");
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let deep = "{".repeat(200);
        for harmless in [
            format!("# {deep}"),
            format!("\"{deep}\""),
            format!("\"\\\"{deep}\""),
            format!("\"\"\"\n{deep}\\\"\"\"\"\"\""),
        ] {
            assert_eq!(check_text(&harmless), Ok(()), "{harmless}");
        }
    }

    #[test]
    fn nothing_hides_behind_an_unfinished_comment_or_string() {
        let deep = "{".repeat(200);
        for hidden in
            [format!("#\r{deep}"), format!("\"\n{deep}"), format!("\"\"{deep}"), format!("\"\\\\\"{deep}")]
        {
            assert!(check_text(&hidden).is_err(), "{hidden:?}");
        }
    }

    #[test]
    fn any_text_is_read_to_its_end() {
        for odd in ["\"", "\"\\", "\"\"\"", "\"\"\"\\", "\"\"\"\"", "é…\u{feff}", "\\\"\"", "#"] {
            assert_eq!(check_text(odd), Ok(()), "{odd:?}");
        }
    }
}
