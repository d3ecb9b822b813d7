//! Texts of records that live input may not have: control characters are taken out.

use crate::activity_log::activity::{Activity, Object};
use crate::activity_log::merge::Row;

/// Takes control characters other than tab and new line out of what people wrote; says how many.
pub fn mend(row: &mut Row) -> u64 {
    match row {
        Row::Establish(row) => text(&mut row.name),
        Row::OpenDepartment(row) => text(&mut row.name),
        Row::ChangeDepartment(row) => text(&mut row.name),
        Row::Register(row) => text(&mut row.name) + maybe(&mut row.email),
        Row::Activity(activity) => of_activity(activity),
        Row::OpenAccount(..)
        | Row::Reactivate(..)
        | Row::Transfer(_)
        | Row::Grant(_)
        | Row::Deactivate(..)
        | Row::Revoke(_)
        | Row::CloseDepartment(..) => 0,
    }
}

fn of_activity(activity: &mut Activity) -> u64 {
    let said = match &mut activity.object {
        Object::Name(_) => 0,
        Object::Thing(thing) => {
            let texts = [
                &mut thing.name,
                &mut thing.summary,
                &mut thing.content,
                &mut thing.outcome,
                &mut thing.email,
            ];
            texts.into_iter().map(maybe).sum()
        }
    };
    said + maybe(&mut activity.content)
}

fn maybe(value: &mut Option<String>) -> u64 {
    value.as_mut().map_or(0, text)
}

fn text(value: &mut String) -> u64 {
    let unwanted = |c: char| c.is_control() && c != '\n' && c != '\t';
    // The only control characters beyond ASCII are U+0080 to U+009F, which UTF-8 begins with C2.
    let suspect = |b: u8| (b < 0x20 && b != b'\n' && b != b'\t') || b == 0x7f || b == 0xc2;
    if !value.bytes().any(suspect) {
        return 0;
    }
    let before = value.chars().count();
    value.retain(|c| !unwanted(c));
    (before - value.chars().count()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_everything_else_stays() {
        let mut value = "a\u{7}b\r\n\tc\u{85}é\u{a0}\u{7f}".to_owned();
        assert_eq!(text(&mut value), 4);
        assert_eq!(value, "ab\n\tcé\u{a0}");
    }
}
