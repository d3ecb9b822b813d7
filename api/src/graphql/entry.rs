//! Who comes in with what: tokens, and sessions in browsers, without their secrets.

use async_graphql::{Context, Object, Result};
use projections::access::{self, Whose};

use super::access::TokenScope;
use super::caller::Asked;
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::time::DateTime;
use crate::{session, token};

const TOKENS: Listed = Listed("tokens");
const SESSIONS: Listed = Listed("sessions");

/// A bearer token, without its secret.
pub(crate) struct Token(access::Token);

/// A bearer token, without its secret.
#[Object]
impl Token {
    /// Its id, to revoke it by.
    async fn id(&self) -> String {
        token::name(self.0.id)
    }
    /// As whom its bearer acts; null where that is a service.
    async fn member(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.member?).await
    }
    /// What it allows besides reading.
    async fn scopes(&self) -> Vec<TokenScope> {
        self.0.scopes.iter().copied().map(Into::into).collect()
    }
    /// When it was issued.
    async fn issued_at(&self) -> DateTime {
        DateTime(self.0.issued_at)
    }
    /// Who issued it; null where that was a service or the command line.
    async fn issued_by(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.issued_by?).await
    }
    /// When it ends by itself, if it does.
    async fn until(&self) -> Option<DateTime> {
        self.0.until.map(DateTime)
    }
    /// When it was revoked; null unless it was.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
}

/// A session in a browser, or a sign-in link that may still open one.
pub(crate) struct Session(access::Session);

/// A session in a browser, or a sign-in link that may still open one.
#[Object(name = "SignInSession")]
impl Session {
    /// Its id, to end it by.
    async fn session_id(&self) -> String {
        session::name(self.0.id)
    }
    /// As whom its holder acts.
    async fn member(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.member).await
    }
    /// When its link was given out; null where an identity provider vouched.
    async fn offered_at(&self) -> Option<DateTime> {
        self.0.offered_at.map(DateTime)
    }
    /// When it was opened; null while its link waits.
    async fn opened_at(&self) -> Option<DateTime> {
        self.0.opened_at.map(DateTime)
    }
    /// When it ends by itself; while it is not opened, when its link does.
    async fn until(&self) -> DateTime {
        DateTime(self.0.until)
    }
    /// When it was ended before its time; null unless it was.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }
}

/// A page of tokens, the newest first.
pub(crate) fn tokens(ctx: &Context<'_>, whose: Whose, slice: &Slice) -> Result<Connection<Token>> {
    let paging = TOKENS.paging(slice)?;
    let page = ctx.reading().read(|s| access::tokens(s, &ctx.viewer(), whose, &paging))?;
    Ok(TOKENS.connection(slice, page, access::Token::key, Token))
}

/// A page of sessions, those that end last first.
pub(crate) fn sessions(ctx: &Context<'_>, whose: Whose, slice: &Slice) -> Result<Connection<Session>> {
    let paging = SESSIONS.paging(slice)?;
    let page = ctx.reading().read(|s| access::sessions(s, &ctx.viewer(), whose, &paging))?;
    Ok(SESSIONS.connection(slice, page, access::Session::key, Session))
}
