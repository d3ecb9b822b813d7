//! Subscribers: what five thousand that hear nothing cost in memory, over WebSockets and over server-sent events, and
//! how long an event takes to reach a thousand of the former who follow one community, beside the same bytes written to a
//! thousand plain connections.
//!
//! `cargo bench -p passerelle-tests -- fanout`. The server is the program in a process of its own; the subscribers
//! share the processors with it. Both processes must be allowed some 6,000 open files.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::decision::Actor;
use futures::{StreamExt, stream};
use passerelle_tests::bench::organisation::{Organisation, member};
use passerelle_tests::bench::process::Process;
use passerelle_tests::bench::served::{body, token};
use passerelle_tests::bench::sockets::{Arrived, Subscriber};
use passerelle_tests::load::{Answer, Connection};
use passerelle_tests::log::{Scratch, World};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{sleep, timeout};

const EVENTS: usize = 100_000;
const SUBSCRIBERS: usize = 5_000;
const OF_ONE: usize = 1_000;
const MEMBERS: usize = 500;
const TOLD: usize = 50;
/// Long enough for every subscriber to be pinged, and its token to be asked again.
const IDLE: Duration = Duration::from_secs(20);
const BETWEEN: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(30);
const MEMORY_LIMIT_MB: f64 = 150.0;
const LIMIT_MS: f64 = 300.0;

const FOLLOW: &str = "subscription($id: ID!, $after: Position) { feedItems(community: $id, after: $after) {
    ... on Post { id body author { name } } } }";
const PUBLISH: &str =
    "mutation($input: PublishPostInput!) { publishPost(input: $input) { userErrors { code } } }";

/// An organisation, served by the program.
struct Followed {
    address: SocketAddr,
    process: Process,
    tokens: Vec<Arc<str>>,
    /// The first is led by the bearer of the first token.
    communities: Vec<Value>,
    _folder: Scratch,
}

impl Followed {
    async fn begin() -> Self {
        let world =
            World::open(Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap()).await.unwrap();
        Organisation::of(EVENTS).append(&**world.engine.journal(), world.engine.codec()).await.unwrap();
        world.engine.catch_up().await.unwrap();
        let document = "{ communities(first: 50) { nodes { id name } } }";
        let mut data = world.asks(Actor::Service, document, Value::Null).await.unwrap();
        let mut communities = std::mem::take(data["communities"]["nodes"].as_array_mut().unwrap());
        communities.sort_by_key(|node| node["name"] != "Community 0");
        let mut tokens = vec![];
        for n in 0..MEMBERS {
            tokens.push(token(&world.engine, member(n)).await);
        }
        let folder = world.close();
        let mut process = Process::start("serve", folder.path());
        let line = process.says("GraphQL on http://");
        let address = line.trim_start_matches("GraphQL on http://").trim_end_matches("/graphql");
        let communities = communities.iter().map(|node| node["id"].clone()).collect();
        Self { address: address.parse().unwrap(), process, tokens, communities, _folder: folder }
    }

    async fn asks(&self, document: &str, variables: Value) -> Answer {
        let mut connection = Connection::open(self.address).await.unwrap();
        connection.graphql(&self.tokens[0], &body(document, variables)).await.unwrap()
    }

    /// Where everything stands.
    async fn position(&self) -> Value {
        let mut answer: Value =
            serde_json::from_slice(&self.asks("{ viewer { id } }", json!({})).await.body).unwrap();
        answer["extensions"]["position"].take()
    }

    /// What a subscriber follows, by its number: the first community or one of all others, after a position.
    fn followed(&self, number: usize, of_first: bool, after: &Value) -> (&str, Value) {
        let community = if of_first { 0 } else { 1 + number % (self.communities.len() - 1) };
        let variables = json!({ "id": self.communities[community], "after": after });
        (&self.tokens[number % self.tokens.len()], variables)
    }

    /// Subscribers from a number on, of the first community or of all others, from now on.
    async fn follow(
        &self,
        (from, to): (usize, usize),
        of_first: bool,
        tell: &UnboundedSender<Arrived>,
    ) -> Vec<Subscriber> {
        let after = self.position().await;
        let following = (from..to).map(|n| {
            let (token, variables) = self.followed(n, of_first, &after);
            Subscriber::follow(self.address, token, (FOLLOW, variables), tell.clone())
        });
        stream::iter(following).buffer_unordered(32).collect().await
    }

    /// So many subscribers over server-sent events.
    async fn listen(&self, count: usize) -> Vec<Subscriber> {
        let after = self.position().await;
        let listening = (0..count).map(|n| {
            let (token, variables) = self.followed(n, false, &after);
            Subscriber::listen(self.address, token, (FOLLOW, variables))
        });
        stream::iter(listening).buffer_unordered(32).collect().await
    }

