//! What auditors and administrators see beyond what every member sees. Each field asks the policy, and that somebody
//! looks is recorded before anything is read.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result};
use domain::event::{Event, Position, Recorded};
use domain::id::MemberId;
use domain::look;
use domain::policy::Ability;
use journal::{Journal, Stored};
use projections::access::Whose;
use projections::list::ByPosition;
use projections::{Page, Paging, Viewer};

use super::caller::Asked;
use super::community::Community;
use super::department::Department;
use super::entry::{self, Session, Token};
use super::failure::Failure;
use super::figures::ledger::FigureLook;
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::sight::looks;
use super::time::DateTime;
use crate::ledger;

const EVENTS: Listed = Listed("events");
const LOOKS: Listed = Listed("looks");

/// What auditors and administrators see beyond what every member sees.
#[derive(Default)]
pub(crate) struct Audit;

/// What auditors and administrators see beyond what every member sees. Null, with the error `FORBIDDEN`, where the
/// caller may not see it; each field that is read is recorded as a look.
#[Object]
impl Audit {
    /// Every community by name, those by invitation among them; what is in them stays with those inside. For auditors
    /// and administrators.
    async fn communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Community>>> {
        let slice = Slice { first, after, last, before };
        Some(match looks(ctx, Ability::SeeEveryCommunity, "audit_communities").await {
            Ok(()) => Community::known_to(ctx, &Viewer::Operator, &slice),
            Err(failure) => Err(failure.into()),
        })
    }

    /// Every token, the newest first, without secrets. For auditors and administrators.
    async fn tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Token>>> {
        let slice = Slice { first, after, last, before };
        Some(match looks(ctx, Ability::SeeAccess, "audit_tokens").await {
            Ok(()) => entry::tokens(ctx, Whose::Everybodys, &slice),
            Err(failure) => Err(failure.into()),
        })
    }

    /// Every session in a browser, those that end last first, and links that wait. For auditors and administrators.
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Session>>> {
        let slice = Slice { first, after, last, before };
        Some(match looks(ctx, Ability::SeeAccess, "audit_sessions").await {
            Ok(()) => entry::sessions(ctx, Whose::Everybodys, &slice),
            Err(failure) => Err(failure.into()),
        })
    }

    /// The history, event by event from its beginning, without what is sealed. For auditors.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Option<Result<Connection<AuditEvent>>> {
        let slice = Slice { first, after, ..Slice::default() };
        Some(match looks(ctx, Ability::SeeEvents, "audit_events").await {
            Ok(()) => read(ctx, ctx.engine().journal(), (EVENTS, &slice), AuditEvent).await,
            Err(failure) => Err(failure.into()),
        })
    }

    /// Who looked at what about people, and took out whose data, from the beginning. For auditors.
    async fn looks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
    ) -> Option<Result<Connection<Look>>> {
        let slice = Slice { first, after, ..Slice::default() };
        Some(match looks(ctx, Ability::SeeLooks, "audit_looks").await {
            Ok(()) => read(ctx, ctx.engine().looks(), (LOOKS, &slice), Look).await,
            Err(failure) => Err(failure.into()),
        })
    }
}

/// An event as it is stored, and as it is read.
pub(crate) struct Both {
    pub(crate) stored: Stored,
    pub(crate) recorded: Recorded,
}

fn place(both: &Both) -> ByPosition {
    both.stored.position.0.cast_signed()
}

/// A page of a journal.
async fn read<N: async_graphql::OutputType>(
    ctx: &Context<'_>,
    journal: &Arc<dyn Journal>,
    (list, slice): (Listed, &Slice),
    node: impl Fn(Both) -> N,
) -> Result<Connection<N>> {
    let paging: Paging<ByPosition> = list.paging(slice)?;
    let after = Position(paging.after.unwrap_or_default().cast_unsigned());
    let (count, _) = paging.take.rows();
    let broken = |error: journal::Error| Failure::from(crate::engine::Error::from(error));
    let mut page = journal.read_all(after, count + 1).await.map_err(broken)?;
    let more = page.events.len() > count;
    page.events.truncate(count);
    let recorded = ctx.engine().codec().decode(&page.events).await.map_err(broken)?;
    let both = page.events.into_iter().zip(recorded);
    let rows = both.map(|(stored, recorded)| Both { stored, recorded }).collect();
    Ok(list.connection(slice, Page { rows, more }, place, node))
}

/// Who or what acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "Agent", remote = "domain::event::Agent")]
pub(crate) enum Agent {
    /// A person did it.
    Person,
    /// A machine's account did it, an import among them.
    Service,
    /// Passerelle itself did it.
    System,
}

