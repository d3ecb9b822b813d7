//! Commands: every action by name, in one enum.

use serde::Serialize;

use crate::decision::{self, Action, Decision, Facts, Folded};
use crate::event::{InputDigest, Subject};
use crate::id::CommandId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::seen;
use crate::stream::StreamName;

macro_rules! commands {
    ($( $name:literal = $variant:ident($action:path) ),+ $(,)?) => {
        /// Anything that can be asked for.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = "action", content = "input")]
        pub enum Command { $(
            #[doc = concat!("`", $name, "`")]
            #[serde(rename = $name)]
            $variant($action),
        )+ }

        $(
            impl From<$action> for Command {
                fn from(action: $action) -> Self { Self::$variant(action) }
            }
        )+

        impl Command {
            /// The names of all actions.
            pub const NAMES: &[&str] = &[$( $name ),+];

            /// The abilities that actions are of, by the names of the actions.
            pub const ABILITIES: &[(&str, Ability)] = &[$( ($name, <$action as Action>::ABILITY) ),+];

            /// The action's name, `subject.action`.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$variant(_) => $name, )+ }
            }

            /// Whether it leaves a trace, on a stream named with the actor's pseudonym.
            pub fn is_trace(&self) -> bool {
                match self { $( Self::$variant(_) => <$action as Action>::State::CATEGORY == seen::State::CATEGORY, )+ }
            }

            /// The stream it is decided on and written to.
            pub fn stream(&self, facts: &Facts) -> StreamName {
                match self { $( Self::$variant(action) => action.stream(facts), )+ }
            }

            /// Decides it; see [`decision::decide`].
            pub fn decide(
                &self,
                folded: &Folded,
                facts: &Facts,
                identity: (CommandId, Option<InputDigest>),
            ) -> Result<Decision, Stop> {
                match self { $( Self::$variant(action) => decision::decide(action, folded, facts, identity), )+ }
            }
        }
    };
}