    /// Posts in the first community and waits until all who follow it have it; how long each waited.
    async fn post(&self, number: usize, arriving: &mut UnboundedReceiver<Arrived>) -> (Vec<f64>, String) {
        let input =
            json!({ "audience": { "community": self.communities[0] }, "body": format!("News {number}") });
        let begun = Instant::now();
        let answer = self.asks(PUBLISH, json!({ "input": input })).await;
        assert!(answer.body.ends_with(b"}") && contains(&answer.body, "\"userErrors\":[]"), "{answer:?}");
        let (mut waited, mut last) = (vec![], String::new());
        while waited.len() < OF_ONE {
            let arrived = timeout(PATIENCE, arriving.recv()).await.unwrap().unwrap();
            assert!(arrived.text.contains(&format!("News {number}\"")), "{}", arrived.text);
            waited.push(milliseconds(arrived.at - begun));
            last = arrived.text;
        }
        (waited, last)
    }
}

fn contains(body: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(body).contains(text)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Plain connections, to each of which the same bytes are written, one after the other.
struct Plain {
    writers: Vec<TcpStream>,
    arriving: UnboundedReceiver<Instant>,
}

impl Plain {
    async fn of(bytes: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, arriving) = unbounded_channel();
        let mut writers = vec![];
        for _ in 0..OF_ONE {
            let mut reader = TcpStream::connect(address).await.unwrap();
            let (writer, _) = listener.accept().await.unwrap();
            writer.set_nodelay(true).unwrap();
            writers.push(writer);
            let tell = tell.clone();
            tokio::spawn(async move {
                let mut read = vec![0; bytes];
                while reader.read_exact(&mut read).await.is_ok() {
                    let _ = tell.send(Instant::now());
                }
            });
        }
        Self { writers, arriving }
    }

    async fn post(&mut self, bytes: &[u8]) -> Vec<f64> {
        let begun = Instant::now();
        for writer in &mut self.writers {
            writer.write_all(bytes).await.unwrap();
        }
        let mut waited = vec![];
        while waited.len() < OF_ONE {
            waited.push(milliseconds(self.arriving.recv().await.unwrap() - begun));
        }
        waited
    }
}

/// The median, the 99th percentile and the most of what was waited, in milliseconds.
fn spread(mut waited: Vec<f64>) -> [f64; 3] {
    waited.sort_by(f64::total_cmp);
    let last = waited.len() - 1;
    [waited[last / 2], waited[last * 99 / 100], waited[last]]
}

/// Says what idle subscribers cost, by what all but the first thousand add: what so many need who come at once is
/// needed once.
fn idle(what: &str, open: u64, (before, used): (f64, f64)) {
    let cost = (used - before) * SUBSCRIBERS as f64 / (SUBSCRIBERS - OF_ONE) as f64;
    let verdict = if cost < MEMORY_LIMIT_MB { "aim reached" } else { "TOO MUCH" };
    println!(
        "{open} idle subscribers over {what}: {cost:.0} MB, {used:.0} MB in all (under {MEMORY_LIMIT_MB} MB): \
         {verdict}"
    );
}

/// Measures subscribers over server-sent events that hear nothing.
async fn measure_events() {
    let followed = Followed::begin().await;
    let mut listening = followed.listen(OF_ONE).await;
    sleep(IDLE).await;
    let before = followed.process.anonymous_memory() as f64 / 1e6;
    listening.extend(followed.listen(SUBSCRIBERS - OF_ONE).await);
    sleep(IDLE).await;
    idle(
        "server-sent events",
        listening.len() as u64,
        (before, followed.process.anonymous_memory() as f64 / 1e6),
    );
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    measure_events().await;
    let followed = Followed::begin().await;
    let (tell, mut arriving) = unbounded_channel();
    let mut subscribers = followed.follow((0, OF_ONE), true, &tell).await;
    sleep(IDLE).await;
    let before = followed.process.anonymous_memory() as f64 / 1e6;
    subscribers.extend(followed.follow((0, SUBSCRIBERS - OF_ONE), false, &tell).await);
    sleep(IDLE).await;
    let used = followed.process.anonymous_memory() as f64 / 1e6;
    let open = followed.open().await;
    idle("WebSockets", open, (before, used));
    let (mut waited, mut plain, mut reference) = (vec![], None, vec![]);
    for number in 0..TOLD {
        let (told, text) = followed.post(number, &mut arriving).await;
        waited.extend(told);
        sleep(BETWEEN).await;
        let bytes = format!("{text:100}").into_bytes();
        if plain.is_none() {
            plain = Some((Plain::of(bytes.len()).await, bytes));
        }
        if let Some((plain, bytes)) = &mut plain {
            reference.extend(plain.post(bytes).await);
        }
        sleep(BETWEEN).await;
    }
    let ([median, most_of, most], [plain_median, plain_most_of, _]) = (spread(waited), spread(reference));
    let verdict = if most_of < LIMIT_MS { "aim reached" } else { "TOO LATE" };
    println!(
        "an event to {OF_ONE} of {open} subscribers, {TOLD} times: {median:.0} ms in the middle, {most_of:.0} ms at \
         the 99th percentile, {most:.0} ms at most; plain bytes {plain_median:.1} and {plain_most_of:.1} ms (under \
         {LIMIT_MS} ms): {verdict}"
    );
    drop(subscribers);
}

impl Followed {
    /// How many sockets are open, as the server says.
    async fn open(&self) -> u64 {
        let answer = Connection::open(self.address).await.unwrap().get("/metrics").await.unwrap();
        let text = String::from_utf8(answer.body).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("websocket_open ")).unwrap_or("0");
        line.parse::<f64>().unwrap_or_default() as u64
    }
}
