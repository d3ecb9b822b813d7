//! How the caller is told of what concerns them.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::notification::{Kind, Preference};
use domain::preferences::change_language::ChangeLanguage;
use domain::preferences::change_notification::ChangeNotification;
use projections::preferences;

use super::caller::Asked;
use super::mutations::mutations;
use super::notification::NotificationKind;
use super::reading::PersonalPayload;

/// How soon something is told by e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::notification::Pace")]
pub(crate) enum MailPace {
    /// At once.
    AtOnce,
    /// Once a day, in one mail.
    Daily,
    /// Once a week, in one mail.
    Weekly,
    /// Not by e-mail.
    Never,
}

/// How the caller is told of notifications of one kind.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct NotificationPreference {
    /// Of which kind.
    kind: NotificationKind,
    /// Whether they stand among the caller's notifications.
    inbox: bool,
    /// How soon they are told by e-mail, where there is an address.
    mail: MailPace,
    /// How soon they are told by e-mail unless the caller chooses otherwise.
    default_mail: MailPace,
}

/// How the caller is told of what concerns them.
pub(crate) struct Preferences(preferences::Preferences);

impl Preferences {
    /// The caller's.
    pub(crate) fn of_caller(ctx: &Context<'_>) -> Result<Self> {
        Ok(ctx.reading().read(|s| preferences::of_viewer(s, &ctx.viewer())).map(Self)?)
    }
}

/// How the caller is told of what concerns them.
#[Object(name = "Preferences")]
impl Preferences {
    /// Of each kind of notification: as the caller chose, or as it is by default.
    async fn notifications(&self) -> Vec<NotificationPreference> {
        let preference = |kind: Kind| {
            let Preference { inbox, mail } = self.0.of(kind);
            let default_mail = Preference::by_default(kind).mail.into();
            NotificationPreference { kind: kind.into(), inbox, mail: mail.into(), default_mail }
        };
        Kind::ALL.into_iter().map(preference).collect()
    }
    /// The language of mails as a BCP 47 tag; null when it is the organisation's.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }
}

mutations! {
    /// Mutations by which members say how they want to be told.
    PreferencesMutation -> PersonalPayload {
        /// Changes how the caller is told of a kind of notification; what is left out stays.
        create changeNotificationPreference(ChangeNotificationPreferenceInput {
            /// Of which kind.
            kind: NotificationKind,
            /// Whether they stand among the caller's notifications.
            inbox: Option<bool>,
            /// How soon they are told by e-mail.
            mail: Option<MailPace>,
        }) => |_ids, input| ChangeNotification {
            notification: input.kind.into(),
            inbox: input.inbox,
            mail: input.mail.map(Into::into),
        };

        /// Changes the language of mails to the caller.
        create changeMailLanguage(ChangeMailLanguageInput {
            /// A BCP 47 tag of French or English, such as `fr` or `en-GB`; the organisation's language if absent.
            language: Option<String>,
        }) => |_ids, input| ChangeLanguage {
            language: input.language.as_deref().map(str::parse).transpose()?,
        };
    }
}
