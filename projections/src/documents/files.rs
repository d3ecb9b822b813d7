//! Which files the versions of documents name: who may reach one, who named how much, which are named by none.

use domain::id::{DocumentId, MemberId};

use crate::audience::visible;
use crate::value::{Value, col, id};
use crate::{Error, Snapshot, Viewer};

/// Documents of which the viewer may read a version that holds this file.
pub fn readable(
    snapshot: &Snapshot,
    viewer: &Viewer,
    sha256: &str,
    size: u64,
) -> Result<Vec<DocumentId>, Error> {
    let sql = concat!(
        "SELECT DISTINCT v.document FROM document_versions v JOIN documents d ON d.document = v.document
            WHERE v.contents = 1 AND v.sha256 = ?2 AND v.size = ?3 AND d.withdrawn = 0 AND ",
        visible!("d", "document"),
        " LIMIT 100"
    );
    snapshot.rows(sql, &[viewer.value(), sha256.into(), size.into()], |row| id(row, 0))
}

/// The documents that name each of these files, withdrawn ones too: for the operator, who keeps the files.
pub fn naming(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    sha256s: &[&str],
) -> Result<Vec<(String, DocumentId)>, Error> {
    let sql =
        "SELECT DISTINCT sha256, document FROM document_versions WHERE contents = 1 AND sha256 IN ({ids})";
    snapshot.by_ids(sql, &[], sha256s.iter().copied(), |row| Ok((col(row, 0)?, id(row, 1)?)))
}

/// How many bytes the files have that a member named in versions, each file once.
pub fn named_by(snapshot: &Snapshot, _viewer: &Viewer, author: MemberId) -> Result<u64, Error> {
    Ok(snapshot.row(NAMED_BY, &[author.into()], |row| col(row, 0))?.unwrap_or(0))
}

const NAMED_BY: &str =
    "SELECT COALESCE(SUM(size), 0) FROM (SELECT DISTINCT sha256, size FROM document_versions
    WHERE contents = 1 AND author = ?1)";

/// The same of everybody together: each file once for each member who named it, so that the sum says nothing of who
/// shares a file with whom.
pub fn named(snapshot: &Snapshot, _viewer: &Viewer) -> Result<u64, Error> {
    Ok(snapshot.row(NAMED, &[], |row| col(row, 0))?.unwrap_or(0))
}

const NAMED: &str =
    "SELECT COALESCE(SUM(size), 0) FROM (SELECT DISTINCT author, sha256, size FROM document_versions
    WHERE contents = 1)";

/// Which of these files a member named in versions.
pub fn named_among(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    author: MemberId,
    sha256s: &[&str],
) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT sha256 FROM document_versions WHERE contents = 1 AND author = ?1 AND sha256 IN ({ids})";
    snapshot.by_ids(sql, &[Value::from(author)], sha256s.iter().copied(), |row| col(row, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batches::{given, shared};
    use crate::given::{History, community, document, member};
    use domain::audience::Audience;
    use domain::document::{Contents, Revised, Withdrawn};
    use domain::sealed::Sealed;

    const OPERATOR: &Viewer = &Viewer::Operator;

    fn file(sha256: &str, size: u64) -> Contents {
        Contents::File { sha256: sha256.to_owned(), size, media_type: "text/plain".to_owned() }
    }

    fn revised(n: u64, number: u32, contents: Contents) -> Revised {
        let (author, community) = (member(1), Some(community(1)));
        Revised { document: document(n), author, community, number, contents, link: Sealed::Gone }
    }

    /// Two documents, of which the first holds two files in three versions and the second one of them.
    fn two() -> History {
        let here = Audience::Community(community(1));
        given()
            .and(shared(1, here.clone()))
            .and(shared(2, Audience::Members(vec![member(2)])))
            .and(revised(1, 2, file("aa", 3)))
            .and(revised(1, 3, file("bb", 4)))
            .and(revised(1, 4, file("aa", 3)))
            .and(Revised { community: None, ..revised(2, 2, file("bb", 4)) })
    }

    #[test]
    fn a_file_is_reached_through_what_may_be_read() {
        let snapshot = two().snapshot();
        assert_eq!(readable(&snapshot, OPERATOR, "bb", 4).unwrap().len(), 2);
        assert_eq!(readable(&snapshot, OPERATOR, "bb", 5).unwrap(), []);
        let nobody = Viewer::Member(member(77));
        assert_eq!(readable(&snapshot, &nobody, "bb", 4).unwrap(), [document(1)], "an open community");
        let withdrawn = Withdrawn { document: document(1), author: member(1), community: None };
        assert_eq!(readable(&two().and(withdrawn).snapshot(), &nobody, "bb", 4).unwrap(), []);
    }

    #[test]
    fn each_file_counts_once_for_who_named_it() {
        let snapshot = two().snapshot();
        assert_eq!(named_by(&snapshot, OPERATOR, member(1)).unwrap(), 7);
        assert_eq!(named_by(&snapshot, OPERATOR, member(5)).unwrap(), 0);
        assert_eq!(named(&snapshot, OPERATOR).unwrap(), 7);
        assert_eq!(named_among(&snapshot, OPERATOR, member(1), &["aa", "cc"]).unwrap(), ["aa"]);
    }

    #[test]
    fn who_keeps_the_files_knows_which_are_named_also_by_what_was_withdrawn() {
        let withdrawn = Withdrawn { document: document(1), author: member(1), community: None };
        let snapshot = two().and(withdrawn).snapshot();
        let mut naming = naming(&snapshot, OPERATOR, &["aa", "bb", "cc"]).unwrap();
        naming.sort();
        let expected = [("aa", 1), ("bb", 1), ("bb", 2)];
        assert_eq!(naming, expected.map(|(sha256, n)| (sha256.to_owned(), document(n))));
    }

    #[test]
    fn what_was_named_is_summed_from_an_index() {
        let snapshot = two().snapshot();
        for sql in [NAMED, NAMED_BY] {
            let plan = crate::given::plan(&snapshot, sql);
            assert!(plan.contains("COVERING INDEX document_versions_of_author"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
