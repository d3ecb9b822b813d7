//! Share a document: in a community, or with members.

use serde::Serialize;

use crate::audience::{Audience, addressed, may_mention};
use crate::decision::{Action, Facts};
use crate::document::source::Source;
use crate::document::{Shared, State};
use crate::event::Event;
use crate::id::{DocumentId, MemberId};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, Language, NAME_MAX, Topic};

/// The actor shares a document: its version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Its id, if the sender chose one.
    pub document: Option<DocumentId>,
    /// Where, or with whom: at most 500 members, of whom each is named once and the author not at all.
    pub audience: Audience,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub contents: Source,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
}

refusals! {
    DocumentExists = "DOCUMENT_EXISTS",
        "There is a document with this id already; leave the id out or choose another.",
        "Un document porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
}

impl Action for Share {
    type State = State;
    const ABILITY: Ability = Ability::Publish;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::document(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.shared.is_some() {
            return Err(Refusal::DocumentExists.on("document").into());
        }
        let audience = addressed(facts, &self.audience, author)?;
        words::required("name", &self.name, NAME_MAX, facts.origin)?;
        let (contents, link) = self.contents.checked(facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        self.contents.at_hand(facts)?;
        let shared = Shared {
            document: self.id(facts),
            author,
            audience,
            contents,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            name: self.name.clone().into(),
            link: link.into(),
        };
        Ok(vec![shared.into()])
    }
}

impl Share {
    fn id(&self, facts: &Facts) -> DocumentId {
        self.document.unwrap_or(DocumentId(facts.new_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::document::Contents;
    use crate::document::source;
    use crate::given::items::{shared, source, to};
    use crate::given::{Given, NEW, document, in_community, member};

    fn given() -> Given {
        Given::people().community(1, Access::Open).joined(1, 2).by(2)
    }

    fn share(audience: Audience) -> Share {
        Share {
            document: Some(document(1)),
            audience,
            name: "plan.txt".to_owned(),
            contents: source(),
            language: None,
            mentions: vec![],
            topics: vec![],
        }
    }

    #[test]
    fn a_member_of_a_community_shares_it_there() {
        given().when(share(in_community(1))).then([shared(in_community(1))]);
        given().by(3).when(share(in_community(1))).refused(audience::Refusal::NotInCommunity);
    }

    #[test]
    fn it_is_shared_with_members_each_once_and_its_author_not_at_all() {
        given().when(share(to([4, 2, 4]))).then([shared(to([4]))]);
        given().when(share(to([]))).refused(audience::Refusal::NobodyAddressed);
    }

    #[test]
    fn a_link_is_sealed_and_its_kind_is_not() {
        let url = "https://example.org/plan".to_owned();
        let link = Share { contents: Source::Link { url: url.clone() }, ..share(to([4])) };
        let shared = Shared { contents: Contents::Link, link: Some(url).into(), ..shared(to([4])) };
        given().when(link).then([shared]);
    }

    #[test]
    fn records_alone_may_come_without_contents_or_name() {
        let bare = Share { contents: Source::None, ..share(to([4])) };
        given().when(bare.clone()).refused(source::Refusal::ContentsNeeded);
        given().when(Share { name: String::new(), ..share(to([4])) }).refused(words::Refusal::Blank);
        let recorded = Shared { contents: Contents::None, name: String::new().into(), ..shared(to([4])) };
        given().imported().when(Share { name: String::new(), ..bare }).then([recorded]);
    }

    #[test]
    fn an_id_is_given_to_one_document_alone() {
        let given = given().and(shared(to([4])));
        given.clone().when(share(to([4]))).refused(Refusal::DocumentExists);
        let without = Share { document: None, ..share(to([4])) };
        given.when(without).then([Shared { document: DocumentId(NEW), ..shared(to([4])) }]);
    }

    #[test]
    fn a_file_is_shared_by_who_has_it_at_hand() {
        given().without_files().when(share(to([4]))).refused(source::Refusal::NotUploaded);
        given().without_files().imported().when(share(to([4]))).then([shared(to([4]))]);
    }

    #[test]
    fn it_mentions_known_members() {
        let mentions = vec![member(77)];
        given().when(Share { mentions, ..share(to([4])) }).refused(audience::Refusal::NoSuchMember);
    }
}
