//! TLS: everything works over it, with the clients that others wrote; a new certificate is taken while serving; and
//! nothing is served to elsewhere without it unless somebody says that a proxy encrypts.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use passerelle::http::tls::Tls;
use passerelle::http::{Settings, Transport};
use passerelle_tests::exchange::{Reply, over};
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command, refused};
use passerelle_tests::server::Server;
use passerelle_tests::skipped::skipped;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::javascript;
use super::schema::small;
use super::server::{self, TOKEN, tokens};

/// A self-signed certificate for this machine, and its key, in files.
struct Pair {
    scratch: Scratch,
}

impl Pair {
    fn new() -> Self {
        let pair = Self { scratch: Scratch::new().unwrap() };
        pair.renew();
        pair
    }

    /// Puts another certificate in the place of the one there; answers with it.
    fn renew(&self) {
        let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        std::fs::write(self.key(), made.signing_key.serialize_pem()).unwrap();
        std::fs::write(self.certificate(), made.cert.pem()).unwrap();
    }

    fn certificate(&self) -> PathBuf {
        self.scratch.path().join("certificate.pem")
    }

    fn key(&self) -> PathBuf {
        self.scratch.path().join("key.pem")
    }

    /// Who trusts the certificate that is there now, and no other.
    fn trusting(&self) -> TlsConnector {
        use rustls::pki_types::CertificateDer;
        use rustls::pki_types::pem::PemObject;
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(self.certificate()).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let client =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        TlsConnector::from(Arc::new(client.with_root_certificates(roots).with_no_client_auth()))
    }

    async fn serve(&self, settings: Settings) -> Server {
        let tls = Tls::open(&self.certificate(), &self.key()).unwrap();
        server::of(Transport::new(small(), tokens(), settings).with_tls(tls)).await
    }
}

