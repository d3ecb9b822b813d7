//! `passerelle token`: issue a bearer token or a sign-in link, or revoke a token.

use domain::decision::Actor;
use domain::id::MemberId;
use domain::time::Time;
use domain::token::Scope;
use domain::token::revoke::Revoke;

use super::serve::say;
use super::{Issuing, Place, TokenScope, Trouble};
use crate::engine::Engine;
use crate::entropy::SystemEntropy;
use crate::folder::Folder;
use crate::session::NewLink;
use crate::token::{self, NewToken};

/// Issues a token or a link and prints it, or revokes a token.
pub(super) async fn token(place: &Place, issuing: Issuing) -> Result<(), Trouble> {
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    let engine = folder.engine()?;
    let said = match (&issuing.revoke, issuing.member) {
        (Some(text), _) => {
            let token = token::id(text).ok_or_else(|| Trouble::Data("that is no token".to_owned()))?;
            send(&engine, Revoke { token }).await?;
            "revoked".to_owned()
        }
        (None, Some(member)) if issuing.link => offer(&engine, member, &issuing.site).await?,
        (None, member) => issue(&engine, member, issuing.until, &scopes(&issuing.scopes)).await?,
    };
    Ok(say(&said)?)
}

fn scopes(named: &[TokenScope]) -> Vec<Scope> {
    let scope = |named: &TokenScope| match named {
        TokenScope::Read => None,
        TokenScope::Write => Some(Scope::Write),
        TokenScope::Administer => Some(Scope::Administer),
    };
    if named.is_empty() { Scope::ALL.to_vec() } else { named.iter().filter_map(scope).collect() }
}

/// Issues a token; answers with the text its bearer sends.
pub(super) async fn issue(
    engine: &Engine,
    member: Option<MemberId>,
    until: Option<Time>,
    scopes: &[Scope],
) -> Result<String, Trouble> {
    let new = NewToken::try_new(&SystemEntropy, member, until, scopes.to_vec())?;
    send(engine, new.command).await?;
    Ok(new.secret.text)
}

/// Offers a sign-in link; answers with its address.
pub(super) async fn offer(engine: &Engine, member: MemberId, site: &str) -> Result<String, Trouble> {
    let new = NewLink::try_new(&SystemEntropy, member, engine.now())?;
    send(engine, new.command.clone()).await?;
    Ok(new.address(site))
}

async fn send(engine: &Engine, command: impl Into<domain::command::Command>) -> Result<(), Trouble> {
    engine.catch_up().await?;
    engine.handle(&engine.submission(Actor::System, command)?).await?;
    Ok(())
}
