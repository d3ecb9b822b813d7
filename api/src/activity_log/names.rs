//! Names of things, `kind:ID`, and the ids they stand for.
//!
//! An id that already is a UUID, in its usual spelling, is kept. Any other stands for
//! UUIDv5(UUIDv5(URL, source), `kind:ID`): the same name, the same thing, however often it is imported. The name
//! itself is kept beside the event that brings the thing into being, so that export writes it back.

use std::collections::HashMap;

use domain::audience::Audience;
use domain::decision::Actor;
use domain::event::Agent;
use domain::follow::Followed;
use domain::id::{
    CampaignId, CommandId, CommunityId, DepartmentId, DocumentId, DraftId, IdeaId, Item, MemberId, SessionId,
    TokenId, WebhookId,
};
use uuid::Uuid;

/// From names to ids.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    namespace: Uuid,
}

/// What a name that says something else should have been.
pub type Wrong = String;

/// A thing that can be seen, reacted to or shared on; whether a note is a post or a comment it does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A post or a comment.
    Note(Uuid),
    /// A document.
    Document(DocumentId),
    /// An idea.
    Idea(IdeaId),
}

impl Names {
    /// The names of a source.
    pub fn of(source: &str) -> Self {
        Self { namespace: Uuid::new_v5(&Uuid::NAMESPACE_URL, source.as_bytes()) }
    }

    /// The id of a kind's `ID`.
    pub fn id(&self, kind: &str, id: &str) -> Uuid {
        kept(id).unwrap_or_else(|| {
            let mut name = String::with_capacity(kind.len() + 1 + id.len());
            name.push_str(kind);
            name.push(':');
            name.push_str(id);
            Uuid::new_v5(&self.namespace, name.as_bytes())
        })
    }

    /// An id made of parts of what it identifies.
    pub fn made_of(&self, what: &[u8]) -> Uuid {
        Uuid::new_v5(&self.namespace, what)
    }

    /// The command that an activity's id stands for.
    pub fn command(&self, id: &str) -> CommandId {
        CommandId(self.id("activity", id))
    }

    /// A department, from a table.
    pub fn department(&self, id: &str) -> DepartmentId {
        DepartmentId(self.id("department", id))
    }

    /// `department:ID`.
    pub fn department_named(&self, name: &str) -> Result<DepartmentId, Wrong> {
        Ok(DepartmentId(self.one("department", name)?))
    }

    /// A member, from a table.
    pub fn member_id(&self, id: &str) -> MemberId {
        MemberId(self.id("member", id))
    }

    /// `member:ID`.
    pub fn member(&self, name: &str) -> Result<MemberId, Wrong> {
        self.one("member", name).map(MemberId)
    }

    /// `group:ID`.
    pub fn community(&self, name: &str) -> Result<CommunityId, Wrong> {
        self.one("group", name).map(CommunityId)
    }

    /// `note:ID`.
    pub fn note(&self, name: &str) -> Result<Uuid, Wrong> {
        self.one("note", name)
    }

    /// `document:ID`.
    pub fn document(&self, name: &str) -> Result<DocumentId, Wrong> {
        self.one("document", name).map(DocumentId)
    }

    /// `campaign:ID`.
    pub fn campaign(&self, name: &str) -> Result<CampaignId, Wrong> {
        self.one("campaign", name).map(CampaignId)
    }

    /// `idea:ID`.
    pub fn idea(&self, name: &str) -> Result<IdeaId, Wrong> {
        self.one("idea", name).map(IdeaId)
    }

    /// `draft:ID`.
    pub fn draft(&self, name: &str) -> Result<DraftId, Wrong> {
        self.one("draft", name).map(DraftId)
    }

    /// `webhook:ID`.
    pub fn webhook(&self, name: &str) -> Result<WebhookId, Wrong> {
        self.one("webhook", name).map(WebhookId)
    }

    /// `token:ID`.
    pub fn token(&self, name: &str) -> Result<TokenId, Wrong> {
        self.one("token", name).map(TokenId)
    }

    /// `member:ID`, or `topic:` and the word.
    pub fn followed(&self, name: &str) -> Result<Followed, Wrong> {
        match name.split_once(':') {
            Some(("topic", word)) => Ok(Followed::Topic(word.parse().map_err(|_| {
                "a topic is a word of at most 50 letters, digits, hyphens and underscores".to_owned()
            })?)),
            _ => self.member(name).map(Followed::Member),
        }
    }

    /// `session:ID`.
    pub fn session(&self, name: &str) -> Result<SessionId, Wrong> {
        self.one("session", name).map(SessionId)
    }

    /// A note, a document or an idea.
    pub fn named(&self, name: &str) -> Result<Named, Wrong> {
        match name.split(':').next() {
            Some("note") => self.note(name).map(Named::Note),
            Some("document") => self.document(name).map(Named::Document),
            Some("idea") => self.idea(name).map(Named::Idea),
            _ => Err("a name such as \"note:7\", \"document:7\" or \"idea:7\" was expected".to_owned()),
        }
    }

