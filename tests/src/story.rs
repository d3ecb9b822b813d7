//! A story told through GraphQL: an organisation in a folder of its own, with a clock that stands still and ids that
//! are the same at every telling, so that answers can be written down as they are.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a story that cannot go on fails")]

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use async_graphql::{Executor, Request, Response, Variables};
use domain::decision::Actor;
use domain::event::{Position, Recorded};
use domain::id::MemberId;
use domain::time::Time;
use futures::stream::BoxStream;
use journal::embedded::Embedded;
use journal::{Codec, Entropy, Journal};
use passerelle::clock::Clock;
use passerelle::engine::{Engine, Parts};
use passerelle::files::{Files, Limits, Uploads};
use passerelle::graphql::{Caller, Endpoint};
use passerelle::http::files::routes;
use passerelle::http::{Credential, Language, Settings, Transport, Unauthenticated};
use serde_json::{Value, json};

use crate::log::Scratch;
use crate::server::Server;

/// A clock that moves only when it is told to.
#[derive(Debug)]
pub struct StoppedClock(AtomicI64);

impl StoppedClock {
    /// Standing at a time.
    pub fn at(time: Time) -> Self {
        Self(AtomicI64::new(time.micros()))
    }

    /// Moves it to a time.
    pub fn set(&self, time: Time) {
        self.0.store(time.micros(), Ordering::SeqCst);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Time {
        Time::try_from_micros(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// Bytes that are the same at every telling.
#[derive(Debug, Default)]
pub struct CountedEntropy(AtomicU64);

impl Entropy for CountedEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), journal::Error> {
        let number = self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        bytes
            .iter_mut()
            .rev()
            .zip(number.iter().rev().chain(std::iter::repeat(&0)))
            .for_each(|(to, from)| *to = *from);
        Ok(())
    }
}

/// The story's organisation: it begins on a Monday morning with two departments, and people whose accounts are open.
pub struct Story {
    /// The engine behind it.
    pub engine: Arc<Engine>,
    /// The files of its documents.
    pub files: Arc<Files>,
    endpoint: Endpoint,
    clock: Arc<StoppedClock>,
    ids: HashMap<String, String>,
    language: Language,
    store: Embedded,
    scratch: Scratch,
}

/// Who asks for what an administrator sets up.
pub const OPERATOR: &str = "operator";

impl Story {
    /// An organisation that is not established yet.
    pub async fn nothing() -> Self {
        let scratch = Scratch::new().unwrap();
        let entropy = Arc::new(CountedEntropy::default());
        let store = Embedded::open(scratch.path(), entropy.clone()).await.unwrap();
        let clock = Arc::new(StoppedClock::at("2026-03-02T09:00:00Z".parse().unwrap()));
        let engine = Engine::start(Parts {
            journal: store.journal.clone(),
            looks: store.looks.clone(),
            codec: Arc::new(Codec::new(store.keys.clone())),
            folder: scratch.path().to_owned(),
            clock: clock.clone(),
            entropy: entropy.clone(),
        });
        let files = Arc::new(Files::within(scratch.path(), clock.clone(), entropy).unwrap());
        let engine = Arc::new(engine.unwrap().with_files(files.clone()));
        let endpoint = Endpoint::new(engine.clone());
        let (ids, language) = (HashMap::new(), Language::English);
        Self { engine, files, endpoint, clock, ids, language, store, scratch }
    }

    /// The folder it is kept in, for the program to read beside it.
    pub fn folder(&self) -> &Path {
        self.scratch.path()
    }

    /// An organisation of Ada and Bo in Sales, Cy and Di in Works; Ada administers.
    pub async fn of_four() -> Self {
        Self::of_people(false).await
    }

    /// The same where ids stand for nobody who can be found again.
    pub async fn of_four_unknown() -> Self {
        Self::of_people(true).await
    }

    async fn of_people(anonymous: bool) -> Self {
        let mut story = Self::nothing().await;
        let organisation =
            json!({"name": "Atelier", "timeZone": "Europe/Paris", "language": "fr", "anonymous": anonymous});
        story.does(OPERATOR, "establishOrganisation", organisation, "organisation", "atelier").await;
        for name in ["Sales", "Works"] {
            story.does(OPERATOR, "openDepartment", json!({"name": name}), "department", name).await;
        }
        for (name, department) in [("Ada", "Sales"), ("Bo", "Sales"), ("Cy", "Works"), ("Di", "Works")] {
            let member = json!({"name": name, "department": story.id(department)});
            story.does(OPERATOR, "registerMember", member, "member", name).await;
            let account = json!({"member": story.id(name)});
            story.does(OPERATOR, "openAccount", account, "member", name).await;
        }
        let role = json!({"member": story.id("Ada"), "role": "ADMINISTRATOR"});
        story.does(OPERATOR, "grantRole", role, "member", "Ada").await;
        story
    }

    /// What answers in this story, to be served.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint.clone()
    }

    /// Served over HTTP: a person's name is their token. Files may have so many bytes.
    pub async fn served(&self, limits: Limits) -> Server {
        let people = ["Ada", "Bo", "Cy", "Di"].map(|name| (name, Actor::Member(self.member(name))));
        let who = move |credential: &Credential| {
            let known = |name: &str| *credential == Credential::Bearer(name.to_owned());
            let person = people.iter().find(|(name, _)| known(name));
            person.map(|(_, actor)| Caller::of(*actor)).ok_or(Unauthenticated)
        };
        let uploads = Arc::new(Uploads::new(self.engine.clone(), self.files.clone(), limits));
        let transport = Transport::new(self.endpoint(), who, Settings::default());
        Server::of(transport.with_routes(routes(who, Some(uploads)))).await.unwrap()
    }

    /// Somebody uploads a file: what they name it with in a document.
    pub async fn uploads(&self, who: &str, bytes: &[u8]) -> Value {
        let uploads = Arc::new(Uploads::new(self.engine.clone(), self.files.clone(), Limits::default()));
        let mut upload = uploads.begin(Some(self.member(who)), None).await.unwrap();
        upload.write(bytes.to_vec().into()).await.unwrap();
        let file = upload.end(None).await.unwrap();
        json!({"sha256": file.sha256, "size": file.size, "mediaType": "text/plain"})
    }

    /// The id of something that the story gave a name.
    #[track_caller]
    pub fn id(&self, name: &str) -> String {
        self.ids.get(name).unwrap_or_else(|| panic!("nothing is called {name} in this story")).clone()
    }

    /// The ids of everything that the story gave a name.
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.ids.values().cloned().collect();
        ids.sort();
        ids
    }

