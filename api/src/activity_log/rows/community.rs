//! Rows of communities and of who is in them.

use domain::command::Command;
use domain::community::{self, Event as Community};
use domain::id::{CommunityId, MemberId};
use domain::membership::{self, Event as Membership};

use super::{Context, Unfit, act, named, needed, no_row, text, thing};
use crate::activity_log::activity::{Activity, Kind, Object, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// What happened to a community, as an activity.
pub(super) fn community(event: &Community, back: &NamesBack) -> Activity {
    let group = |id: CommunityId| thing(Kind::Group, back.community(id));
    let update = |thing: Thing| act(Verb::Update, Object::from(thing));
    match event {
        Community::Founded(e) => act(
            Verb::Create,
            Thing {
                name: text(&e.name),
                summary: text(&e.summary),
                access: Some(e.access),
                ..group(e.community)
            },
        ),
        Community::Described(e) => {
            update(Thing { name: text(&e.name), summary: text(&e.summary), ..group(e.community) })
        }
        Community::AccessChanged(e) => update(Thing { access: Some(e.access), ..group(e.community) }),
        Community::LeaderAppointed(e) => {
            update(Thing { leader: Some(back.member(e.leader)), ..group(e.community) })
        }
        Community::SponsorNamed(e) => {
            let sponsor = e.sponsor.map(|sponsor| back.member(sponsor)).unwrap_or_default();
            update(Thing { sponsor: Some(sponsor), ..group(e.community) })
        }
        Community::Archived(community::Archived { community }) => {
            update(Thing { archived: Some(true), ..group(*community) })
        }
        Community::Reopened(community::Reopened { community }) => {
            update(Thing { archived: Some(false), ..group(*community) })
        }
    }
}

/// What happened between a member and a community, as an activity.
pub(super) fn membership(event: &Membership, back: &NamesBack) -> Activity {
    let way_in = |community: CommunityId, member: MemberId| Thing {
        kind: Kind::Join,
        actor: Some(back.member(member)),
        object: Some(back.community(community)),
        ..Thing::default()
    };
    match event {
        Membership::Joined(e) => act(Verb::Join, named(back.community(e.community))),
        Membership::Left(e) => act(Verb::Leave, named(back.community(e.community))),
        Membership::Requested(e) => act(Verb::Offer, way_in(e.community, e.member)),
        Membership::Approved(e) => act(Verb::Accept, way_in(e.community, e.member)),
        Membership::Declined(e) => act(Verb::Reject, way_in(e.community, e.member)),
        Membership::Invited(e) => act(Verb::Invite, way_in(e.community, e.member)),
        Membership::Removed(e) => {
            let origin = Some(back.community(e.community));
            Activity { origin, ..act(Verb::Remove, named(back.member(e.member))) }
        }
        Membership::ModeratorMade(e) => moderator(Verb::Add, (e.community, e.member), back),
        Membership::ModeratorUnmade(e) => moderator(Verb::Remove, (e.community, e.member), back),
    }
}

fn moderator(verb: Verb, (community, member): (CommunityId, MemberId), back: &NamesBack) -> Activity {
    Activity {
        target: Some(back.community(community)),
        role: Some("moderator".to_owned()),
        ..act(verb, named(back.member(member)))
    }
}

/// A community is founded.
pub(super) fn found(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let command = community::found::Found {
        community: thing.id.as_deref().map(|name| context.names.community(name)).transpose()?,
        name: needed(&thing.name, "name")?,
        summary: thing.summary.clone().unwrap_or_default(),
        access: thing.access.unwrap_or_default(),
    };
    Ok(command.into())
}

/// A community changes: what is said of it, who may come in, leader, sponsor, archived or not.
pub(super) fn change(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let community = context.names.community(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    let mut commands = vec![];
    if thing.archived == Some(false) {
        commands.push(community::reopen::Reopen { community }.into());
    }
    if thing.name.is_some() || thing.summary.is_some() {
        let (name, summary) = (thing.name.clone(), thing.summary.clone());
        commands.push(community::describe::Describe { community, name, summary, based_on: None }.into());
    }
    if let Some(access) = thing.access {
        commands.push(community::change_access::ChangeAccess { community, access, based_on: None }.into());
    }
    if let Some(name) = &thing.sponsor {
        let sponsor = (!name.is_empty()).then(|| context.names.member(name)).transpose()?;
        commands.push(community::name_sponsor::NameSponsor { community, sponsor, based_on: None }.into());
    }
    if let Some(name) = &thing.leader {
        let leader = context.names.member(name)?;
        commands.push(community::appoint_leader::AppointLeader { community, leader, based_on: None }.into());
    }
    if thing.archived == Some(true) {
        commands.push(community::archive::Archive { community }.into());
    }
    Ok(commands)
}

/// A member joins or leaves.
pub(super) fn come_or_go(verb: Verb, community: CommunityId) -> Command {
    match verb {
        Verb::Leave => membership::leave::Leave { community }.into(),
        _ => membership::join::Join { community }.into(),
    }
}

/// A request to join, its approval or refusal; an invitation.
pub(super) fn way_in(verb: Verb, thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let community = thing.object.as_deref().ok_or("\"object\" is missing in the object")?;
    let community = context.names.community(community)?;
    let member = thing.actor.as_deref().ok_or("\"actor\" is missing in the object")?;
    let member = context.names.member(member)?;
    Ok(match verb {
        Verb::Offer => membership::request::Request { community }.into(),
        Verb::Accept => membership::approve::Approve { community, member }.into(),
        Verb::Reject => membership::decline::Decline { community, member }.into(),
        _ => membership::invite::Invite { community, member }.into(),
    })
}

/// A member is removed, made a moderator, or unmade one.
pub(super) fn upon_member(
    activity: &Activity,
    member: MemberId,
    context: &Context<'_>,
) -> Result<Command, Unfit> {
    let group = |name: &String| context.names.community(name);
    let moderator = activity.role.as_deref() == Some("moderator");
    match (activity.verb, &activity.target, &activity.origin) {
        (Verb::Add, Some(target), None) if moderator => {
            Ok(membership::make_moderator::MakeModerator { community: group(target)?, member }.into())
        }
        (Verb::Remove, Some(target), None) if moderator => {
            Ok(membership::unmake_moderator::UnmakeModerator { community: group(target)?, member }.into())
        }
        (Verb::Remove, None, Some(origin)) => {
            Ok(membership::remove::Remove { community: group(origin)?, member }.into())
        }
        (verb, ..) => Err(no_row(verb)),
    }
}