    /// `member:ID`, `service` or `system`.
    pub fn actor(&self, name: &str) -> Result<Actor, Wrong> {
        match name {
            "service" => Ok(Actor::Service),
            "system" => Ok(Actor::System),
            name => self.member(name).map(Actor::Member),
        }
    }

    /// Several members.
    pub fn members(&self, names: &[String]) -> Result<Vec<MemberId>, Wrong> {
        names.iter().map(|name| self.member(name)).collect()
    }

    /// Where, or to whom.
    pub fn audience(&self, community: Option<&str>, members: Option<&[String]>) -> Result<Audience, Wrong> {
        match (community, members) {
            (Some(community), None) => self.community(community).map(Audience::Community),
            (None, Some(members)) => self.members(members).map(Audience::Members),
            _ => Err("either \"audience\" or \"to\" says for whom it is".to_owned()),
        }
    }

    fn one(&self, kind: &str, name: &str) -> Result<Uuid, Wrong> {
        match name.split_once(':') {
            Some((found, id)) if found == kind && !id.is_empty() => Ok(self.id(kind, id)),
            _ => Err(format!("a name such as \"{kind}:7\" was expected")),
        }
    }
}

/// A UUID in its usual spelling.
fn kept(id: &str) -> Option<Uuid> {
    if id.len() != 36 {
        return None;
    }
    let uuid = Uuid::try_parse(id).ok()?;
    (uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == id).then_some(uuid)
}

/// The foreign id in a name, if it is one.
pub fn foreign(name: &str) -> Option<String> {
    let id = name.split_once(':').map_or(name, |(_, id)| id);
    kept(id).is_none().then(|| id.to_owned())
}

/// From ids back to names: the foreign ones that events kept.
#[derive(Debug, Default)]
pub struct NamesBack {
    foreign: HashMap<Uuid, Box<str>>,
}

impl NamesBack {
    /// Remembers the foreign id of what an event brought into being.
    pub fn learn(&mut self, id: Uuid, foreign: &str) {
        self.foreign.insert(id, foreign.into());
    }

    /// The id as a table writes it.
    pub fn id(&self, id: Uuid) -> String {
        self.foreign.get(&id).map_or_else(|| id.to_string(), |foreign| foreign.to_string())
    }

    /// `kind:ID`.
    pub fn name(&self, kind: &str, id: Uuid) -> String {
        match self.foreign.get(&id) {
            Some(foreign) => format!("{kind}:{foreign}"),
            None => format!("{kind}:{id}"),
        }
    }

    /// `member:ID`.
    pub fn member(&self, id: MemberId) -> String {
        self.name("member", id.0)
    }

    /// `group:ID`.
    pub fn community(&self, id: CommunityId) -> String {
        self.name("group", id.0)
    }

    /// A thing by its kind.
    pub fn item(&self, item: Item) -> String {
        let kind = match item {
            Item::Post(_) | Item::Comment(_) => "note",
            Item::Document(_) => "document",
            Item::Idea(_) => "idea",
        };
        self.name(kind, item.id())
    }

    /// `member:ID`, or `topic:` and the word.
    pub fn followed(&self, followed: &Followed) -> String {
        match followed {
            Followed::Member(member) => self.member(*member),
            Followed::Topic(topic) => format!("topic:{}", topic.as_str()),
        }
    }

    /// Several members; nothing when there are none.
    pub fn members(&self, ids: &[MemberId]) -> Option<Vec<String>> {
        (!ids.is_empty()).then(|| ids.iter().map(|id| self.member(*id)).collect())
    }

    /// Where, or to whom.
    pub fn audience(&self, audience: &Audience) -> (Option<String>, Option<Vec<String>>) {
        match audience {
            Audience::Community(community) => (Some(self.community(*community)), None),
            Audience::Members(members) => (None, Some(members.iter().map(|id| self.member(*id)).collect())),
        }
    }

    /// Who acted.
    pub fn actor(&self, member: Option<MemberId>, agent: Agent) -> String {
        match (member, agent) {
            (Some(member), _) => self.member(member),
            (None, Agent::System) => "system".to_owned(),
            (None, _) => "service".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_kept_and_any_other_id_stands_for_one() {
        let names = Names::of("urn:x");
        let id = "0191d3c8-8a2e-7b1c-9f00-000000000001";
        assert_eq!(names.note(&format!("note:{id}")).unwrap().to_string(), id);
        assert_eq!(foreign(&format!("note:{id}")), None);
        assert_ne!(names.note(&format!("note:{}", id.to_uppercase())).unwrap().to_string(), id);
        assert_eq!(names.note("note:7"), names.note("note:7"));
        assert_ne!(names.note("note:7").unwrap(), names.document("document:7").unwrap().0);
        assert_eq!(foreign("note:a:7"), Some("a:7".to_owned()));
        assert!(names.note("idea:7").unwrap_err().contains("note:7"));
    }

    #[test]
    fn names_are_written_back() {
        let mut back = NamesBack::default();
        let note = Names::of("urn:x").note("note:a:7").unwrap();
        assert_eq!(back.name("note", note), format!("note:{note}"));
        back.learn(note, "a:7");
        assert_eq!(back.name("note", note), "note:a:7");
    }
}
