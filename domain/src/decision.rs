//! From a command to events: the folded stream, the facts of other streams, and the one door through which every
//! command is decided.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::event::{Event, InputDigest, Origin, Recorded, State, Subject};
use crate::id::{
    CampaignId, CommandId, CommentId, CommunityId, DepartmentId, DocumentId, IdeaId, Item, MemberId, PostId,
};
use crate::policy::Ability;
use crate::refusal::{File, Need, Stop, refusals};
use crate::stream::StreamName;
use crate::time::{Day, Time};
use crate::token::Scope;
use crate::{campaign, chart, comment, community, document, idea, member, membership, moderation};
use crate::{organisation, poll, post};

/// A stream folded to its end.
#[derive(Clone, Debug)]
pub struct Folded {
    /// What the rules remember.
    pub state: State,
    /// The revision the next event will have: the number of events folded.
    pub next: u64,
    newest: [Option<Time>; 2],
    commands: HashMap<(Option<MemberId>, CommandId), Option<InputDigest>>,
}

impl Folded {
    /// A stream before its first event; `None` for a category that no subject has.
    pub fn empty(stream: &StreamName) -> Option<Self> {
        let state = State::empty(stream.category())?;
        Some(Self { state, next: 0, newest: [None; 2], commands: HashMap::new() })
    }

    /// Folds the next event of the stream in.
    pub fn evolve(&mut self, recorded: &Recorded) {
        self.state.evolve(&recorded.event, &recorded.moment());
        self.next = recorded.revision + 1;
        let metadata = &recorded.metadata;
        let newest = &mut self.newest[metadata.origin as usize];
        *newest = (*newest).max(Some(metadata.occurred_at));
        self.commands.insert((metadata.actor, metadata.command_id), metadata.input);
    }

    /// The newest time of the stream's events.
    pub fn newest(&self) -> Option<Time> {
        self.newest[0].max(self.newest[1])
    }

    fn newest_of_other(&self, origin: Origin) -> Option<Time> {
        self.newest[1 - origin as usize]
    }

    /// The input of a command already on this stream. Traces do not say who sent it: their stream is one person's.
    fn input_of(&self, actor: Option<MemberId>, command: CommandId) -> Option<Option<InputDigest>> {
        let trace = matches!(self.state, State::Seen(_) | State::Look(_));
        self.commands.get(&(actor.filter(|_| !trace), command)).copied()
    }
}

/// Who sends a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member, in person.
    Member(MemberId),
    /// A machine's account with an administrator's powers: the command line, an import.
    Service,
    /// Passerelle itself.
    System,
}

impl Actor {
    /// The member, if it is one.
    pub fn member(self) -> Option<MemberId> {
        if let Self::Member(member) = self { Some(member) } else { None }
    }

    /// The name space of this actor's command ids.
    pub fn namespace(self) -> Uuid {
        self.member().map_or(Uuid::nil(), |member| member.0)
    }
}

/// What a rule may know besides its own stream. A fact that is not there is asked for with `Stop::Needs`: the
/// caller fetches it and asks again, so a rule stays a pure function and names what it reads by reading it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// When it happens: the clock, or the time an imported act was published.
    pub now: Time,
    /// The local day of `now`.
    pub day: Day,
    /// Who asks.
    pub actor: Actor,
    /// Live or imported.
    pub origin: Origin,
    /// What the token that the actor uses lets them do; whatever they may themselves when they use none.
    pub scopes: &'static [Scope],
    /// The id for what the command creates, unless it brings one.
    pub new_id: Uuid,
    /// The actor's pseudonym of the month, which names trace streams.
    pub pseudonym: Uuid,
    streams: HashMap<StreamName, Arc<Folded>>,
    headcounts: HashMap<DepartmentId, u64>,
    identities: HashMap<(String, String), Option<MemberId>>,
    files: HashMap<File, bool>,
}

