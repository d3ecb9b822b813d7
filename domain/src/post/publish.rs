//! Publish an update, a question or an announcement: in a community, or addressed to members.

use serde::Serialize;

use crate::audience::{Audience, addressed, may_in, may_mention};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{MemberId, PostId};
use crate::policy::Ability;
use crate::post::{Kind, Published, Refusal as PostRefusal, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, Topic};

/// The actor publishes a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Publish {
    /// Its id, if the sender chose one.
    pub post: Option<PostId>,
    /// What it is.
    pub kind: Kind,
    /// Where, or to whom: at most 500 members, of whom each is named once and the author not at all.
    pub audience: Audience,
    /// The text.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// It is to stay at the head of its community, for which it takes a moderator.
    pub pinned: bool,
}

refusals! {
    PostExists = "POST_EXISTS", "There is a post with this id already; leave the id out or choose another.",
        "Une publication porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
}

impl Action for Publish {
    type State = State;
    const ABILITY: Ability = Ability::Publish;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::post(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.published.is_some() {
            return Err(Refusal::PostExists.on("post").into());
        }
        let audience = addressed(facts, &self.audience, author)?;
        if self.pinned {
            let community = audience.community().ok_or(PostRefusal::NotInACommunity)?;
            may_in(facts, community, Ability::ModerateCommunities)?;
        }
        words::required("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let published = Published {
            post: self.id(facts),
            author,
            kind: self.kind,
            audience,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            pinned: self.pinned,
            body: self.body.clone().into(),
        };
        Ok(vec![published.into()])
    }
}

impl Publish {
    fn id(&self, facts: &Facts) -> PostId {
        self.post.unwrap_or(PostId(facts.new_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::items::{BODY, published, to};
    use crate::given::{Given, NEW, in_community, member, post};
    use crate::post;

    fn given() -> Given {
        Given::people().community(1, Access::Open).joined(1, 2).by(2)
    }

    fn publish(audience: Audience) -> Publish {
        Publish {
            post: Some(post(1)),
            kind: Kind::Update,
            audience,
            body: BODY.to_owned(),
            language: None,
            mentions: vec![],
            topics: vec![],
            pinned: false,
        }
    }

    #[test]
    fn a_member_of_a_community_publishes_in_it() {
        for kind in [Kind::Update, Kind::Question, Kind::Announcement] {
            let publish = Publish { kind, ..publish(in_community(1)) };
            given().when(publish).then([published(1, kind, in_community(1))]);
        }
        given().by(3).when(publish(in_community(1))).refused(audience::Refusal::NotInCommunity);
    }

    #[test]
    fn an_archived_community_takes_nothing_new() {
        given().archived(1).when(publish(in_community(1))).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn a_post_to_members_names_each_once_and_its_author_not_at_all() {
        given().when(publish(to([4, 2, 3, 4]))).then([published(1, Kind::Update, to([4, 3]))]);
        given().when(publish(to([2]))).refused(audience::Refusal::NobodyAddressed);
    }

    #[test]
    fn a_post_is_addressed_to_500_known_members_at_most() {
        let many = Audience::Members((6..507).map(member).collect());
        given().when(publish(many)).refused(audience::Refusal::TooManyAddressees);
        given().when(publish(to([3, 77]))).refused_with(audience::Refusal::NoSuchMember, member(77));
    }

    #[test]
    fn what_it_creates_has_the_id_of_the_command_unless_one_was_sent() {
        let publish = Publish { post: None, ..publish(to([3])) };
        given().when(publish).then([Published { post: PostId(NEW), ..published(1, Kind::Update, to([3])) }]);
    }

    #[test]
    fn an_id_is_given_to_one_post_alone() {
        let given = given().and(published(1, Kind::Update, to([3])));
        given.when(publish(to([3]))).refused(Refusal::PostExists);
    }

    #[test]
    fn a_moderator_publishes_it_pinned() {
        let pinned = Publish { pinned: true, ..publish(in_community(1)) };
        given().when(pinned.clone()).refused(audience::Refusal::ModeratorNeeded);
        let published = Published { pinned: true, ..published(1, Kind::Update, in_community(1)) };
        given().moderator(1, 2).when(pinned.clone()).then([published]);
        given().when(Publish { audience: to([3]), ..pinned }).refused(post::Refusal::NotInACommunity);
    }

    #[test]
    fn a_text_may_be_empty_in_records_alone() {
        let empty = Publish { body: String::new(), ..publish(to([3])) };
        given().when(empty.clone()).refused(words::Refusal::Blank);
        let recorded = Published { body: String::new().into(), ..published(1, Kind::Update, to([3])) };
        given().imported().when(empty).then([recorded]);
    }

    #[test]
    fn it_mentions_known_members() {
        let mentions = vec![member(5), member(77)];
        given().when(Publish { mentions, ..publish(to([3])) }).refused(audience::Refusal::NoSuchMember);
    }
}
