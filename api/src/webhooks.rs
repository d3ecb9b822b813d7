//! Webhooks: every event that concerns one is delivered to it in the order of the journal, at least once, signed as
//! [Standard Webhooks](https://www.standardwebhooks.com/) has it, from where deliveries had come to.
//!
//! How far each has come is kept beside the journal ([`progress`]), not in it: a position belongs to one store and moves
//! with every event, so an event of it would be as many again. Where that is lost, deliveries begin anew from the
//! registration: repeats are allowed, a gap is not. Of several nodes on one journal the one that has the lease delivers,
//! and another goes on from where it had come to once it ends.

mod delivery;
mod progress;
mod reach;
mod told;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::decision::Actor;
use domain::event::Recorded;
use domain::id::WebhookId;
use domain::webhook::Cause;
use domain::webhook::disable::Disable;
use journal::{Held, Lease};
use projections::webhooks::{Webhook, webhooks};
use tokio::task::JoinHandle;

pub use delivery::Secret;
use delivery::{Client, Outcome};
use progress::Progress;

use crate::engine::{Engine, Error, Submission};

/// The bounds of deliveries. The defaults are right unless a test wants to reach one.
#[derive(Clone)]
pub struct Settings {
    /// Who of several nodes delivers, and where it is kept how far each has come.
    pub lease: Arc<dyn Lease>,
    /// Deliver into private networks too.
    pub into_private_networks: bool,
    /// The pause after the first failure; each after it is twice as long, up to `pause_max`, and drawn between half of
    /// that and all of it.
    pub pause_first: Duration,
    /// The longest pause.
    pub pause_max: Duration,
    /// A webhook to which nothing could be delivered for so long is disabled.
    pub failing_max: Duration,
    /// Time for one delivery to be answered.
    pub timeout: Duration,
}

impl Settings {
    /// What is right for whoever has this lease.
    pub fn of(lease: Arc<dyn Lease>) -> Self {
        Self {
            lease,
            into_private_networks: false,
            pause_first: Duration::from_secs(1),
            pause_max: Duration::from_secs(15 * 60),
            failing_max: Duration::from_secs(3 * 24 * 3600),
            timeout: Duration::from_secs(15),
        }
    }
}

/// How often it is looked who delivers, and which webhooks there are.
const INTERVAL: Duration = Duration::from_secs(1);
/// Events read at a time.
const PAGE: usize = 200;
/// How long a page waits for the views, by which it is decided what is visible.
const VIEWS_WAIT: Duration = Duration::from_secs(10);

/// Delivers from now on, until the task is aborted. A webhook that is slow or fails holds up no other.
pub fn keep(engine: Arc<Engine>, settings: Settings) -> JoinHandle<()> {
    tokio::spawn(async move {
        let progress = Arc::new(Progress::of(Arc::clone(&settings.lease)));
        let client = match Client::try_new(&settings) {
            Ok(client) => client,
            Err(error) => return tracing::error!(%error, "nothing is delivered to webhooks"),
        };
        let lane = Lane { engine, settings, progress, client };
        let mut running: HashMap<WebhookId, Running> = HashMap::new();
        let mut interval = tokio::time::interval(INTERVAL);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            let delivers = lane.delivers().await;
            if delivers != Held::Still {
                running.clear();
            }
            if delivers == Held::Elsewhere {
                continue;
            }
            match lane.engine.snapshot().and_then(|snapshot| Ok(webhooks(&snapshot)?)) {
                Ok(there) => lane.match_up(&mut running, there),
                Err(error) => tracing::warn!(%error, "webhooks cannot be read just now"),
            }
            lane.progress.write().await;
        }
    })
}

/// A webhook that is delivered to: the task, which ends with this.
struct Running {
    webhook: Webhook,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What every delivery needs.
#[derive(Clone)]
struct Lane {
    engine: Arc<Engine>,
    settings: Settings,
    progress: Arc<Progress>,
    client: Client,
}

impl Lane {
    /// Whether this node delivers. While that cannot be asked it does not.
    async fn delivers(&self) -> Held {
        let held = self.progress.hold().await;
        held.inspect_err(|error| tracing::warn!(%error, "nothing is delivered to webhooks from here"))
            .unwrap_or(Held::Elsewhere)
    }

