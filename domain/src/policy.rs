//! Who may do and see what: one table of roles and abilities, asked by every rule and by every door of the server.
//!
//! Nothing is allowed that the table does not name ([`may`]): an ability is declared together with the roles that have
//! it, and everybody else has none of it. Rules ask through [`crate::decision::Facts`], which knows the roles of whoever
//! acts; what is asked or shown, without a command, goes through a [`Standing`]. What content is for whom is a matter of
//! its audience ([`crate::audience`]), here under [`Extent::Inside`] and [`Extent::Own`]. What metrics may be told apart
//! by stands in [`LABELS`].

mod abilities;
mod asking;
mod labels;
mod page;
mod standing;

pub use abilities::{Ability, may};
pub use labels::{LABELS, may_label};
pub use page::page;
pub use standing::Standing;

/// What somebody is. Whoever is several of these may what any of them may; but an auditor is no member besides, so that
/// whoever reads everything changes nothing, and is none of the others but an administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Everybody with an account, but auditors.
    Member,
    /// Whoever moderates a community.
    Moderator,
    /// Whoever leads a community.
    Leader,
    /// Whoever sponsors a community, in the name of the management.
    Sponsor,
    /// Whoever coaches departments: those of the grant with all below them, from its beginning until its end.
    Coach,
    /// Whoever reads and verifies the history.
    Auditor,
    /// Whoever sets up the organisation.
    Administrator,
    /// A token that acts as nobody, an import, and the server by itself.
    Service,
    /// Whoever holds the folder and the keys, at the command line.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: &[Self] = &[
        Self::Member,
        Self::Moderator,
        Self::Leader,
        Self::Sponsor,
        Self::Coach,
        Self::Auditor,
        Self::Administrator,
        Self::Service,
        Self::Operator,
    ];

    /// As it is called, and who that is.
    pub fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Member => ("member", "everybody with an account, but auditors"),
            Self::Moderator => ("moderator", "whoever moderates a community"),
            Self::Leader => ("leader", "whoever leads a community"),
            Self::Sponsor => (
                "sponsor",
                "whoever sponsors a community that is not archived, in the name of the management",
            ),
            Self::Coach => ("coach", "whoever coaches departments, from when the grant begins until it ends"),
            Self::Auditor => ("auditor", "whoever reads and verifies the history"),
            Self::Administrator => ("administrator", "whoever sets up the organisation"),
            Self::Service => ("service", "a token that acts as nobody, an import, and the server by itself"),
            Self::Operator => ("operator", "whoever holds the folder and the keys, at the command line"),
        }
    }

    /// With a token, these count where it is for administering alone.
    fn needs_scope(self) -> bool {
        matches!(self, Self::Administrator | Self::Service)
    }
}

/// How far an ability goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Not at all.
    No,
    /// For what is their own: what they wrote, what is addressed to them, what is kept for them.
    Own,
    /// For what is theirs to read.
    Inside,
    /// For their own department and all above it, the whole organisation on top.
    Upwards,
    /// In the communities in which they have the role.
    There,
    /// For the departments that the role was granted for, and all below them, until it ends.
    InScope,
    /// In every community.
    Communities,
    /// For one thing at a time, for a while, and for a reason that is recorded and told to those concerned.
    WithReason,
    /// Always.
    All,
}

impl Extent {
    /// Every extent.
    pub const ALL: &[Self] = &[
        Self::No,
        Self::Own,
        Self::Inside,
        Self::Upwards,
        Self::There,
        Self::InScope,
        Self::Communities,
        Self::WithReason,
        Self::All,
    ];

    /// As it is called, and what that means.
    pub fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::No => ("", "not at all"),
            Self::Own => (
                "own",
                "for what is their own: what they wrote, what is addressed to them, what is kept for them",
            ),
            Self::Inside => ("inside", "for what is theirs to read"),
            Self::Upwards => {
                ("upwards", "for their own department and all above it, the whole organisation on top")
            }
            Self::There => ("there", "in the communities in which they have the role"),
            Self::InScope => (
                "in scope",
                "for the departments the role was granted for and all below them, while the grant lasts",
            ),
            Self::Communities => ("communities", "in every community"),
            Self::WithReason => (
                "with a reason",
                "for one thing or person at a time, for a reason that is recorded; reading is told to those concerned, and ends",
            ),
            Self::All => ("all", "always"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;

    fn allowed(role: Role) -> impl Iterator<Item = Ability> {
        Ability::ALL.iter().copied().filter(move |ability| may(role, *ability) != Extent::No)
    }

    #[test]
    fn nobody_reads_what_is_addressed_to_others_without_giving_a_reason() {
        let readers = Role::ALL.iter().filter(|role| may(**role, Ability::ReadAddressed) != Extent::No);
        let extents: Vec<_> = readers.map(|role| (*role, may(*role, Ability::ReadAddressed))).collect();
        let own = |role| (role, Extent::Own);
        let expected = [
            own(Role::Member),
            own(Role::Auditor),
            (Role::Administrator, Extent::WithReason),
            (Role::Operator, Extent::All),
        ];
        assert_eq!(extents, expected);
    }

    #[test]
    fn an_auditor_does_no_more_than_keep_what_is_their_own() {
        let does = |ability: &Ability| Command::ABILITIES.iter().any(|(_, of)| of == ability);
        let done: Vec<_> = allowed(Role::Auditor).filter(does).collect();
        assert_eq!(
            done,
            [
                Ability::RevokeTokens,
                Ability::EndSessions,
                Ability::SignIn,
                Ability::Look,
                Ability::KeepTheirState
            ]
        );
    }

    #[test]
    fn every_ability_is_somebodys() {
        for ability in Ability::ALL {
            assert!(Role::ALL.iter().any(|role| may(*role, *ability) != Extent::No), "{ability:?}");
        }
    }
}
