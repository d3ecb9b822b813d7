//! Proposals about how members want to be told, and mails to them.

use domain::digest::send::Send;
use domain::notification::{Kind, Pace};
use domain::preferences::change_language::ChangeLanguage;
use domain::preferences::change_notification::ChangeNotification;

use super::Proposal;

const PACES: &[Pace] = &[Pace::AtOnce, Pace::Daily, Pace::Weekly, Pace::Never];

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("preferences.change_notification", 3, |_, draw| {
        let (notification, mail) = (draw.one_of(&Kind::ALL)?, draw.one_of(PACES));
        let inbox = draw.perhaps(50, |draw| draw.percent(50));
        Some(ChangeNotification { notification, inbox, mail }.into())
    }),
    Proposal("preferences.change_language", 2, |_, draw| {
        let tag = draw.one_of(&["", "fr", "en", "en-GB"])?;
        let language = (!tag.is_empty()).then(|| tag.parse().ok()).flatten();
        Some(ChangeLanguage { language }.into())
    }),
    Proposal("digest.send", 3, |known, draw| {
        let (member, pace) = (draw.one_of(&known.members)?, draw.one_of(&PACES[..3])?);
        let count = 1 + draw.below(9) as u32;
        Some(Send { member, pace, up_to: known.now, count }.into())
    }),
];
