//! The table: each ability with the roles that have it. Whoever is not named has none of it.

use super::{Extent, Role};

macro_rules! abilities {
    ($( $subject:literal { $( $ability:ident = $text:literal: $( $role:ident $extent:ident ),+; )+ } )+) => {
        /// What can be done or seen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Ability { $( $( #[doc = $text] $ability, )+ )+ }

        impl Ability {
            /// Every ability, by subject.
            pub const ALL: &[Self] = &[$( $( Self::$ability ),+ ),+];

            /// What it is about.
            pub fn subject(self) -> &'static str {
                match self { $( $( Self::$ability )|+ => $subject, )+ }
            }

            /// What it is, as the table in `docs/` has it.
            pub fn text(self) -> &'static str {
                match self { $( $( Self::$ability => $text, )+ )+ }
            }
        }

        /// How far an ability goes for a role: not at all, unless it was declared.
        pub fn may(role: Role, ability: Ability) -> Extent {
            match ability {
                $( $( Ability::$ability => match role { $( Role::$role => Extent::$extent, )+ _ => Extent::No }, )+ )+
            }
        }
    };
}

abilities! {
    "The organisation" {
        Establish = "establish it": Administrator All, Service All;
        ChangeSettings = "change its settings": Administrator All, Service All;
        GrantRoles = "grant and revoke roles": Administrator All, Service All;
        ShapeChart = "open, rename, move and close departments": Administrator All, Service All;
        SeeOrganisation = "see its settings, departments and roles":
            Member All, Auditor All, Administrator All, Service All, Operator All;
    }
    "Members" {
        ManageMembers = "register, transfer, deactivate and reactivate members, open accounts, link identities":
            Administrator All, Service All;
        ChangeProfiles = "change names and addresses": Member Own, Administrator All, Service All;
        SeeMembers = "see who there is, and where": Member All, Auditor All, Administrator All, Service All, Operator All;
        TakeData = "take out everything recorded about somebody":
            Member Own, Auditor Own, Administrator WithReason, Service WithReason, Operator All;
    }
    "Who comes in" {
        IssueTokens = "issue tokens": Administrator All, Service All;
        RevokeTokens = "revoke tokens": Member Own, Auditor Own, Administrator All, Service All;
        OfferSignIn = "offer sign-in links": Administrator All, Service All;
        EndSessions = "end sessions": Member Own, Auditor Own, Administrator All, Service All;
        SignIn = "sign in": Member Own, Auditor Own;
        SeeAccess = "see tokens and sessions, without their secrets":
            Member Own, Auditor All, Administrator All, Operator All;
        ManageWebhooks = "register, disable, enable and remove webhooks": Administrator All, Service All;
        SeeWebhooks = "see webhooks": Administrator All, Service All, Operator All;
    }
    "Communities" {
        FoundCommunities = "found communities": Member All;
        TakePart = "join communities, ask to, and leave them": Member All;
        LeadCommunities = "describe, open, close and archive them, appoint leaders and moderators":
            Leader There, Administrator Communities, Service All;
        NameSponsors = "name sponsors": Administrator All, Service All;
        ModerateCommunities = "decide who comes in, and pin what stands at the head":
            Moderator There, Leader There, Administrator Communities, Service All;
        SeeEveryCommunity = "know of those by invitation without being inside or invited":
            Auditor All, Administrator All, Operator All;
    }
    "Contents" {
        ReadOpen = "read what is in open communities, and ideas":
            Member All, Auditor All, Administrator All, Service All, Operator All;
        ReadClosed = "read what is in communities on request or by invitation":
            Member Inside, Auditor Inside, Administrator WithReason, Operator All;
        ReadAddressed = "read what is addressed to members one by one":
            Member Own, Auditor Own, Administrator WithReason, Operator All;
        ReadWithReason = "open what is not for them, for a reason that is told": Administrator WithReason;
        Publish = "write, share, answer, ask, submit ideas": Member Inside;
        Revise = "change texts and polls of their own": Member Own;
        ReviseDocuments = "bring new versions of documents, and rename them": Member Inside, Service All;
        Respond = "react, vote, choose, acknowledge": Member Inside;
        TendContents = "move, archive and remove contents, close polls, accept answers":
            Member Own, Moderator There, Leader There, Administrator Communities, Service All;
        Report = "report what should not stand there": Member Inside;
        Judge = "see reports and what is hidden, hide it and show it again":
            Moderator There, Leader There, Administrator All, Service All, Operator All;
    }
    "Campaigns" {
        OpenCampaigns = "open idea campaigns": Member All;
        DecideCampaigns = "extend and close them, answer and merge their ideas":
            Member Own, Administrator All, Service All;
    }
    "One’s own" {
        KeepToThemselves = "drafts, bookmarks, what they follow": Member Own;
        Look = "leave a trace: view, search": Member Inside, Auditor Inside;
        KeepTheirState = "how far they have read, how they are told": Member Own, Auditor Own;
    }
    "Figures" {
        SeeFigures = "see figures, with what small groups are owed":
            Member Upwards, Sponsor All, Coach InScope, Auditor All, Administrator All, Service All, Operator All;
        SeeActivity = "see daily activity and information flow, as counted, where ids stand for nobody who can be found again":
            Sponsor All, Coach InScope, Auditor All, Administrator All, Service All, Operator All;
        SeeFigureLooks = "see which figures were looked at, when and from which department, without by whom":
            Member Upwards, Auditor All, Operator All;
    }
    "The history" {
        SeeEvents = "read events, without sealed fields": Auditor All, Operator All;
        SeeLooks = "see who looked at what": Auditor All, Operator All;
        Export = "export and replay everything, and back it up": Operator All;
        Scrape = "scrape metrics": Operator All;
        Serve = "open and prolong sessions, publish what was scheduled, send mail": Service All;
    }
}
