//! A community: a purpose, a leader, and who may come in.

pub mod appoint_leader;
pub mod archive;
pub mod change_access;
pub mod describe;
pub mod found;
pub mod name_sponsor;
pub mod reopen;

use serde::{Deserialize, Serialize};

use crate::audience::Refusal;
use crate::event::{Moment, events};
use crate::id::{CommunityId, MemberId};
use crate::refusal::Refused;
use crate::sealed::Sealed;

/// Who may come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Whoever wants to; everybody may read.
    #[default]
    Open,
    /// Whoever a moderator approves; members alone read.
    Request,
    /// Whoever is invited; members alone read.
    Invitation,
}

events! {
    Act "community"
    /// A community was founded by the person who leads it. Version 1 had no `access`: all were open.
    Founded = "founded" v 2 {
        /// Its id.
        community: CommunityId,
        /// Who founded and leads it.
        leader: MemberId,
        /// Who may come in.
        access: Access,
    } + content(community) {
        /// Its name.
        name: String,
        /// What it is for.
        summary: String,
    }
    /// Its name or purpose changed: both as they now stand.
    Described = "described" v 1 {
        /// Which.
        community: CommunityId,
    } + content(community) {
        /// The name from now on.
        name: String,
        /// The name before.
        name_was: String,
        /// The purpose from now on.
        summary: String,
        /// The purpose before.
        summary_was: String,
    }
    /// Who may come in changed.
    AccessChanged = "access-changed" v 1 {
        /// Which.
        community: CommunityId,
        /// From now on.
        access: Access,
        /// Before.
        access_was: Access,
    }
    /// Another leader was appointed.
    LeaderAppointed = "leader-appointed" v 1 {
        /// Of which community.
        community: CommunityId,
        /// Who leads from now on.
        leader: MemberId,
        /// Who led.
        leader_was: MemberId,
    }
    /// A sponsor from general management was named, or the sponsorship ended.
    SponsorNamed = "sponsor-named" v 1 {
        /// Of which community.
        community: CommunityId,
        /// Who sponsors from now on, if anybody.
        sponsor: Option<MemberId>,
        /// Who did.
        sponsor_was: Option<MemberId>,
    }
    /// It was archived: readable, and nothing new.
    Archived = "archived" v 1 {
        /// Which.
        community: CommunityId,
    }
    /// It was opened again.
    Reopened = "reopened" v 1 {
        /// Which.
        community: CommunityId,
    }
}

/// A community as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// Its name.
    pub name: Sealed<String>,
    /// What it is for.
    pub summary: Sealed<String>,
    /// Who leads it.
    pub leader: MemberId,
    /// Who sponsors it, if anybody.
    pub sponsor: Option<MemberId>,
    /// Who may come in.
    pub access: Access,
    /// Readable, and nothing new.
    pub archived: bool,
    /// The revision at which it became what it is, but for being archived.
    pub revision: u64,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once founded.
    pub founded: Option<Community>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        if let Event::Founded(e) = event {
            self.founded = Some(Community {
                name: e.name.clone(),
                summary: e.summary.clone(),
                leader: e.leader,
                sponsor: None,
                access: e.access,
                archived: false,
                revision: at.revision,
            });
        }
        let Some(community) = &mut self.founded else { return };
        match event {
            Event::Founded(_) => {}
            Event::Described(e) => {
                community.name = e.name.clone();
                community.summary = e.summary.clone();
            }
            Event::AccessChanged(e) => community.access = e.access,
            Event::LeaderAppointed(e) => community.leader = e.leader,
            Event::SponsorNamed(e) => community.sponsor = e.sponsor,
            Event::Archived(_) => community.archived = true,
            Event::Reopened(_) => community.archived = false,
        }
        if !matches!(event, Event::Archived(_) | Event::Reopened(_)) {
            community.revision = at.revision;
        }
    }

    /// The community; refused before it is founded.
    pub fn known(&self) -> Result<&Community, Refused> {
        self.founded.as_ref().ok_or_else(|| Refusal::NoSuchCommunity.into())
    }

    /// The community; refused unless something new may be done in it.
    pub fn living(&self) -> Result<&Community, Refused> {
        let community = self.known()?;
        if community.archived { Err(Refusal::CommunityArchived.into()) } else { Ok(community) }
    }
}