    /// Starts deliveries to what is there and enabled, and ends the others.
    fn match_up(&self, running: &mut HashMap<WebhookId, Running>, there: Vec<Webhook>) {
        let active: HashMap<_, _> = there
            .into_iter()
            .filter(|webhook| webhook.disabled.is_none() && webhook.url.is_some() && webhook.is_signed())
            .map(|webhook| (webhook.id, webhook))
            .collect();
        running.retain(|id, run| active.get(id) == Some(&run.webhook) && !run.task.is_finished());
        for (id, webhook) in active {
            running.entry(id).or_insert_with(|| self.start(webhook));
        }
    }

    fn start(&self, webhook: Webhook) -> Running {
        let (lane, to) = (self.clone(), webhook.clone());
        let task = tokio::spawn(async move {
            if let Err(error) = lane.deliver_all(&to).await {
                tracing::warn!(webhook = %to.id, %error, "deliveries to a webhook begin anew");
            }
        });
        Running { webhook, task }
    }

    /// Delivers what there is and what comes, in order, until it is aborted or has failed for too long.
    async fn deliver_all(&self, webhook: &Webhook) -> Result<(), Error> {
        let journal = self.engine.journal();
        let mut after = self.progress.position(journal.as_ref(), webhook).await?;
        let mut behind = self.engine.progress();
        loop {
            let page = journal.read_all(after, PAGE).await?;
            if page.events.is_empty() {
                behind.changed().await.map_err(|_| Error::Ended)?;
                continue;
            }
            if !self.engine.wait_for(page.next, VIEWS_WAIT).await {
                continue;
            }
            for recorded in self.engine.codec().decode(&page.events).await? {
                if !self.deliver(webhook, &recorded).await? {
                    return Ok(());
                }
                self.progress.reached(webhook.id, recorded.position, recorded.id);
            }
            after = page.next;
        }
    }

    /// Delivers one event, however often it takes; false once it failed for so long that the webhook is disabled, and
    /// when another node may be delivering by now.
    async fn deliver(&self, webhook: &Webhook, recorded: &Recorded) -> Result<bool, Error> {
        let told = {
            let snapshot = self.engine.snapshot()?;
            told::told(&snapshot, webhook, recorded)?
        };
        let Some(body) = told else { return Ok(true) };
        let mut pause = self.settings.pause_first;
        loop {
            if !self.progress.holds() {
                return Ok(false);
            }
            let now = self.engine.now();
            let why = match self.client.send(webhook, (recorded.id, now), &body).await {
                Outcome::Taken => {
                    self.progress.taken(webhook.id);
                    return Ok(true);
                }
                Outcome::Failed(why) => why,
            };
            let since = self.progress.failed(webhook.id, now);
            let failing_us = u128::from((now.micros() - since.micros()).max(0).cast_unsigned());
            tracing::warn!(webhook = %webhook.id, why, "a delivery to a webhook failed");
            if failing_us >= self.settings.failing_max.as_micros() {
                self.disable(webhook).await?;
                return Ok(false);
            }
            tokio::time::sleep(self.drawn(pause)?).await;
            pause = (2 * pause).min(self.settings.pause_max);
        }
    }

    /// Between half a pause and all of it, so that what failed together does not come back together.
    fn drawn(&self, pause: Duration) -> Result<Duration, Error> {
        let share = u32::from(self.engine.random_id()?.as_bytes()[0]);
        Ok(pause / 2 + pause / 2 * share / 255)
    }

    async fn disable(&self, webhook: &Webhook) -> Result<(), Error> {
        self.progress.taken(webhook.id);
        let disable = Disable { webhook: webhook.id, cause: Cause::Failing };
        let automatic = Submission { automatic: true, ..self.engine.submission(Actor::System, disable)? };
        match self.engine.handle(&automatic).await {
            // It was removed meanwhile.
            Ok(_) | Err(Error::Refused(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
