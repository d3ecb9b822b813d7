//! How much a member and the organisation may keep, and what that tells of others: nothing.

use passerelle::files::Limits;
use passerelle_tests::exchange::{send, upload};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::shelf::Shelf;

async fn code(shelf: &Shelf, who: &str, body: &[u8]) -> (u16, String) {
    let reply = upload(shelf.address(), who, body, "").await;
    (reply.status, if reply.status == 201 { String::new() } else { reply.code() })
}

fn over() -> (u16, String) {
    (507, "QUOTA_EXCEEDED".to_owned())
}

fn kept() -> (u16, String) {
    (201, String::new())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_keeps_as_much_as_the_quota_allows_each_file_once() {
    let mut shelf = Shelf::within(Limits { member: Some(100), ..Limits::default() }).await;
    assert_eq!(code(&shelf, "Bo", &[1; 60]).await, kept());
    assert_eq!(code(&shelf, "Bo", &[2; 60]).await, over());
    assert_eq!(code(&shelf, "Cy", &[2; 60]).await, kept(), "each has their own");
    let file = shelf.uploaded("Bo", &[3; 40]).await;
    shelf.shared("Bo", shelf.in_community(), "three", &file).await;
    shelf.shared("Bo", shelf.in_community(), "three again", &file).await;
    assert_eq!(code(&shelf, "Bo", &[4; 1]).await, over(), "named or not, sixty and forty are a hundred");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_say_how_long_it_is_is_stopped_where_the_quota_ends() {
    let shelf = Shelf::within(Limits { member: Some(3 << 20), ..Limits::default() }).await;
    let head = "POST /files HTTP/1.1\r\nauthorization: Bearer Bo\r\ntransfer-encoding: chunked";
    let body = format!("400000\r\n{}\r\n0\r\n\r\n", "x".repeat(4 << 20));
    let reply = send(shelf.address(), head, body.as_bytes()).await;
    assert_eq!((reply.status, reply.code()), over());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_coming_in_counts() {
    let shelf = Shelf::within(Limits { member: Some(100), ..Limits::default() }).await;
    let mut stream = TcpStream::connect(shelf.address()).await.unwrap();
    let head = "POST /files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer Bo\r\ncontent-length: 80\r\n\r\nx";
    stream.write_all(head.as_bytes()).await.unwrap();
    while shelf.kept("incoming").is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(code(&shelf, "Bo", &[1; 30]).await, over());
    drop(stream);
    for _ in 0..200 {
        if shelf.kept("incoming").is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(code(&shelf, "Bo", &[1; 30]).await, kept(), "what was broken off counts no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quota_of_all_says_nothing_of_what_others_keep() {
    let shelf = Shelf::within(Limits { member: None, organisation: Some(100), ..Limits::default() }).await;
    assert_eq!(code(&shelf, "Bo", &[1; 60]).await, kept());
    assert_eq!(code(&shelf, "Cy", &[1; 60]).await, over(), "the same file");
    assert_eq!(code(&shelf, "Cy", &[2; 60]).await, over(), "as another one");
    assert_eq!(code(&shelf, "Cy", &[2; 40]).await, kept());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_uploads_eight_files_at_once_and_no_more() {
    let shelf = Shelf::new().await;
    let mut streams = vec![];
    for _ in 0..8 {
        let mut stream = TcpStream::connect(shelf.address()).await.unwrap();
        let head =
            "POST /files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer Bo\r\ncontent-length: 8\r\n\r\nx";
        stream.write_all(head.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    while shelf.kept("incoming").len() < 8 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let reply = upload(shelf.address(), "Bo", b"x", "").await;
    assert_eq!((reply.status, reply.code().as_str()), (503, "TOO_MANY_UPLOADS"));
    assert_eq!(reply.header("retry-after"), Some("10"));
    assert_eq!(code(&shelf, "Cy", b"x").await, kept());
}
