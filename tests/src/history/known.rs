//! What has happened so far, folded as the rules fold it: enough to propose what may happen next, and to ask the rules
//! whether it may.

#![allow(clippy::unwrap_used, reason = "every stream that a rule names is of a subject")]

use std::collections::HashMap;
use std::sync::Arc;

use domain::decision::{Actor, Decision, Facts, Folded};
use domain::event::{Event, Origin, Recorded, Subject};
use domain::follow::Followed;
use domain::id::*;
use domain::refusal::{Need, Refused, Stop};
use domain::sealed::Sealed;
use domain::stream::StreamName;
use domain::time::{Day, Time};
use domain::{
    bookmark, campaign, chart, comment, community, document, draft, follow, idea, member, membership,
    moderation,
};
use domain::{organisation, poll, post, reaction, session, token, webhook};
use passerelle::clock::local_day;
use passerelle::engine::Submission;
use uuid::Uuid;

/// What has happened so far. The lists name whatever there ever was, in the order in which it came.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The time.
    pub now: Time,
    /// Departments.
    pub departments: Vec<DepartmentId>,
    /// Members.
    pub members: Vec<MemberId>,
    /// Communities.
    pub communities: Vec<CommunityId>,
    /// Posts.
    pub posts: Vec<PostId>,
    /// Comments.
    pub comments: Vec<CommentId>,
    /// Documents.
    pub documents: Vec<DocumentId>,
    /// Campaigns.
    pub campaigns: Vec<CampaignId>,
    /// Ideas.
    pub ideas: Vec<IdeaId>,
    /// Drafts.
    pub drafts: Vec<DraftId>,
    /// Webhooks.
    pub webhooks: Vec<WebhookId>,
    /// Tokens.
    pub tokens: Vec<TokenId>,
    /// Sessions, and the links that open them.
    pub sessions: Vec<SessionId>,
    /// What was ever reacted to.
    pub reacted: Vec<Item>,
    /// What was ever followed.
    pub followed: Vec<Followed>,
    streams: HashMap<StreamName, Arc<Folded>>,
}

impl Known {
    /// Folds in what was recorded on a stream, by the name that the rules gave it here.
    pub fn learn(&mut self, stream: &StreamName, recorded: &Recorded) {
        let mut folded = self.folded(stream);
        Arc::make_mut(&mut folded).evolve(recorded);
        self.streams.insert(stream.clone(), folded);
        match &recorded.event {
            Event::Chart(chart::Event::Opened(e)) => self.departments.push(e.department),
            Event::Member(member::Event::Registered(e)) => self.members.push(e.member),
            Event::Community(community::Event::Founded(e)) => self.communities.push(e.community),
            Event::Post(post::Event::Published(e)) => self.posts.push(e.post),
            Event::Comment(comment::Event::Added(e)) => self.comments.push(e.comment),
            Event::Document(document::Event::Shared(e)) => self.documents.push(e.document),
            Event::Campaign(campaign::Event::Opened(e)) => self.campaigns.push(e.campaign),
            Event::Idea(idea::Event::Submitted(e)) => self.ideas.push(e.idea),
            Event::Draft(draft::Event::Saved(e)) if recorded.revision == 0 => self.drafts.push(e.draft),
            Event::Webhook(webhook::Event::Registered(e)) => self.webhooks.push(e.webhook),
            Event::Token(token::Event::Issued(e)) => self.tokens.push(e.token),
            Event::Follow(follow::Event::Begun(e)) => self.followed.push(e.followed.clone()),
            Event::Session(session::Event::Offered(e)) => self.sessions.push(e.session),
            Event::Session(session::Event::Opened(e)) => self.sessions.push(e.session),
            Event::Reaction(reaction::Event::Given(e)) => self.reacted.push(e.item),
            _ => {}
        }
    }

