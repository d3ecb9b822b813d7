//! The one table between activities and what the domain knows: each activity to the commands it stands for, each
//! event to the activity it is.

mod access;
mod bookmark;
mod community;
mod disclosure;
mod document;
mod draft;
mod follow;
mod idea;
mod moderation;
mod organisation;
mod poll;
mod post;
mod preferences;
mod reading;
pub mod tables;
mod webhook;

use std::borrow::Cow;
use std::collections::HashMap;

use domain::command::Command;
use domain::event::{Event, Recorded};
use domain::id::{CampaignId, IdeaId, MemberId, OrganisationId, PostId};
use domain::sealed::Sealed;
use domain::words::{Language, Topic};
use uuid::Uuid;

use crate::activity_log::activity::{Activity, Kind, Object, Thing, Verb};
use crate::activity_log::names::{Named, Names, NamesBack};

/// What is known of things named before: rows say less than commands do.
#[derive(Debug, Default)]
pub struct Known {
    notes: HashMap<Uuid, Option<PostId>>,
    ideas: HashMap<IdeaId, CampaignId>,
    organisation: Option<OrganisationId>,
}

impl Known {
    /// This is the organisation.
    pub fn learn_organisation(&mut self, organisation: OrganisationId) {
        self.organisation = Some(organisation);
    }

    /// A note is a post, or a comment below one.
    pub fn learn_note(&mut self, note: Uuid, below: Option<PostId>) {
        self.notes.insert(note, below);
    }

    /// An idea is of a campaign.
    pub fn learn_idea(&mut self, idea: IdeaId, campaign: CampaignId) {
        self.ideas.insert(idea, campaign);
    }
}

/// Why an activity stands for no command.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// It says something that cannot be.
    Wrong(Cow<'static, str>),
    /// It cannot be told before it is known which organisation this is.
    WantsOrganisation,
    /// It cannot be told before it is known what this note is.
    WantsNote(Uuid),
    /// It cannot be told before it is known which campaign this idea is of.
    WantsIdea(IdeaId),
}

impl From<&'static str> for Unfit {
    fn from(what: &'static str) -> Self {
        Self::Wrong(what.into())
    }
}

impl From<String> for Unfit {
    fn from(what: String) -> Self {
        Self::Wrong(what.into())
    }
}

/// Language, mentions and topics.
type About = (Option<Language>, Vec<MemberId>, Vec<Topic>);

/// What it takes to read an activity.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The names of the source.
    pub names: &'a Names,
    /// What is known of things named before.
    pub known: &'a Known,
}

impl Context<'_> {
    /// Whether a note is a comment, and below which post.
    fn post_of(&self, note: Uuid) -> Result<Option<PostId>, Unfit> {
        self.known.notes.get(&note).copied().ok_or(Unfit::WantsNote(note))
    }

    fn campaign_of(&self, idea: IdeaId) -> Result<CampaignId, Unfit> {
        self.known.ideas.get(&idea).copied().ok_or(Unfit::WantsIdea(idea))
    }

    /// Language, mentions and topics.
    fn about(&self, thing: &Thing) -> Result<About, Unfit> {
        let said = |refused: domain::refusal::Refused| Unfit::Wrong(refused.en.into());
        let language = thing.language.as_ref().map(|tag| tag.parse().map_err(said)).transpose()?;
        let mentions = self.names.members(thing.mentions.as_deref().unwrap_or_default())?;
        let topics = thing.topics.iter().flatten().map(|word| word.parse().map_err(said));
        Ok((language, mentions, topics.collect::<Result<_, _>>()?))
    }

    fn audience(&self, activity: &Activity) -> Result<domain::audience::Audience, Unfit> {
        Ok(self.names.audience(activity.audience.as_deref(), activity.to.as_deref())?)
    }
}

/// The commands that an activity stands for: one, or one for each change of an `Update`.
pub fn commands(activity: &Activity, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    match &activity.object {
        Object::Thing(thing) => match (activity.verb, thing.kind) {
            (Verb::Update, _) => match updates(thing, context)? {
                commands if commands.is_empty() => Err("the \"Update\" changes nothing".into()),
                commands => Ok(commands),
            },
            _ => upon_thing(activity, thing, context).map(|command| vec![command]),
        },
        Object::Name(name) => upon_name(activity, name, context).map(|command| vec![command]),
    }
}