commands! {
    "token.issue" = IssueToken(crate::token::issue::Issue),
    "token.revoke" = RevokeToken(crate::token::revoke::Revoke),
    "session.offer" = OfferSession(crate::session::offer::Offer),
    "session.open" = OpenSession(crate::session::open::Open),
    "session.prolong" = ProlongSession(crate::session::prolong::Prolong),
    "session.end" = EndSession(crate::session::end::End),
    "webhook.register" = RegisterWebhook(crate::webhook::register::Register),
    "webhook.disable" = DisableWebhook(crate::webhook::disable::Disable),
    "webhook.enable" = EnableWebhook(crate::webhook::enable::Enable),
    "webhook.remove" = RemoveWebhook(crate::webhook::remove::Remove),
    "organisation.establish" = EstablishOrganisation(crate::organisation::establish::Establish),
    "organisation.change_settings" = ChangeSettings(crate::organisation::change_settings::ChangeSettings),
    "organisation.set_working_week" = SetWorkingWeek(crate::organisation::set_working_week::SetWorkingWeek),
    "organisation.change_holidays" = ChangeHolidays(crate::organisation::change_holidays::ChangeHolidays),
    "organisation.grant_role" = GrantRole(crate::organisation::grant_role::GrantRole),
    "organisation.revoke_role" = RevokeRole(crate::organisation::revoke_role::RevokeRole),
    "chart.open" = OpenDepartment(crate::chart::open::Open),
    "chart.rename" = RenameDepartment(crate::chart::rename::Rename),
    "chart.move_to" = MoveDepartment(crate::chart::move_to::MoveTo),
    "chart.close" = CloseDepartment(crate::chart::close::Close),
    "member.register" = RegisterMember(crate::member::register::Register),
    "member.open_account" = OpenAccount(crate::member::open_account::OpenAccount),
    "member.transfer" = TransferMember(crate::member::transfer::Transfer),
    "member.change_profile" = ChangeProfile(crate::member::change_profile::ChangeProfile),
    "member.sign_in" = SignIn(crate::member::sign_in::SignIn),
    "member.link_identity" = LinkIdentity(crate::member::link_identity::LinkIdentity),
    "member.unlink_identity" = UnlinkIdentity(crate::member::unlink_identity::UnlinkIdentity),
    "member.deactivate" = DeactivateMember(crate::member::deactivate::Deactivate),
    "member.reactivate" = ReactivateMember(crate::member::reactivate::Reactivate),
    "community.found" = FoundCommunity(crate::community::found::Found),
    "community.describe" = DescribeCommunity(crate::community::describe::Describe),
    "community.change_access" = ChangeAccess(crate::community::change_access::ChangeAccess),
    "community.appoint_leader" = AppointLeader(crate::community::appoint_leader::AppointLeader),
    "community.name_sponsor" = NameSponsor(crate::community::name_sponsor::NameSponsor),
    "community.archive" = ArchiveCommunity(crate::community::archive::Archive),
    "community.reopen" = ReopenCommunity(crate::community::reopen::Reopen),
    "membership.join" = Join(crate::membership::join::Join),
    "membership.request" = RequestMembership(crate::membership::request::Request),
    "membership.approve" = ApproveRequest(crate::membership::approve::Approve),
    "membership.decline" = DeclineRequest(crate::membership::decline::Decline),
    "membership.invite" = Invite(crate::membership::invite::Invite),
    "membership.leave" = Leave(crate::membership::leave::Leave),
    "membership.remove" = RemoveMember(crate::membership::remove::Remove),
    "membership.make_moderator" = MakeModerator(crate::membership::make_moderator::MakeModerator),
    "membership.unmake_moderator" = UnmakeModerator(crate::membership::unmake_moderator::UnmakeModerator),
    "post.publish" = PublishPost(crate::post::publish::Publish),
    "post.edit" = EditPost(crate::post::edit::Edit),
    "post.remove" = RemovePost(crate::post::remove::Remove),
    "post.pin" = PinPost(crate::post::pin::Pin),
    "post.unpin" = UnpinPost(crate::post::unpin::Unpin),
    "post.accept_answer" = AcceptAnswer(crate::post::accept_answer::AcceptAnswer),
    "post.share_on" = SharePostOn(crate::post::share_on::ShareOn),
    "comment.add" = AddComment(crate::comment::add::Add),
    "comment.edit" = EditComment(crate::comment::edit::Edit),
    "comment.remove" = RemoveComment(crate::comment::remove::Remove),
    "reaction.give" = GiveReaction(crate::reaction::give::Give),
    "reaction.withdraw" = WithdrawReaction(crate::reaction::withdraw::Withdraw),
    "acknowledgement.give" = Acknowledge(crate::acknowledgement::give::Give),
    "seen.search" = Search(crate::seen::search::Search),
    "seen.view" = View(crate::seen::view::View),
    "poll.open" = OpenPoll(crate::poll::open::Open),
    "poll.close" = ClosePoll(crate::poll::close::Close),
    "choice.make" = MakeChoice(crate::choice::make::Make),
    "choice.withdraw" = WithdrawChoice(crate::choice::withdraw::Withdraw),
    "draft.begin" = BeginDraft(crate::draft::begin::Begin),
    "draft.revise" = ReviseDraft(crate::draft::revise::Revise),
    "draft.schedule" = ScheduleDraft(crate::draft::schedule::Schedule),
    "draft.unschedule" = UnscheduleDraft(crate::draft::unschedule::Unschedule),
    "draft.discard" = DiscardDraft(crate::draft::discard::Discard),
    "draft.publish" = PublishDraft(crate::draft::publish::Publish),
    "draft.refuse" = RefuseDraft(crate::draft::refuse::Refuse),
    "bookmark.keep" = KeepBookmark(crate::bookmark::keep::Keep),
    "bookmark.drop" = DropBookmark(crate::bookmark::drop::Drop),
    "moderation.report" = ReportItem(crate::moderation::report::Report),
    "moderation.hide" = HideItem(crate::moderation::hide::Hide),
    "moderation.restore" = RestoreItem(crate::moderation::restore::Restore),
    "moderation.dismiss" = DismissReports(crate::moderation::dismiss::Dismiss),
    "disclosure.open" = OpenWithReason(crate::disclosure::open::Open),
    "document.share" = ShareDocument(crate::document::share::Share),
    "document.revise" = ReviseDocument(crate::document::revise::Revise),
    "document.rename" = RenameDocument(crate::document::rename::Rename),
    "document.move_to" = MoveDocument(crate::document::move_to::MoveTo),
    "document.check_out" = CheckOutDocument(crate::document::check_out::CheckOut),
    "document.check_in" = CheckInDocument(crate::document::check_in::CheckIn),
    "document.share_on" = ShareDocumentOn(crate::document::share_on::ShareOn),
    "document.archive" = ArchiveDocument(crate::document::archive::Archive),
    "document.withdraw" = WithdrawDocument(crate::document::withdraw::Withdraw),
    "follow.begin" = Follow(crate::follow::begin::Begin),
    "follow.end" = Unfollow(crate::follow::end::End),
    "reading.mark_feed" = MarkFeed(crate::reading::mark_feed::MarkFeed),
    "reading.mark_notifications" = MarkNotifications(crate::reading::mark_notifications::MarkNotifications),
    "preferences.change_notification" =
        ChangeNotification(crate::preferences::change_notification::ChangeNotification),
    "preferences.change_language" = ChangeMailLanguage(crate::preferences::change_language::ChangeLanguage),
    "digest.send" = SendDigest(crate::digest::send::Send),
    "campaign.open" = OpenCampaign(crate::campaign::open::Open),
    "campaign.extend" = ExtendCampaign(crate::campaign::extend::Extend),
    "campaign.close" = CloseCampaign(crate::campaign::close::Close),
    "idea.submit" = SubmitIdea(crate::idea::submit::Submit),
    "idea.revise" = ReviseIdea(crate::idea::revise::Revise),
    "idea.start_review" = StartReview(crate::idea::start_review::StartReview),
    "idea.accept" = AcceptIdea(crate::idea::accept::Accept),
    "idea.decline" = DeclineIdea(crate::idea::decline::Decline),
    "idea.implement" = ImplementIdea(crate::idea::implement::Implement),
    "idea.merge_into" = MergeIdea(crate::idea::merge_into::MergeInto),
    "idea.share_on" = ShareIdeaOn(crate::idea::share_on::ShareOn),
    "ballot.vote" = CastVote(crate::ballot::vote::Vote),
    "ballot.withdraw" = WithdrawVote(crate::ballot::withdraw::Withdraw),
}
