//! GraphQL over server-sent events, as npm `graphql-sse` speaks it in distinct connections mode: one operation a
//! request, each answer an event `next`, its end an event `complete`.

use std::convert::Infallible;
use std::sync::Arc;

use async_graphql::Executor;
use axum::Extension;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::SinkExt;
use futures::channel::mpsc;
use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, Stream, StreamExt};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, Interval, interval_at, timeout};

use super::answer::Answer;
use super::authentication::{Authenticate, Credential};
use super::endpoint::{Admitted, respond};
use super::lasting::Lasting;
use super::limits::Held;
use super::negotiation::Media;
use super::operation::answers;
use super::transport::Transport;
use super::{Code, Language};

/// Answers an operation in events. While they last the token or session is asked again whenever it is in doubt: once it
/// does not hold any more, the last answer says so. Whoever does not take them in time is told that as the last one,
/// should they begin to take again; the operation has ended by then.
pub(super) fn answer<E: Executor, A: Authenticate>(
    transport: Arc<Transport<E, A>>,
    admitted: Admitted<A::Caller>,
    language: Language,
) -> Response {
    let Admitted { credential, caller, operation } = admitted;
    let Some(held) = transport.limits.hold(transport.client(&caller, &credential)) else {
        return respond(Media::Json, Answer::refused(Code::TooManyOperations, language));
    };
    let interval = transport.settings.ping_interval;
    let answering = Answering {
        answers: answers(&transport, operation, (caller, credential.clone()), language),
        doubt: transport.authenticator.doubt(&credential),
        asked_again: interval_at(Instant::now() + interval, interval),
        closing: transport.closing.subscribe(),
        transport,
        credential,
        language,
        stage: Stage::Open,
    };
    // One event waits to be taken. The next is asked for once it was.
    let (sending, waiting) = mpsc::channel(0);
    let (dropping, last) = oneshot::channel();
    tokio::spawn(answering.send(sending, dropping));
    let media_type = [(header::CONTENT_TYPE, "text/event-stream; charset=utf-8")];
    (media_type, Extension(Lasting), Body::from_stream(events(waiting, last, held))).into_response()
}

/// What is written: the events, then what is said to whoever was too slow. It counts among what a client holds open
/// for as long as the connection has it.
fn events(
    waiting: mpsc::Receiver<String>,
    last: oneshot::Receiver<String>,
    held: Held,
) -> impl Stream<Item = Result<String, Infallible>> + Send + 'static {
    let events = stream::unfold((waiting, held), |(mut waiting, held)| async move {
        let event = waiting.next().await?;
        Some((event, (waiting, held)))
    });
    let last = stream::once(last).filter_map(|last| async move { last.ok() });
    events.chain(last).map(Ok)
}

/// Said at the end; browsers hear no event without data.
const COMPLETE: &str = "event: complete\ndata: \n\n";
/// Said in between, for those on the way who close connections on which nothing is said.
const STILL_HERE: &str = ":\n\n";

/// An operation that is being answered.
struct Answering<E, A: Authenticate> {
    transport: Arc<Transport<E, A>>,
    credential: Credential,
    language: Language,
    answers: BoxStream<'static, Answer>,
    doubt: BoxFuture<'static, ()>,
    asked_again: Interval,
    closing: watch::Receiver<bool>,
    stage: Stage,
}

/// How far the events have come.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// Answers may follow.
    Open,
    /// No answer follows.
    Answered,
    /// That was said.
    Over,
}

impl<E: Executor, A: Authenticate> Answering<E, A> {
    /// Sends the events until they end, nobody is there any more, or one is not taken in time.
    async fn send(mut self, mut sending: mpsc::Sender<String>, mut dropping: oneshot::Sender<String>) {
        loop {
            let event = tokio::select! {
                event = self.next() => event,
                () = dropping.closed() => None,
            };
            let Some(event) = event else { return };
            let taken = timeout(self.transport.settings.send_timeout, sending.send(event)).await;
            if taken.is_err() {
                let why = next(&Answer::refused(Code::TooSlow, self.language));
                let _ = dropping.send(why.unwrap_or_default() + COMPLETE);
                return;
            }
        }
    }

    /// The next event. A server that closes breaks off, so that clients come back to ask again.
    async fn next(&mut self) -> Option<String> {
        loop {
            match self.stage {
                Stage::Over => return None,
                Stage::Answered => {
                    self.stage = Stage::Over;
                    return Some(COMPLETE.to_owned());
                }
                Stage::Open => {}
            }
            tokio::select! {
                () = closed(&mut self.closing) => return None,
                () = &mut self.doubt => {
                    self.doubt = self.transport.authenticator.doubt(&self.credential);
                    if let Some(refused) = self.ask_again().await {
                        return Some(refused);
                    }
                }
                _ = self.asked_again.tick() => {
                    return Some(self.ask_again().await.unwrap_or_else(|| STILL_HERE.to_owned()));
                }
                answer = self.answers.next() => match answer {
                    Some(answer) => {
                        if answer.refusal().is_some() {
                            self.stage = Stage::Answered;
                        }
                        return next(&answer);
                    }
                    None => self.stage = Stage::Answered,
                },
            }
        }
    }

    /// What is said last, if the caller may ask no more.
    async fn ask_again(&mut self) -> Option<String> {
        // Boxed, so that whoever waits holds no room for it.
        if Box::pin(self.transport.authenticator.still_holds(&self.credential)).await {
            return None;
        }
        self.stage = Stage::Answered;
        next(&Answer::refused(Code::Unauthenticated, self.language))
    }
}

/// Done when the server closes.
async fn closed(closing: &mut watch::Receiver<bool>) {
    let _ = closing.wait_for(|closing| *closing).await;
}

/// An answer as an event. JSON has no line breaks of its own.
fn next(answer: &Answer) -> Option<String> {
    Some(format!("event: next\ndata: {}\n\n", serde_json::to_string(answer).ok()?))
}
