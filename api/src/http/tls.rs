//! TLS, with a certificate that is read again when its files change.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use parking_lot::Mutex;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

/// Why there is no TLS with these files.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// A file is not what it should be.
    #[error("{}: {source}", path.display())]
    Pem {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        source: pem::Error,
    },
    /// The certificate holds nothing, or belongs to another key.
    #[error("{} and {}: {source}", certificate.display(), key.display())]
    Pair {
        /// The certificate.
        certificate: PathBuf,
        /// The key.
        key: PathBuf,
        /// Why they do not go together.
        source: rustls::Error,
    },
}

/// A certificate with its key.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: Mutex<Current>,
}

struct Current {
    config: Arc<ServerConfig>,
    written: [Option<SystemTime>; 2],
    looked_at: Instant,
}

/// How often the files are looked at, at most.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

impl Tls {
    /// Reads a certificate with those that vouch for it, and its key, both PEM.
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, Unusable> {
        let written = written([certificate, key]);
        let current = Current { config: read(certificate, key)?, written, looked_at: Instant::now() };
        let (certificate, key) = (certificate.to_owned(), key.to_owned());
        Ok(Self { certificate, key, current: Mutex::new(current) })
    }

    /// What the next connection is accepted with. Files that have changed and cannot be used are said so, and those read
    /// before go on.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let mut current = self.current.lock();
        if current.looked_at.elapsed() >= LOOK_AGAIN {
            current.looked_at = Instant::now();
            let written = written([&self.certificate, &self.key]);
            if written != current.written {
                match read(&self.certificate, &self.key) {
                    Ok(config) => (current.config, current.written) = (config, written),
                    Err(error) => {
                        tracing::error!(%error, "the new certificate cannot be used; the old one is")
                    }
                }
            }
        }
        TlsAcceptor::from(Arc::clone(&current.config))
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

fn written(paths: [&Path; 2]) -> [Option<SystemTime>; 2] {
    paths.map(|path| path.metadata().and_then(|file| file.modified()).ok())
}

fn read(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, Unusable> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| Unusable::Pem { path, source }
    };
    let chain = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect);
    let chain: Vec<_> = chain.map_err(unreadable(certificate))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(unreadable(key))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let config = builder
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private));
    let wrong = |source| Unusable::Pair { certificate: certificate.to_owned(), key: key.to_owned(), source };
    let mut config = config.map_err(wrong)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
