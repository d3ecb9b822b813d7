//! What a member is told of in a mail: read as they see it, and written as a letter.

use std::collections::HashMap;

use domain::id::{CommunityId, Item, MemberId};
use domain::time::Time;
use projections::notifications::{self, About, Notification, Which};
use projections::{
    Error, Paging, Snapshot, Viewer, comments, communities, directory, documents, ideas, organisation, posts,
    preferences,
};
use uuid::Uuid;

use super::letter::{Entry, Written};
use super::{Round, Settings};
use crate::http::Language;
use crate::mail::Letter;

/// Notifications that a letter tells of; the rest are counted.
const TOLD: usize = 20;
/// Notifications looked at for it.
const LOOKED_AT: usize = 100;

/// A letter, and what it tells of.
pub(super) struct Told {
    /// The letter.
    pub(super) letter: Letter,
    /// How many notifications it tells of.
    pub(super) count: u32,
    /// When the newest of them came. Not when the letter was written: another may have come before that and not have
    /// been there to be told.
    pub(super) up_to: Time,
}

/// The letter that a member is to get in a round; none where there is nothing to tell.
pub(super) fn letter(
    snapshot: &Snapshot,
    member: MemberId,
    round: Round,
    settings: &Settings,
) -> Result<Option<Told>, Error> {
    let viewer = Viewer::Member(member);
    let preferences = preferences::of_viewer(snapshot, &viewer)?;
    let page = notifications::of_viewer(snapshot, &viewer, Which::Untold, &Paging::first(LOOKED_AT))?;
    let wanted = |told: &Notification| preferences.of(told.kind).mail == round.pace && told.at > round.since;
    let rows: Vec<_> = page.rows.into_iter().filter(wanted).collect();
    let people = people(snapshot, &viewer, &rows, member)?;
    let address = people.get(&member).and_then(|person| person.email.clone());
    let (Some(to), Some(organisation)) = (address, organisation::organisation(snapshot, &viewer)?) else {
        return Ok(None);
    };
    let entries = entries(snapshot, &viewer, &rows, &people)?;
    let Some(up_to) = rows.first().filter(|_| !entries.is_empty()).map(|newest| newest.at) else {
        return Ok(None);
    };
    let language = preferences.language.unwrap_or(organisation.language);
    let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let written = Written {
        language: Language::accepted(&language),
        organisation: organisation.name.unwrap_or_default(),
        more: entries.len().saturating_sub(TOLD),
        entries: entries.into_iter().take(TOLD).collect(),
        address: settings.address.clone(),
    };
    let letter = Letter {
        id: Uuid::new_v5(&member.0, format!("{:?} {up_to}", round.pace).as_bytes()),
        to,
        subject: written.subject(),
        text: written.text(),
        html: written.html(),
        recurring: true,
    };
    Ok(Some(Told { letter, count, up_to }))
}

type People = HashMap<MemberId, directory::Member>;

fn people(
    snapshot: &Snapshot,
    viewer: &Viewer,
    rows: &[Notification],
    member: MemberId,
) -> Result<People, Error> {
    let ids: Vec<_> = rows.iter().filter_map(|told| told.by).chain([member]).collect();
    let found = directory::members_by_ids(snapshot, viewer, &ids)?;
    Ok(found.into_iter().map(|person| (person.id, person)).collect())
}

fn entries(
    snapshot: &Snapshot,
    viewer: &Viewer,
    rows: &[Notification],
    people: &People,
) -> Result<Vec<Entry>, Error> {
    let said = said(snapshot, viewer, rows)?;
    let entry = |told: &Notification| {
        let about = match told.about {
            About::Item(item) => item.id(),
            About::Community(community) => community.0,
        };
        let by = told.by.and_then(|id| people.get(&id)).and_then(|person| person.name.clone());
        // What can no longer be read is not told of.
        Some(Entry { kind: told.kind, by, about: said.get(&about)?.clone() })
    };
    Ok(rows.iter().filter_map(entry).collect())
}

/// What each thing that is told of says, or is called, as far as its reader may know; nothing once it was erased.
fn said(
    snapshot: &Snapshot,
    viewer: &Viewer,
    rows: &[Notification],
) -> Result<HashMap<Uuid, Option<String>>, Error> {
    let (mut post_ids, mut comment_ids, mut document_ids, mut idea_ids) = (vec![], vec![], vec![], vec![]);
    let mut community_ids: Vec<CommunityId> = vec![];
    for told in rows {
        match told.about {
            About::Item(Item::Post(id)) => post_ids.push(id),
            About::Item(Item::Comment(id)) => comment_ids.push(id),
            About::Item(Item::Document(id)) => document_ids.push(id),
            About::Item(Item::Idea(id)) => idea_ids.push(id),
            About::Community(id) => community_ids.push(id),
        }
    }
    let mut said = HashMap::new();
    said.extend(posts::by_ids(snapshot, viewer, &post_ids)?.into_iter().map(|row| (row.id.0, row.body)));
    let found = comments::by_ids(snapshot, viewer, &comment_ids)?;
    said.extend(found.into_iter().filter(|row| !row.removed).map(|row| (row.id.0, row.body)));
    let found = documents::by_ids(snapshot, viewer, &document_ids)?;
    said.extend(found.into_iter().map(|row| (row.id.0, row.name)));
    said.extend(ideas::by_ids(snapshot, viewer, &idea_ids)?.into_iter().map(|row| (row.id.0, row.title)));
    let found = communities::by_ids(snapshot, viewer, &community_ids)?;
    said.extend(found.into_iter().map(|row| (row.id.0, row.name)));
    Ok(said)
}
