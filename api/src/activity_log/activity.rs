//! One activity: a line of `activities.jsonl`, typed, both ways.

use std::fmt;

use domain::campaign::Voting;
use domain::community::Access;
use domain::notification::{Kind as Told, Pace};
use domain::reaction::Reaction;
use domain::time::{Day, Time, Weekday};
use domain::token::Scope;
use domain::{poll, post, webhook};
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize, de};

pub use super::end_time::EndTime;

/// The verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verb {
    /// Approved, decided for, taken as the answer.
    Accept,
    /// Made a moderator.
    Add,
    /// Shared on.
    Announce,
    /// Put away, to be read only.
    Archive,
    /// Signed in.
    Arrive,
    /// Checked out.
    Block,
    /// Brought into being.
    #[default]
    Create,
    /// Removed or withdrawn.
    Delete,
    /// Reported to those who moderate.
    Flag,
    /// Hidden by those who moderate.
    Hide,
    /// Began to follow.
    Follow,
    /// Asked in.
    Invite,
    /// Became a member.
    Join,
    /// Kept, to be found again.
    Keep,
    /// Ceased to be a member.
    Leave,
    /// Reacted.
    Like,
    /// Moved elsewhere, merged.
    Move,
    /// Asked for.
    Offer,
    /// Acknowledged.
    Read,
    /// Declined.
    Reject,
    /// Taken out, unmade.
    Remove,
    /// Searched.
    Search,
    /// Taken back.
    Undo,
    /// Changed.
    Update,
    /// Seen.
    View,
    /// Voted.
    Vote,
}

/// What kind of thing an object is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A post, or a comment.
    #[default]
    Note,
    /// A post that asks.
    Question,
    /// A post to be acknowledged.
    Announcement,
    /// A community.
    Group,
    /// A document.
    Document,
    /// An idea campaign.
    Campaign,
    /// An idea.
    Idea,
    /// A member.
    Person,
    /// The organisation.
    Organization,
    /// Membership, as the object of `Offer`, `Accept`, `Reject`, `Invite`.
    Join,
    /// A check-out, as the object of `Undo`.
    Block,
    /// A reaction, as the object of `Undo`.
    Like,
    /// A vote, as the object of `Undo`.
    Vote,
    /// A draft of a post.
    Draft,
    /// An address outside to which events are delivered.
    Webhook,
    /// A poll, named by the post it stands with.
    Poll,
    /// What is kept, as the object of `Undo`.
    Keep,
    /// Reports, as the object of `Reject`.
    Flag,
    /// The hiding of something, as the object of `Undo`.
    Hide,
    /// A following, as the object of `Undo`.
    Follow,
    /// A feed, as the object of `Read`.
    Feed,
    /// Somebody's notifications, as the object of `Read`.
    Inbox,
    /// How a member wants to be told.
    Preferences,
    /// A mail of notifications.
    Digest,
    /// A bearer token.
    Token,
    /// A session of a member in a browser; as the object of `Offer`, the link that opens it.
    Session,
    /// How an identity provider knows a member.
    Identity,
}

/// One activity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The JSON-LD context, which says nothing new and is not written.
    #[serde(rename = "@context", default, skip_serializing)]
    pub context: de::IgnoredAny,
    /// What identifies the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The verb.
    #[serde(rename = "type")]
    pub verb: Verb,
    /// `member:ID`, `service` or `system`.
    pub actor: String,
    /// When.
    pub published: Time,
    /// To what.
    pub object: Object,
    /// What it goes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What it is taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The role given or taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The community it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The members it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
    /// The reason, or the words that were searched for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// What a search found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<super::results::Results>>,
    /// The vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i32>,
    /// The options chosen in a poll, by their numbers from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Vec<u32>>,
    /// Which reaction, unless `like`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaction: Option<Reaction>,
    /// No person decided it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub automatic: bool,
}

/// A thing by its name, or described.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Object {
    /// `kind:ID`.
    Name(String),
    /// With what is said of it.
    Thing(Box<Thing>),
}

impl From<Thing> for Object {
    fn from(thing: Thing) -> Self {
        Self::Thing(Box::new(thing))
    }
}

impl Default for Object {
    fn default() -> Self {
        Self::Name(String::new())
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> de::Visitor<'de> for Either {
            type Value = Object;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name such as \"note:7\", or an object")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<Object, E> {
                Ok(Object::Name(name.to_owned()))
            }
            fn visit_string<E: de::Error>(self, name: String) -> Result<Object, E> {
                Ok(Object::Name(name))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Object, A::Error> {
                Thing::deserialize(MapAccessDeserializer::new(map))
                    .map(|thing| Object::Thing(Box::new(thing)))
            }
        }
        from.deserialize_any(Either)
    }
}

