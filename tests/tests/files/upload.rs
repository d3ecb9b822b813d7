//! What comes in: streamed, within its size, under no name of its sender's choosing; and who may name it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use passerelle::clock::{Clock, SystemClock};
use passerelle::files::Limits;
use passerelle_tests::exchange::{send, upload};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::shelf::Shelf;

const BREAD: &[u8] = b"flour, water, salt";
const BREAD_SHA256: &str = "a3b1a2cbe1e2d6e6e7e2f60aafdd8f1d1fc5b0dcaf4f1d3c8b7ee51fe8b30b76";

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_answered_with_what_a_document_is_shared_with() {
    let mut shelf = Shelf::new().await;
    let file = shelf.uploaded("Bo", BREAD).await;
    assert_eq!(file, json!({"sha256": sha256(BREAD), "size": BREAD.len(), "mediaType": "text/plain"}));
    let url = shelf.shared("Bo", shelf.in_community(), "Bread", &file).await;
    assert_eq!(shelf.gets("Cy", &url).await.body, BREAD);
    let empty = shelf.uploaded("Bo", b"").await;
    let url = shelf.shared("Bo", shelf.in_community(), "Nothing", &empty).await;
    let nothing = shelf.gets("Cy", &url).await;
    assert_eq!((nothing.status, nothing.body.len(), nothing.header("content-length")), (200, 0, Some("0")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_does_not_say_how_long_it_is_is_taken_as_it_comes() {
    let shelf = Shelf::new().await;
    let head = "POST /files HTTP/1.1\r\nauthorization: Bearer Bo\r\ntransfer-encoding: chunked";
    let reply = send(shelf.address(), head, b"5\r\nflour\r\n7\r\n, water\r\n0\r\n\r\n").await;
    assert_eq!(reply.status, 201);
    assert_eq!(reply.json()["sha256"], sha256(b"flour, water"));
    assert_eq!(reply.json()["mediaType"], "application/octet-stream");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_streamed_and_comes_back_as_it_was() {
    let mut shelf = Shelf::new().await;
    let bytes: Vec<u8> = (0..9_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let file = shelf.uploaded("Bo", &bytes).await;
    assert_eq!(file["sha256"], sha256(&bytes));
    let url = shelf.shared("Bo", shelf.in_community(), "Film", &file).await;
    assert!(shelf.gets("Cy", &url).await.body == bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_shows_no_token_uploads_nothing() {
    let shelf = Shelf::new().await;
    let reply = upload(shelf.address(), "nobody", BREAD, "").await;
    assert_eq!((reply.status, reply.code().as_str()), (401, "UNAUTHENTICATED"));
    assert!(shelf.kept("").is_empty());
    let other = send(shelf.address(), "GET /files HTTP/1.1\r\nauthorization: Bearer Bo", b"").await;
    assert_eq!((other.status, other.header("allow")), (405, Some("POST")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_what_its_digest_says_is_not_kept() {
    let shelf = Shelf::new().await;
    let digest = |bytes: &[u8]| {
        format!("\r\ncontent-digest: sha-512=:AAAA:, sha-256=:{}:", STANDARD.encode(Sha256::digest(bytes)))
    };
    let reply = upload(shelf.address(), "Bo", BREAD, &digest(b"something else")).await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "DIGEST_MISMATCH"));
    let reply = upload(shelf.address(), "Bo", BREAD, "\r\ncontent-digest: sha-256=nothing").await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"));
    assert!(shelf.kept("sha256").is_empty() && shelf.kept("uploads").is_empty());
    assert_eq!(upload(shelf.address(), "Bo", BREAD, &digest(BREAD)).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_larger_than_a_file_may_be_is_refused_before_it_comes_in() {
    let shelf = Shelf::within(Limits { file: 1_000, ..Limits::default() }).await;
    let mut stream = TcpStream::connect(shelf.address()).await.unwrap();
    // Ten gigabytes, of which not one byte is sent.
    let head = "POST /files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer Bo\r\nexpect: 100-continue\r\n\
                content-length: 10737418240\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![];
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("PAYLOAD_TOO_LARGE") && answer.contains("1000 bytes at most"), "{answer}");
    let chunked = "POST /files HTTP/1.1\r\nauthorization: Bearer Bo\r\ntransfer-encoding: chunked";
    let body = format!("3e9\r\n{}\r\n0\r\n\r\n", "x".repeat(1_001));
    let reply = send(shelf.address(), chunked, body.as_bytes()).await;
    assert_eq!((reply.status, reply.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
    assert_eq!(upload(shelf.address(), "Bo", &[7; 1_000], "").await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_or_a_compressed_or_partial_body_is_no_file() {
    let shelf = Shelf::new().await;
    for header in [
        "content-type: multipart/form-data; boundary=x",
        "content-type: application/x-www-form-urlencoded",
        "content-type: nonsense",
        "content-encoding: gzip",
        "content-range: bytes 0-17/18",
    ] {
        let reply = upload(shelf.address(), "Bo", BREAD, &format!("\r\n{header}")).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"), "{header}");
    }
    assert!(shelf.kept("").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_answered_alike_whether_the_file_was_there_or_not() {
    let shelf = Shelf::new().await;
    let first = upload(shelf.address(), "Bo", BREAD, "").await;
    let second = upload(shelf.address(), "Cy", BREAD, "").await;
    let date = |head: &str| head.lines().filter(|line| !line.starts_with("date:")).collect::<String>();
    assert_eq!(
        (first.status, date(&first.head), &first.body),
        (second.status, date(&second.head), &second.body)
    );
    assert_eq!(shelf.kept("sha256"), [sha256(BREAD)], "the same file is kept once");
    assert_eq!(shelf.kept("uploads").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn knowing_what_is_in_a_file_is_not_having_it() {
    let mut shelf = Shelf::new().await;
    let file = shelf.uploaded("Bo", BREAD).await;
    let to_cy = shelf.to("Cy");
    shelf.shared("Bo", to_cy, "Secret", &file).await;
    let share = |file| json!({"audience": shelf.to("Ada"), "name": "Mine", "contents": {"file": file}});
    let refused = shelf.story.is_refused("Di", "shareDocument", share(file.clone())).await;
    assert_eq!(refused["code"], "FILE_NOT_UPLOADED");
    assert_eq!(refused["field"], json!(["input", "contents", "file", "sha256"]));
    let absent = json!({"sha256": BREAD_SHA256, "size": BREAD.len(), "mediaType": "text/plain"});
    let never_there = shelf.story.is_refused("Di", "shareDocument", share(absent)).await;
    assert_eq!(never_there, refused, "nothing tells a file of others from one that is not there");
    let other_size = json!({"sha256": file["sha256"], "size": 1, "mediaType": "text/plain"});
    assert_eq!(
        shelf.story.is_refused("Bo", "shareDocument", share(other_size)).await["code"],
        "FILE_NOT_UPLOADED"
    );
    // Cy may read it, so Cy has it at hand.
    let document = json!({"audience": shelf.to("Ada"), "name": "Passed on", "contents": {"file": file}});
    shelf.story.does("Cy", "shareDocument", document, "document", "Passed on").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_may_be_named_for_a_day() {
    let shelf = Shelf::new().await;
    let file = shelf.uploaded("Bo", BREAD).await;
    // The story takes place before the files of today were written: it goes on to two days from now.
    let then = shelf.story.engine.now();
    let minutes_until_today = (SystemClock.now().micros() - then.micros()) / 60_000_000;
    let share = json!({"audience": shelf.in_community(), "name": "Late", "contents": {"file": file}});
    shelf.story.later(minutes_until_today + 25 * 60);
    assert_eq!(shelf.story.is_refused("Bo", "shareDocument", share).await["code"], "FILE_NOT_UPLOADED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_leads_elsewhere_leads_nowhere() {
    let mut shelf = Shelf::new().await;
    let before = shelf.kept("..");
    let url = shelf.with("Bo", "../../etc/passwd", BREAD).await;
    let reply = shelf.gets("Cy", &url).await;
    assert_eq!(reply.header("content-disposition"), Some("attachment; filename=\"_.._etc_passwd\""));
    let after = shelf.kept("..");
    assert_eq!(after.len(), before.len() + 2, "the file and its receipt, and nothing elsewhere: {after:?}");
    for path in
        ["/files/../../etc/passwd", "/files/..%2f..%2fetc%2fpasswd", "/documents/../../versions/1/content"]
    {
        let reply = shelf.gets("Bo", path).await;
        assert_eq!((reply.status, reply.code().as_str()), (404, "NOT_FOUND"), "{path}");
    }
    let named = json!({"sha256": "../../../../etc/passwd", "size": 1, "mediaType": "text/plain"});
    let share = json!({"audience": shelf.in_community(), "name": "x", "contents": {"file": named}});
    assert_eq!(shelf.story.is_refused("Bo", "shareDocument", share).await["code"], "NOT_A_SHA256");
}
