//! Proposals about how far members have read.

use domain::id::NotificationId;
use domain::reading::Feed;
use domain::reading::mark_feed::MarkFeed;
use domain::reading::mark_notifications::MarkNotifications;

use super::Proposal;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("reading.mark_feed", 4, |known, draw| {
        let community = draw.one_of(&known.communities).map(Feed::Community)?;
        let feed = draw.one_of(&[Feed::Personal, Feed::Notifications, community])?;
        Some(MarkFeed { feed, up_to: known.minutes(-(draw.below(2_000) as i64)) }.into())
    }),
    Proposal("reading.mark_notifications", 2, |_, draw| {
        let notifications = (0..1 + draw.below(2)).map(|_| draw.id::<NotificationId>()).collect();
        Some(MarkNotifications { notifications }.into())
    }),
];