fn upon_thing(activity: &Activity, thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    match (activity.verb, thing.kind) {
        (Verb::Create, Kind::Note | Kind::Question | Kind::Announcement) => post::create(thing, context),
        (Verb::Create, Kind::Group) => community::found(thing, context),
        (Verb::Create, Kind::Document) => document::share(thing, context),
        (Verb::Create, Kind::Campaign) => idea::open(thing, context),
        (Verb::Create, Kind::Idea) => idea::submit(thing, context),
        (Verb::Create, Kind::Token) => access::issue(thing, context),
        (Verb::Offer | Verb::Create, Kind::Session) => access::begin_session(activity.verb, thing, context),
        (Verb::Create | Verb::Undo, Kind::Identity) => {
            organisation::change_identity(activity.verb, thing, context)
        }
        (Verb::Offer | Verb::Accept | Verb::Reject | Verb::Invite, Kind::Join) => {
            community::way_in(activity.verb, thing, context)
        }
        (Verb::Create, Kind::Draft) => draft::create(thing, context),
        (Verb::Create, Kind::Webhook) => webhook::create(thing, context),
        (Verb::Create, Kind::Poll) => poll::create(thing, context),
        (Verb::Undo, Kind::Keep) => bookmark::drop(thing, context),
        (Verb::Reject, Kind::Flag) | (Verb::Undo, Kind::Hide) => {
            moderation::decided(activity, thing, context)
        }
        (Verb::Read, Kind::Feed | Kind::Inbox) => reading::mark(thing, context),
        (Verb::Create, Kind::Digest) => preferences::send(thing, context),
        (Verb::Undo, Kind::Follow) => follow::end(thing, context),
        (Verb::Undo, Kind::Block | Kind::Like | Kind::Vote) => {
            let object = thing.object.as_deref().ok_or("\"object\" is missing in the object")?;
            match (thing.kind, context.names.named(object)?) {
                (Kind::Block, Named::Document(document)) => Ok(document::check_in(document)),
                (Kind::Vote, Named::Idea(idea)) => idea::withdraw(idea, context),
                (Kind::Vote, Named::Note(note)) => Ok(poll::withdraw(note)),
                (Kind::Like, named) => post::withdraw_reaction(named, context),
                _ => Err(no_row(activity.verb)),
            }
        }
        _ => Err(no_row(activity.verb)),
    }
}

fn updates(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    match thing.kind {
        Kind::Note | Kind::Question | Kind::Announcement => post::change(thing, context),
        Kind::Group => community::change(thing, context),
        Kind::Document => document::change(thing, context),
        Kind::Campaign => idea::change_campaign(thing, context),
        Kind::Draft => draft::change(thing, context),
        Kind::Webhook => webhook::change(thing, context),
        Kind::Poll => poll::change(thing, context),
        Kind::Idea => idea::change_idea(thing, context),
        Kind::Person => Ok(vec![organisation::change_profile(thing, context)?]),
        Kind::Organization => organisation::change(thing),
        Kind::Join | Kind::Block | Kind::Like | Kind::Vote => Err(no_row(Verb::Update)),
        Kind::Preferences => preferences::change(thing),
        Kind::Session => Ok(vec![access::prolong_session(thing, context)?]),
        Kind::Token | Kind::Identity => Err(no_row(Verb::Update)),
        Kind::Flag | Kind::Hide | Kind::Keep | Kind::Follow | Kind::Feed | Kind::Inbox | Kind::Digest => {
            Err(no_row(Verb::Update))
        }
    }
}

fn upon_name(activity: &Activity, name: &str, context: &Context<'_>) -> Result<Command, Unfit> {
    let names = context.names;
    match activity.verb {
        Verb::Arrive if name == "organisation" => organisation::sign_in(context),
        Verb::Search if name == "organisation" => organisation::search(activity, context),
        Verb::Join | Verb::Leave => Ok(community::come_or_go(activity.verb, names.community(name)?)),
        Verb::Follow => Ok(follow::begin(names.followed(name)?)),
        Verb::Add | Verb::Remove => community::upon_member(activity, names.member(name)?, context),
        Verb::Delete if name.starts_with("token:") => Ok(access::revoke(names.token(name)?)),
        Verb::Delete if name.starts_with("session:") => Ok(access::end_session(names.session(name)?)),
        Verb::Delete if name.starts_with("webhook:") => webhook::remove(name, context),
        _ if name.starts_with("draft:") => draft::upon(activity, name, context),
        verb => match (verb, names.named(name)?) {
            (Verb::Like, named) => post::react(named, activity.reaction.unwrap_or_default(), context),
            (Verb::View, named) if activity.content.is_some() => disclosure::open(activity, named, context),
            (Verb::View, named) => post::view(named, context),
            (Verb::Keep, named) => bookmark::keep(named, context),
            (Verb::Vote, Named::Note(note)) => poll::vote(note, activity),
            (Verb::Flag | Verb::Hide, named) => moderation::upon(activity, named, context),
            (Verb::Delete, Named::Note(note)) => post::remove(note, context),
            (Verb::Read, Named::Note(note)) => Ok(post::acknowledge(note)),
            (Verb::Accept, Named::Note(note)) => post::accept_answer(note, context),
            (Verb::Announce, Named::Note(note)) => post::share_on(note, context.audience(activity)?, context),
            (_, Named::Document(document)) => document::upon(activity, document, context),
            (Verb::Accept | Verb::Reject, Named::Idea(idea)) => Ok(idea::decide(idea, activity)),
            (Verb::Move, Named::Idea(idea)) => idea::merge(idea, activity, context),
            (Verb::Announce, Named::Idea(idea)) => Ok(idea::share_on(idea, context.audience(activity)?)),
            (Verb::Vote, Named::Idea(idea)) => idea::vote(idea, activity, context),
            _ => Err(no_row(verb)),
        },
    }
}

