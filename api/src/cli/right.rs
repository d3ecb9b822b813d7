//! By which right a command works: whoever holds the folder and its keys is the operator of the table in
//! `domain::policy`. What changes the history is sent as the server or a service, and the rules ask then.

use domain::policy::{Ability, Extent, Role, may};

use super::{Command, Trouble};

impl Command {
    /// What of the table it needs of the operator.
    fn needs(&self) -> &'static [Ability] {
        match self {
            Self::Export { .. }
            | Self::Backup { .. }
            | Self::Copy { .. }
            | Self::Replay { .. }
            | Self::Check => &[Ability::Export],
            // They are printed opened.
            Self::Events(_) => &[Ability::SeeEvents, Ability::ReadAddressed, Ability::SeeMembers],
            Self::Figure(_) => &[Ability::SeeFigures],
            Self::Serve(_) | Self::Demo { .. } | Self::Import(_) | Self::Token(_) => &[],
            Self::Schema | Self::Policy => &[],
        }
    }
}

/// Refused unless the table gives the operator what a command needs.
pub(super) fn check(command: &Command) -> Result<(), Trouble> {
    let missing = command.needs().iter().find(|ability| may(Role::Operator, **ability) != Extent::All);
    missing.map_or(Ok(()), |ability| {
        Err(Trouble::Failed(format!("the policy does not let an operator {}", ability.text())))
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::Cli;
    use super::*;

    #[test]
    fn whoever_holds_the_folder_may_what_its_commands_do() {
        for line in ["export records", "backup to", "copy from to", "replay", "check", "events"] {
            let cli = Cli::parse_from(["passerelle"].into_iter().chain(line.split(' ')));
            assert!(!cli.command.needs().is_empty(), "{line}");
            assert!(check(&cli.command).is_ok(), "{line}");
        }
    }
}
