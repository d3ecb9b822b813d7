//! The listener: connections accepted, with TLS where there is a certificate, requests answered, and a clean end.

use std::convert::Infallible;
use std::future::{Future, pending};
use std::io;
use std::net::SocketAddr;
use std::pin;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Executor;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Version};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use metrics_exporter_prometheus::PrometheusHandle;
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

use super::authentication::Authenticate;
use super::lasting;
use super::patience::Patience;
use super::tls::Tls;
use super::transport::Transport;

/// Time for requests under way to be answered after `shutdown`, and for sockets to say goodbye.
const GRACE: Duration = Duration::from_secs(10);
/// How often the recorder moves samples into its buckets, so that they do not pile up when nobody asks.
const UPKEEP_INTERVAL: Duration = Duration::from_secs(5);
/// How long to wait when a connection cannot be accepted: mostly there are as many as the system allows.
const ACCEPT_AGAIN: Duration = Duration::from_millis(500);

/// Serves until `shutdown` is done: then no connection is accepted, requests under way are answered, and sockets are
/// closed as going away, all within ten seconds.
pub async fn serve<E: Executor, A: Authenticate>(
    listener: TcpListener,
    transport: Transport<E, A>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let closing = Arc::clone(&transport.closing);
    let upkeep = transport.metrics.clone().map(|handle| tokio::spawn(keep_up(handle)));
    let (within, stalled) = (transport.settings.head_timeout, transport.settings.stall_timeout);
    let tls = transport.tls.clone();
    let answering = Answering { within, stalled, router: transport.router() };
    tokio::select! {
        () = accept(&listener, tls.as_deref(), &answering, &closing) => {}
        () = shutdown => {}
    }
    drop((listener, answering));
    closing.send_replace(true);
    let _ = tokio::time::timeout(GRACE, closing.closed()).await;
    if let Some(task) = upkeep {
        task.abort();
    }
    Ok(())
}

/// Accepts connections for as long as it is let.
async fn accept(
    listener: &TcpListener,
    tls: Option<&Tls>,
    answering: &Answering,
    closing: &watch::Sender<bool>,
) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(ACCEPT_AGAIN).await;
                continue;
            }
        };
        // Without it an answer of two packets waits 40 ms for the client's acknowledgement.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY not set");
        }
        let (answering, closing) = (answering.clone(), closing.subscribe());
        match tls.map(Tls::acceptor) {
            None => drop(tokio::spawn(answering.answer(stream, peer, closing))),
            Some(tls) => drop(tokio::spawn(answering.encrypted(tls, stream, peer, closing))),
        }
    }
}

/// How the requests of a connection are answered.
#[derive(Clone)]
struct Answering {
    router: Router,
    /// Time for encryption to be agreed upon, and then for the head of each request to arrive.
    within: Duration,
    /// Time in which the other side has to take something of what it is sent.
    stalled: Duration,
}

/// Says when the server closes.
type Closing = watch::Receiver<bool>;

impl Answering {
    async fn encrypted(self, tls: TlsAcceptor, stream: TcpStream, peer: SocketAddr, closing: Closing) {
        match tokio::time::timeout(self.within, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.answer(stream, peer, closing).await,
            Ok(Err(error)) => tracing::debug!(%error, "encryption was not agreed upon"),
            Err(_) => tracing::debug!("encryption was not agreed upon in time"),
        }
    }

    /// Answers one request after the other; once the server closes, what is under way and nothing more.
    async fn answer(
        self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: SocketAddr,
        mut closing: Closing,
    ) {
        let router = self.router;
        let (lasting, answered) = oneshot::channel();
        // Of the first request alone: once something was answered, some of that may not have been written yet.
        let first = Mutex::new(Some(lasting));
        let service = service_fn(move |request: Request<Incoming>| {
            let first = first.lock().take().filter(|_| request.version() == Version::HTTP_11);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            let answering = router.clone().call(request);
            async move {
                let response = answering.await?;
                let handed_over = match first.filter(|_| lasting::lasts(&response)) {
                    Some(lasting) => lasting.send(response),
                    None => Err(response),
                };
                match handed_over {
                    Ok(()) => pending().await,
                    Err(response) => Ok::<_, Infallible>(response),
                }
            }
        });
        let mut connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.within)
            .serve_connection(TokioIo::new(Patience::new(stream, self.stalled)), service)
            .with_upgrades();
        let ended = tokio::select! {
            ended = &mut connection => ended.map_err(io::Error::other),
            Ok(response) = answered => match connection.into_parts() {
                Some(parts) => lasting::write(parts.io.into_inner(), response).await,
                None => Ok(()),
            },
            () = closed(&mut closing) => {
                pin::Pin::new(&mut connection).graceful_shutdown();
                connection.await.map_err(io::Error::other)
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// Done when the server closes.
async fn closed(closing: &mut Closing) {
    let _ = closing.wait_for(|closing| *closing).await;
}

async fn keep_up(handle: PrometheusHandle) {
    let mut interval = tokio::time::interval(UPKEEP_INTERVAL);
    loop {
        interval.tick().await;
        handle.run_upkeep();
    }
}
