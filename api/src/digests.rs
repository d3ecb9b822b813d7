//! Mails of notifications: at once, once a day, once a week, as each member wants to be told.
//!
//! Each mail is recorded before it is sent (`digest.sent`), on a stream of its member: whoever gets the record in sends
//! it, so over restarts and by several nodes it is sent once at most. If the program ends between the record and the
//! server's answer, that mail is lost and what it told of still stands among the notifications. A server that cannot
//! be reached is waited for before anything is recorded, longer each time; nothing else waits for it.

mod letter;
mod told;

use std::sync::Arc;
use std::time::Duration;

use chrono::{Datelike, Weekday};
use domain::decision::Actor;
use domain::digest::send::Send;
use domain::id::MemberId;
use domain::notification::Pace;
use domain::time::{Day, Time};
use projections::{Viewer, organisation, preferences};
use tokio::time::sleep;

use told::Told;

use crate::clock::{local_day, local_hour};
use crate::engine::{Done, Engine, Error};
use crate::mail::{self, Letter, Mailer};

/// Sends mails of notifications for as long as it runs.
pub struct Digests {
    engine: Arc<Engine>,
    mailer: Mailer,
    settings: Settings,
    rounds: [Option<Day>; 2],
    looked_at: Option<Time>,
}

/// When mails are sent, and what they point at.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The hour of the organisation's day from which daily mails are sent, and on Mondays weekly ones: 0 to 23.
    pub hour: u32,
    /// Where members read on: the address of a front-end, named at the end of each mail.
    pub address: Option<String>,
}

/// How often it is looked whether somebody is to be told.
const TICK: Duration = Duration::from_secs(5);
/// Members looked at together.
const PAGE: usize = 200;
/// The longest pause before a mail server is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// How often one letter is tried.
const TRIES: u32 = 12;
/// How far back it is looked for what came while nobody looked, at once: a minute for what arrived late, and an hour
/// after a start.
const LATE: Duration = Duration::from_secs(60);
const AFTER_A_START: Duration = Duration::from_secs(3_600);
/// A day.
const DAY: Duration = Duration::from_secs(86_400);

const MAILS: &str = "passerelle_mails_total";

/// Describes what is counted of mails.
pub fn describe_metrics() {
    metrics::describe_counter!(MAILS, "Mails, by what became of them: sent, refused, retried");
}

fn count(outcome: &'static str) {
    metrics::counter!(MAILS, "outcome" => outcome).increment(1);
}

/// What a member is told of: notifications of a pace that came after a time.
#[derive(Clone, Copy)]
struct Round {
    pace: Pace,
    since: Time,
}

impl Digests {
    /// Digests of an engine's members, through a mailer.
    pub fn new(engine: Arc<Engine>, mailer: Mailer, settings: Settings) -> Self {
        Self { engine, mailer, settings, rounds: [None; 2], looked_at: None }
    }

    /// Looks every few seconds whether somebody is to be told. What fails is said in the log and tried again.
    pub async fn run(mut self) {
        loop {
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "mails of notifications wait");
            }
            sleep(TICK).await;
        }
    }

    async fn look(&mut self) -> Result<(), Error> {
        let now = self.engine.now();
        let found = organisation::organisation(&self.engine.snapshot()?, &Viewer::Operator)?;
        let Some(organisation) = found.filter(|organisation| !organisation.anonymous) else { return Ok(()) };
        let looked_at = self.looked_at.map_or(now.earlier(AFTER_A_START), |at| at.earlier(LATE));
        self.round(Round { pace: Pace::AtOnce, since: looked_at }).await?;
        self.looked_at = Some(now);
        let today = local_day(now, &organisation.time_zone);
        if local_hour(now, &organisation.time_zone) < self.settings.hour {
            return Ok(());
        }
        let monday = today.date().weekday() == Weekday::Mon;
        for (place, (pace, days, due)) in
            [(Pace::Daily, 2, true), (Pace::Weekly, 14, monday)].into_iter().enumerate()
        {
            if due && self.rounds[place] != Some(today) {
                self.round(Round { pace, since: now.earlier(days * DAY) }).await?;
                self.rounds[place] = Some(today);
            }
        }
        Ok(())
    }

    /// Everybody who is to be told at this pace is.
    async fn round(&self, round: Round) -> Result<(), Error> {
        let mut reached = false;
        let mut behind = MemberId::default();
        loop {
            let page = {
                let (snapshot, operator) = (self.engine.snapshot()?, Viewer::Operator);
                let told_since = (round.pace == Pace::AtOnce).then_some(round.since);
                preferences::recipients(&snapshot, &operator, (round.pace, told_since), (behind, PAGE))?
            };
            let Some(last) = page.last() else { return Ok(()) };
            behind = last.member;
            for recipient in page {
                // Thousands are looked at: whoever asks something meanwhile comes first.
                tokio::task::yield_now().await;
                let since = recipient.told_up_to.map_or(round.since, |told| told.max(round.since));
                let letter = {
                    let snapshot = self.engine.snapshot()?;
                    told::letter(&snapshot, recipient.member, Round { since, ..round }, &self.settings)?
                };
                let Some(told) = letter else { continue };
                if !reached {
                    self.reach().await;
                    reached = true;
                }
                if self.claims(recipient.member, round.pace, &told).await? {
                    reached = self.send(told.letter).await;
                }
            }
        }
    }

    /// Records that a mail is about to be sent; false where it was sent before, or by another node.
    async fn claims(&self, member: MemberId, pace: Pace, told: &Told) -> Result<bool, Error> {
        let command = Send { member, pace, up_to: told.up_to, count: told.count };
        let submission = self.engine.submission(Actor::System, command)?;
        Ok(self.engine.handle(&submission).await?.done == Done::Recorded)
    }

    /// Waits until the server answers.
    async fn reach(&self) {
        let mut pause = Duration::from_secs(1);
        while let Err(error) = self.mailer.answers().await {
            tracing::warn!(%error, pause_s = pause.as_secs(), "the mail server does not answer");
            count("retried");
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Sends a letter that was recorded; false where the server is to be waited for before the next.
    async fn send(&self, letter: Letter) -> bool {
        let mut pause = Duration::from_secs(1);
        for _ in 0..TRIES {
            match self.mailer.send(letter.clone()).await {
                Ok(()) => {
                    count("sent");
                    return true;
                }
                Err(mail::Error::NotNow(_)) => {
                    count("retried");
                    sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                Err(error) => {
                    tracing::warn!(%error, "a mail of notifications was not sent");
                    count("refused");
                    return true;
                }
            }
        }
        tracing::warn!("a mail of notifications was given up");
        count("refused");
        false
    }
}
