//! Mutations about who comes in: tokens for programs, sign-in links for people. What is secret is shown once, in the
//! answer, so a repeat would show another: these take no command id.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::decision::Actor;
use domain::refusal::Refused;
use domain::session::end::End;
use domain::token;
use domain::token::revoke::Revoke;

use super::SignInLinks;
use super::answer::{Answer, UserError, perform, told};
use super::caller::Asked;
use super::failure::Failure;
use super::position::Position;
use super::time::DateTime;
use crate::mail::Mailer;
use crate::session::{self, NewLink};
use crate::token::{NewToken, id as token_id, name as token_name};

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

/// What `endSession` takes.
#[derive(Debug, InputObject)]
pub(crate) struct EndSessionInput {
    /// Its id, as `sessions` tells it.
    session: String,
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
    /// Whether it is sent to their address, and not shown.
    #[graphql(default)]
    send_by_email: bool,
}

/// What became of `offerSignInLink`.
#[derive(Debug, SimpleObject)]
pub(crate) struct OfferSignInLinkPayload {
    /// The link, below the address of the server; shown this once. Null when none was offered, or it was sent.
    link: Option<String>,
    /// Whether it was sent by e-mail.
    mailed: bool,
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
        let token_id = token_name(new.command.token);
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

    /// Ends a session in a browser, or withdraws a link that waits. For administrators, and for the member it acts as.
    async fn end_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it takes.")] input: EndSessionInput,
    ) -> Result<AccessPayload> {
        let named = session::id(&input.session);
        let answer = perform(ctx, (None, &["session"]), |_| {
            let unknown = || domain::session::end::Refusal::NoSuchSession.on("session");
            Ok(End { session: named.ok_or_else(unknown)? })
        })
        .await?;
        Ok(AccessPayload { position: answer.position, user_errors: answer.user_errors })
    }

    /// Offers a link that signs a member in, once, within ten minutes: for who has no identity provider. It is shown in
    /// the answer, or sent to their address by e-mail and shown nowhere. For administrators.
    async fn offer_sign_in_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it takes.")] input: OfferSignInLinkInput,
    ) -> Result<OfferSignInLinkPayload> {
        let nobody = domain::id::MemberId::default();
        let mut new = NewLink::try_new(ctx.engine().entropy(), nobody, ctx.engine().now()).map_err(broken)?;
        let links: &SignInLinks = ctx.data_unchecked();
        let answer = perform(ctx, (None, &["member", "send_by_email"]), |ids| {
            let SignInLinks::On(mailing) = links else { return Err(LINKS_OFF) };
            if input.send_by_email && mailing.is_none() {
                return Err(NO_MAIL);
            }
            new.command.member = ids.id("member", &input.member)?;
            Ok(new.command.clone())
        })
        .await?;
        let Answer { position, mut user_errors, .. } = answer;
        let mut mailed = false;
        if let (true, SignInLinks::On(Some(mailing))) = (input.send_by_email && user_errors.is_empty(), links)
        {
            match mail(ctx, &new, mailing).await? {
                None => mailed = true,
                Some(refused) => user_errors.push(told(refused, &["member"], ctx.language())),
            }
        }
        let offered = user_errors.is_empty();
        let link = (offered && !mailed).then(|| new.address(""));
        let until = offered.then_some(DateTime(new.command.until));
        Ok(OfferSignInLinkPayload { link, until, mailed, position, user_errors })
    }
}

/// Sends a link that was offered. Where that cannot be done the link is withdrawn: why, so that it is said.
async fn mail(
    ctx: &Context<'_>,
    new: &NewLink,
    (mailer, site): &(Arc<Mailer>, String),
) -> Result<Option<Refused>> {
    let letter = ctx.reading().read(|snapshot| session::letter::letter(snapshot, new, site))?;
    ctx.reading().renew();
    let refused = match letter {
        None => NO_ADDRESS.on("member"),
        Some(letter) => match mailer.send(letter).await {
            Ok(()) => return Ok(None),
            Err(error) => {
                tracing::warn!(%error, "a sign-in link was not sent");
                NOT_SENT
            }
        },
    };
    let withdrawn = End { session: new.command.session };
    let engine = ctx.engine();
    let submission = engine.submission(Actor::System, withdrawn).map_err(Failure::from)?;
    engine.handle(&submission).await.map_err(Failure::from)?;
    ctx.reading().renew();
    Ok(Some(refused))
}

/// No mail is sent here.
const NO_MAIL: Refused = Refused {
    code: "NO_MAIL",
    en: "No mail is sent from here; have the link shown and hand it over yourself.",
    fr: "Aucun courriel ne part d’ici ; faites afficher le lien et remettez-le vous-même.",
    field: Some("sendByEmail"),
    detail: None,
};

/// There is nowhere to send it.
const NO_ADDRESS: Refused = Refused {
    code: "NO_ADDRESS",
    en: "No address of this member is known; have the link shown and hand it over yourself.",
    fr: "Aucune adresse de ce membre n’est connue ; faites afficher le lien et remettez-le vous-même.",
    field: None,
    detail: None,
};

/// The mail server did not take it.
const NOT_SENT: Refused = Refused {
    code: "NOT_SENT",
    en: "The mail server did not take the link, which opens nothing any more; try again later.",
    fr: "Le serveur de messagerie n’a pas pris le lien, qui n’ouvre plus rien ; réessayez plus tard.",
    field: None,
    detail: None,
};

/// Links open nothing here.
const LINKS_OFF: Refused = Refused {
    code: "SIGN_IN_LINKS_OFF",
    en: "Here the identity provider alone signs people in; link the member with their identity instead.",
    fr: "Ici, seul le fournisseur d’identité connecte les personnes ; liez plutôt le membre à son identité.",
    field: None,
    detail: None,
};

fn broken(error: journal::Error) -> async_graphql::Error {
    Failure::from(crate::engine::Error::from(error)).into()
}
