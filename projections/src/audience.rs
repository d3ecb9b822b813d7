//! What is for whom, in SQL: the conditions that all queries share. Each is about a viewer bound as `?1`, `NULL` for an
//! operator, and says what `domain::policy` and `domain::audience` say to rules.

/// Whether the membership with this alias is of somebody inside the community: who joined it, leads it or sponsors it.
macro_rules! inside {
    ($membership:literal) => {
        concat!(
            "(",
            $membership,
            ".standing = 3 OR ",
            $membership,
            ".leads > 0 OR ",
            $membership,
            ".sponsors > 0)"
        )
    };
}

/// Whether a viewer may know of the community with this alias: one by invitation is known to those inside or invited.
macro_rules! known {
    ($community:literal) => {
        concat!(
            "(?1 IS NULL OR ",
            $community,
            ".access <> 2 OR EXISTS (SELECT 1 FROM memberships km WHERE km.community = ",
            $community,
            ".community AND km.member = ?1 AND (km.standing = 2 OR ",
            $crate::audience::inside!("km"),
            ")))"
        )
    };
}

/// Whether a viewer may read in the community with this alias: if it is open, or they are inside.
macro_rules! reads_in {
    ($community:literal) => {
        concat!(
            "(?1 IS NULL OR ",
            $community,
            ".access = 0 OR EXISTS (SELECT 1 FROM memberships rm WHERE rm.community = ",
            $community,
            ".community AND rm.member = ?1 AND ",
            $crate::audience::inside!("rm"),
            "))"
        )
    };
}

/// Whether a viewer may read a row of posts or documents with this alias and id: what is in a community, if they may
/// read in it; else what they wrote or what is addressed to them. What is hidden is for its author and those who
/// moderate.
macro_rules! visible {
    ($alias:literal, $id:literal) => {
        concat!(
            "(?1 IS NULL OR CASE WHEN ",
            $alias,
            ".community IS NOT NULL THEN EXISTS (SELECT 1 FROM communities vc WHERE vc.community = ",
            $alias,
            ".community AND ",
            $crate::audience::reads_in!("vc"),
            ") ELSE ",
            $alias,
            ".author = ?1 OR EXISTS (SELECT 1 FROM addressees va WHERE va.member = ?1
                AND va.published_at = ",
            $alias,
            ".published_at AND va.item = ",
            $alias,
            ".",
            $id,
            ") END AND ",
            $crate::audience::unhidden!(concat!($alias, ".", $id)),
            ")"
        )
    };
}

/// Whether a viewer moderates what is in this community, or in none: its moderators and its leader, and
/// administrators. A query has no clock, so that only who administers without an end counts here.
macro_rules! moderates {
    ($community:expr) => {
        concat!(
            "(EXISTS (SELECT 1 FROM memberships hm WHERE hm.community = ",
            $community,
            " AND hm.member = ?1 AND (hm.moderator > 0 OR hm.leads > 0))
              OR EXISTS (SELECT 1 FROM roles hr WHERE hr.member = ?1 AND hr.role = 2 AND hr.until IS NULL))"
        )
    };
}

/// Whether what has this id is not hidden from a viewer: from everybody but its author and those who moderate.
macro_rules! unhidden {
    ($id:expr) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM hidden h WHERE h.item = ",
            $id,
            " AND h.author <> ?1 AND NOT ",
            $crate::audience::moderates!("h.community"),
            ")"
        )
    };
}

pub(crate) use {inside, known, moderates, reads_in, unhidden, visible};
