//! Events: what they are made of, how their types are declared, and the one enum over all subjects.

mod declare;
mod metadata;

pub(crate) use declare::{events, owned};
pub use metadata::{Agent, InputDigest, Metadata, Origin};

use crate::id::{EventId, MemberId};
use crate::sealed::{Field, Owner};
use crate::stream::StreamName;
use crate::time::{Day, Time};

/// What an event is about, and so how long who did it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// What people do.
    Act,
    /// What people saw, opened or searched; at most once per member, item and local day.
    Trace,
    /// Who consulted which figure or export; kept in a journal of its own.
    Look,
}

/// The declaration of an event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// `subject.past-tense`, never renamed.
    pub name: &'static str,
    /// The version written today; older ones are upcast when read.
    pub version: u16,
    /// Act, trace or look.
    pub class: Class,
    /// Every field, in the order it is written.
    pub fields: &'static [Field],
}

/// A field that leaves the domain to be sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedPart {
    /// The field's name.
    pub name: &'static str,
    /// Whose key seals it.
    pub owner: Owner,
    /// Its value as JSON; `None` when it is gone.
    pub value: Option<Vec<u8>>,
}

/// An event taken apart for storing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The plain fields as one JSON object.
    pub plain: String,
    /// The sealed fields, in the order declared.
    pub sealed: Vec<SealedPart>,
}

/// Opens sealed fields while an event is put together again.
pub trait Opener {
    /// The JSON of a field, or `None` when its key was destroyed.
    fn open(&mut self, field: &'static str, owner: Owner) -> Result<Option<Vec<u8>>, Unreadable>;
}

/// Why a stored event cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// One enum over all subjects: events, states, and the way from a category to both.
macro_rules! subjects {
    ($( $(#[$doc:meta])* $variant:ident = $category:literal in $module:ident ),+ $(,)?) => {
        /// Any event.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event { $( $(#[$doc])* $variant(crate::$module::Event), )+ }

        $(
            impl From<crate::$module::Event> for Event {
                fn from(event: crate::$module::Event) -> Self { Self::$variant(event) }
            }
            impl Subject for crate::$module::State {
                const CATEGORY: &'static str = $category;
                fn of(state: &State) -> Option<&Self> {
                    if let State::$variant(state) = state { Some(state) } else { None }
                }
            }
        )+

        impl Event {
            /// Every declared type.
            pub fn declared() -> impl Iterator<Item = &'static Declared> {
                [$( crate::$module::Event::DECLARED ),+].into_iter().flatten()
            }

            /// The declared name of this event's type.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$variant(event) => event.name(), )+ }
            }

            /// The newest version of this event's type, whose shape it has here.
            pub fn version(&self) -> u16 {
                match self { $( Self::$variant(event) => event.version(), )+ }
            }

            /// Act, trace or look.
            pub fn class(&self) -> Class {
                match self { $( Self::$variant(_) => crate::$module::Event::CLASS, )+ }
            }

            /// Takes the event apart for storing.
            pub fn parts(&self) -> Result<Parts, serde_json::Error> {
                match self { $( Self::$variant(event) => event.parts(), )+ }
            }

            /// Puts an event of the current version together again.
            pub fn assemble(name: &str, plain: &str, opener: &mut dyn Opener) -> Result<Self, Unreadable> {
                match name.split('.').next().unwrap_or_default() {
                    $( $category => crate::$module::Event::assemble(name, plain, opener).map(Self::$variant), )+
                    _ => Err(Unreadable(format!("unknown event type {name}"))),
                }
            }
        }

        /// Any folded state.
        #[derive(Clone, Debug, PartialEq)]
        pub enum State { $( $(#[$doc])* $variant(crate::$module::State), )+ }

        impl State {
            /// The state before the first event of a stream, by its category.
            pub fn empty(category: &str) -> Option<Self> {
                match category { $( $category => Some(Self::$variant(Default::default())), )+ _ => None }
            }

            /// Folds one event in; an event of another subject changes nothing.
            pub fn evolve(&mut self, event: &Event, at: &Moment) {
                match (self, event) {
                    $( (Self::$variant(state), Event::$variant(event)) => state.evolve(event, at), )+
                    _ => {}
                }
            }
        }
    };
}

/// A subject's folded state, found in the enum over all of them.
pub trait Subject: Default + Clone {
    /// The category of its streams.
    const CATEGORY: &'static str;
    /// This subject's state, if that is what the state is.
    fn of(state: &State) -> Option<&Self>;
}

subjects! {
    /// Settings and roles.
    Organisation = "organisation" in organisation,
    /// The tree of departments.
    Chart = "chart" in chart,
    /// A person.
    Member = "member" in member,
    /// A community.
    Community = "community" in community,
    /// A person in a community.
    Membership = "membership" in membership,
    /// A post.
    Post = "post" in post,
    /// A comment.
    Comment = "comment" in comment,
    /// A member's reaction to an item.
    Reaction = "reaction" in reaction,
    /// A member's acknowledgement of an announcement.
    Acknowledgement = "acknowledgement" in acknowledgement,
    /// How far a member has read.
    Reading = "reading" in reading,
    /// How a member wants to be told.
    Preferences = "preferences" in preferences,
    /// Mails that were sent to a member.
    Digest = "digest" in digest,
    /// What a person has seen.
    Seen = "seen" in seen,
    /// A document.
    Document = "document" in document,
    /// What a member follows.
    Follow = "follow" in follow,
    /// An idea campaign.
    Campaign = "campaign" in campaign,
    /// An idea.
    Idea = "idea" in idea,
    /// A member's votes in a campaign.
    Ballot = "ballot" in ballot,
    /// What was reported of an item, and whether it is hidden.
    Moderation = "moderation" in moderation,
    /// What was opened to an administrator for a reason.
    Disclosure = "disclosure" in disclosure,
    /// A poll that stands with a post.
    Poll = "poll" in poll,
    /// What a member chose in a poll.
    Choice = "choice" in choice,
    /// A draft of a post.
    Draft = "draft" in draft,
    /// What a member keeps for themselves.
    Bookmark = "bookmark" in bookmark,
    /// A bearer token.
    Token = "token" in token,
    /// A session of a member in a browser.
    Session = "session" in session,
    /// An address outside to which events are delivered.
    Webhook = "webhook" in webhook,
    /// Who consulted what.
    Look = "look" in look,
}

/// What a state may know of an event besides its fields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The event's revision in its stream.
    pub revision: u64,
    /// When it happened.
    pub occurred_at: Time,
    /// The local day it happened on.
    pub day: Day,
    /// Who did it; nobody for what the system did, and for traces and looks, whose actor is sealed.
    pub actor: Option<MemberId>,
}

/// Where an event stands in one store: strictly increasing, gaps allowed, opaque.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position(pub u64);

/// An event as it is read from a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Where it stands in the journal it was read from.
    pub position: Position,
    /// Its id.
    pub id: EventId,
    /// Its stream.
    pub stream: StreamName,
    /// Its place in the stream: 0, 1, 2 …
    pub revision: u64,
    /// When the journal learned of it.
    pub recorded_at: Time,
    /// Who, when and why.
    pub metadata: Metadata,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// What a state may know of it.
    pub fn moment(&self) -> Moment {
        Moment {
            revision: self.revision,
            occurred_at: self.metadata.occurred_at,
            day: self.metadata.local_day,
            actor: self.metadata.actor,
        }
    }
}
