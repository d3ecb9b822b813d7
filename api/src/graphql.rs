//! The GraphQL schema: what the engine offers, subject by subject, and the endpoint that answers from one moment.

mod answer;
mod caller;
mod department;
mod failure;
mod id;
mod member;
mod mutations;
mod node;
mod organisation;
mod paging;
mod position;
mod time;

use std::sync::Arc;

use async_graphql::{Executor, MergedObject, Request, Response, Schema, Value};
use futures::StreamExt;
use futures::stream::BoxStream;

pub use caller::Caller;
use caller::Reading;

use crate::engine::Engine;

/// Everything that can be asked.
#[derive(Default, MergedObject)]
pub struct Query(node::NodeQuery, organisation::OrganisationQuery, member::MemberQuery);

/// Everything that can be done.
#[derive(Default, MergedObject)]
pub struct Mutation(
    organisation::change::OrganisationMutation,
    organisation::change::RoleMutation,
    department::change::DepartmentMutation,
    member::change::MemberMutation,
    member::change::SignInMutation,
);

/// The schema over its roots.
pub type Schemas = Schema<Query, Mutation, async_graphql::EmptySubscription>;

/// Builds the schema.
pub fn schema() -> Schemas {
    Schema::build(Query::default(), Mutation::default(), async_graphql::EmptySubscription)
        .disable_suggestions()
        .finish()
}

/// The schema in the schema definition language, as clients get it and as `schema/` keeps it.
pub fn sdl() -> String {
    let options =
        async_graphql::SDLExportOptions::new().sorted_fields().sorted_enum_items().sorted_arguments();
    schema().sdl_with_options(options)
}

/// Answers documents with an engine: each answer from one moment, which it names as the extension `position`.
#[derive(Clone)]
pub struct Endpoint {
    schema: Schemas,
    engine: Arc<Engine>,
}

impl Endpoint {
    /// The endpoint of an engine.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { schema: schema(), engine }
    }

    fn prepare(&self, request: Request) -> (Request, Arc<Reading>) {
        let caller = request
            .data
            .get(&std::any::TypeId::of::<Caller>())
            .and_then(|data| data.downcast_ref::<Caller>());
        let viewer = caller.copied().unwrap_or(Caller::NOBODY).viewer();
        let reading = Arc::new(Reading::new(Arc::clone(&self.engine), viewer));
        (request.data(Arc::clone(&self.engine)).data(Arc::clone(&reading)), reading)
    }
}

fn positioned(response: Response, reading: &Reading) -> Response {
    match reading.position() {
        Some(position) => response.extension("position", Value::String(position.to_string())),
        None => response,
    }
}

impl Executor for Endpoint {
    async fn execute(&self, request: Request) -> Response {
        let (request, reading) = self.prepare(request);
        positioned(self.schema.execute(request).await, &reading)
    }

    fn execute_stream(
        &self,
        request: Request,
        session_data: Option<Arc<async_graphql::Data>>,
    ) -> BoxStream<'static, Response> {
        let (request, reading) = self.prepare(request);
        let session_data = session_data.unwrap_or_default();
        let responses = self.schema.execute_stream_with_session_data(request, session_data);
        responses.map(move |response| positioned(response, &reading)).boxed()
    }
}
