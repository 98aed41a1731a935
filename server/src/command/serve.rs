//! `tenantry serve`.

use std::{sync::Arc, time::Duration};

use domain::Error;
use tokio::{net::TcpListener, signal, time};

use super::{descriptors, open};
use crate::{config::Config, connections::Connections, listen, router::router};

/// How often what has expired is cleared away.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// How long requests may take to end after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until told to stop.
#[expect(clippy::print_stdout, reason = "what the command answers")]
pub(super) async fn serve(config: Config) -> Result<(), String> {
    let connections = Connections::new(descriptors::connections(config.max_connections)?, &config.trusted_proxies);
    let services = open(&config).await?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| format!("can’t listen on {}: {error}", config.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    if let Some(token) = services.operator().setup_link().await.map_err(|fault| Error::from(fault).to_string())? {
        println!("No user exists yet. Create the first administrator within 24 hours at http://{address}/setup/{token}");
    }
    println!("listening on http://{address}");

    let (stop, mut stopping) = tokio::sync::watch::channel(false);
    let app = router(services.clone(), Arc::new(config));
    let serving = listen::serve(listener, app, connections, async move {
        told_to_stop().await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    let jobs = tokio::spawn({
        let (services, stopping) = (services.clone(), stopping.clone());
        async move { services.jobs_serve(stopping).await }
    });
    let too_late = async {
        let _ = stopping.changed().await;
        time::sleep(GRACE).await;
    };
    let sweeping = async {
        let mut hours = time::interval(SWEEP);
        loop {
            hours.tick().await;
            let swept = [
                services.session_sweep().await,
                services.image_sweep().await.map(drop),
                services.client_import_sweep().await,
                services.report_sweep().await.map(drop),
                services.audit_export_sweep().await.map(drop),
                services.backup_sweep().await.map(drop),
                services.restore_sweep().await,
                services.files_sweep().await.map(drop),
            ];
            for swept in swept {
                if let Err(fault) = swept {
                    tracing::warn!(cause = %fault, "what has expired could not be cleared away");
                }
            }
        }
    };
    tokio::select! {
        () = sweeping => {}
        () = serving => {}
        () = too_late => tracing::warn!("requests did not end in time"),
    }
    // The steps of jobs that are running end first; what is left of a job, another server can take at once.
    if time::timeout(GRACE, jobs).await.is_err() {
        tracing::warn!("a step of a job did not end in time");
    }
    services.close().await;
    Ok(())
}

/// Waits for SIGTERM or Ctrl-C.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = signal::ctrl_c() => return,
            }
        }
    }
    let _ = signal::ctrl_c().await;
}
