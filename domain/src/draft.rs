//! A draft of a post: its author's alone, until it is discarded or published at a time that they set. What it is about and
//! whom it is for is sealed with its text.

pub mod begin;
pub mod discard;
pub mod publish;
pub mod refuse;
pub mod revise;
pub mod schedule;
pub mod unschedule;

use crate::audience::{ADDRESSEES_MAX, Audience, Refusal as AudienceRefusal, may_mention};
use crate::decision::Facts;
use crate::event::{Moment, events};
use crate::id::{DraftId, MemberId, PostId};
use crate::post::Kind;
use crate::refusal::{self, Stop, refusals};
use crate::time::Time;
use crate::words::{self, BODY_MAX, Language, Topic};
use crate::{audience, decision, post};

events! {
    Act "draft"
    /// A draft was begun or rewritten: everything as it now stands.
    Saved = "saved" v 1 {
        /// Its id.
        draft: DraftId,
        /// Whose it is.
        author: MemberId,
        /// What it is to be.
        kind: Kind,
        /// It is to stay at the head of its community.
        pinned: bool,
    } + content(draft) {
        /// Where, or to whom, it is to go, if that is said yet.
        audience: Option<Audience>,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
        /// The text.
        body: String,
    }
    /// It is to be published at a time.
    Scheduled = "scheduled" v 1 {
        /// Which.
        draft: DraftId,
        /// Whose it is.
        author: MemberId,
        /// When; at once if that is past.
        publish_at: Time,
    }
    /// It is to be published at no time any more.
    Unscheduled = "unscheduled" v 1 {
        /// Which.
        draft: DraftId,
        /// Whose it is.
        author: MemberId,
    }
    /// It was discarded.
    Discarded = "discarded" v 1 {
        /// Which.
        draft: DraftId,
        /// Whose it was.
        author: MemberId,
    }
    /// It was published at its time, and is a draft no more.
    Published = "published" v 1 {
        /// Which.
        draft: DraftId,
        /// Whose it was.
        author: MemberId,
        /// The post that it became.
        post: PostId,
    }
    /// It could not be published at its time: it stays, scheduled no more.
    Refused = "refused" v 1 {
        /// Which.
        draft: DraftId,
        /// Whose it is.
        author: MemberId,
        /// When it was to be published.
        publish_at: Time,
        /// The code of the refusal.
        code: String,
    }
}

/// A draft as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Whose it is.
    pub author: MemberId,
    /// It says for whom it is, and something.
    pub complete: bool,
    /// When it is to be published, if it is.
    pub publish_at: Option<Time>,
    /// It was discarded or published.
    pub ended: bool,
    /// The revision of the last event that changed what it says or when it is published.
    pub revision: u64,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once begun.
    pub begun: Option<Draft>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        if let Event::Saved(e) = event {
            let publish_at = self.begun.as_ref().and_then(|draft| draft.publish_at);
            let addressed = e.audience.open().is_some_and(Option::is_some);
            let complete = addressed && e.body.open().is_some_and(|body| !body.trim().is_empty());
            let (author, revision) = (e.author, at.revision);
            self.begun = Some(Draft { author, complete, publish_at, ended: false, revision });
        }
        let Some(draft) = &mut self.begun else { return };
        match event {
            Event::Saved(_) => {}
            Event::Scheduled(e) => (draft.publish_at, draft.revision) = (Some(e.publish_at), at.revision),
            Event::Unscheduled(_) | Event::Refused(_) => {
                (draft.publish_at, draft.revision) = (None, at.revision);
            }
            Event::Discarded(_) | Event::Published(_) => draft.ended = true,
        }
    }

    /// The draft, if it is the actor's own, whether it has ended or not; refused as absent otherwise.
    pub fn own(&self, facts: &Facts) -> Result<&Draft, Stop> {
        let author = facts.person()?;
        self.begun.as_ref().filter(|draft| draft.author == author).ok_or_else(|| Refusal::NoSuchDraft.into())
    }

    /// The actor's own draft that has not ended; refused as absent otherwise.
    pub fn standing(&self, facts: &Facts) -> Result<&Draft, Stop> {
        let draft = self.own(facts)?;
        if draft.ended { Err(Refusal::NoSuchDraft.into()) } else { Ok(draft) }
    }

    /// The draft as whoever publishes what is scheduled sees it.
    fn known(&self) -> Result<&Draft, Refusal> {
        self.begun.as_ref().ok_or(Refusal::NoSuchDraft)
    }
}

refusals! {
    NoSuchDraft = "NO_SUCH_DRAFT", "There is no such draft; it may have been published or discarded.",
        "Ce brouillon n’existe pas ; il a peut-être été publié ou supprimé.";
}

/// What can be said of a draft before anybody else reads it: less than of a post, since it is unfinished.
fn can_be_kept(
    facts: &Facts,
    (audience, body): (Option<&Audience>, &str),
    mentions: &[MemberId],
    topics: &[Topic],
) -> Result<(), Stop> {
    words::optional("body", body, BODY_MAX, facts.origin)?;
    if let Some(Audience::Members(members)) = audience
        && members.len() > ADDRESSEES_MAX
    {
        return Err(AudienceRefusal::TooManyAddressees.on("members").into());
    }
    may_mention(facts, mentions, topics)
}

/// Why a draft was refused at its time, by the code that was recorded: in both languages, what to do instead.
pub fn refusal(code: &str) -> Option<refusal::Refused> {
    let audience = audience::Refusal::ALL.iter().copied().map(refusal::Refused::from);
    let decision = decision::Refusal::ALL.iter().copied().map(refusal::Refused::from);
    let publish = post::publish::Refusal::ALL.iter().copied().map(refusal::Refused::from);
    let post = post::Refusal::ALL.iter().copied().map(refusal::Refused::from);
    let words = words::Refusal::ALL.iter().copied().map(refusal::Refused::from);
    audience.chain(decision).chain(publish).chain(post).chain(words).find(|refused| refused.code == code)
}
