//! The GraphQL schema: what the engine offers, subject by subject, and the endpoint that answers from one moment.

mod access;
mod activity;
mod answer;
mod audit;
mod bookmark;
mod caller;
mod campaign;
mod comment;
mod community;
mod department;
mod disclosure;
mod document;
mod draft;
mod engagement;
mod entry;
mod failure;
mod feed;
mod figures;
mod flow;
mod follow;
mod found;
mod id;
mod idea;
mod items;
mod live;
mod loader;
mod loaders;
mod member;
mod moderation;
mod mutations;
mod node;
mod notification;
mod organisation;
mod paging;
mod personal;
mod personal_feed;
mod poll;
mod position;
mod post;
mod preferences;
mod reading;
mod search;
mod sight;
mod time;
mod webhook;

use std::sync::Arc;

use async_graphql::connection::EmptyFields;
use async_graphql::{Executor, ID, MergedObject, Request, Response, Schema, SchemaBuilder, Value};
use futures::StreamExt;
use futures::stream::BoxStream;

pub use answer::describe_metrics;
pub use caller::Caller;
use caller::{Established, Reading};
use domain::id::MemberId;
use failure::Failure;
pub(crate) use id::{Ids, OfKind};
use loader::Turns;
use paging::Connection;
use position::Position;
use projections::Viewer;

use crate::engine::{self, Engine};
use crate::mail::Mailer;

/// Everything that can be asked.
#[derive(Default, MergedObject)]
pub struct Query(
    node::NodeQuery,
    organisation::OrganisationQuery,
    member::MemberQuery,
    community::CommunityQuery,
    feed::FeedQuery,
    campaign::CampaignQuery,
    flow::FlowQuery,
    figures::FiguresQuery,
    figures::ledger::LedgerQuery,
    figures::evidence::EvidenceQuery,
    figures::difference::DifferenceQuery,
    follow::TopicQuery,
    activity::ActivityQuery,
    moderation::ModerationQuery,
    bookmark::BookmarkQuery,
    draft::DraftQuery,
    webhook::WebhookQuery,
    search::SearchQuery,
    audit::AuditQuery,
    disclosure::DisclosureQuery,
);

/// Everything that can be done.
#[derive(Default, MergedObject)]
pub struct Mutation(
    organisation::change::OrganisationMutation,
    organisation::change::RoleMutation,
    access::AccessMutation,
    department::change::DepartmentMutation,
    member::change::MemberMutation,
    member::change::IdentityMutation,
    member::change::SignInMutation,
    community::change::CommunityMutation,
    community::change::MembershipMutation,
    post::change::PostMutation,
    comment::change::CommentMutation,
    document::change::DocumentMutation,
    engagement::change::EngagementMutation,
    moderation::change::ModerationMutation,
    disclosure::DisclosureMutation,
    follow::change::FollowMutation,
    follow::change::TopicMutation,
    reading::ReadingMutation,
    poll::change::PollMutation,
    bookmark::change::BookmarkMutation,
    draft::change::DraftMutation,
    webhook::change::RegisterWebhookMutation,
    webhook::change::WebhookMutation,
    preferences::PreferencesMutation,
    campaign::change::CampaignMutation,
    idea::change::IdeaMutation,
    idea::change::BallotMutation,
);

/// The schema over its roots.
pub type Schemas = Schema<Query, Mutation, live::LiveSubscription>;

type Builder = SchemaBuilder<Query, Mutation, live::LiveSubscription>;
type Results = Connection<search::SearchResult, EmptyFields, search::Found>;

/// Builds the schema.
pub fn schema() -> Schemas {
    described(Schema::build(Query::default(), Mutation::default(), live::LiveSubscription))
        .disable_suggestions()
        .finish()
}

/// Says what those types are that carry no description of their own: merged roots, and the pages of lists.
fn described(builder: Builder) -> Builder {
    const PAGE: &str = "A page of a list, with its edges, its nodes, and where it stands in the list.";
    builder
        .override_output_type_description::<ID>(
            "An opaque name; it means something only where it was given out.",
        )
        .override_output_type_description::<Query>("Everything that can be asked.")
        .override_output_type_description::<Mutation>("Everything that can be done.")
        .override_output_type_description::<Connection<audit::AuditEvent>>(PAGE)
        .override_output_type_description::<Connection<audit::Look>>(PAGE)
        .override_output_type_description::<Connection<bookmark::Bookmark>>(PAGE)
        .override_output_type_description::<Connection<campaign::Campaign>>(PAGE)
        .override_output_type_description::<Connection<comment::Comment>>(PAGE)
        .override_output_type_description::<Connection<community::Community>>(PAGE)
        .override_output_type_description::<Connection<community::Membership>>(PAGE)
        .override_output_type_description::<Connection<document::Document>>(PAGE)
        .override_output_type_description::<Connection<draft::Draft>>(PAGE)
        .override_output_type_description::<Connection<entry::Session>>(PAGE)
        .override_output_type_description::<Connection<entry::Token>>(PAGE)
        .override_output_type_description::<Connection<feed::FeedItem>>(PAGE)
        .override_output_type_description::<Connection<follow::Follow>>(PAGE)
        .override_output_type_description::<personal_feed::PersonalFeed>(PAGE)
        .override_output_type_description::<notification::Notifications>(PAGE)
        .override_output_type_description::<Connection<idea::Idea>>(PAGE)
        .override_output_type_description::<Connection<member::Member>>(PAGE)
        .override_output_type_description::<Connection<moderation::Report>>(PAGE)
        .override_output_type_description::<Results>(PAGE)
}

