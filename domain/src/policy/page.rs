//! The table as a page, as `docs/policy.md` keeps it.

use super::{Ability, Extent, LABELS, Role, may};
use crate::command::Command;

const HEAD: &str = "# Who may do and see what

This page is what `passerelle policy` prints: the table that rules and doors of the server ask. Nobody may do what it does not say. What is somebody’s own, and what is theirs to read, is found by the audience of the thing itself: for rules in `domain/src/audience.rs`, for every list, count and file in `projections/src/audience.rs`. Whoever has several roles may what any of them may; but an auditor is no member besides and none of the others but an administrator, so that whoever reads everything changes nothing.

What a person may not see does not exist for them: it is in no list, no total, no cursor and no error. A role counts from the moment it is granted until the moment it ends or is revoked, also on sockets that are open. A token can do less than whoever it acts as, never more; what administrators and services alone may, it does only where it is for administering.
";

const METRICS: &str = "
## Labels of metrics

What metrics are told apart by. Anything else is left out before it is counted, so that they say nothing that not everybody may know.

";

/// The page, in Markdown.
pub fn page() -> String {
    let described = |texts: (&str, &str)| format!("- **{}**: {}\n", texts.0, texts.1);
    let roles: String = Role::ALL.iter().map(|role| described(role.texts())).collect();
    let extents = Extent::ALL.iter().filter(|extent| **extent != Extent::No);
    let extents: String = extents.map(|extent| described(extent.texts())).collect();
    let mut page = format!("{HEAD}\n## Roles\n\n{roles}\n## How far\n\n{extents}");
    let mut subject = "";
    for ability in Ability::ALL {
        if ability.subject() != subject {
            subject = ability.subject();
            page += &head(subject);
        }
        page += &line(*ability);
    }
    let labels: String = LABELS.iter().map(|(label, what)| format!("- `{label}`: {what}\n")).collect();
    page + METRICS + &labels
}

fn head(subject: &str) -> String {
    let roles: Vec<_> = Role::ALL.iter().map(|role| role.texts().0).collect();
    let rule = "| --- ".repeat(roles.len() + 2);
    format!("\n## {subject}\n\n| to | {} | actions |\n{rule}|\n", roles.join(" | "))
}

fn line(ability: Ability) -> String {
    let extents: Vec<_> = Role::ALL.iter().map(|role| may(*role, ability).texts().0).collect();
    let actions = Command::ABILITIES.iter().filter(|(_, of)| *of == ability);
    let actions: Vec<_> = actions.map(|(name, _)| format!("`{name}`")).collect();
    format!("| {} | {} | {} |\n", ability.text(), extents.join(" | "), actions.join(", "))
}