async fn get(client: &TlsConnector, address: SocketAddr, path: &str) -> std::io::Result<Reply> {
    let name = ServerName::try_from("localhost").unwrap();
    let stream = client.connect(name, TcpStream::connect(address).await?).await?;
    Ok(over(stream, "localhost", &format!("GET {path} HTTP/1.1\r\nauthorization: Bearer {TOKEN}"), b"").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_sockets_and_events_work_over_tls() {
    let pair = Pair::new();
    // As the checks of events expect it.
    let settings = Settings {
        ping_interval: Duration::from_millis(200),
        send_timeout: Duration::from_millis(300),
        max_held: 2,
        ..Settings::default()
    };
    let server = pair.serve(settings).await;
    let reply = get(&pair.trusting(), server.address, "/graphql?query=%7Bhello%7D").await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (200, &br#"{"data":{"hello":"world"}}"#[..]));
    assert_eq!(reply.header("strict-transport-security"), Some("max-age=31536000"));
    let certificate = pair.certificate();
    for (script, url) in [
        ("audits.js", format!("https://{}/graphql", server.address)),
        ("events.js", format!("https://{}/graphql", server.address)),
    ] {
        let results = javascript::run_trusting(script, &[&url, TOKEN], Some(&certificate)).await;
        if let Some(results) = results {
            javascript::assert_all_ok(&results);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sockets_keep_the_protocol_over_tls() {
    let pair = Pair::new();
    let settings = Settings {
        init_timeout: Duration::from_millis(300),
        ping_interval: Duration::from_millis(400),
        send_timeout: Duration::from_millis(300),
        max_operations: 4,
        ..Settings::default()
    };
    let server = pair.serve(settings).await;
    let url = format!("wss://{}/graphql/ws", server.address);
    let certificate = pair.certificate();
    if let Some(results) = javascript::run_trusting("sockets.js", &[&url, TOKEN], Some(&certificate)).await {
        javascript::assert_all_ok(&results);
    }
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("a clean end").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_encrypt_or_says_nothing_is_let_go() {
    let pair = Pair::new();
    let settings = Settings { head_timeout: Duration::from_millis(300), ..Settings::default() };
    let server = pair.serve(settings).await;
    for said in [&b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"[..], b""] {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(said).await.unwrap();
        let mut answer = vec![];
        let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
        assert!(ended.is_ok() && !answer.starts_with(b"HTTP"), "{answer:?}");
    }
    assert_eq!(get(&pair.trusting(), server.address, "/healthz").await.unwrap().status, 200);
}

/// Serves an empty folder with the certificate.
fn serve(folder: &Path, pair: &Pair) -> Served {
    let (certificate, key) = (pair.certificate(), pair.key());
    let words = ["serve", "--listen", "127.0.0.1:0", "--certificate", certificate.to_str().unwrap(), "--key"];
    let words: Vec<&str> = words.into_iter().chain([key.to_str().unwrap()]).collect();
    Served::of(command(folder, &words))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_certificate_is_taken_while_serving_and_a_broken_one_is_not() {
    let (pair, scratch) = (Pair::new(), Scratch::new().unwrap());
    let server = serve(&scratch.path().join("data"), &pair);
    let before = pair.trusting();
    assert_eq!(get(&before, server.address, "/healthz").await.unwrap().status, 200);
    // The files are looked at every five seconds at most.
    let looked_at_again = Duration::from_millis(5_500);
    std::fs::write(pair.certificate(), "nonsense").unwrap();
    tokio::time::sleep(looked_at_again).await;
    assert_eq!(get(&before, server.address, "/healthz").await.unwrap().status, 200, "the old one goes on");
    pair.renew();
    tokio::time::sleep(looked_at_again).await;
    assert!(get(&before, server.address, "/healthz").await.is_err());
    assert_eq!(get(&pair.trusting(), server.address, "/healthz").await.unwrap().status, 200);
    let (_, said) = server.terminate();
    assert!(said.contains("the new certificate cannot be used"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_asks_over_tls() {
    let (pair, scratch) = (Pair::new(), Scratch::new().unwrap());
    let server = serve(&scratch.path().join("data"), &pair);
    let url = format!("https://localhost:{}/healthz", server.address.port());
    let mut curl = Command::new("curl");
    curl.args(["-sS", "--fail", "--noproxy", "*", "--cacert"]).arg(pair.certificate()).arg(url);
    match tokio::task::spawn_blocking(move || curl.output()).await.unwrap() {
        Err(_) => skipped("curl over TLS", "curl is not there"),
        Ok(output) => assert_eq!(output.stdout, b"alive\n", "{output:?}"),
    }
}

#[test]
fn a_certificate_that_is_none_and_a_key_of_another_are_named() {
    let (pair, other, scratch) = (Pair::new(), Pair::new(), Scratch::new().unwrap());
    let (folder, empty) = (scratch.path().join("data"), scratch.path().join("empty.pem"));
    std::fs::write(&empty, "").unwrap();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    for (certificate, key, named) in [
        (text(&empty), text(&pair.key()), text(&empty)),
        (text(&pair.certificate()), text(&empty), text(&empty)),
        (text(&pair.certificate()), text(&other.key()), text(&other.key())),
        ("/nowhere.pem".to_owned(), text(&pair.key()), "/nowhere.pem".to_owned()),
    ] {
        let words = ["serve", "--listen", "127.0.0.1:0", "--certificate", &certificate, "--key", &key];
        let said = refused(&folder, &words, 3);
        assert!(said.contains(&named), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_served_to_elsewhere_without_tls_unless_a_proxy_is_said_to_encrypt() {
    let scratch = Scratch::new().unwrap();
    let folder = scratch.path().join("data");
    let said = refused(&folder, &["serve", "--listen", "0.0.0.0:0"], 3);
    assert!(said.contains("--certificate") && said.contains("--behind-tls-proxy"), "{said}");
    let server = Served::of(command(&folder, &["serve", "--listen", "0.0.0.0:0", "--behind-tls-proxy"]));
    let here = SocketAddr::from(([127, 0, 0, 1], server.address.port()));
    let reply = over(TcpStream::connect(here).await.unwrap(), here, "GET /healthz HTTP/1.1", b"").await;
    assert_eq!(reply.header("strict-transport-security"), Some("max-age=31536000"));
}