/// An event of the history.
pub(crate) struct AuditEvent(pub(crate) Both);

/// An event of the history, without what is sealed.
#[Object]
impl AuditEvent {
    /// Its id, the same in every copy of the journal.
    async fn event_id(&self) -> String {
        self.0.recorded.id.to_string()
    }
    /// Its type, such as `post.published`.
    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        self.0.recorded.event.name()
    }
    /// The version in which it was stored.
    async fn version(&self) -> i32 {
        self.0.stored.version.into()
    }
    /// The stream it is of.
    async fn stream(&self) -> &str {
        self.0.stored.stream.as_str()
    }
    /// Its place in the stream: 0, 1, 2 …
    async fn revision(&self) -> u64 {
        self.0.stored.revision
    }
    /// When it happened.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.recorded.metadata.occurred_at)
    }
    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.stored.recorded_at)
    }
    /// Who did it; null where nobody did, and of traces, which do not say.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.0.recorded.metadata.actor?).await
    }
    /// The department they were in, as recorded.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        Department::of(ctx, self.0.recorded.metadata.department?).await
    }
    /// Who or what acted.
    async fn agent(&self) -> Agent {
        self.0.recorded.metadata.agent.into()
    }
    /// Whether nobody decided on it.
    async fn automatic(&self) -> bool {
        self.0.recorded.metadata.automatic
    }
    /// Its SHA-256 over all that was stored, in lower-case hexadecimal.
    async fn digest(&self) -> String {
        self.0.stored.digest.to_string()
    }
    /// The fields that are not sealed, as one JSON object in the shape of the type's newest version.
    async fn fields(&self) -> Result<String> {
        let parts = self.0.recorded.event.parts();
        Ok(parts.map_err(|error| Failure::Internal(error.to_string()))?.plain)
    }
}

/// A look at what is computed or kept about people.
pub(crate) struct Look(Both);

impl Look {
    fn event(&self) -> Option<&look::Event> {
        if let Event::Look(event) = &self.0.recorded.event { Some(event) } else { None }
    }

    fn who(&self) -> Option<MemberId> {
        match self.event()? {
            look::Event::Consulted(e) => e.member.open().copied().flatten(),
            look::Event::DataTaken(e) => e.member.open().copied().flatten(),
            look::Event::FiguresConsulted(e) => e.member.open().copied().flatten(),
        }
    }
}

/// A look at what is computed or kept about people.
#[Object]
impl Look {
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.recorded.metadata.occurred_at)
    }
    /// At what, such as `information_flow`; `figures` where figures were, `data_taken` where everything recorded about
    /// somebody was taken out.
    async fn subject(&self) -> &str {
        match self.event() {
            Some(look::Event::Consulted(e)) => &e.subject,
            Some(look::Event::FiguresConsulted(_)) => "figures",
            _ => "data_taken",
        }
    }
    /// Who; null where that was an operator or a service, and once it is forgotten.
    async fn member(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        Member::of(ctx, self.who()?).await
    }
    /// From which department, as recorded.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department>> {
        Department::of(ctx, self.0.recorded.metadata.department?).await
    }
    /// Who or what looked.
    async fn agent(&self) -> Agent {
        self.0.recorded.metadata.agent.into()
    }
    /// Which figures, of whom and of when, where figures were.
    async fn figures(&self) -> Option<FigureLook> {
        let look::Event::FiguresConsulted(look) = self.event()? else { return None };
        let Recorded { position, metadata, .. } = &self.0.recorded;
        let found =
            ledger::FigureLook { position: *position, metadata: metadata.clone(), look: look.clone() };
        Some(FigureLook { found, says_who: true })
    }
    /// Whose data was taken out, where it was.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        match self.event()? {
            look::Event::DataTaken(e) => Member::of(ctx, e.about).await,
            _ => None,
        }
    }
    /// Why, where a reason was asked for; null once it is forgotten.
    async fn reason(&self) -> Option<&str> {
        match self.event()? {
            look::Event::Consulted(_) => None,
            look::Event::DataTaken(e) => e.reason.open().map(String::as_str),
            look::Event::FiguresConsulted(e) => e.reason.open()?.as_deref(),
        }
    }
}

/// What is seen beyond what every member sees.
#[derive(Default)]
pub(crate) struct AuditQuery;

#[Object]
impl AuditQuery {
    /// What auditors and administrators see beyond what every member sees.
    async fn audit(&self) -> Audit {
        Audit
    }
}
