//! An organisation of any size, as the events that its people's acts cause under the rules: departments, members,
//! communities, campaigns with ideas; then posts, comments, reactions and votes, one after the other in equal times.
//! There are always as many departments, communities and campaigns, so that each grows with the history. The same
//! events on every machine.

use std::collections::{HashMap, VecDeque};

use domain::audience::Audience;
use domain::community::Access;
use domain::event::{Event, InputDigest, Metadata};
use domain::id::{
    CampaignId, CommandId, CommentId, CommunityId, DepartmentId, EventId, IdeaId, Item, MemberId,
    OrganisationId, PostId,
};
use domain::organisation::{Established, Role, RoleGranted};
use domain::reaction::Reaction;
use domain::stream::StreamName;
use domain::time::Time;
use domain::{ballot, campaign, chart, comment, community, idea, member, membership, post, reaction};
use journal::{Codec, Draft, Journal};
use uuid::Uuid;

use crate::log::Failure;

const COMMUNITIES: usize = 50;
const CAMPAIGNS: usize = 5;
const JOINED: usize = 3;
/// Posts that are still talked about.
const RECENT: usize = 500;
/// What is between two events, if nothing else is said.
const SECONDS_BETWEEN: i64 = 20;
const BATCH: usize = 10_000;

/// The organisation as it comes about.
pub struct Organisation {
    departments: usize,
    members: usize,
    ideas_of_each: usize,
    left: usize,
    made: u64,
    at: Time,
    seconds_between: i64,
    chance: u64,
    inside: Vec<Vec<usize>>,
    recent: VecDeque<Talk>,
    ballots: HashMap<(usize, usize), Cast>,
    founding: VecDeque<(StreamName, u64, usize, Event)>,
}

/// A post that is talked about.
struct Talk {
    post: PostId,
    author: usize,
    community: usize,
    reactions: usize,
}

/// The votes of a member in a campaign: how many were cast, and what was first said on each of its ideas in turn.
#[derive(Default)]
struct Cast {
    votes: usize,
    values: Vec<usize>,
}

/// An id that is the same at every telling and looks like any other.
fn id<T: From<Uuid>>(kind: u64, number: usize) -> T {
    let high = mixed(kind.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number as u64);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&high.to_be_bytes());
    bytes[8..].copy_from_slice(&mixed(high).to_be_bytes());
    T::from(uuid::Builder::from_sha1_bytes(bytes).into_uuid())
}

/// SplitMix64.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The member of a number; there is one for every two hundred events.
pub fn member(number: usize) -> MemberId {
    id(2, number)
}

fn community(number: usize) -> CommunityId {
    id(3, number)
}

fn campaign(number: usize) -> CampaignId {
    id(4, number)
}

impl Organisation {
    /// An organisation with so many events, at least five thousand, and a member for every two hundred.
    pub fn of(events: usize) -> Self {
        Self::sized(events, events / 200, 20)
    }

    /// An organisation with so many events, members and departments.
    pub fn sized(events: usize, members: usize, departments: usize) -> Self {
        let mut organisation = Self {
            departments,
            members,
            ideas_of_each: members / CAMPAIGNS,
            left: events,
            made: 0,
            at: "2024-01-01T08:00:00Z".parse().unwrap_or_default(),
            seconds_between: SECONDS_BETWEEN,
            chance: 0,
            inside: vec![vec![]; COMMUNITIES],
            recent: VecDeque::new(),
            ballots: HashMap::new(),
            founding: VecDeque::new(),
        };
        organisation.found();
        organisation
    }

    /// The same with so many seconds between acts, once it is founded.
    #[must_use]
    pub fn slowly(self, seconds_between: i64) -> Self {
        Self { seconds_between, ..self }
    }

    fn department_of(&self, member: usize) -> DepartmentId {
        id(1, member % self.departments)
    }

    /// How many members it has.
    pub fn members(&self) -> usize {
        self.members
    }

    /// Appends everything to an empty journal.
    pub async fn append(self, journal: &dyn Journal, codec: &Codec) -> Result<(), Failure> {
        let mut drafts = self.peekable();
        while drafts.peek().is_some() {
            let batch = drafts.by_ref().take(BATCH).collect();
            for answer in journal.append(codec.encode(batch).await?).await {
                answer?;
            }
        }
        Ok(())
    }

