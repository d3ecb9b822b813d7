//! Files in a bucket of a real S3-compatible server (PyPI `moto`), where the program was built for one.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use passerelle_tests::exchange::{get, send, upload};
use passerelle_tests::log::Scratch;
use passerelle_tests::program::command;
use passerelle_tests::skipped::skipped;
use tokio::net::TcpStream;

use crate::program::Program;
use crate::shelf::names_below;

const TEST: &str = "files in a bucket";

/// A `moto` server with an empty bucket; ended with the test.
struct Bucket {
    server: Child,
    port: u16,
}

impl Drop for Bucket {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Bucket {
    /// Starts one, if there is a program for it.
    async fn new() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let arguments = ["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()];
        let quiet = (Stdio::null(), Stdio::null());
        let server = Command::new("python3").args(arguments).stdout(quiet.0).stderr(quiet.1).spawn().ok()?;
        let mut bucket = Self { server, port };
        for _ in 0..600 {
            if bucket.server.try_wait().unwrap().is_some() {
                return None;
            }
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                let head = format!("PUT /files HTTP/1.1\r\nauthorization: {}", Self::SIGNED);
                let made = send(([127, 0, 0, 1], port).into(), &head, b"").await;
                assert_eq!(made.status, 200, "{made:?}");
                return Some(bucket);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        None
    }

    /// A signature that nobody checks, but that says which service is meant.
    const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, \
                          Signature=0";

    /// Lets a command keep its files in the bucket.
    fn of<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port))
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_ACCESS_KEY_ID", "key")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_REGION", "us-east-1")
            .args(["--files", "s3://files/some/where"])
    }
}

/// Whether the program was built for buckets: else it says so before it listens.
fn built_for_buckets(scratch: &Scratch) -> bool {
    let folder = scratch.path().join("none");
    let arguments = ["serve", "--listen", "192.0.2.1:1", "--files", "s3://files/some/where"];
    let output = command(&folder, &arguments).env("AWS_REGION", "us-east-1").output().unwrap();
    !String::from_utf8_lossy(&output.stderr).contains("built without S3")
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_into_a_bucket_and_come_out_whole_and_in_part() {
    let mut program = Program::new().await;
    if !built_for_buckets(&program.scratch) {
        return skipped(TEST, "the program was built without the feature s3");
    }
    let Some(bucket) = Bucket::new().await else { return skipped(TEST, "python3 has no moto[server]") };
    program.stop();
    program.serve(|command| bucket.of(command));
    let address = program.server().address;
    let bytes: Vec<u8> = (0..12_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for body in [&bytes[..], b"small", b""] {
        let uploaded = upload(address, &program.token, body, "").await;
        assert_eq!(uploaded.status, 201, "{uploaded:?}");
        let url = program.shared(&uploaded.json()).await;
        assert!(get(address, &program.token, &url, "").await.body == body);
    }
    let again = upload(address, &program.token, &bytes, "").await;
    let url = program.shared(&again.json()).await;
    let part = get(address, &program.token, &url, "\r\nrange: bytes=6000000-6000009").await;
    assert_eq!((part.status, part.body.as_slice()), (206, &bytes[6_000_000..6_000_010]));
    program.stop();
    assert!(program.kept("").is_empty(), "nothing is kept in the folder");
    let mut check = command(&program.folder(), &["check"]);
    let checked = String::from_utf8(bucket.of(&mut check).output().unwrap().stdout).unwrap();
    assert!(checked.contains("3 files are as they were written"), "{checked}");
    let backup = program.scratch.path().join("backup");
    let mut command = command(&program.folder(), &["backup", backup.to_str().unwrap()]);
    assert!(bucket.of(&mut command).status().unwrap().success());
    assert_eq!(names_below(&backup.join("files/sha256")).len(), 3, "a back-up is one folder");
}
