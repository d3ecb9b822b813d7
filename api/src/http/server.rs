//! The listener: connections accepted, requests answered, and a clean end.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Executor;
use axum::serve::ListenerExt;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::authentication::Authenticate;
use super::transport::Transport;

/// Time for requests under way to be answered after `shutdown`, and for sockets to say goodbye.
const GRACE: Duration = Duration::from_secs(10);
/// How often the recorder moves samples into its buckets, so that they do not pile up when nobody asks.
const UPKEEP_INTERVAL: Duration = Duration::from_secs(5);

/// Serves until `shutdown` is done: then no connection is accepted, requests under way are answered, and sockets are
/// closed as going away, all within ten seconds.
pub async fn serve<E: Executor, A: Authenticate>(
    listener: TcpListener,
    transport: Transport<E, A>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let closing = Arc::clone(&transport.closing);
    let upkeep = transport.metrics.clone().map(|handle| tokio::spawn(keep_up(handle)));
    let service = transport.router().into_make_service_with_connect_info::<SocketAddr>();
    // Without it an answer of two packets waits 40 ms for the client's acknowledgement.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY not set");
        }
    });
    let announced = {
        let closing = Arc::clone(&closing);
        async move {
            shutdown.await;
            closing.send_replace(true);
        }
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(announced).into_future();
    let result = tokio::select! {
        result = served => result,
        () = out_of_time(&closing) => Ok(()),
    };
    closing.send_replace(true);
    let _ = tokio::time::timeout(Duration::from_secs(1), closing.closed()).await;
    if let Some(task) = upkeep {
        task.abort();
    }
    result
}

/// Done when the grace after the announcement is over.
async fn out_of_time(closing: &watch::Sender<bool>) {
    let mut announced = closing.subscribe();
    if announced.wait_for(|closing| *closing).await.is_ok() {
        drop(announced);
        tokio::time::sleep(GRACE).await;
    }
}

async fn keep_up(handle: PrometheusHandle) {
    let mut interval = tokio::time::interval(UPKEEP_INTERVAL);
    loop {
        interval.tick().await;
        handle.run_upkeep();
    }
}