    /// Minutes go by.
    pub fn later(&self, minutes: i64) {
        self.clock.set(Time::try_from_micros(self.clock.now().micros() + minutes * 60_000_000).unwrap());
    }

    /// Waits until the views have seen how late it is.
    pub async fn settle(&self) {
        while self.engine.far_behind().is_some() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// The language in which the people of the story are answered from now on.
    pub fn answers_in(&mut self, language: Language) {
        self.language = language;
    }

    /// Every look that was recorded.
    pub async fn looks(&self) -> Vec<Recorded> {
        let page = self.store.looks.read_all(Position::default(), 1_000).await.unwrap();
        self.engine.codec().decode(&page.events).await.unwrap()
    }

    fn request(&self, who: &str, document: &str, variables: Value) -> Request {
        let actor = match who {
            OPERATOR => Actor::Service,
            name => Actor::Member(self.member(name)),
        };
        self.request_of(Caller::of(actor), document, variables)
    }

    fn request_of(&self, caller: Caller, document: &str, variables: Value) -> Request {
        Request::new(document).variables(Variables::from_json(variables)).data(caller).data(self.language)
    }

    /// Somebody with what they brought asks what has an answer: its data.
    pub async fn asks_as(&self, caller: Caller, document: &str, variables: Value) -> Value {
        let response = self.endpoint.execute(self.request_of(caller, document, variables)).await;
        assert!(response.errors.is_empty(), "{document}: {:?}", response.errors);
        response.data.into_json().unwrap()
    }

    /// The member behind an id of the story.
    pub fn member(&self, name: &str) -> MemberId {
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(self.id(name)).unwrap();
        MemberId(uuid::Uuid::from_slice(&bytes[5..]).unwrap())
    }

    /// Somebody asks; the whole answer as JSON.
    pub async fn answer(&self, who: &str, document: &str, variables: Value) -> Value {
        let response = self.endpoint.execute(self.request(who, document, variables)).await;
        serde_json::to_value(&response).unwrap()
    }

    /// Somebody asks what has an answer: its data.
    #[track_caller]
    pub fn asks(&self, who: &str, document: &str, variables: Value) -> impl Future<Output = Value> {
        let (who, document) = (who.to_owned(), document.to_owned());
        async move {
            let mut answer = self.answer(&who, &document, variables).await;
            assert!(answer.get("errors").is_none(), "{document}: {answer}");
            answer["data"].take()
        }
    }

    /// Somebody sends a mutation; its payload, with `selection` read from what it is about.
    pub async fn sends(&self, who: &str, mutation: &str, input: Value, selection: &str) -> Value {
        let type_name = mutation[..1].to_uppercase() + &mutation[1..];
        let document = format!(
            "mutation($input: {type_name}Input!) {{ it: {mutation}(input: $input) {{
                {selection} position projected userErrors {{ code message field detail }} }} }}"
        );
        let mut data = self.asks(who, &document, json!({ "input": input })).await;
        data["it"].take()
    }

    /// Somebody sends a mutation that is carried out; what it is about is called `name` from now on.
    pub async fn does(&mut self, who: &str, mutation: &str, input: Value, field: &str, name: &str) {
        let payload = self.sends(who, mutation, input, &format!("{field} {{ id }}")).await;
        assert_eq!(payload["userErrors"], json!([]), "{who} {mutation}");
        let id = payload[field]["id"].as_str().unwrap_or_else(|| panic!("{who} {mutation}: {payload}"));
        self.ids.insert(name.to_owned(), id.to_owned());
    }

    /// Somebody sends a mutation that a rule refuses: the first refusal.
    pub async fn is_refused(&self, who: &str, mutation: &str, input: Value) -> Value {
        let mut payload = self.sends(who, mutation, input, "").await;
        assert_eq!(payload["position"], Value::Null, "{who} {mutation}: {payload}");
        payload["userErrors"][0].take()
    }

    /// Somebody follows a subscription.
    pub fn follows(&self, who: &str, document: &str, variables: Value) -> BoxStream<'static, Response> {
        self.endpoint.execute_stream(self.request(who, document, variables), None)
    }
}
