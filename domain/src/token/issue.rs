//! Issue a bearer token.

use serde::Serialize;

use crate::audience::known_member;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{MemberId, TokenId};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;
use crate::token::{Issued, Scope, State};

/// Issues a token that acts as a member, or as a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issue {
    /// Its id, new.
    pub token: TokenId,
    /// As whom its bearer acts; a service with an administrator's powers when nobody.
    pub member: Option<MemberId>,
    /// SHA-256 of its secret, in lower-case hexadecimal.
    pub secret_sha256: String,
    /// When it ends, if it does.
    pub until: Option<Time>,
    /// What its bearer may do besides reading.
    pub scopes: Vec<Scope>,
}

refusals! {
    TokenExists = "TOKEN_EXISTS", "This token id was used before; choose a new one.",
        "Cet identifiant de jeton a déjà servi ; choisissez-en un autre.";
    NoAccountYet = "NO_ACCOUNT", "The member has no account yet; open one first.",
        "Le membre n’a pas encore de compte ; ouvrez-en un d’abord.";
    EndsInThePast = "ENDS_IN_THE_PAST", "The token would have ended already; give a later end.",
        "Le jeton serait déjà périmé ; donnez une fin plus tardive.";
}

impl Action for Issue {
    type State = State;
    const ABILITY: Ability = Ability::IssueTokens;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::token(self.token)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        if state.issued.is_some() {
            return Err(Refusal::TokenExists.on("token").into());
        }
        if self.until.is_some_and(|until| until <= facts.now) {
            return Err(Refusal::EndsInThePast.on("until").into());
        }
        if let Some(member) = self.member {
            known_member(facts, member, "member")?;
            if !facts.member(member)?.account {
                return Err(Refusal::NoAccountYet.on("member").into());
            }
        }
        let Self { token, member, secret_sha256, until, mut scopes } = self.clone();
        scopes.sort_unstable();
        scopes.dedup();
        Ok(vec![Issued { token, member, secret_sha256, until, scopes }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use uuid::Uuid;

    fn issue(n: u32) -> Issue {
        Issue {
            token: TokenId(Uuid::nil()),
            member: Some(member(n)),
            secret_sha256: "ab".repeat(32),
            until: None,
            scopes: vec![Scope::Write],
        }
    }

    fn issued(n: u32) -> Issued {
        let Issue { token, member, secret_sha256, until, scopes } = issue(n);
        Issued { token, member, secret_sha256, until, scopes }
    }

    #[test]
    fn an_administrator_issues_tokens_and_others_do_not() {
        Given::people().by(1).when(issue(2)).then([issued(2)]);
        Given::people().by(2).when(issue(2)).refused(crate::decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn a_scope_is_recorded_once() {
        let scopes = vec![Scope::Administer, Scope::Write, Scope::Administer];
        let recorded = Issued { scopes: vec![Scope::Write, Scope::Administer], ..issued(2) };
        Given::people().when(Issue { scopes, ..issue(2) }).then([recorded]);
    }

    #[test]
    fn a_token_acts_as_a_member_with_an_account() {
        Given::people().when(issue(9)).refused(crate::audience::Refusal::NoSuchMember);
    }

    #[test]
    fn a_token_is_issued_once_and_ends_in_the_future() {
        Given::people().and(issued(2)).when(issue(2)).refused(Refusal::TokenExists);
        let ended = Issue { until: Some("2026-03-02T09:00:00Z".parse().unwrap()), ..issue(2) };
        Given::people().when(ended).refused(Refusal::EndsInThePast);
    }
}