/// The member whose global id this is, in the organisation of an engine.
pub fn member_of(engine: &Engine, id: &str) -> Result<Option<MemberId>, engine::Error> {
    let organisation = projections::organisation::organisation(&engine.snapshot()?, &Viewer::Operator)?;
    let named = organisation.and_then(|found| id::Ids::of(found.id).named(&ID(id.to_owned())));
    Ok(named.and_then(<MemberId as id::OfKind>::of))
}

/// The schema in the schema definition language, as clients get it and as `schema/` keeps it.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new()
        .include_specified_by()
        .sorted_fields()
        .sorted_enum_items()
        .sorted_arguments();
    schema().sdl_with_options(options)
}

/// Answers documents with an engine: each answer from one moment, which it names as the extension `position`. While
/// the views are far behind the journal, answers say so as the extension `viewsBehindSeconds`.
#[derive(Clone)]
pub struct Endpoint {
    schema: Schemas,
    engine: Arc<Engine>,
    ids: Arc<Established>,
    links: SignInLinks,
}

/// Whether sign-in links open anything here, and how they are sent.
#[derive(Clone, Debug)]
pub(crate) enum SignInLinks {
    /// They do; what sends them by e-mail, and the address of the server they lead to, if mails are sent here.
    On(Option<(Arc<Mailer>, String)>),
    /// An identity provider alone signs people in.
    Off,
}

impl Endpoint {
    /// The endpoint of an engine.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { schema: schema(), engine, ids: Arc::default(), links: SignInLinks::On(None) }
    }

    /// Where an identity provider alone signs people in: no sign-in link is given out.
    pub fn without_links(self) -> Self {
        Self { links: SignInLinks::Off, ..self }
    }

    /// With what sends sign-in links by e-mail, which lead to this address of the server.
    pub fn mailing_links(self, mailer: Mailer, site: String) -> Self {
        Self { links: SignInLinks::On(Some((Arc::new(mailer), site))), ..self }
    }

    fn prepare(&self, request: Request) -> (Request, Arc<Reading>) {
        let caller = request
            .data
            .get(&std::any::TypeId::of::<Caller>())
            .and_then(|data| data.downcast_ref::<Caller>());
        let viewer = caller.copied().unwrap_or(Caller::NOBODY).viewer();
        let reading = Arc::new(Reading::new(Arc::clone(&self.engine), viewer, Arc::clone(&self.ids)));
        let request =
            request.data(Arc::clone(&self.engine)).data(Arc::clone(&reading)).data(self.links.clone());
        (request, reading)
    }
}

/// Says where an answer stands, and for how many seconds the views have been behind the journal if that is long.
fn positioned(mut response: Response, reading: &Reading) -> Response {
    if let Some(behind) = reading.far_behind() {
        response = response.extension("viewsBehindSeconds", Value::from(behind.as_secs()));
    }
    match reading.position() {
        Some(position) => response.extension("position", Value::String(position.to_string())),
        None => response,
    }
}

/// Waits for the position that a request names as the extension `atLeast`, so that its answer holds what its sender
/// has seen elsewhere.
async fn at_least_at(reading: &Reading, position: Value) -> Result<(), async_graphql::ServerError> {
    let position = <Position as async_graphql::ScalarType>::parse(position).map_err(|_| {
        Failure::bad_input(
            "atLeast is no position; send one that an answer carried.",
            "atLeast n’est pas une position ; envoyez-en une qu’une réponse portait.",
        )
    });
    let waited = match position {
        Ok(position) => reading.at_least(position).await,
        Err(failure) => Err(failure),
    };
    waited.map_err(|failure| {
        async_graphql::Error::from(failure).into_server_error(async_graphql::Pos::default())
    })
}

impl Executor for Endpoint {
    async fn execute(&self, request: Request) -> Response {
        let at_least = request.extensions.get("atLeast").cloned();
        let (request, reading) = self.prepare(request);
        if let Some(position) = at_least
            && let Err(error) = at_least_at(&reading, position).await
        {
            return Response::from_errors(vec![error]);
        }
        positioned(reading.turns().take(self.schema.execute(request)).await, &reading)
    }

    fn execute_stream(
        &self,
        request: Request,
        session_data: Option<Arc<async_graphql::Data>>,
    ) -> BoxStream<'static, Response> {
        let (request, reading) = self.prepare(request);
        let session_data = session_data.unwrap_or_default();
        let responses = self.schema.execute_stream_with_session_data(request, session_data).boxed();
        let answer = {
            let reading = Arc::clone(&reading);
            move |response| {
                let answer = positioned(response, &reading);
                // Whoever takes it slowly keeps no moment open meanwhile.
                reading.renew();
                answer
            }
        };
        Turns::take_each(reading, responses).map(answer).boxed()
    }
}
