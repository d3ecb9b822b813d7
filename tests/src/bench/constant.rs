//! The schema that does nothing: the types of the real one as far as the benchmarks select, with constant rows, so
//! that what is left of a request is HTTP, GraphQL and the answer's bytes.

use async_graphql::connection::{Connection, Edge};
use async_graphql::{EmptySubscription, Enum, ID, InputObject, Object, Schema, SimpleObject, Union};

/// The schema over its roots.
pub type Constant = Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema.
pub fn schema() -> Constant {
    Schema::build(Query, Mutation, EmptySubscription).disable_suggestions().finish()
}

const GLOBAL: &str = "CABxYWJjcHRlc3Rlc3Rlc3Rlc3Q";
const AT: &str = "2024-03-01T08:00:20.000000Z";

fn global() -> ID {
    ID(GLOBAL.to_owned())
}

/// Everything that can be asked.
pub struct Query;

/// Everything that can be asked.
#[Object]
impl Query {
    /// The one community.
    async fn node(&self, _id: ID) -> Option<Node> {
        Some(Node::Community(Community))
    }
}

/// What has an id.
#[derive(Union)]
pub enum Node {
    /// A community.
    Community(Community),
    /// A member.
    Member(Member),
}

/// A community.
pub struct Community;

/// A community.
#[Object]
impl Community {
    /// As many posts as are asked for, all alike.
    async fn feed(
        &self,
        first: Option<i32>,
        _after: Option<String>,
        _last: Option<i32>,
        _before: Option<String>,
    ) -> Connection<String, FeedItem> {
        let mut connection = Connection::new(false, true);
        connection
            .edges
            .extend((0..first.unwrap_or(20)).map(|_| Edge::new(CURSOR.to_owned(), FeedItem::Post(Post))));
        connection
    }
}

const CURSOR: &str = "WyJmZWVkIiwxNzA5MjgwMDIwMDAwMDAwLCJjYTc2MWYzMi1iZjRlLTViMGQiXQ";

/// What a feed shows.
#[derive(Union)]
pub enum FeedItem {
    /// A post.
    Post(Post),
    /// A document.
    Document(Document),
}

/// A document.
pub struct Document;

/// A document.
#[Object]
impl Document {
    /// Its id.
    async fn id(&self) -> ID {
        global()
    }
}

/// A post.
pub struct Post;

/// A post.
#[Object]
impl Post {
    /// Its id.
    async fn id(&self) -> ID {
        global()
    }
    /// The text.
    async fn body(&self) -> Option<String> {
        let sentence = "The second press runs again since this morning; thanks to everybody who stayed. ";
        Some(sentence.repeat(3))
    }
    /// When it was published.
    async fn published_at(&self) -> String {
        AT.to_owned()
    }
    /// Who wrote it.
    async fn author(&self) -> Option<Member> {
        Some(Member)
    }
    /// What people did with it.
    async fn engagement(&self) -> Engagement {
        let count = |reaction| ReactionCount { reaction, count: 1 };
        Engagement {
            comments: 2,
            reactions: vec![count(Reaction::Like), count(Reaction::Celebrate), count(Reaction::Thanks)],
        }
    }
}

/// A person.
pub struct Member;

/// A person.
#[Object]
impl Member {
    /// Their id.
    async fn id(&self) -> ID {
        global()
    }
    /// Their name.
    async fn name(&self) -> Option<&str> {
        Some("Member Number 17")
    }
}

/// What people did with an item.
#[derive(SimpleObject)]
pub struct Engagement {
    comments: u64,
    reactions: Vec<ReactionCount>,
}

/// How many gave a reaction.
#[derive(SimpleObject)]
pub struct ReactionCount {
    reaction: Reaction,
    count: u64,
}

/// A reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Reaction {
    /// I like it.
    Like,
    /// Well done.
    Celebrate,
    /// Thank you.
    Thanks,
}

/// Everything that can be done: nothing.
pub struct Mutation;

/// Everything that can be done: nothing.
#[Object]
impl Mutation {
    /// Answers as if the vote had been recorded.
    async fn vote(&self, input: VoteInput) -> IdeaPayload {
        IdeaPayload {
            idea: Some(Idea { vote: input.value }),
            position: Some("AAAAcXFh".to_owned()),
            projected: true,
            user_errors: vec![],
        }
    }
}

/// What `vote` takes.
#[derive(InputObject)]
pub struct VoteInput {
    command_id: Option<ID>,
    campaign: ID,
    idea: ID,
    value: i32,
}

/// What became of a vote.
#[derive(SimpleObject)]
pub struct IdeaPayload {
    idea: Option<Idea>,
    position: Option<String>,
    projected: bool,
    user_errors: Vec<UserError>,
}

/// Why nothing was changed.
#[derive(SimpleObject)]
pub struct UserError {
    code: String,
}

/// An idea.
pub struct Idea {
    vote: i32,
}

/// An idea.
#[Object]
impl Idea {
    /// Its id.
    async fn id(&self) -> ID {
        global()
    }
    /// What its votes come to.
    async fn tally(&self) -> Tally {
        Tally { own: Votes { agree: 40, disagree: 30, pass: 30, sum: 10 }, score: 10 }
    }
    /// What the caller voted on it.
    async fn own_vote(&self) -> Option<i32> {
        Some(self.vote)
    }
}

/// What the votes on an idea come to.
#[derive(SimpleObject)]
pub struct Tally {
    own: Votes,
    score: i64,
}

/// Votes by what they say.
#[derive(SimpleObject)]
pub struct Votes {
    agree: u64,
    disagree: u64,
    pass: u64,
    sum: i64,
}
