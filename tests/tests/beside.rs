//! A folder is read while it is served: back-up, exports, events and check beside a server under load.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use passerelle_tests::load::Connection;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, done, refused};
use serde_json::{Value, json};

const ESTABLISH: &str =
    "mutation { it: establishOrganisation(input: {name: \"O\", timeZone: \"UTC\", language: \"en\"})
    { organisation { id } } }";

/// Opens departments on some connections until it is told to stop.
struct Load {
    stop: Arc<AtomicBool>,
    opened: Arc<AtomicU64>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Load {
    fn begin(server: &Served, token: &str) -> Self {
        let (stop, opened) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let tasks = (0..4).map(|_| {
            let (stop, opened) = (stop.clone(), opened.clone());
            let (address, token) = (server.address, token.to_owned());
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await.unwrap();
                while !stop.load(Ordering::SeqCst) {
                    let number = opened.fetch_add(1, Ordering::SeqCst);
                    let document = format!(
                        "mutation {{ it: openDepartment(input: {{name: \"D{number}\"}}) {{ userErrors {{ code }} }} }}"
                    );
                    let body = json!({ "query": document }).to_string();
                    let answer = connection.graphql(&token, &body).await.unwrap().json();
                    assert_eq!(answer["data"]["it"]["userErrors"], json!([]), "{answer}");
                }
            })
        });
        Self { tasks: tasks.collect(), stop, opened }
    }

    /// Waits until so many more were sent.
    async fn goes_on(&self, more: u64) {
        let until = self.opened.load(Ordering::SeqCst) + more;
        while self.opened.load(Ordering::SeqCst) < until {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    async fn end(self) {
        self.stop.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.unwrap();
        }
    }
}

/// The events that are printed, as they are stored.
fn events(folder: &std::path::Path) -> Vec<Value> {
    let printed = done(folder, &["events", "--cloudevents"]);
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_back_up_taken_under_load_restores_and_is_a_prefix_of_what_is_served() {
    let scratch = Scratch::new().unwrap();
    let (folder, copy) = (scratch.path().join("data"), scratch.path().join("copy"));
    let server = Served::start(&folder);
    let token = server.token.clone().unwrap();
    server.asks(&token, ESTABLISH, json!({})).await;
    let load = Load::begin(&server, &token);
    load.goes_on(50).await;
    let said = done(&folder, &["backup", copy.to_str().unwrap()]);
    assert!(said.contains("copied and compared"), "{said}");
    load.goes_on(20).await;
    load.end().await;
    server.terminate();

    let (copied, whole) = (events(&copy), events(&folder));
    assert!(copied.len() > 50 && copied.len() < whole.len(), "{} of {}", copied.len(), whole.len());
    for (copied, original) in copied.iter().zip(&whole) {
        for part in ["id", "subject", "sequence", "time", "recordedtime", "digest", "data", "metadata"] {
            assert_eq!(copied[part], original[part]);
        }
    }
    let restored = Served::start(&copy);
    let query = "{ organisation { departments { name } } }";
    let answer = restored.asks(&token, query, json!({})).await.json();
    let departments = answer["data"]["organisation"]["departments"].as_array().unwrap().len();
    assert_eq!(departments, copied.len() - 2, "one for each event but the token's and the organisation's");
    let checked = done(&copy, &["check"]);
    assert!(checked.contains("as they were written"), "{checked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_events_and_check_work_beside_a_server_under_load() {
    let scratch = Scratch::new().unwrap();
    let folder = scratch.path().join("data");
    let server = Served::start(&folder);
    let token = server.token.clone().unwrap();
    server.asks(&token, ESTABLISH, json!({})).await;
    let load = Load::begin(&server, &token);
    load.goes_on(20).await;
    let printed = events(&folder);
    assert!(printed.len() > 10, "{}", printed.len());
    let checked = done(&folder, &["check"]);
    assert!(checked.contains("the views are what a replay up to position"), "{checked}");
    let (records, file) = (scratch.path().join("records"), scratch.path().join("journal.jsonl"));
    done(&folder, &["export", records.to_str().unwrap()]);
    assert!(fs::read_to_string(records.join("departments.csv")).unwrap().lines().count() > 10);
    done(&folder, &["export", "--journal-file", file.to_str().unwrap()]);
    load.goes_on(20).await;
    load.end().await;

    let again = scratch.path().join("again");
    done(&again, &["import", "--journal-file", file.to_str().unwrap()]);
    assert_eq!(events(&again).len(), fs::read_to_string(&file).unwrap().lines().count());
    done(&again, &["check"]);
    // The looks of those commands are in the ledger of the folder that they were taken at.
    assert!(done(&folder, &["check"]).contains(" looks are as they were written"));
}

#[test]
fn a_command_that_reads_makes_no_folder() {
    let scratch = Scratch::new().unwrap();
    let folder = scratch.path().join("nowhere");
    for arguments in [&["events"][..], &["check"], &["export", "records"], &["backup", "copy"]] {
        let said = refused(&folder, arguments, 3);
        assert!(said.contains("nowhere"), "{arguments:?}: {said}");
        assert!(!folder.exists(), "{arguments:?}");
    }
}