    fn plan(&mut self, stream: StreamName, revision: u64, actor: usize, event: impl Into<Event>) {
        self.founding.push_back((stream, revision, actor, event.into()));
    }

    fn found(&mut self) {
        let established = Established {
            organisation: id::<OrganisationId>(0, 0),
            time_zone: "Europe/Paris".to_owned(),
            language: "fr".parse().unwrap(),
            anonymous: false,
            source: None,
            threshold: None,
            name: "Atelier".to_owned().into(),
        };
        self.plan(StreamName::organisation(), 0, 0, established);
        for n in 0..self.departments {
            let name = format!("Department {n}").into();
            let opened = chart::Opened { department: id(1, n), parent: None, name };
            self.plan(StreamName::chart(), n as u64, 0, opened);
        }
        for n in 0..self.members {
            self.register(n);
        }
        let granted = RoleGranted {
            member: member(0),
            role: Role::Administrator,
            departments: vec![],
            from: None,
            until: None,
        };
        self.plan(StreamName::organisation(), 1, 0, granted);
        for n in 0..COMMUNITIES {
            self.found_community(n);
        }
        for n in 0..self.members {
            for joined in 0..JOINED {
                let at = (n * 7 + joined * 17) % COMMUNITIES;
                if !self.inside[at].contains(&n) {
                    self.inside[at].push(n);
                    let joined = membership::Joined { community: community(at), member: member(n) };
                    self.plan(StreamName::membership(community(at), member(n)), 0, n, joined);
                }
            }
        }
        for n in 0..CAMPAIGNS {
            self.open_campaign(n);
        }
    }

    fn register(&mut self, n: usize) {
        let (member, department) = (member(n), self.department_of(n));
        let name = format!("Member Number {n}").into();
        let email = Some(format!("member.{n}@example.org")).into();
        let stream = StreamName::member(member);
        self.plan(stream.clone(), 0, 0, member::Registered { member, department, name, email });
        self.plan(stream, 1, 0, member::AccountOpened { member, department });
    }

    fn found_community(&mut self, n: usize) {
        let leader = n % self.members;
        self.inside[n].push(leader);
        let founded = community::Founded {
            community: community(n),
            leader: member(leader),
            access: Access::Open,
            name: format!("Community {n}").into(),
            summary: "Where we talk about it.".to_owned().into(),
        };
        self.plan(StreamName::community(community(n)), 0, leader, founded);
    }

    fn open_campaign(&mut self, n: usize) {
        let opened = campaign::Opened {
            campaign: campaign(n),
            author: member(0),
            voting: campaign::Voting::Opinion,
            closes_at: None,
            language: None,
            mentions: vec![],
            topics: vec![],
            name: format!("What about {n}?").into(),
        };
        self.plan(StreamName::campaign(campaign(n)), 0, 0, opened);
        for k in 0..self.ideas_of_each {
            let (idea, author) = self.idea(n, k);
            let submitted = idea::Submitted {
                idea,
                campaign: campaign(n),
                author: member(author),
                language: None,
                mentions: vec![],
                topics: vec![],
                title: format!("Idea {k} for {n}").into(),
                body: "It would save us an hour a week, and tempers.".to_owned().into(),
            };
            self.plan(StreamName::idea(idea), 0, author, submitted);
        }
    }

    /// An idea of a campaign, and whose it is.
    fn idea(&self, campaign: usize, number: usize) -> (IdeaId, usize) {
        let number = campaign * self.ideas_of_each + number;
        (id(5, number), number % self.members)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.chance += 1;
        (mixed(self.chance) % limit as u64) as usize
    }

    fn somebody_in(&mut self, community: usize) -> usize {
        let number = self.below(self.inside[community].len());
        self.inside[community][number]
    }

    /// The next act of everyday life.
    fn act(&mut self) -> (StreamName, u64, usize, Event) {
        let choice = if self.recent.is_empty() { 0 } else { self.below(20) };
        let chosen = match choice {
            0 | 1 => Some(self.publish()),
            2..=6 => Some(self.comment()),
            7..=12 => self.react(),
            _ => Some(self.vote()),
        };
        chosen.unwrap_or_else(|| self.comment())
    }

