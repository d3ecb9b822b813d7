//! Owners of keys as the adapters keep them: a byte for the kind, then 16 of a UUID or 4 of a month.

use domain::id::MemberId;
use domain::sealed::Owner;
use domain::time::Month;
use uuid::Uuid;

/// The stored form of an owner.
pub(crate) fn to_bytes(owner: Owner) -> Vec<u8> {
    let (kind, id): (u8, &[u8]) = match &owner {
        Owner::Personal(member) => (1, member.0.as_bytes()),
        Owner::Content(item) => (2, item.as_bytes()),
        Owner::Trace(month) => (3, &month.0.to_be_bytes()),
        Owner::Look(month) => (4, &month.0.to_be_bytes()),
    };
    let mut bytes = Vec::with_capacity(1 + id.len());
    bytes.push(kind);
    bytes.extend_from_slice(id);
    bytes
}

/// The owner of a stored form.
pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Owner> {
    let (kind, id) = bytes.split_first()?;
    let uuid = || Uuid::from_slice(id).ok();
    let month = || id.try_into().ok().map(i32::from_be_bytes).map(Month);
    match kind {
        1 => uuid().map(MemberId).map(Owner::Personal),
        2 => uuid().map(Owner::Content),
        3 => month().map(Owner::Trace),
        4 => month().map(Owner::Look),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read() {
        let id = Uuid::from_u128(5);
        let owners = [
            Owner::Personal(MemberId(id)),
            Owner::Content(id),
            Owner::Trace(Month(24_000)),
            Owner::Look(Month(24_000)),
        ];
        for owner in owners {
            assert_eq!(from_bytes(&to_bytes(owner)), Some(owner));
        }
        assert_eq!(from_bytes(&[9, 1]), None);
        assert_eq!(from_bytes(&[1, 1]), None);
    }
}
