//! An organisation under load: people who post, comment, react and vote over many connections, every act with a
//! command id, so that one whose outcome is not known can be sent again, and each told apart in the history.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::{CommandId, EventId, MemberId, created_by};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::load::{Answer, Connection};
use crate::log::Failure;
use crate::program::{Served, done};

/// Somebody who acts.
struct Person {
    id: MemberId,
    token: String,
}

/// People, and what they act upon.
pub struct Organisation {
    people: Vec<Person>,
    community: String,
    campaign: String,
    /// One for each lane.
    ideas: Vec<String>,
}

/// Something that somebody does, and what the history must hold of it: one event.
#[derive(Clone, Debug)]
pub struct Act {
    /// The command's id.
    pub command: CommandId,
    /// The event's id.
    pub event: EventId,
    /// The event's type, or one of them.
    pub kinds: &'static [&'static str],
    /// The fields of its data that are checked.
    pub data: Value,
    person: usize,
    body: String,
}

/// An act that was answered as done.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    /// What was done.
    pub act: Act,
    /// The position of the answer.
    pub position: u64,
    /// It was sent but once, so that the position is the event's own.
    pub sent_once: bool,
}

/// One connection's worth of acts, in order: the next is sent when the one before is done.
#[derive(Debug, Default)]
pub struct Lane {
    /// Which it is.
    pub number: usize,
    next: u64,
    /// The act that was sent and is not answered yet.
    sent: Option<EventId>,
    /// Everything that was answered as done.
    pub acknowledged: Vec<Acknowledged>,
    /// Answers that asked to try again later, by code.
    pub put_off: BTreeMap<String, u64>,
}

impl Lane {
    /// As many lanes.
    pub fn several(count: usize) -> Vec<Self> {
        (0..count).map(|number| Self { number, ..Self::default() }).collect()
    }

    /// The event of an act that was sent, if what became of it is not known.
    pub fn in_doubt(&self) -> Option<EventId> {
        self.sent
    }
}

/// How many acts of these lanes were answered as done.
pub fn acknowledged(lanes: &[Lane]) -> usize {
    lanes.iter().map(|lane| lane.acknowledged.len()).sum()
}

/// The last position that these lanes were told.
pub fn last_position(lanes: &[Lane]) -> u64 {
    lanes.iter().flat_map(|lane| &lane.acknowledged).map(|done| done.position).max().unwrap_or_default()
}

/// How long a lane waits after an answer that asks to try again later.
const LATER: Duration = Duration::from_millis(20);
/// How long views may take to come to the end.
const CAUGHT_UP: Duration = Duration::from_secs(120);
/// Acts after which they repeat in kind.
const KINDS: u64 = 4;

