//! What was known on a day: the same whether it is replayed from the whole history or nothing came after it.

use domain::time::Day;
use passerelle_tests::log::{Scratch, as_in, demonstration, events_in, views_in, write};
use passerelle_tests::program::done;
use projections::Views;

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_until_a_day_gives_what_an_import_that_stopped_there_gives() {
    let scratch = Scratch::new().unwrap();
    let [whole, stopped, as_of, log] =
        ["whole", "stopped", "as-of", "log"].map(|name| scratch.path().join(name));
    write(&demonstration(1_500).unwrap(), &log).unwrap();
    let log = log.to_str().unwrap();
    done(&whole, &["import", log]);
    let history = events_in(&whole).await.unwrap();
    let day: Day = history[history.len() / 2].metadata.local_day;
    // The day as everybody in Paris has it, in winter.
    let (replayed, end) = (as_of.join("views.db"), format!("{day}T22:59:59.999999Z"));
    std::fs::create_dir(&as_of).unwrap();
    done(&whole, &["replay", "--until", &day.to_string(), "--to", replayed.to_str().unwrap()]);
    done(&stopped, &["import", log, "--until", &end]);

    let prefix = events_in(&stopped).await.unwrap();
    assert!(prefix.len() > 1_000 && prefix.len() < history.len(), "{} of {}", prefix.len(), history.len());
    assert_eq!(as_in(prefix.clone(), &history), history[..prefix.len()]);
    std::fs::rename(replayed, Views::path_in(&as_of)).unwrap();
    let (of_replay, of_import) = (views_in(&as_of).unwrap(), views_in(&stopped).unwrap());
    assert_eq!(of_replay.0, prefix[prefix.len() - 1].position);
    for (replayed, imported) in of_replay.1.iter().zip(&of_import.1) {
        assert_eq!(replayed, imported, "of {day}");
    }
    assert_eq!(of_replay, of_import);
}