    fn publish(&mut self) -> (StreamName, u64, usize, Event) {
        let at = self.below(COMMUNITIES);
        let author = self.somebody_in(at);
        let post = id(6, self.left);
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(Talk { post, author, community: at, reactions: 0 });
        let published = post::Published {
            post,
            author: member(author),
            kind: post::Kind::Update,
            audience: Audience::Community(community(at)),
            language: None,
            mentions: vec![],
            topics: vec!["safety".parse().unwrap()],
            pinned: false,
            body: "The second press runs again since this morning; thanks to everybody who stayed. "
                .repeat(3)
                .into(),
        };
        (StreamName::post(post), 0, author, published.into())
    }

    fn comment(&mut self) -> (StreamName, u64, usize, Event) {
        let number = self.below(self.recent.len());
        let Talk { post, author: post_author, community: at, .. } = self.recent[number];
        let author = self.somebody_in(at);
        let comment: CommentId = id(7, self.left);
        let added = comment::Added {
            comment,
            author: member(author),
            post,
            post_author: member(post_author),
            community: Some(community(at)),
            parent: None,
            parent_author: None,
            language: None,
            mentions: vec![],
            topics: vec![],
            body: "Well done! We had the same trouble with ours last year, and a new belt did it."
                .to_owned()
                .into(),
        };
        (StreamName::comment(comment), 0, author, added.into())
    }

    /// One member after the other of its community reacts to a post, each once.
    fn react(&mut self) -> Option<(StreamName, u64, usize, Event)> {
        let number = self.below(self.recent.len());
        let kind = [Reaction::Like, Reaction::Celebrate, Reaction::Thanks][self.below(3)];
        let talk = &mut self.recent[number];
        let inside = &self.inside[talk.community];
        let reacts = *inside.get(talk.reactions)?;
        talk.reactions += 1;
        let item = Item::Post(talk.post);
        let given = reaction::Given {
            item,
            author: member(talk.author),
            community: Some(community(talk.community)),
            member: member(reacts),
            reaction: kind,
            reaction_was: None,
        };
        Some((StreamName::reaction(item, member(reacts)), 0, reacts, given.into()))
    }

    /// A member votes on one idea after the other of a campaign, beginning anywhere, and says something else on each when
    /// there is no other left.
    fn vote(&mut self) -> (StreamName, u64, usize, Event) {
        let (at, voter, value) = (self.below(CAMPAIGNS), self.below(self.members), self.below(3));
        let cast = self.ballots.entry((at, voter)).or_default();
        let nth = cast.votes;
        cast.votes += 1;
        let (round, place) = (nth / self.ideas_of_each, nth % self.ideas_of_each);
        if round == 0 {
            cast.values.push(value);
        }
        let value = |round: usize| ((cast.values[place] + round) % 3) as i32 - 1;
        let value_was = round.checked_sub(1).map(value);
        let value = value(round);
        let (idea, author) = self.idea(at, (voter * 31 + place) % self.ideas_of_each);
        let (campaign, author, member) = (campaign(at), member(author), member(voter));
        let vote = match value_was {
            None => ballot::Event::VoteCast(ballot::VoteCast { campaign, idea, author, member, value }),
            Some(value_was) => {
                let changed = ballot::VoteChanged { campaign, idea, author, member, value, value_was };
                ballot::Event::VoteChanged(changed)
            }
        };
        (StreamName::ballot(campaign, member), nth as u64, voter, vote.into())
    }
}

impl Iterator for Organisation {
    type Item = Draft;

    fn next(&mut self) -> Option<Draft> {
        if self.left == 0 {
            return None;
        }
        let ((stream, expected, actor, event), seconds) = match self.founding.pop_front() {
            Some(planned) => (planned, SECONDS_BETWEEN),
            None => (self.act(), self.seconds_between),
        };
        self.left -= 1;
        self.made += 1;
        self.at = Time::try_from_micros(self.at.micros() + seconds * 1_000_000).unwrap_or(self.at);
        let command: CommandId = id(8, self.left);
        let metadata = Metadata {
            actor: Some(member(actor)),
            department: Some(self.department_of(actor)),
            input: Some(InputDigest(command.0.into_bytes())),
            facts_at: Some(self.at),
            ..Metadata::new(command, self.at, self.at.utc().date_naive().into())
        };
        let events = vec![(EventId(id(9, self.left)), event, metadata)];
        Some(Draft { stream, expected, recorded_at: self.at, events })
    }
}
