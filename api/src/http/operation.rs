//! One operation: parsed, guarded, and executed within its time.

use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{Executor, Request, ServerError};
use futures::stream::{self, BoxStream, StreamExt};

use super::answer::{Answer, Problem};
use super::authentication::{Authenticate, Credential};
use super::request::Parameters;
use super::transport::{Introspection, Settings, Transport};
use super::{Code, Language, guard};

/// A request whose document is parsed and within bounds.
pub(super) struct Operation {
    request: Request,
    kind: Option<OperationType>,
    cost: usize,
}

impl Operation {
    /// Parses and guards; the same for HTTP and sockets.
    pub(super) fn prepare(parameters: Parameters, settings: &Settings) -> Result<Self, Problem> {
        let mut request = parameters.into_request(&settings.documents)?;
        guard::check_text(&request.query).map_err(too_complex)?;
        let document = parse_query(&request.query).map_err(|error| {
            let ServerError { message, locations, .. } = error.into();
            // The parser draws the place; a client has the location for that.
            let expected = message.rsplit(" = ").next().unwrap_or_default();
            Problem::new(Code::GraphqlParseFailed, format!("Syntax error: {expected}.")).at(locations)
        })?;
        guard::check_document(&document).map_err(too_complex)?;
        if settings.introspection == Introspection::Off && guard::introspects(&document) {
            return Err(Code::IntrospectionOff.into());
        }
        let cost = guard::cost(&document, &request.variables);
        if cost > settings.max_cost {
            let detail = format!(
                "The document costs {cost} points, and may cost {} at most: ask for smaller pages.",
                settings.max_cost
            );
            return Err(Problem::new(Code::QueryTooComplex, detail));
        }
        let kind = kind_of(&document, request.operation_name.as_deref());
        request.set_parsed_query(document);
        Ok(Self { request, kind, cost })
    }

    /// What it costs at most, in points.
    pub(super) fn cost(&self) -> usize {
        self.cost
    }

    /// What it is; `None` when the document does not say which of its operations is meant, so that nothing runs.
    pub(super) fn kind(&self) -> Option<OperationType> {
        self.kind
    }

    /// The request, with who asks for it and in which language.
    pub(super) fn asked_by<Caller: Send + Sync + 'static>(
        self,
        caller: Caller,
        language: Language,
    ) -> Request {
        self.request.data(caller).data(language)
    }
}

/// The answers to an operation: many to a subscription, one to anything else or to what is wrong. Before each of many
/// it is asked whether what the caller brought still holds: whoever may not ask any more is told nothing more.
pub(super) fn answers<E: Executor, A: Authenticate>(
    transport: &Arc<Transport<E, A>>,
    operation: Result<Operation, Problem>,
    (caller, credential): (A::Caller, Credential),
    language: Language,
) -> BoxStream<'static, Answer> {
    let transport = Arc::clone(transport);
    match operation {
        Err(problem) => stream::once(async move { Answer::refused(problem, language) }).boxed(),
        Ok(operation) if operation.kind == Some(OperationType::Subscription) => {
            let request = operation.asked_by(caller, language);
            let asking = Arc::new((transport, credential));
            let responses = asking.0.executor.execute_stream(request, None);
            let told = move |response| {
                let asking = Arc::clone(&asking);
                // Boxed, so that who follows and waits holds no room for it.
                Box::pin(async move {
                    let (transport, credential) = &*asking;
                    if transport.authenticator.still_holds(credential).await {
                        Answer::executed(response, &transport.error_ids, language)
                    } else {
                        Answer::refused(Code::Unauthenticated, language)
                    }
                })
            };
            responses.then(told).boxed()
        }
        Ok(operation) => {
            let request = operation.asked_by(caller, language);
            stream::once(async move { execute(&transport, request, language).await }).boxed()
        }
    }
}

/// Executes a query or mutation; past its time the answer says so, and what it waits for is dropped.
pub(super) async fn execute<E: Executor, A: Authenticate>(
    transport: &Transport<E, A>,
    request: Request,
    language: Language,
) -> Answer {
    let executed = transport.executor.execute(request);
    match tokio::time::timeout(transport.settings.operation_timeout, executed).await {
        Ok(response) => Answer::executed(response, &transport.error_ids, language),
        Err(_) => Answer::refused(Code::Timeout, language),
    }
}

fn too_complex(excess: guard::Excess) -> Problem {
    let code = match excess {
        guard::Excess::Over { .. } => Code::QueryTooComplex,
        guard::Excess::FragmentCycle => Code::GraphqlValidationFailed,
    };
    Problem::new(code, excess.to_string())
}

fn kind_of(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation.node.ty),
        (DocumentOperations::Multiple(operations), Some(name)) => Some(operations.get(name)?.node.ty),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().map(|operation| operation.node.ty)
        }
        _ => None,
    }
}
