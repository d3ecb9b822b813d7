//! Uploads that do not come to their end: broken off by whoever sends, by a killed server, by a full disk. Nothing half
//! is ever kept, and what was acknowledged is.

use std::process::Command;
use std::time::Duration;

use passerelle_tests::exchange::{get, upload};
use passerelle_tests::program::done;
use passerelle_tests::skipped::skipped;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::program::Program;
use crate::shelf::Shelf;

/// Begins an upload of so many bytes and sends the first of them.
async fn begun(address: std::net::SocketAddr, token: &str, length: usize, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&vec![7; sent]).await.unwrap();
    stream
}

/// Waits until something holds, for ten seconds at most.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what} does not come to hold");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_cut_off_half_way_leaves_nothing() {
    let shelf = Shelf::new().await;
    let stream = begun(shelf.address(), "Bo", 4_000_000, 2_000_000).await;
    until("something comes in", || !shelf.kept("incoming").is_empty()).await;
    drop(stream);
    until("nothing is left", || shelf.kept("").is_empty()).await;
    shelf.uploaded("Bo", b"the next one").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_in_mid_upload_keeps_what_it_acknowledged_and_nothing_half() {
    let mut program = Program::new().await;
    let address = program.server().address;
    let whole = upload(address, &program.token, b"acknowledged", "").await;
    assert_eq!(whole.status, 201, "{whole:?}");
    let url = program.shared(&whole.json()).await;
    let unnamed = upload(address, &program.token, b"acknowledged too", "").await;
    let _half = begun(address, &program.token, 40_000_000, 20_000_000).await;
    until("something comes in", || !program.kept("incoming").is_empty()).await;
    program.server.take().unwrap().kill();
    assert_eq!(program.kept("sha256").len(), 2, "only what was whole");
    program.serve(|command| command);
    let address = program.server().address;
    assert_eq!(get(address, &program.token, &url, "").await.body, b"acknowledged");
    let later = program.shared(&unnamed.json()).await;
    assert_eq!(get(address, &program.token, &later, "").await.body, b"acknowledged too");
    program.stop();
    let checked = done(&program.folder(), &["check"]);
    assert!(checked.contains("2 files are as they were written"), "{checked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_to_be_full_and_when_there_is_room_it_goes_on() {
    const TEST: &str = "a full disk under an upload";
    let mut program = Program::new().await;
    program.stop();
    let disk = program.scratch.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = ["-t", "tmpfs", "-o", "size=8m", "passerelle", disk.to_str().unwrap()];
    if !Command::new("mount").args(mount).output().is_ok_and(|output| output.status.success()) {
        return skipped(TEST, "no tmpfs can be mounted");
    }
    program.serve(|command| command.arg("--files").arg(&disk));
    let address = program.server().address;
    let full = upload(address, &program.token, &vec![7; 20_000_000], "").await;
    let code = full.code();
    let left = || std::fs::read_dir(disk.join("incoming")).map_or(0, Iterator::count);
    until("what did not fit is removed", || left() == 0).await;
    let next = upload(address, &program.token, b"small", "").await;
    let url = program.shared(&next.json()).await;
    let got = get(address, &program.token, &url, "").await;
    program.stop();
    Command::new("umount").arg(&disk).output().unwrap();
    assert_eq!((full.status, code.as_str()), (507, "STORAGE_FULL"));
    assert_eq!((next.status, got.body.as_slice()), (201, &b"small"[..]));
}
