//! One socket from its opening to its end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Executor;
use axum::extract::ws::{Message, WebSocket};
use futures::future::BoxFuture;
use serde_json::{Map, Value};
use tokio::time::{Instant, interval_at, sleep_until, timeout};

use super::super::answer::{Answer, Problem};
use super::super::authentication::{Authenticate, Credential, bearer};
use super::super::limits::Held;
use super::super::operation::{Operation, answers};
use super::super::request::Parameters;
use super::super::strangers::Address;
use super::super::transport::Transport;
use super::super::{Code, Language};
use super::OPEN_SOCKETS;
use super::operations::{Operations, Step};
use super::protocol::{Close, Incoming, Outgoing};

/// Time for the other side to answer a close frame, so that a reset does not swallow it.
const FAREWELL: Duration = Duration::from_secs(2);

/// How a conversation ends.
enum End {
    /// We close it.
    Close(Close),
    /// The other side is gone, or takes nothing more.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// A socket and all that belongs to it.
pub(super) struct Session<E, A: Authenticate> {
    transport: Arc<Transport<E, A>>,
    socket: WebSocket,
    operations: Operations,
    /// From the upgrade, for clients that can; else from `connection_init`.
    credential: Option<Credential>,
    language: Language,
    initialised: bool,
    /// From where it was opened, if that is known.
    address: Option<Address>,
    /// Done when the credential may hold no more.
    doubt: BoxFuture<'static, ()>,
    /// Counts among what its client has open, once it is known whose it is.
    counted: Option<Held>,
    heard_at: Instant,
}

impl<E: Executor, A: Authenticate> Session<E, A> {
    /// A socket just opened.
    pub(super) fn new(
        transport: Arc<Transport<E, A>>,
        socket: WebSocket,
        credential: Option<Credential>,
        language: Language,
    ) -> Self {
        let operations = Operations::default();
        Self {
            transport,
            socket,
            operations,
            credential,
            language,
            initialised: false,
            address: None,
            doubt: Box::pin(std::future::pending()),
            counted: None,
            heard_at: Instant::now(),
        }
    }

    /// The same, opened from an address.
    pub(super) fn from(self, address: Option<Address>) -> Self {
        Self { address, ..self }
    }

    /// Serves the socket to its end.
    pub(super) async fn run(mut self) {
        metrics::gauge!(OPEN_SOCKETS).increment(1.0);
        if let Err(End::Close(close)) = self.converse().await {
            self.operations = Operations::default();
            let _ = timeout(FAREWELL, self.bid_farewell(close)).await;
        }
        metrics::gauge!(OPEN_SOCKETS).decrement(1.0);
    }

    async fn bid_farewell(&mut self, close: Close) {
        if self.socket.send(Message::Close(Some(close.frame()))).await.is_ok() {
            while let Some(Ok(_)) = self.socket.recv().await {}
        }
    }

    async fn converse(&mut self) -> Result<(), End> {
        let settings = &self.transport.settings;
        let init_deadline = self.heard_at + settings.init_timeout;
        let mut ping = interval_at(self.heard_at + settings.ping_interval, settings.ping_interval);
        let mut closing = self.transport.closing.subscribe();
        let mut closed = pin!(async move { closing.wait_for(|closing| *closing).await.is_ok() });
        loop {
            tokio::select! {
                _ = &mut closed => return Err(Close::GoingAway.into()),
                () = sleep_until(init_deadline), if !self.initialised => return Err(Close::InitTimeout.into()),
                _ = ping.tick() => self.check().await?,
                () = &mut self.doubt => {
                    self.watch();
                    self.still_holds().await?;
                }
                Some((id, step)) = self.operations.next() => self.tell(&id, step).await?,
                message = self.socket.recv() => {
                    let Some(Ok(message)) = message else { return Err(End::Gone) };
                    self.heard_at = Instant::now();
                    self.hear(message).await?;
                }
            }
        }
    }

    /// Is the other side still there, and still allowed to be?
    async fn check(&mut self) -> Result<(), End> {
        if self.heard_at.elapsed() > 2 * self.transport.settings.ping_interval {
            return Err(End::Gone);
        }
        if self.initialised {
            self.still_holds().await?;
        }
        self.send(Message::Ping(Default::default())).await
    }

    /// May whoever speaks still be there?
    async fn still_holds(&mut self) -> Result<(), Close> {
        let credential = self.credential.as_ref().ok_or(Close::Forbidden)?;
        // Boxed, so that whoever waits holds no room for it.
        let holds = Box::pin(self.transport.authenticator.still_holds(credential)).await;
        if holds { Ok(()) } else { Err(Close::Forbidden) }
    }