macro_rules! thing {
    ($( $(#[$meta:meta])* $field:ident: $ty:ty, )+) => {
        /// What is said of a thing. Which fields stand depends on its kind and the verb.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub struct Thing {
            /// What it is.
            #[serde(rename = "type")]
            pub kind: Kind,
            $( $(#[$meta])* #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$ty>, )+
        }
    };
}

thing! {
    /// `kind:ID`.
    id: String,
    /// Who asks to join, or is asked in.
    actor: String,
    /// What it is about, when it is an act itself.
    object: String,
    /// Name, title or question.
    name: String,
    /// What a community is for.
    summary: String,
    /// Who may come into a community.
    access: Access,
    /// Who leads a community.
    leader: String,
    /// Who sponsors a community; empty: nobody any more.
    sponsor: String,
    /// Put away, to be read only; or not any more.
    archived: bool,
    /// A member's e-mail address; empty: none any more.
    email: String,
    /// The time zone of the organisation.
    time_zone: String,
    /// On which days of the week people work.
    working_days: Vec<Weekday>,
    /// From which day on.
    from: Day,
    /// Days that are public holidays.
    holidays: Vec<Day>,
    /// Days that are no public holidays after all.
    no_holidays: Vec<Day>,
    /// The text.
    content: String,
    /// The community it is for.
    audience: String,
    /// The members it is for.
    to: Vec<String>,
    /// The post or comment it answers.
    in_reply_to: String,
    /// The members it mentions.
    mentions: Vec<String>,
    /// The language it is written in.
    language: String,
    /// What it is about.
    topics: Vec<String>,
    /// It stays at the head of its community; or not any more.
    pinned: bool,
    /// What post a draft is to be, unless an update.
    post_kind: post::Kind,
    /// When a draft is to be published; empty: at no time any more.
    publish_at: EndTime,
    /// The media type of a file.
    media_type: String,
    /// The SHA-256 of a file, in lower-case hexadecimal.
    sha256: String,
    /// The size of a file, in bytes.
    size: u64,
    /// Where a document is kept, when it is a link.
    href: String,
    /// The version, or revision, that a change is based on.
    based_on: u64,
    /// How one votes in a campaign.
    voting: Voting,
    /// What can be chosen in a poll.
    options: Vec<String>,
    /// How many options a voter chooses, unless `one`.
    rule: poll::Rule,
    /// From when on the results of a poll are shown, unless `voted`.
    results: poll::Results,
    /// The types of the events delivered to a webhook, unless all.
    event_types: Vec<String>,
    /// What is delivered to a webhook, unless what everybody may read.
    scope: webhook::Scope,
    /// Which fields are delivered to a webhook, unless the plain ones.
    fields: webhook::Fields,
    /// Nothing is delivered to a webhook; or is again.
    disabled: bool,
    /// Why nothing is delivered, unless by hand.
    cause: webhook::Cause,
    /// When a campaign or a poll ends; empty: it has no end any more.
    end_time: EndTime,
    /// A campaign or a poll is over.
    closed: bool,
    /// The campaign of an idea.
    context: String,
    /// `review` or `implemented`.
    status: String,
    /// What came of an idea.
    outcome: String,
    /// Up to where a feed, or notifications, are read.
    read_up_to: Time,
    /// The notifications that are read.
    items: Vec<String>,
    /// What a token allows besides reading.
    scopes: Vec<Scope>,
    /// The issuer of an identity, a URL.
    issuer: String,
    /// The subject of an identity.
    subject: String,
    /// The kind of notifications that a preference is about.
    notification: Told,
    /// They stand among the member's notifications, or do not.
    inbox: bool,
    /// How soon they are told by e-mail.
    mail: Pace,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_read_and_written_is_the_same_line() {
        for line in [
            r#"{"type":"Vote","actor":"member:1","published":"2014-06-18T01:16:54.196Z","object":"idea:1","value":-1}"#,
            r#"{"id":"x","type":"Create","actor":"member:17","published":"2010-01-02T17:40:10Z","object":{"type":"Note","id":"note:1","content":"a\nb","to":["member:105"]}}"#,
            r#"{"type":"Create","actor":"member:1","published":"2010-01-02T17:40:10Z","object":{"type":"Campaign","id":"campaign:1","name":"Q","voting":{"rule":"points","budget":3},"endTime":""}}"#,
        ] {
            let activity: Activity = serde_json::from_str(line).unwrap();
            assert_eq!(serde_json::to_string(&activity).unwrap(), line);
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let error = |line: &str| serde_json::from_str::<Activity>(line).unwrap_err().to_string();
        let line =
            r#"{"type":"Dance","actor":"member:1","published":"2010-01-02T17:40:10Z","object":"note:1"}"#;
        assert!(error(line).starts_with("unknown variant `Dance`"), "{}", error(line));
        let line =
            r#"{"type":"View","actor":"member:1","published":"10000-01-02T17:40:10Z","object":"note:1"}"#;
        assert!(
            error(line).starts_with("not an RFC 3339 time between the years 1 and 9999"),
            "{}",
            error(line)
        );
        let line = r#"{"type":"View","actor":"member:1","published":"2010-01-02T17:40:10Z","object":{"type":"Note","txt":"a"}}"#;
        assert!(error(line).starts_with("unknown field `txt`"), "{}", error(line));
    }
}
