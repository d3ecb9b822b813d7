//! A poll that stands with a post: what can be chosen, until when, and when its results are shown. What members chose is
//! kept on streams of their own ([`crate::choice`]), so that voters never conflict.

pub mod close;
pub mod open;

use serde::{Deserialize, Serialize};

use crate::decision::Facts;
use crate::event::{Moment, events};
use crate::id::{CommunityId, MemberId, PostId};
use crate::post::Post;
use crate::refusal::{Stop, refusals};
use crate::time::Time;

/// How many options a voter chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// One.
    #[default]
    One,
    /// One or more.
    Several,
}

/// From when on results are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Results {
    /// To whoever has voted, and to everybody once it is closed.
    #[default]
    Voted,
    /// To everybody once it is closed, and to nobody before.
    Closed,
}

events! {
    Act "poll"
    /// A poll was opened with a post.
    Opened = "opened" v 1 {
        /// The post it stands with.
        post: PostId,
        /// Who wrote that.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// How many options there are; they are numbered from 1.
        option_count: u32,
        /// How many a voter chooses.
        rule: Rule,
        /// From when on results are shown.
        results: Results,
        /// When it ends, if that is set.
        closes_at: Option<Time>,
    } + content(post) {
        /// What can be chosen, in order.
        options: Vec<String>,
    }
    /// It was closed: what was chosen stays as it is.
    Closed = "closed" v 1 {
        /// The post it stands with.
        post: PostId,
        /// Who wrote that.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
    }
}

/// A poll as it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poll {
    /// How many options there are.
    pub option_count: u32,
    /// How many a voter chooses.
    pub rule: Rule,
    /// When it ends, if that is set.
    pub closes_at: Option<Time>,
    /// It was closed, whatever its date says.
    pub closed: bool,
}

impl Poll {
    /// Whether votes are taken at a time: nobody closed it, and its end is not reached.
    pub fn is_open(&self, at: Time) -> bool {
        !self.closed && self.closes_at.is_none_or(|end| at < end)
    }
}

/// What the rules of this subject remember. The options are not among it: no rule reads them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once opened.
    pub opened: Option<Poll>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::Opened(e) => {
                let (option_count, rule, closes_at) = (e.option_count, e.rule, e.closes_at);
                self.opened = Some(Poll { option_count, rule, closes_at, closed: false });
            }
            Event::Closed(_) => {
                if let Some(poll) = &mut self.opened {
                    poll.closed = true;
                }
            }
        }
    }

    /// The poll, or the refusal of one that does not exist.
    pub fn known(&self) -> Result<&Poll, Stop> {
        self.opened.as_ref().ok_or_else(|| Refusal::NoSuchPoll.into())
    }
}

refusals! {
    NoSuchPoll = "NO_SUCH_POLL", "There is no poll with this post; look it up again.",
        "Il n’y a pas de sondage avec cette publication ; cherchez-la de nouveau.";
    PollClosed = "POLL_CLOSED", "The poll is closed: what was chosen stays as it is.",
        "Le sondage est clos : les choix restent tels quels.";
}

/// A poll that takes votes now, and the post it stands with, which the actor may read.
pub fn taking_votes(facts: &Facts, id: PostId) -> Result<(&Poll, &Post), Stop> {
    let post = facts.post(id)?.standing(facts)?;
    post.about().is_alive(facts)?;
    let poll = facts.poll(id)?.known()?;
    if poll.is_open(facts.now) { Ok((poll, post)) } else { Err(Refusal::PollClosed.into()) }
}