impl Organisation {
    /// Establishes one in an empty folder, for as many lanes; answers with it, and with the folder served.
    pub async fn found(folder: &Path, people: usize, lanes: usize) -> (Self, Served) {
        let server = Served::start(folder);
        let operator = server.token.clone().unwrap();
        let establish = r#"establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"})"#;
        made(&server, &operator, establish, "organisation").await;
        let department =
            made(&server, &operator, r#"openDepartment(input: {name: "D"})"#, "department").await;
        let mut ids = vec![];
        for n in 0..people {
            let register = format!(r#"registerMember(input: {{name: "M{n}", department: "{department}"}})"#);
            let member = made(&server, &operator, &register, "member").await;
            made(&server, &operator, &format!(r#"openAccount(input: {{member: "{member}"}})"#), "member")
                .await;
            ids.push(MemberId(named(&member)));
        }
        server.terminate();
        let token = |id: &MemberId| done(folder, &["token", "--member", &id.to_string()]).trim().to_owned();
        let people: Vec<Person> = ids.iter().map(|id| Person { id: *id, token: token(id) }).collect();
        let server = Served::start(folder);
        let first = &people[0].token;
        let community = made(&server, first, r#"foundCommunity(input: {name: "C"})"#, "community").await;
        for person in &people[1..] {
            let join = format!(r#"joinCommunity(input: {{community: "{community}"}})"#);
            made(&server, &person.token, &join, "community").await;
        }
        let open = r#"openCampaign(input: {name: "W", voting: OPINION})"#;
        let campaign = made(&server, first, open, "campaign").await;
        let mut ideas = vec![];
        for n in 0..lanes {
            let submit = format!(r#"submitIdea(input: {{campaign: "{campaign}", title: "I{n}"}})"#);
            ideas.push(made(&server, first, &submit, "idea").await);
        }
        (Self { people, community, campaign, ideas }, server)
    }

    /// The token of somebody of it.
    pub fn token(&self) -> &str {
        &self.people[0].token
    }

    /// Sends one act after the other until the connection breaks or the lane has come far enough. Answers with one of
    /// the codes `later` are tried again; any other that is not "done" is a fault.
    pub async fn drive(
        &self,
        address: SocketAddr,
        lane: &mut Lane,
        later: &[&str],
        enough: &(dyn Fn(&Lane) -> bool + Sync),
    ) -> Result<(), Failure> {
        let Ok(mut connection) = Connection::open(address).await else { return Ok(()) };
        while !enough(lane) {
            let act = self.act(lane.number, lane.next);
            let sent_once = lane.sent.replace(act.event).is_none();
            let token = &self.people[act.person].token;
            let Ok(answer) = connection.graphql(token, &act.body).await else { return Ok(()) };
            match became_of(&answer)? {
                Ok(position) => {
                    lane.acknowledged.push(Acknowledged { act, position, sent_once });
                    (lane.next, lane.sent) = (lane.next + 1, None);
                }
                Err(code) if later.contains(&code.as_str()) => {
                    *lane.put_off.entry(code).or_default() += 1;
                    tokio::time::sleep(LATER).await;
                }
                Err(code) => return Err(format!("{code}: {}", String::from_utf8_lossy(&answer.body)).into()),
            }
        }
        Ok(())
    }

    /// Drives every lane at once.
    pub async fn drive_all(
        &self,
        address: SocketAddr,
        lanes: &mut [Lane],
        later: &[&str],
        enough: &(dyn Fn(&Lane) -> bool + Sync),
    ) -> Result<(), Failure> {
        let driven = lanes.iter_mut().map(|lane| self.drive(address, lane, later, enough));
        futures::future::join_all(driven).await.into_iter().collect()
    }

    /// Drives every lane until each has so many acts more that are done, what was in doubt among them.
    pub async fn drive_on(
        &self,
        address: SocketAddr,
        lanes: &mut [Lane],
        later: &[&str],
        more: usize,
    ) -> Result<(), Failure> {
        let enough: Vec<usize> = lanes.iter().map(|lane| lane.acknowledged.len() + more).collect();
        self.drive_all(address, lanes, later, &|lane| lane.acknowledged.len() >= enough[lane.number]).await
    }

    /// The act of a lane at its turn: a post, a comment on it, a reaction to it, a vote, and so on.
    fn act(&self, lane: usize, turn: u64) -> Act {
        let person = lane % self.people.len();
        let author = self.people[person].id.0;
        let command = |turn: u64| CommandId(Uuid::new_v5(&author, format!("{lane}.{turn}").as_bytes()));
        let own = command(turn);
        let post = self.global(4, created_by(author, command(turn - turn % KINDS)));
        let text = format!("{lane}.{turn}");
        let (mutation, kinds, data): (_, &[_], _) = match turn % KINDS {
            0 => {
                let audience = &self.community;
                let publish = format!(
                    r#"publishPost(input: {{body: "{text}", audience: {{community: "{audience}"}}, commandId: "{own}"}})"#
                );
                (publish, &["post.published"], json!({ "body": text }))
            }
            1 => {
                let add =
                    format!(r#"addComment(input: {{body: "{text}", post: "{post}", commandId: "{own}"}})"#);
                (add, &["comment.added"], json!({ "body": text }))
            }
            2 => {
                let react =
                    format!(r#"react(input: {{item: "{post}", reaction: LIKE, commandId: "{own}"}})"#);
                (react, &["reaction.given"], json!({ "reaction": "like" }))
            }
            _ => {
                let (campaign, idea) = (&self.campaign, &self.ideas[lane]);
                let value = (turn / KINDS % 3) as i64 - 1;
                let vote = format!(
                    r#"vote(input: {{campaign: "{campaign}", idea: "{idea}", value: {value}, commandId: "{own}"}})"#
                );
                (vote, &["ballot.vote-cast", "ballot.vote-changed"], json!({ "value": value }))
            }
        };
        let body = json!({ "query": document(&mutation, "") }).to_string();
        Act { command: own, event: EventId::of(author, own, 0), kinds, data, person, body }
    }

    /// The global id of something: its kind, what binds it to this organisation, its id.
    fn global(&self, kind: u8, id: Uuid) -> String {
        let other = URL_SAFE_NO_PAD.decode(&self.community).unwrap();
        URL_SAFE_NO_PAD.encode([&[kind], &other[1..5], id.as_bytes()].concat())
    }
}

/// What became of an act: done, at a position, or the code of why not.
fn became_of(answer: &Answer) -> Result<Result<u64, String>, Failure> {
    let json: Value = serde_json::from_slice(&answer.body)
        .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&answer.body)))?;
    let codes = ["/errors/0/extensions/code", "/data/it/userErrors/0/code"];
    if let Some(code) = codes.iter().find_map(|place| json.pointer(place)?.as_str()) {
        return Ok(Err(code.to_owned()));
    }
    let position = json.pointer("/data/it/position").and_then(Value::as_str);
    Ok(Ok(at(position.ok_or_else(|| format!("no position: {json}"))?)?))
}

/// Waits until answers stand at a position or after.
pub async fn caught_up(server: &Served, token: &str, position: u64) -> Result<(), Failure> {
    let mut connection = Connection::open(server.address).await?;
    let body = json!({ "query": "{ organisation { name } }" }).to_string();
    let begun = Instant::now();
    loop {
        let answer: Value = serde_json::from_slice(&connection.graphql(token, &body).await?.body)?;
        let stands = answer["extensions"]["position"].as_str().map(at).transpose()?.unwrap_or_default();
        if stands >= position {
            return Ok(());
        }
        if begun.elapsed() > CAUGHT_UP {
            return Err(format!("the views stay at position {stands}, before {position}").into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The number within an opaque position: its last eight bytes.
fn at(position: &str) -> Result<u64, Failure> {
    let bytes = URL_SAFE_NO_PAD.decode(position)?;
    let number = bytes.last_chunk::<8>().ok_or("a position is longer")?;
    Ok(u64::from_be_bytes(*number))
}

/// The id within a global id: its last sixteen bytes.
fn named(global: &str) -> Uuid {
    Uuid::from_bytes(*URL_SAFE_NO_PAD.decode(global).unwrap().last_chunk::<16>().unwrap())
}

fn document(mutation: &str, selection: &str) -> String {
    format!("mutation {{ it: {mutation} {{ position {selection} userErrors {{ code message }} }} }}")
}

/// Has something done; the id of what it is about.
async fn made(server: &Served, token: &str, mutation: &str, field: &str) -> String {
    let answer =
        server.asks(token, &document(mutation, &format!("{field} {{ id }}")), json!({})).await.json();
    let id = answer["data"]["it"][field]["id"].as_str();
    id.unwrap_or_else(|| unreachable!("{mutation}: {answer}")).to_owned()
}
