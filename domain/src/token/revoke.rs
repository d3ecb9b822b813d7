//! Revoke a bearer token.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::TokenId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::token::{Revoked, State};

/// Revokes a token: by an administrator, or by the member it acts as.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revoke {
    /// Which.
    pub token: TokenId,
}

refusals! {
    NoSuchToken = "NO_SUCH_TOKEN", "There is no such token; look it up again.",
        "Ce jeton n’existe pas ; cherchez-le de nouveau.";
}

impl Action for Revoke {
    type State = State;
    const ABILITY: Ability = Ability::RevokeTokens;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::token(self.token)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.may_for(Self::ABILITY, state.issued.as_ref().and_then(|issued| issued.member))?;
        match &state.issued {
            None => Err(Refusal::NoSuchToken.on("token").into()),
            Some(_) if state.revoked => Ok(vec![]),
            Some(issued) => Ok(vec![Revoked { token: self.token, member: issued.member }.into()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use crate::token::Issued;

    const REVOKE: Revoke = Revoke { token: TokenId(uuid::Uuid::nil()) };

    fn given() -> Given {
        let (token, secret_sha256) = (REVOKE.token, "ab".repeat(32));
        Given::people().and(Issued {
            token,
            member: Some(member(2)),
            secret_sha256,
            until: None,
            scopes: vec![],
        })
    }

    fn revoked() -> Revoked {
        Revoked { token: REVOKE.token, member: Some(member(2)) }
    }

    #[test]
    fn its_member_and_an_administrator_revoke_a_token_once() {
        given().by(2).when(REVOKE).then([revoked()]);
        given().by(1).when(REVOKE).then([revoked()]);
        given().and(revoked()).by(1).when(REVOKE).then_nothing();
        given().by(3).when(REVOKE).refused(crate::decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn a_token_that_was_never_issued_is_not_there() {
        Given::people().by(1).when(REVOKE).refused(Refusal::NoSuchToken);
    }
}