fn no_row(verb: Verb) -> Unfit {
    format!("there is no activity {verb:?} with such an object").into()
}

fn needed(field: &Option<String>, name: &'static str) -> Result<String, Unfit> {
    field.clone().ok_or_else(|| format!("{name:?} is missing").into())
}

/// The activity that an event is; nothing for what the tables hold, and for what nobody can tell any more.
pub fn activity(recorded: &Recorded, back: &NamesBack) -> Option<Activity> {
    let metadata = &recorded.metadata;
    let mut actor = metadata.actor;
    let row = match &recorded.event {
        Event::Organisation(event) => organisation::settings(event)?,
        Event::Webhook(event) => webhook::webhook(event, back),
        Event::Token(event) => access::token(event, back),
        Event::Session(event) => access::session(event, back),
        Event::Member(event) => organisation::person(event, back)?,
        Event::Community(event) => community::community(event, back),
        Event::Membership(event) => community::membership(event, back),
        Event::Post(event) => post::post(event, back),
        Event::Comment(event) => post::comment(event, back),
        Event::Reaction(event) => post::reaction(event, back),
        Event::Poll(event) => poll::poll(event, back),
        Event::Choice(event) => poll::choice(event, back),
        Event::Draft(event) => draft::draft(event, recorded.revision == 0, back),
        Event::Bookmark(event) => bookmark::bookmark(event, back)?,
        Event::Moderation(event) => moderation::moderation(event, back),
        Event::Disclosure(event) => disclosure::disclosure(event, back),
        Event::Acknowledgement(event) => post::acknowledgement(event, back),
        Event::Document(event) => document::document(event, back),
        Event::Follow(event) => follow::follow(event, back),
        Event::Preferences(event) => preferences::preferences(event),
        Event::Digest(event) => preferences::digest(event, back),
        Event::Reading(event) => reading::reading(event, back)?,
        Event::Campaign(event) => idea::campaign(event, back),
        Event::Idea(event) => idea::idea(event, back),
        Event::Ballot(event) => idea::ballot(event, back),
        Event::Seen(event) => {
            let (member, row) = post::seen(event, back)?;
            actor = Some(member);
            row
        }
        Event::Chart(_) | Event::Look(_) => return None,
    };
    Some(Activity {
        id: Some(metadata.command_id.to_string()),
        actor: back.actor(actor, metadata.agent),
        published: metadata.occurred_at,
        automatic: metadata.automatic,
        ..row
    })
}

/// The id of what an event brings into being; it may have another in the system it came from.
pub fn created(event: &Event) -> Option<Uuid> {
    use domain::{
        campaign, chart, comment, community, document, draft, idea, member, post, session, token, webhook,
    };
    match event {
        Event::Chart(chart::Event::Opened(e)) => Some(e.department.0),
        Event::Member(member::Event::Registered(e)) => Some(e.member.0),
        Event::Community(community::Event::Founded(e)) => Some(e.community.0),
        Event::Post(post::Event::Published(e)) => Some(e.post.0),
        Event::Comment(comment::Event::Added(e)) => Some(e.comment.0),
        Event::Document(document::Event::Shared(e)) => Some(e.document.0),
        Event::Campaign(campaign::Event::Opened(e)) => Some(e.campaign.0),
        Event::Idea(idea::Event::Submitted(e)) => Some(e.idea.0),
        Event::Draft(draft::Event::Saved(e)) => Some(e.draft.0),
        Event::Webhook(webhook::Event::Registered(e)) => Some(e.webhook.0),
        Event::Token(token::Event::Issued(e)) => Some(e.token.0),
        Event::Session(session::Event::Offered(e)) => Some(e.session.0),
        Event::Session(session::Event::Opened(e)) => Some(e.session.0),
        _ => None,
    }
}

fn act(verb: Verb, object: impl Into<Object>) -> Activity {
    Activity { verb, object: object.into(), ..Activity::default() }
}

fn named(name: String) -> Object {
    Object::Name(name)
}

fn thing(kind: Kind, id: String) -> Thing {
    Thing { kind, id: Some(id), ..Thing::default() }
}

/// A sealed text, while it can be read.
fn text(sealed: &Sealed<String>) -> Option<String> {
    sealed.open().cloned()
}

fn topics(topics: &[Topic]) -> Option<Vec<String>> {
    (!topics.is_empty()).then(|| topics.iter().map(|topic| topic.as_str().to_owned()).collect())
}