macro_rules! facts_about {
    ($( $(#[$doc:meta])* $name:ident($id:ident: $ty:ty) -> $module:ident; )+) => {
        impl Facts { $(
            $(#[$doc])*
            pub fn $name(&self, $id: $ty) -> Result<&$module::State, Stop> {
                self.state(StreamName::$name($id))
            }
        )+ }
    };
}

facts_about! {
    /// A person.
    member(id: MemberId) -> member;
    /// A community.
    community(id: CommunityId) -> community;
    /// A post.
    post(id: PostId) -> post;
    /// A comment.
    comment(id: CommentId) -> comment;
    /// A document.
    document(id: DocumentId) -> document;
    /// A campaign.
    campaign(id: CampaignId) -> campaign;
    /// An idea.
    idea(id: IdeaId) -> idea;
    /// The poll that stands with a post.
    poll(post: PostId) -> poll;
    /// What was reported of an item, and whether it is hidden.
    moderation(item: Item) -> moderation;
}

impl Facts {
    /// Facts without any other stream yet.
    pub fn new(actor: Actor, now: Time, day: Day, origin: Origin) -> Self {
        Self {
            now,
            day,
            actor,
            origin,
            scopes: Scope::ALL,
            new_id: Uuid::nil(),
            pseudonym: Uuid::nil(),
            streams: HashMap::new(),
            headcounts: HashMap::new(),
            identities: HashMap::new(),
            files: HashMap::new(),
        }
    }

    /// Adds the folded end of a stream.
    pub fn add_stream(&mut self, stream: StreamName, folded: Arc<Folded>) {
        self.streams.insert(stream, folded);
    }

    /// Adds the number of members of a department.
    pub fn add_headcount(&mut self, department: DepartmentId, members: u64) {
        self.headcounts.insert(department, members);
    }

    /// Adds whom an identity is linked with.
    pub fn add_identity(&mut self, (issuer, subject): (String, String), member: Option<MemberId>) {
        self.identities.insert((issuer, subject), member);
    }

    /// Adds whether the actor has a file at hand.
    pub fn add_file(&mut self, file: File, at_hand: bool) {
        self.files.insert(file, at_hand);
    }

    /// The newest time among the facts read, for the event's metadata.
    pub fn newest(&self) -> Option<Time> {
        self.streams.values().filter_map(|folded| folded.newest()).max()
    }

    /// Settings and roles.
    pub fn organisation(&self) -> Result<&organisation::State, Stop> {
        self.state(StreamName::organisation())
    }

    /// The tree of departments.
    pub fn chart(&self) -> Result<&chart::State, Stop> {
        self.state(StreamName::chart())
    }

    /// A person in a community.
    pub fn membership(&self, community: CommunityId, member: MemberId) -> Result<&membership::State, Stop> {
        self.state(StreamName::membership(community, member))
    }

    /// How many members a department has now.
    pub fn headcount(&self, department: DepartmentId) -> Result<u64, Stop> {
        self.headcounts.get(&department).copied().ok_or(Stop::Needs(Need::Headcount(department)))
    }

    /// Whom an identity is linked with now, if with anybody.
    pub fn identity(&self, issuer: &str, subject: &str) -> Result<Option<MemberId>, Stop> {
        let identity = (issuer.to_owned(), subject.to_owned());
        let known = self.identities.get(&identity).copied();
        known.ok_or(Stop::Needs(Need::Identity(identity.0, identity.1)))
    }

    /// Whether the actor has a file at hand: they uploaded it within the last day, or may read a version of a document
    /// that holds it. Naming what is in a file is no proof of having it.
    pub fn at_hand(&self, file: File) -> Result<bool, Stop> {
        self.files.get(&file).copied().ok_or(Stop::Needs(Need::File(file)))
    }

    /// The member who acts; refused to services and the system, which are nobody.
    pub fn person(&self) -> Result<MemberId, Stop> {
        self.actor.member().ok_or_else(|| Refusal::PersonNeeded.into())
    }

    /// Refused if the actor uses a token that is not for this.
    fn within(&self, scope: Scope) -> Result<(), Stop> {
        if self.scopes.contains(&scope) {
            Ok(())
        } else {
            Err(Refusal::ScopeNeeded.with(scope.name()).into())
        }
    }

    fn state<S: Subject>(&self, stream: StreamName) -> Result<&S, Stop> {
        match self.streams.get(&stream).and_then(|folded| S::of(&folded.state)) {
            Some(state) => Ok(state),
            None => Err(Stop::Needs(Need::Stream(stream))),
        }
    }

    fn check_actor(&self) -> Result<(), Stop> {
        let Actor::Member(id) = self.actor else { return Ok(()) };
        let member = self.member(id)?;
        if !member.registered() {
            Err(Refusal::UnknownActor.into())
        } else if member.inactive {
            Err(Refusal::InactiveActor.into())
        } else if !member.account {
            Err(Refusal::NoAccount.into())
        } else {
            Ok(())
        }
    }
}

refusals! {
    UnknownActor = "UNKNOWN_ACTOR", "The acting member is not registered; register them first.",
        "Le membre qui agit n’est pas enregistré ; enregistrez-le d’abord.";
    InactiveActor = "INACTIVE_ACTOR", "The acting member has been deactivated; ask an administrator.",
        "Le membre qui agit a été désactivé ; adressez-vous à un administrateur.";
    NoAccount = "NO_ACCOUNT", "The acting member has no account yet; open one first.",
        "Le membre qui agit n’a pas encore de compte ; ouvrez-en un d’abord.";
    PersonNeeded = "PERSON_NEEDED", "Only a member can do this, not a service; sign in as a member.",
        "Seul un membre peut faire cela, pas un service ; connectez-vous comme membre.";
    AdministratorNeeded = "ADMINISTRATOR_NEEDED", "Only an administrator may do this; ask one.",
        "Seul un administrateur peut faire cela ; adressez-vous à l’un d’eux.";
    ScopeNeeded = "SCOPE_NEEDED", "The token used is not for this; use one with the scope named, or sign in.",
        "Le jeton utilisé ne permet pas cela ; utilisez-en un qui a le droit nommé, ou connectez-vous.";
    AuditorReadsOnly = "AUDITOR_READS_ONLY",
        "Who audits reads and changes nothing; have the role revoked to take part, or ask somebody else.",
        "Qui audite lit et ne change rien ; faites retirer ce rôle pour participer, ou adressez-vous à quelqu’un d’autre.";
    SystemNeeded = "SYSTEM_NEEDED", "The server does this by itself; nobody need do it.",
        "Le serveur le fait de lui-même ; personne n’a à le faire.";
    CommandIdReused = "COMMAND_ID_REUSED",
        "This command id was used with another input; send a new id for a new command.",
        "Cet identifiant de commande a servi avec un autre contenu ; envoyez-en un nouveau pour une autre commande.";
    StaleRevision = "CONFLICT", "It was changed since you read it; read it again and redo your change.",
        "Ceci a été modifié depuis votre lecture ; relisez-le et refaites votre changement.";
    LaterActExists = "LATER_ACT_EXISTS",
        "What this is about already holds a later act from elsewhere; an import cannot go before it.",
        "Ceci porte déjà un acte plus récent venu d’ailleurs ; un import ne peut pas passer avant.";
}

/// Refused, with the revision of the last change, if an edit is based on what stood before it. Records do not say
/// what an edit was based on: `None` is based on whatever stands.
pub fn based_on(based_on: Option<u64>, changed: u64) -> Result<(), Stop> {
    if based_on.is_some_and(|read| read < changed) {
        Err(Refusal::StaleRevision.on("expectedRevision").with(changed).into())
    } else {
        Ok(())
    }
}

/// One thing that can be done: its input, the stream it writes, and its rule.
pub trait Action {
    /// What the stream folds to.
    type State: Subject;
    /// What it is to be able to do it.
    const ABILITY: Ability;
    /// The stream it is decided on and written to.
    fn stream(&self, facts: &Facts) -> StreamName;
    /// The rule: events to append, none if there is nothing to do, or why not.
    fn decide(&self, state: &Self::State, facts: &Facts) -> Result<Vec<Event>, Stop>;
}

/// What a command comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// These events are to be appended.
    Events(Vec<Event>),
    /// The stream already holds what it caused: answer as the first time.
    Repeat,
}

/// Decides a command on its folded stream, after what holds for every command: a repeat answers as the first time,
/// the actor is a member with an account who may do such a thing, an import does not go before what happened live.
pub fn decide<A: Action>(
    action: &A,
    folded: &Folded,
    facts: &Facts,
    (command, input): (CommandId, Option<InputDigest>),
) -> Result<Decision, Stop> {
    if let Some(first) = folded.input_of(facts.actor.member(), command) {
        return if first == input { Ok(Decision::Repeat) } else { Err(Refusal::CommandIdReused.into()) };
    }
    facts.within(Scope::Write)?;
    facts.check_actor()?;
    if folded.newest_of_other(facts.origin).is_some_and(|newest| newest > facts.now) {
        return Err(Refusal::LaterActExists.into());
    }
    facts.admits(A::ABILITY)?;
    match A::State::of(&folded.state) {
        Some(state) => action.decide(state, facts).map(Decision::Events),
        None => Err(Stop::Needs(Need::Stream(action.stream(facts)))),
    }
}
