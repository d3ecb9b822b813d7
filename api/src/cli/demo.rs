//! `passerelle demo`: an invented organisation to look around in.

use std::sync::Arc;

use domain::event::Position;
use domain::id::MemberId;
use domain::organisation::Role;
use domain::token::Scope;
use projections::{Paging, Viewer, communities, directory, organisation};

use super::files::open;
use super::serve::{listen, say, with_files};
use super::token::{issue, offer};
use super::{DemoLanguage, Place, Serving, Trouble};
use crate::activity_log::import::{Options, import};
use crate::demo::{LAST_DAY, Language, files};
use crate::engine::Engine;
use crate::folder::Folder;

/// Invents an organisation where there is none yet, and serves it.
pub(super) async fn demo(place: &Place, language: DemoLanguage, serving: &Serving) -> Result<(), Trouble> {
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    let kept = open(place)?;
    let engine = Arc::new(with_files(folder.engine()?, kept.as_ref()));
    if folder.journal.end().await? == Position::default() {
        say("inventing an organisation: 1,200 people, 18 months …")?;
        let language = match language {
            DemoLanguage::En => Language::En,
            DemoLanguage::Fr => Language::Fr,
        };
        let (files, _) = files(language, LAST_DAY);
        let summary = import(&engine, &files, Options::default(), &mut |_, _| {}).await?;
        say(&format!("{} acts are recorded", summary.recorded))?;
    }
    engine.catch_up().await?;
    let site = serving.site();
    say("sign in within ten minutes, each link once:")?;
    for (role, member) in roles(&engine)? {
        say(&format!("  {role:<9} {}", offer(&engine, member, &site).await?))?;
    }
    let token = issue(&engine, administrator(&engine)?, None, Scope::ALL).await?;
    say(&format!("a token of an administrator, for programs: {token}"))?;
    listen(engine, kept, &folder.deliveries, serving).await
}

fn administrator(engine: &Engine) -> Result<Option<MemberId>, Trouble> {
    let grants = organisation::roles(&engine.snapshot()?, &Viewer::Operator, engine.now())?;
    Ok(grants.iter().find(|grant| grant.role == Role::Administrator).map(|grant| grant.member))
}

/// Somebody of each kind who can be signed in as: an employee, a sponsor, a coach, an auditor.
fn roles(engine: &Engine) -> Result<Vec<(&'static str, MemberId)>, Trouble> {
    let snapshot = engine.snapshot()?;
    let grants = organisation::roles(&snapshot, &Viewer::Operator, engine.now())?;
    let holder = |role| grants.iter().find(|grant| grant.role == role).map(|grant| grant.member);
    let communities = communities::communities(&snapshot, &Viewer::Operator, &Paging::first(MOST))?.rows;
    let largest = communities.iter().max_by_key(|community| community.members);
    let of_largest: Vec<_> = largest.iter().map(|community| community.id).collect();
    let members = communities::members_of(&snapshot, &Viewer::Operator, &of_largest, &Paging::first(MOST))?;
    let ids: Vec<_> =
        members.iter().flat_map(|page| &page.rows).map(|membership| membership.member).collect();
    let people = directory::members_by_ids(&snapshot, &Viewer::Operator, &ids)?;
    let plain = |person: &&directory::Member| {
        let holds = grants.iter().any(|grant| grant.member == person.id);
        let leads = communities.iter().any(|community| community.leader == person.id);
        person.account_at.is_some() && person.left_at.is_none() && !holds && !leads
    };
    let found = [
        ("employee", people.iter().find(plain).map(|person| person.id)),
        ("sponsor", communities.iter().find_map(|community| community.sponsor)),
        ("coach", holder(Role::Coach)),
        ("auditor", holder(Role::Auditor)),
    ];
    Ok(found.into_iter().filter_map(|(role, member)| Some((role, member?))).collect())
}

/// Enough to find somebody among.
const MOST: usize = 500;
