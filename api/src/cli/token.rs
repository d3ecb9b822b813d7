//! `passerelle token`: issue a bearer token, or revoke one.

use domain::decision::Actor;
use domain::id::{CommandId, MemberId};
use domain::time::Time;
use domain::token::revoke::Revoke;

use super::serve::say;
use super::{Place, Trouble};
use crate::engine::{Engine, Submission};
use crate::entropy::SystemEntropy;
use crate::folder::Folder;
use crate::token::{self, NewToken};

/// Issues a token and prints it, or revokes one.
pub(super) async fn token(
    place: &Place,
    member: Option<MemberId>,
    until: Option<Time>,
    revoked: Option<String>,
) -> Result<(), Trouble> {
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    let engine = folder.engine()?;
    if let Some(text) = revoked {
        let token = token::id(&text).ok_or_else(|| Trouble::Data("that is no token".to_owned()))?;
        send(&engine, Revoke { token }).await?;
        return Ok(say("revoked")?);
    }
    Ok(say(&issue(&engine, member, until).await?)?)
}

/// Issues a token; answers with the text its bearer sends.
pub(super) async fn issue(
    engine: &Engine,
    member: Option<MemberId>,
    until: Option<Time>,
) -> Result<String, Trouble> {
    let new = NewToken::try_new(&SystemEntropy, member, until)?;
    send(engine, new.command).await?;
    Ok(new.text)
}

async fn send(engine: &Engine, command: impl Into<domain::command::Command>) -> Result<(), Trouble> {
    engine.catch_up().await?;
    let id = CommandId(engine.random_id()?);
    engine.handle(&Submission::live(Actor::System, command, id, engine.now())).await?;
    Ok(())
}
