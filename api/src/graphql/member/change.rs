//! Mutations upon members.

use async_graphql::ID;
use domain::id::{MemberId, OrganisationId};
use domain::member::change_profile::ChangeProfile;
use domain::member::deactivate::Deactivate;
use domain::member::link_identity::LinkIdentity;
use domain::member::open_account::OpenAccount;
use domain::member::reactivate::Reactivate;
use domain::member::register::Register;
use domain::member::sign_in::SignIn;
use domain::member::transfer::Transfer;
use domain::member::unlink_identity::UnlinkIdentity;

use super::Member;
use crate::graphql::answer::maybe_revision;
use crate::graphql::mutations::{mutations, payload};
use crate::graphql::organisation::change::OrganisationPayload;
use crate::graphql::time::DateTime;

payload! {
    /// What became of a mutation upon a member.
    MemberPayload {
        /// The member as they stand now; null when nothing was changed.
        member: Member = MemberId
    }
}

mutations! {
    /// Mutations upon members.
    MemberMutation -> MemberPayload {
        /// Registers a person, who then counts as eligible; an account is opened apart. For administrators.
        create registerMember(RegisterMemberInput {
            /// Where they begin.
            department: ID,
            /// Their name, at most 300 characters.
            name: String,
            /// Their e-mail address; refused in an anonymous organisation.
            email: Option<String>,
        }) => |ids, input| Register {
            member: None,
            department: ids.id("department", &input.department)?,
            name: input.name.clone(),
            email: input.email.clone(),
        };

        /// Opens a member's account: from now on they can act. For administrators.
        change openAccount(OpenAccountInput {
            /// Whose.
            member: ID,
        }) on member => |ids, input| OpenAccount { member: ids.id("member", &input.member)? };

        /// Moves a member to another department, from now on or from a day in the past. For administrators.
        change transferMember(TransferMemberInput {
            /// Who.
            member: ID,
            /// Where to.
            department: ID,
            /// Since when they are there; now, if absent. Neither in the future nor before they were registered.
            valid_from: Option<DateTime>,
            /// The `revision` that they were read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on member => |ids, input| Transfer {
            member: ids.id("member", &input.member)?,
            department: ids.id("department", &input.department)?,
            valid_from: input.valid_from.map(|at| at.0),
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Changes a member's name or e-mail address; what is left out stays. For themselves and administrators.
        change changeProfile(ChangeProfileInput {
            /// Whose.
            member: ID,
            /// Their name from now on.
            name: Option<String>,
            /// Their e-mail address from now on; empty for none.
            email: Option<String>,
            /// The `revision` that they were read with: refused with `CONFLICT` when they were changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on member => |ids, input| ChangeProfile {
            member: ids.id("member", &input.member)?,
            name: input.name.clone(),
            email: input.email.clone(),
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Says that a member left or is suspended. For administrators.
        change deactivateMember(DeactivateMemberInput {
            /// Who.
            member: ID,
        }) on member => |ids, input| Deactivate { member: ids.id("member", &input.member)? };

        /// Says that a member came back. For administrators.
        change reactivateMember(ReactivateMemberInput {
            /// Who.
            member: ID,
        }) on member => |ids, input| Reactivate { member: ids.id("member", &input.member)? };
    }
}

mutations! {
    /// Mutations upon the identities of members.
    IdentityMutation -> MemberPayload {
        /// Has an identity provider vouch for a member: whoever it says is this subject signs in as them. For
        /// administrators.
        change linkIdentity(LinkIdentityInput {
            /// Who it is.
            member: ID,
            /// The provider's issuer identifier, as its tokens say it.
            issuer: String,
            /// The subject, as its tokens say it.
            subject: String,
        }) on member => |ids, input| LinkIdentity {
            member: ids.id("member", &input.member)?,
            issuer: input.issuer.clone(),
            subject: input.subject.clone(),
        };

        /// Has an identity provider vouch for a member no more. For administrators.
        change unlinkIdentity(UnlinkIdentityInput {
            /// Whose identity.
            member: ID,
            /// The provider's issuer identifier.
            issuer: String,
            /// The subject.
            subject: String,
        }) on member => |ids, input| UnlinkIdentity {
            member: ids.id("member", &input.member)?,
            issuer: input.issuer.clone(),
            subject: input.subject.clone(),
        };
    }
}

mutations! {
    /// Mutations of members upon themselves.
    SignInMutation -> OrganisationPayload {
        /// Records that the caller signed in: a trace, once a day at most.
        change signIn(SignInInput {
            /// To the organisation.
            organisation: ID,
        }) on organisation => |ids, input| SignIn {
            organisation: ids.id::<OrganisationId>("organisation", &input.organisation)?,
        };
    }
}
