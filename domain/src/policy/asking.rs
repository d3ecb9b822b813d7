//! What rules ask of the table: the roles of whoever sends a command, and what they let them do.

use super::{Ability, Extent, Role, may};
use crate::decision::{Actor, Facts, Refusal};
use crate::event::Origin;
use crate::id::MemberId;
use crate::organisation;
use crate::refusal::Stop;
use crate::token::Scope;

/// What somebody is in some of the communities.
const IN_COMMUNITIES: [Role; 3] = [Role::Moderator, Role::Leader, Role::Sponsor];

impl Facts {
    /// The roles that count for the actor everywhere. What was done before is not judged anew: of an import, an auditor
    /// is a member.
    pub fn roles(&self) -> Result<Vec<Role>, Stop> {
        let Actor::Member(member) = self.actor else { return Ok(vec![Role::Service]) };
        let organisation = self.organisation()?;
        let holds = |role| organisation.holds(member, role, self.now);
        let audits = self.origin == Origin::Live && holds(organisation::Role::Auditor);
        let mut roles = vec![if audits { Role::Auditor } else { Role::Member }];
        if holds(organisation::Role::Administrator) {
            roles.push(Role::Administrator);
        }
        Ok(roles)
    }

    /// Refused unless the actor may do this whatever it is about.
    pub fn may(&self, ability: Ability) -> Result<(), Stop> {
        self.may_for(ability, None)
    }

    /// Refused unless the actor may do this with what is somebody's, their own or others'.
    pub fn may_for(&self, ability: Ability, owner: Option<MemberId>) -> Result<(), Stop> {
        let own = owner.is_some() && self.actor.member() == owner;
        let roles = self.roles()?;
        let enough = |extent| extent == Extent::All || own && extent == Extent::Own;
        if self.allows(&roles, ability, enough)? { Ok(()) } else { Err(refused(&roles, ability).into()) }
    }

    /// Refused where nothing the actor is could ever let them do this; the rule asks further.
    pub(crate) fn admits(&self, ability: Ability) -> Result<(), Stop> {
        let mut roles = self.roles()?;
        if roles.contains(&Role::Member) {
            roles.extend(IN_COMMUNITIES);
        }
        let ever = self.allows(&roles, ability, |extent| extent != Extent::No)?;
        if ever { Ok(()) } else { Err(refused(&roles, ability).into()) }
    }

    /// Whether one of these roles goes so far; refused where it would, but for the token that is used.
    pub(crate) fn allows(
        &self,
        roles: &[Role],
        ability: Ability,
        enough: impl Fn(Extent) -> bool,
    ) -> Result<bool, Stop> {
        let mut having = roles.iter().filter(|role| enough(may(**role, ability))).peekable();
        if having.peek().is_none() {
            return Ok(false);
        }
        let scoped = self.scopes.contains(&Scope::Administer);
        let counts = having.any(|role| scoped || !role.needs_scope());
        if counts { Ok(true) } else { Err(Refusal::ScopeNeeded.with(Scope::Administer.name()).into()) }
    }
}

/// What is missing to whoever has these roles.
fn refused(roles: &[Role], ability: Ability) -> Refusal {
    let has = |role| may(role, ability) != Extent::No;
    let members_do = has(Role::Member) || IN_COMMUNITIES.into_iter().any(has);
    if roles.contains(&Role::Auditor) && members_do {
        Refusal::AuditorReadsOnly
    } else if roles.contains(&Role::Service) {
        Refusal::PersonNeeded
    } else if has(Role::Administrator) {
        Refusal::AdministratorNeeded
    } else {
        Refusal::SystemNeeded
    }
}

#[cfg(test)]
mod tests {
    use crate::chart::open::Open;
    use crate::community::archive::Archive;
    use crate::community::{Access, Founded};
    use crate::decision::Refusal;
    use crate::follow::Followed;
    use crate::follow::begin::Begin;
    use crate::given::{Given, community, member};
    use crate::notification::{Kind, Pace};
    use crate::organisation::{Role, RoleGranted};
    use crate::preferences::change_notification::ChangeNotification;

    fn granted(role: Role) -> RoleGranted {
        RoleGranted { member: member(2), role, departments: vec![], from: None, until: None }
    }

    /// Member 2 leads community 1, and audits.
    fn audits() -> Given {
        let led = Founded {
            community: community(1),
            leader: member(2),
            access: Access::Open,
            name: "Community".to_owned().into(),
            summary: String::new().into(),
        };
        Given::people().and(led).and(granted(Role::Auditor)).by(2)
    }

    fn follow() -> Begin {
        Begin { followed: Followed::Member(member(3)) }
    }

    fn department() -> Open {
        Open { department: None, name: "Three".to_owned(), parent: None }
    }

    #[test]
    fn an_auditor_changes_nothing_but_how_they_are_told() {
        audits().when(follow()).refused(Refusal::AuditorReadsOnly);
        audits().when(Archive { community: community(1) }).refused(Refusal::AuditorReadsOnly);
        let chosen =
            ChangeNotification { notification: Kind::Mention, inbox: None, mail: Some(Pace::Weekly) };
        audits().when(chosen).accepted();
    }

    #[test]
    fn what_an_auditor_did_elsewhere_is_brought_in_as_it_was() {
        audits().imported().when(follow()).accepted();
    }

    #[test]
    fn an_auditor_who_administers_does_that_besides_and_nothing_else() {
        audits().when(department()).refused(Refusal::AdministratorNeeded);
        let both = audits().and(granted(Role::Administrator));
        both.clone().when(department()).accepted();
        both.when(follow()).refused(Refusal::AuditorReadsOnly);
    }
}
