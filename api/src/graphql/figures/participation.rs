//! Participation: who contributes, and how unequally.

use async_graphql::{Object, Result, SimpleObject};
use projections::figures::deeds::Level;
use projections::figures::figure::Figure;
use projections::figures::indices::IndexOf;
use projections::figures::sheet::ShareOf;
use projections::figures::waits::WaitFor;

use super::Scope;
use super::curve::Curve;
use super::measure::Measure;
use super::value::Share;

/// The 90-9-1 split: who contributes nothing, who something, and how much the heaviest hundredth makes.
#[derive(SimpleObject)]
pub(crate) struct ParticipationSplit {
    /// Those who contributed nothing, among the eligible.
    none: Share,
    /// Those who contributed, among the eligible.
    some: Share,
    /// Which share of all contributions the heaviest hundredth of people made.
    heaviest: Option<Measure>,
}

/// Participation in the window.
pub(crate) struct Participation(pub(super) Scope);

/// Participation in the window.
#[Object]
impl Participation {
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/participation-split.txt"))]
    async fn participation_split(&self) -> Result<ParticipationSplit> {
        Ok(ParticipationSplit {
            none: self.0.share(ShareOf::Silent).await?,
            some: self.0.share(ShareOf::Active(Level::Contributed)).await?,
            heaviest: self.0.index(IndexOf::Heaviest).await?,
        })
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/contribution-gini.txt"))]
    async fn gini(
        &self,
        #[graphql(desc = "Whether those who contributed nothing count.", default)] zeros: bool,
    ) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Gini { zeros }).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/elephant-factor.txt"))]
    async fn elephant_factor(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Elephant).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/community-health.txt"))]
    async fn community_health(&self) -> Result<Share> {
        self.0.proportion(Figure::Health).await
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/community-survival.txt"))]
    async fn community_survival(&self) -> Option<Result<Curve>> {
        self.0.wait(WaitFor::Survival).await.transpose()
    }
    #[doc = include_str!(concat!(env!("OUT_DIR"), "/metrics/participation-coverage.txt"))]
    async fn participation_coverage(&self) -> Option<Result<Measure>> {
        self.0.index(IndexOf::Coverage).await.transpose()
    }
}
