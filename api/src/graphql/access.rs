//! Mutations about who comes in: tokens for programs, sign-in links for people. What is secret is shown once, in the
//! answer, so a repeat would show another: these take no command id.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::refusal::Refused;
use domain::token;
use domain::token::revoke::Revoke;

use super::SignInLinks;
use super::answer::{Answer, UserError, perform};
use super::caller::Asked;
use super::position::Position;
use super::time::DateTime;
use crate::session::NewLink;
use crate::token::{NewToken, PREFIX, id as token_id};

/// What a token allows besides reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "token::Scope")]
pub(crate) enum TokenScope {
    /// To act as a member does.
    Write,
    /// To do what is for administrators alone, if its member is one.
    Administer,
}

/// What `issueToken` takes.
#[derive(Debug, InputObject)]
pub(crate) struct IssueTokenInput {
    /// As whom its bearer acts; a service with an administrator's powers when left out.
    member: Option<ID>,
    /// When it ends, if it does.
    until: Option<DateTime>,
    /// What it allows besides reading; with nothing named, reading alone.
    #[graphql(default)]
    scopes: Vec<TokenScope>,
}

/// What became of `issueToken`.
#[derive(Debug, SimpleObject)]
pub(crate) struct IssueTokenPayload {
    /// What its bearer sends as `Authorization: Bearer …`; shown this once. Null when none was issued.
    token: Option<String>,
    /// Its id, to revoke it by. Null when none was issued.
    token_id: Option<String>,
    /// Answers at this position or after hold the change; null when nothing was changed.
    position: Option<Position>,
    /// Why none was issued; empty when all went well.
    user_errors: Vec<UserError>,
}

/// What `revokeToken` takes.
#[derive(Debug, InputObject)]
pub(crate) struct RevokeTokenInput {
    /// Its id, or the token itself.
    token: String,
}

/// What became of a mutation that answers with nothing else.
#[derive(Debug, SimpleObject)]
pub(crate) struct AccessPayload {
    /// Answers at this position or after hold the change; null when nothing was changed.
    position: Option<Position>,
    /// Why nothing was changed; empty when all went well.
    user_errors: Vec<UserError>,
}

/// What `offerSignInLink` takes.
#[derive(Debug, InputObject)]
pub(crate) struct OfferSignInLinkInput {
    /// For whom: an active member with an account.
    member: ID,
}

/// What became of `offerSignInLink`.
#[derive(Debug, SimpleObject)]
pub(crate) struct OfferSignInLinkPayload {
    /// The link, below the address of the server; shown this once. Null when none was offered.
    link: Option<String>,
    /// When it ends. Null when none was offered.
    until: Option<DateTime>,
    /// Answers at this position or after hold the change; null when nothing was changed.
    position: Option<Position>,
    /// Why none was offered; empty when all went well.
    user_errors: Vec<UserError>,
}

/// Mutations about who comes in.
#[derive(Default)]
pub(crate) struct AccessMutation;

#[Object]
impl AccessMutation {
    /// Issues a bearer token for a program. For administrators.
    async fn issue_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it takes.")] input: IssueTokenInput,
    ) -> Result<IssueTokenPayload> {
        let until = input.until.map(|until| until.0);
        let scopes = input.scopes.iter().map(|scope| (*scope).into()).collect();
        let new = NewToken::try_new(ctx.engine().entropy(), None, until, scopes).map_err(broken)?;
        let fields: &[&str] = &["member", "until", "scopes"];
        let answer = perform(ctx, (None, fields), |ids| {
            let member = ids.maybe("member", input.member.as_ref())?;
            Ok(token::issue::Issue { member, ..new.command.clone() })
        })
        .await?;
        let Answer { position, user_errors, .. } = answer;
        let token_id = format!("{PREFIX}{}", new.secret.id.simple());
        let issued = user_errors.is_empty().then_some((new.secret.text, token_id));
        let (token, token_id) = issued.unzip();
        Ok(IssueTokenPayload { token, token_id, position, user_errors })
    }

    /// Revokes a bearer token: it opens nothing from now on. For administrators, and for the member it acts as.
    async fn revoke_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it takes.")] input: RevokeTokenInput,
    ) -> Result<AccessPayload> {
        let named = token_id(&input.token);
        let answer = perform(ctx, (None, &["token"]), |_| {
            let unknown = || token::revoke::Refusal::NoSuchToken.on("token");
            Ok(Revoke { token: named.ok_or_else(unknown)? })
        })
        .await?;
        Ok(AccessPayload { position: answer.position, user_errors: answer.user_errors })
    }

    /// Offers a link that signs a member in, once, within ten minutes: for who has no identity provider. For
    /// administrators.
    async fn offer_sign_in_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it takes.")] input: OfferSignInLinkInput,
    ) -> Result<OfferSignInLinkPayload> {
        let nobody = domain::id::MemberId::default();
        let new = NewLink::try_new(ctx.engine().entropy(), nobody, ctx.engine().now()).map_err(broken)?;
        let answer = perform(ctx, (None, &["member"]), |ids| {
            if *ctx.data_unchecked::<SignInLinks>() == SignInLinks::Off {
                return Err(LINKS_OFF);
            }
            let member = ids.id("member", &input.member)?;
            Ok(domain::session::offer::Offer { member, ..new.command.clone() })
        })
        .await?;
        let Answer { position, user_errors, .. } = answer;
        let offered = user_errors.is_empty().then(|| (new.address(""), DateTime(new.command.until)));
        let (link, until) = offered.unzip();
        Ok(OfferSignInLinkPayload { link, until, position, user_errors })
    }
}

/// Links open nothing here.
const LINKS_OFF: Refused = Refused {
    code: "SIGN_IN_LINKS_OFF",
    en: "Here the identity provider alone signs people in; link the member with their identity instead.",
    fr: "Ici, seul le fournisseur d’identité connecte les personnes ; liez plutôt le membre à son identité.",
    field: None,
    detail: None,
};

fn broken(error: journal::Error) -> async_graphql::Error {
    super::failure::Failure::from(crate::engine::Error::from(error)).into()
}
