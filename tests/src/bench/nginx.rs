//! nginx as a reference: a folder served as Debian's nginx serves files, with sendfile.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::log::Scratch;

/// An nginx of our own; ended when it is dropped.
pub struct Nginx {
    /// Where it listens.
    pub address: SocketAddr,
    server: Child,
    _scratch: Scratch,
}

impl Nginx {
    /// Serves a folder; `None` where there is no nginx.
    pub fn of(folder: &Path) -> Option<Self> {
        let scratch = Scratch::new().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let place = scratch.path().display();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary: String =
            temporary.iter().map(|kind| format!("{kind}_temp_path {place}/{kind};\n")).collect();
        let settings = format!(
            "user root; worker_processes 2; daemon off; pid {place}/pid; error_log {place}/errors;
            events {{ worker_connections 512; }}
            http {{
                access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000;
                default_type application/octet-stream;
                {temporary}
                server {{ listen {address}; root {}; }}
            }}",
            folder.display()
        );
        let file = scratch.path().join("nginx.conf");
        fs::write(&file, settings).unwrap();
        let mut command = Command::new("nginx");
        command.args(["-p", scratch.path().to_str().unwrap(), "-c", file.to_str().unwrap()]);
        let server = command.stderr(Stdio::null()).spawn().ok()?;
        let nginx = Self { address, server, _scratch: scratch };
        let listens = |_: &u32| {
            std::thread::sleep(Duration::from_millis(20));
            TcpStream::connect(address).is_ok()
        };
        (0..200).find(listens).map(|_| nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end with it only when it is asked to.
        let _ = Command::new("kill").args(["-TERM", &self.server.id().to_string()]).status();
        let _ = self.server.wait();
    }
}