    /// What happens from here on makes it doubtful again.
    fn watch(&mut self) {
        if let Some(credential) = &self.credential {
            self.doubt = self.transport.authenticator.doubt(credential);
        }
    }

    /// Who speaks. Asked anew each time, so that a revoked token or an ended session ends the socket.
    async fn caller(&mut self) -> Result<A::Caller, Close> {
        let credential = self.credential.as_ref().ok_or(Close::Forbidden)?;
        self.transport.authenticator.authenticate(credential).await.map_err(|_| Close::Forbidden)
    }

    /// It is a stranger's.
    fn met(&self) {
        if let Some(Address(address)) = self.address {
            // Whether it is one too many or not, it is closed.
            let _ = self.transport.limits.meet(address);
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Close::InvalidMessage.into()),
            // After a close frame the socket is read on, so that its answer is sent.
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => return Ok(()),
        };
        if text.len() > self.transport.settings.max_message_bytes {
            return Err(Close::MessageTooLarge.into());
        }
        match Incoming::read(&text)? {
            Incoming::ConnectionInit(payload) => self.initialise(&payload).await,
            Incoming::Ping => self.say(&Outgoing::Pong).await,
            Incoming::Pong => Ok(()),
            Incoming::Subscribe { id, parameters } => self.subscribe(id, parameters).await,
            Incoming::Complete { id } => {
                self.operations.stop(&id);
                Ok(())
            }
        }
    }

    /// The token comes as `{"authorization": "Bearer …"}`, as it would in the header.
    async fn initialise(&mut self, payload: &Map<String, Value>) -> Result<(), End> {
        if self.initialised {
            return Err(Close::TooManyInits.into());
        }
        self.initialised = true;
        let said = |name: &str| {
            let found = payload.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.and_then(|(_, value)| value.as_str())
        };
        if let Some(token) = said("authorization").and_then(bearer) {
            self.credential = Some(Credential::Bearer(token.to_owned()));
        }
        if let Some(language) = said("language") {
            self.language = Language::accepted(language);
        }
        self.watch();
        let caller = self.caller().await.inspect_err(|_| self.met())?;
        let credential = self.credential.as_ref().ok_or(Close::Forbidden)?;
        let held = self.transport.limits.hold(self.transport.client(&caller, credential));
        self.counted = Some(held.ok_or(Close::TooManySockets)?);
        self.say(&Outgoing::ConnectionAck).await
    }

    async fn subscribe(&mut self, id: String, parameters: Parameters) -> Result<(), End> {
        if !self.initialised {
            return Err(Close::Unauthorized.into());
        }
        if self.operations.contains(&id) {
            return Err(Close::SubscriberExists(id).into());
        }
        if self.operations.len() >= self.transport.settings.max_operations {
            let answer = Answer::refused(Code::TooManyOperations, self.language);
            return self.say(&Outgoing::Error { id: &id, payload: answer.errors() }).await;
        }
        let (caller, credential) = (self.caller().await?, self.credential.clone().ok_or(Close::Forbidden)?);
        let mut operation = Operation::prepare(parameters, &self.transport.settings);
        let cost = operation.as_ref().map_or(1, Operation::cost);
        let client = self.transport.client(&caller, &credential);
        if let Err(wait) = self.transport.limits.take(client, cost) {
            operation = Err(Problem::wait(wait));
        }
        let answers = answers(&self.transport, operation, (caller, credential), self.language);
        self.operations.start(id, answers);
        Ok(())
    }

    async fn tell(&mut self, id: &str, step: Step) -> Result<(), End> {
        match step {
            Step::Answer(answer) if answer.refusal().is_some() => {
                self.say(&Outgoing::Error { id, payload: answer.errors() }).await
            }
            Step::Answer(answer) => self.say(&Outgoing::Next { id, payload: &answer }).await,
            Step::End => self.say(&Outgoing::Complete { id }).await,
        }
    }

    async fn say(&mut self, message: &Outgoing<'_>) -> Result<(), End> {
        let text = serde_json::to_string(message).map_err(|_| End::Gone)?;
        self.send(Message::Text(text.into())).await
    }

    /// While a message waits to be taken nothing is read and no operation goes on: a slow client holds back its own
    /// operations, and one that takes nothing is left, which it is told if it begins to take again.
    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.transport.settings.send_timeout, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(Close::TooSlow.into()),
        }
    }
}
