//! The demonstration's organisation, brought in like any other: nothing of it is refused, and what is exported and
//! imported again is the same bytes.

use passerelle_tests::log::{World, demonstration};

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_goes_in_and_out_and_in_again() {
    // The whole takes a minute without optimisation.
    let files = demonstration(8_000).unwrap();
    let (first, second) = (World::empty().await.unwrap(), World::empty().await.unwrap());
    let summary = first.import_what_fits(&files).await.unwrap();
    let refused: Vec<String> = summary.refused.iter().take(20).map(ToString::to_string).collect();
    assert_eq!((summary.refused_count, refused), (0, vec![]), "of {} rows", summary.read);
    let exported = first.export().await.unwrap();
    second.import(&exported).await.unwrap();
    let again = second.export().await.unwrap();
    assert!(exported == again, "the bytes differ");
}