    /// The stream of a submission, and what the rules make of it: the events it would cause.
    pub fn ask(&self, submission: &Submission) -> (StreamName, Result<Vec<Event>, Refused>) {
        let zone = self.organisation().settings.map_or("UTC".to_owned(), |settings| settings.time_zone);
        let day = local_day(submission.occurred_at, &zone);
        let mut facts = Facts::new(submission.actor, submission.occurred_at, day, Origin::Live);
        facts.new_id = submission.new_id();
        // Another one than in the journal: it tells one person's months apart here too.
        let month = day.month().to_string();
        facts.pseudonym = Uuid::new_v5(&submission.actor.namespace(), month.as_bytes());
        facts.add_stream(StreamName::organisation(), self.folded(&StreamName::organisation()));
        let stream = submission.command.stream(&facts);
        let folded = self.folded(&stream);
        loop {
            match submission.command.decide(&folded, &facts, (submission.command_id, None)) {
                Ok(Decision::Events(events)) => return (stream, Ok(events)),
                Ok(Decision::Repeat) => return (stream, Ok(vec![])),
                Err(Stop::Refused(refused)) => return (stream, Err(refused)),
                Err(Stop::Needs(Need::Stream(name))) => {
                    let folded = self.folded(&name);
                    facts.add_stream(name, folded);
                }
                Err(Stop::Needs(Need::Identity(issuer, subject))) => {
                    let member = self.identified(&issuer, &subject);
                    facts.add_identity((issuer, subject), member);
                }
                Err(Stop::Needs(Need::Headcount(department))) => {
                    facts.add_headcount(department, self.headcount(department));
                }
                // Whoever names a file in a history has uploaded it before.
                Err(Stop::Needs(Need::File(file))) => facts.add_file(file, true),
            }
        }
    }

    /// Everybody who may act: a service, the system, and the members.
    pub fn actors(&self) -> Vec<Actor> {
        [Actor::Service, Actor::System]
            .into_iter()
            .chain(self.members.iter().copied().map(Actor::Member))
            .collect()
    }

    /// A time so many minutes from now, which may be past.
    pub fn minutes(&self, minutes: i64) -> Time {
        Time::try_from_micros(self.now.micros() + minutes * 60_000_000).unwrap_or(self.now)
    }

    /// A day so many from today, which may be past.
    pub fn day(&self, days: i32) -> Day {
        Day(Day::from(self.now.utc().date_naive()).0 + days)
    }

    /// How many people are in a department now.
    pub fn headcount(&self, department: DepartmentId) -> u64 {
        let there = |id: &&MemberId| {
            let person = self.member(**id);
            !person.inactive && person.department_at(self.now) == Some(department)
        };
        self.members.iter().filter(there).count() as u64
    }

    /// Whom an identity is linked with now.
    fn identified(&self, issuer: &str, subject: &str) -> Option<MemberId> {
        let named = |(by, named): &(String, Sealed<String>)| {
            by == issuer && named.open().is_some_and(|named| named == subject)
        };
        self.members.iter().copied().find(|id| self.member(*id).identities.iter().any(named))
    }

    fn folded(&self, stream: &StreamName) -> Arc<Folded> {
        let known = self.streams.get(stream).cloned();
        known.unwrap_or_else(|| Arc::new(Folded::empty(stream).unwrap()))
    }

    fn state<S: Subject>(&self, stream: &StreamName) -> S {
        S::of(&self.folded(stream).state).cloned().unwrap_or_default()
    }
}

macro_rules! states {
    ($( $(#[$doc:meta])* $name:ident($($id:ident: $ty:ty),*) -> $module:ident; )+) => {
        impl Known { $(
            $(#[$doc])*
            pub fn $name(&self, $($id: $ty),*) -> $module::State {
                self.state(&StreamName::$name($($id),*))
            }
        )+ }
    };
}

states! {
    /// Settings and roles.
    organisation() -> organisation;
    /// The tree of departments.
    chart() -> chart;
    /// A session.
    session(id: SessionId) -> session;
    /// A person.
    member(id: MemberId) -> member;
    /// A community.
    community(id: CommunityId) -> community;
    /// A person in a community.
    membership(community: CommunityId, member: MemberId) -> membership;
    /// A post.
    post(id: PostId) -> post;
    /// A comment.
    comment(id: CommentId) -> comment;
    /// A document.
    document(id: DocumentId) -> document;
    /// A campaign.
    campaign(id: CampaignId) -> campaign;
    /// An idea.
    idea(id: IdeaId) -> idea;
    /// A draft of a post.
    draft(id: DraftId) -> draft;
    /// The poll that stands with a post.
    poll(post: PostId) -> poll;
    /// What a member keeps for themselves.
    bookmark(member: MemberId) -> bookmark;
    /// What was reported of an item, and whether it is hidden.
    moderation(item: Item) -> moderation;
}
