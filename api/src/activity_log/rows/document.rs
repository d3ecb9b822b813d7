//! Rows of documents.

use domain::command::Command;
use domain::document::archive::Archive;
use domain::document::check_in::CheckIn;
use domain::document::check_out::CheckOut;
use domain::document::move_to::MoveTo;
use domain::document::rename::Rename;
use domain::document::revise::Revise;
use domain::document::share::Share;
use domain::document::share_on::ShareOn;
use domain::document::source::Source;
use domain::document::withdraw::Withdraw;
use domain::document::{Contents, Event};
use domain::id::DocumentId;
use domain::sealed::Sealed;
use domain::words::Language;

use super::post::undone;
use super::{Context, Unfit, act, named, needed, no_row, text, thing, topics};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// What happened to a document, as an activity.
pub(super) fn document(event: &Event, back: &NamesBack) -> Activity {
    let name = |document: DocumentId| back.name("document", document.0);
    match event {
        Event::Shared(e) => {
            let (audience, to) = back.audience(&e.audience);
            let described = Thing {
                name: text(&e.name),
                audience,
                to,
                mentions: back.members(&e.mentions),
                language: e.language.as_ref().map(Language::to_string),
                topics: topics(&e.topics),
                ..thing(Kind::Document, name(e.document))
            };
            act(Verb::Create, holding(&e.contents, &e.link, described))
        }
        Event::Revised(e) => {
            let based_on = Some(u64::from(e.number.saturating_sub(1)));
            let revised = Thing { based_on, ..thing(Kind::Document, name(e.document)) };
            act(Verb::Update, holding(&e.contents, &e.link, revised))
        }
        Event::Renamed(e) => act(
            Verb::Update,
            Thing {
                name: Some(text(&e.name).unwrap_or_default()),
                ..thing(Kind::Document, name(e.document))
            },
        ),
        Event::Moved(e) => {
            let (audience, to) = back.audience(&e.audience);
            Activity { audience, to, ..act(Verb::Move, named(name(e.document))) }
        }
        Event::CheckedOut(e) => act(Verb::Block, named(name(e.document))),
        Event::CheckedIn(e) => act(Verb::Undo, undone(Kind::Block, name(e.document))),
        Event::SharedOn(e) => {
            let (audience, to) = back.audience(&e.audience);
            Activity { audience, to, ..act(Verb::Announce, named(name(e.document))) }
        }
        Event::Archived(e) => act(Verb::Archive, named(name(e.document))),
        Event::Withdrawn(e) => act(Verb::Delete, named(name(e.document))),
    }
}

fn holding(contents: &Contents, link: &Sealed<Option<String>>, thing: Thing) -> Thing {
    match contents {
        Contents::None => thing,
        Contents::File { sha256, size, media_type } => Thing {
            sha256: Some(sha256.clone()),
            size: Some(*size),
            media_type: Some(media_type.clone()),
            ..thing
        },
        Contents::Link => Thing { href: Some(link.open().cloned().flatten().unwrap_or_default()), ..thing },
    }
}

/// A document is shared.
pub(super) fn share(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let (language, mentions, topics) = context.about(thing)?;
    let command = Share {
        document: thing.id.as_deref().map(|name| context.names.document(name)).transpose()?,
        audience: context.names.audience(thing.audience.as_deref(), thing.to.as_deref())?,
        name: needed(&thing.name, "name")?,
        contents: contents(thing)?,
        language,
        mentions,
        topics,
    };
    Ok(command.into())
}

/// A document is revised or renamed. Whoever names a version or what is in one revises.
pub(super) fn change(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let document = context.names.document(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    let mut commands = vec![];
    if let Some(name) = thing.name.clone() {
        commands.push(Rename { document, name, based_on: None }.into());
    }
    let contents = contents(thing)?;
    if contents != Source::None || thing.based_on.is_some() {
        let version = |version| u32::try_from(version).map_err(|_| "\"basedOn\" is the number of a version");
        let based_on = thing.based_on.map(version).transpose()?;
        commands.push(Revise { document, contents, based_on }.into());
    }
    Ok(commands)
}

fn contents(thing: &Thing) -> Result<Source, Unfit> {
    match (&thing.sha256, &thing.href) {
        // A size or media type alone says nothing that could be found again.
        (None, None) => Ok(Source::None),
        (None, Some(url)) => Ok(Source::Link { url: url.clone() }),
        (Some(sha256), None) => Ok(Source::File {
            sha256: sha256.clone(),
            size: thing.size.ok_or("\"size\" is missing")?,
            media_type: thing.media_type.clone().unwrap_or_else(|| "application/octet-stream".to_owned()),
        }),
        (Some(_), Some(_)) => Err("either \"sha256\" or \"href\" says what it holds".into()),
    }
}

/// A document is moved, checked out, archived, withdrawn or shared on.
pub(super) fn upon(
    activity: &Activity,
    document: DocumentId,
    context: &Context<'_>,
) -> Result<Command, Unfit> {
    match activity.verb {
        Verb::Move => Ok(MoveTo { document, audience: context.audience(activity)?, based_on: None }.into()),
        Verb::Announce => Ok(ShareOn { document, audience: context.audience(activity)? }.into()),
        Verb::Block => Ok(CheckOut { document }.into()),
        Verb::Archive => Ok(Archive { document }.into()),
        Verb::Delete => Ok(Withdraw { document }.into()),
        verb => Err(no_row(verb)),
    }
}

/// A document is checked in.
pub(super) fn check_in(document: DocumentId) -> Command {
    CheckIn { document }.into()
}
