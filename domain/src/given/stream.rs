//! The stream an event belongs to, as its own fields say: what a command's choice of stream is held against.

use super::PSEUDONYM;
use crate::event::Event;
use crate::stream::StreamName;
use crate::*;

/// Any of these events of a subject, with the fields they share.
macro_rules! any {
    ($subject:ident [ $($variant:ident)+ ] $fields:tt) => {
        $( $subject::Event::$variant($subject::$variant $fields) )|+
    };
}

pub(super) fn stream_of(event: &Event) -> StreamName {
    match event {
        Event::Organisation(_) => StreamName::organisation(),
        Event::Chart(_) => StreamName::chart(),
        Event::Member(event) => member_stream(event),
        Event::Community(event) => community_stream(event),
        Event::Membership(event) => membership_stream(event),
        Event::Post(event) => post_stream(event),
        Event::Comment(any!(comment [Added Edited Removed] { comment, .. })) => StreamName::comment(*comment),
        Event::Reaction(any!(reaction [Given Withdrawn] { item, member, .. })) => {
            StreamName::reaction(*item, *member)
        }
        Event::Poll(any!(poll [Opened Closed] { post, .. })) => StreamName::poll(*post),
        Event::Choice(any!(choice [Made Changed Withdrawn] { post, member, .. })) => {
            StreamName::choice(*post, *member)
        }
        Event::Draft(any!(draft [Saved Scheduled Unscheduled Discarded Published Refused] { draft, .. })) => {
            StreamName::draft(*draft)
        }
        Event::Bookmark(any!(bookmark [Kept Dropped] { member, .. })) => StreamName::bookmark(*member),
        Event::Moderation(any!(moderation [Reported Hidden Restored Dismissed] { item, .. })) => {
            StreamName::moderation(*item)
        }
        Event::Disclosure(disclosure::Event::Opened(e)) => StreamName::disclosure(e.item, e.member),
        Event::Acknowledgement(any!(acknowledgement [Given] { post, member, .. })) => {
            StreamName::acknowledgement(*post, *member)
        }
        Event::Seen(seen::Event::Viewed(e)) => StreamName::seen(e.item.id(), PSEUDONYM),
        Event::Seen(seen::Event::SignedIn(e)) => StreamName::seen(e.organisation.0, PSEUDONYM),
        Event::Seen(seen::Event::Searched(e)) => {
            StreamName::seen(seen::search::searches(e.organisation), PSEUDONYM)
        }
        Event::Document(event) => document_stream(event),
        Event::Follow(any!(follow [Begun Ended] { followed, member, .. })) => {
            StreamName::follow(followed, *member)
        }
        Event::Reading(reading::Event::FeedMarked(e)) => StreamName::reading(e.feed, e.member),
        Event::Reading(reading::Event::NotificationsMarked(e)) => {
            StreamName::reading(reading::Feed::Notifications, e.member)
        }
        Event::Preferences(any!(preferences [NotificationChanged LanguageChanged] { member, .. })) => {
            StreamName::preferences(*member)
        }
        Event::Digest(digest::Event::Sent(e)) => StreamName::digest(e.member),
        Event::Campaign(any!(campaign [Opened Extended Closed] { campaign, .. })) => {
            StreamName::campaign(*campaign)
        }
        Event::Idea(event) => idea_stream(event),
        Event::Ballot(any!(ballot [VoteCast VoteChanged VoteWithdrawn] { campaign, member, .. })) => {
            StreamName::ballot(*campaign, *member)
        }
        Event::Session(event) => session_stream(event),
        Event::Webhook(any!(webhook [Registered Disabled Enabled Removed] { webhook, .. })) => {
            StreamName::webhook(*webhook)
        }
        Event::Token(any!(token [Issued Revoked] { token, .. })) => StreamName::token(*token),
        Event::Look(_) => StreamName::try_new("look").unwrap(),
    }
}

fn session_stream(event: &session::Event) -> StreamName {
    let any!(session [Offered Opened Prolonged Ended] { session, .. }) = event;
    StreamName::session(*session)
}

fn member_stream(event: &member::Event) -> StreamName {
    let any!(member [
        Registered AccountOpened Transferred ProfileChanged IdentityLinked IdentityUnlinked Deactivated Reactivated
    ] { member, .. }) = event;
    StreamName::member(*member)
}

fn community_stream(event: &community::Event) -> StreamName {
    let any!(community [
        Founded Described AccessChanged LeaderAppointed SponsorNamed Archived Reopened
    ] { community, .. }) = event;
    StreamName::community(*community)
}

fn membership_stream(event: &membership::Event) -> StreamName {
    let any!(membership [
        Joined Requested Approved Declined Invited Left Removed ModeratorMade ModeratorUnmade
    ] { community, member, .. }) = event;
    StreamName::membership(*community, *member)
}

fn post_stream(event: &post::Event) -> StreamName {
    let any!(post [Published Edited Removed Pinned Unpinned AnswerAccepted SharedOn] { post, .. }) = event;
    StreamName::post(*post)
}

fn document_stream(event: &document::Event) -> StreamName {
    let any!(document [
        Shared Revised Renamed Moved CheckedOut CheckedIn SharedOn Archived Withdrawn
    ] { document, .. }) = event;
    StreamName::document(*document)
}

fn idea_stream(event: &idea::Event) -> StreamName {
    let any!(idea [
        Submitted Revised ReviewStarted Accepted Declined Implemented Merged SharedOn
    ] { idea, .. }) = event;
    StreamName::idea(*idea)
}
