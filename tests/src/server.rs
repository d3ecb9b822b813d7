//! A real server on this machine, whatever answers behind it.

use std::net::SocketAddr;

use async_graphql::Executor;
use passerelle::http::{Authenticate, Transport, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server that stops when whoever started it says so or ends.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Serves a transport.
    pub async fn of<E: Executor, A: Authenticate>(transport: Transport<E, A>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(serve(listener, transport, async {
            let _ = stopped.await;
        }));
        Ok(Self { address, stop: Some(stop), served })
    }

    /// Stops it and waits for its end.
    pub async fn stop(mut self) -> std::io::Result<()> {
        drop(self.stop.take());
        self.served.await.unwrap_or_else(|error| Err(std::io::Error::other(error)))
    }
}
