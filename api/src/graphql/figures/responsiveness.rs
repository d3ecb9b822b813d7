//! Responsiveness: whether what is asked is answered, and how fast.

use async_graphql::{Object, Result};
use projections::figures::figure::Figure;
use projections::figures::waits::{InTime, WaitFor};

use super::Scope;
use super::curve::Curve;
use super::value::Share;
use crate::graphql::failure::Failure;

/// The longest that an answer may take to be in time, in hours: four weeks.
const HOURS_MAX: i32 = 672;

/// Responsiveness in the window.
pub(crate) struct Responsiveness(pub(super) Scope);

/// Responsiveness in the window.
#[Object]
impl Responsiveness {
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/time-to-first-response.txt"))]
    async fn time_to_first_response(&self) -> Option<Result<Curve>> {
        self.0.wait(WaitFor::Response).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/answered-within.txt"))]
    async fn answered_within(
        &self,
        #[graphql(
            desc = "Within how many hours: 1 to 672; where a threshold protects people 24, 72 or 168.",
            default = 24
        )]
        hours: i32,
    ) -> Option<Result<Share>> {
        let within = u32::try_from(hours).ok().filter(|_| (1..=HOURS_MAX).contains(&hours));
        let refused = || {
            Failure::bad_input(
                format!("Ask for 1 to {HOURS_MAX} hours."),
                format!("Demandez de 1 à {HOURS_MAX} heures."),
            )
        };
        Some(match within {
            Some(within) => self.0.proportion(Figure::InTime(InTime::AnsweredWithin(within))).await,
            None => Err(refused().into()),
        })
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/response-rate.txt"))]
    async fn response_rate(&self) -> Result<Share> {
        self.0.proportion(Figure::InTime(InTime::Answered)).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/best-answer-rate.txt"))]
    async fn best_answer_rate(&self) -> Result<Share> {
        self.0.proportion(Figure::InTime(InTime::BestAnswer)).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/sponsor-answer-time.txt"))]
    async fn sponsor_answer_time(&self) -> Option<Result<Curve>> {
        self.0.wait(WaitFor::Sponsor).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/time-to-decision.txt"))]
    async fn time_to_decision(&self) -> Option<Result<Curve>> {
        self.0.wait(WaitFor::Decision).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/ideas-implemented.txt"))]
    async fn ideas_implemented(&self) -> Result<Share> {
        self.0.proportion(Figure::InTime(InTime::Implemented)).await
    }
}
