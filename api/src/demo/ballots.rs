//! The idea box: campaigns, ideas, votes and what was decided.

use std::collections::BTreeMap;

use crate::demo::calendar::{DAY, HOUR, MINUTE, Second, next_working};
use crate::demo::scenes::Scene;
use crate::demo::story::Plan;
use crate::demo::texts::Verdict;
use crate::demo::world::{Item, World};

/// How one votes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Support,
    Points(i64),
    Opinion,
}

/// Campaigns: the day each opens, for how many days it was meant and for how many more it was extended, and its rule.
pub(super) const CAMPAIGNS: [(i32, i32, i32, Rule); 3] =
    [(198, 54, 12, Rule::Support), (330, 35, 0, Rule::Points(10)), (428, 36, 0, Rule::Opinion)];

/// A campaign, once open.
struct Campaign {
    owner: usize,
    opened_at: Second,
    ends_at: Second,
    closed: bool,
    /// What is still to be submitted: the last is next.
    waiting: Vec<Source>,
    submitted: usize,
}

/// Which of the texts an idea is: of the campaign's own, or a duplicate of one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Own(usize),
    Duplicate(usize),
}

struct Idea {
    campaign: usize,
    author: usize,
    department: usize,
    at: Second,
    source: Source,
    /// Of a hundred, how many who vote on it are for it.
    appeal: usize,
    merged: bool,
    decided: bool,
}

/// All that stands of the idea box.
#[derive(Default)]
pub(super) struct Ballots {
    campaigns: BTreeMap<usize, Campaign>,
    ideas: Vec<Idea>,
    votes: BTreeMap<(usize, usize), i64>,
}

impl Ballots {
    pub(super) fn origin(&self, idea: usize) -> (usize, usize, Second) {
        let idea = &self.ideas[idea];
        (idea.author, idea.department, idea.at)
    }

    /// The campaign of an idea, if one may still vote on it at a time.
    fn open(&self, idea: usize, at: Second) -> Option<usize> {
        let idea = &self.ideas[idea];
        let campaign = self.campaigns.get(&idea.campaign)?;
        (!idea.merged && !campaign.closed && at < campaign.ends_at).then_some(idea.campaign)
    }

    /// The points a person has given in a campaign.
    fn spent(&self, person: usize, campaign: usize) -> i64 {
        let mine = self.votes.range((person, 0)..=(person, usize::MAX));
        mine.filter(|((_, idea), _)| self.ideas[*idea].campaign == campaign).map(|(_, value)| value).sum()
    }
}

fn campaign_name(campaign: usize) -> String {
    format!("campaign:c{}", campaign + 1)
}

impl World {
    /// Opens a campaign in the name of its owner.
    pub(super) fn open_campaign(&mut self, at: Second, campaign: usize, owner: usize) {
        let (_, days, _, rule) = CAMPAIGNS[campaign];
        let ends_at = at + Second::from(days) * DAY;
        let (name, tag) = (self.texts.campaigns[campaign], self.texts.tag);
        self.act("Create", owner, at, |line| {
            line.object("object", |object| {
                object.text("type", "Campaign");
                object.text("id", &campaign_name(campaign));
                object.text("name", name);
                object.object("voting", |voting| match rule {
                    Rule::Support => voting.text("rule", "support"),
                    Rule::Opinion => voting.text("rule", "opinion"),
                    Rule::Points(budget) => {
                        voting.text("rule", "points");
                        voting.number("budget", budget);
                    }
                });
                object.text("endTime", &crate::demo::calendar::time(ends_at).to_string());
                object.text("language", tag);
            });
        });
        let mut waiting: Vec<Source> = (0..self.texts.ideas[campaign].len()).map(Source::Own).collect();
        self.chance.shuffle(&mut waiting);
        if campaign == 0 {
            self.add_duplicates(&mut waiting);
        }
        let open = Campaign { owner, opened_at: at, ends_at, closed: false, waiting, submitted: 0 };
        self.ballots.campaigns.insert(campaign, open);
    }

    /// Each duplicate is had some time after its original; the last of the list is submitted first.
    fn add_duplicates(&mut self, waiting: &mut Vec<Source>) {
        for (number, (original, ..)) in self.texts.duplicates.iter().enumerate() {
            let place = waiting.iter().position(|source| *source == Source::Own(*original));
            let before = self.chance.below(place.unwrap_or_default() + 1);
            waiting.insert(before, Source::Duplicate(number));
        }
    }

    /// Moves the end of a campaign.
    pub(super) fn extend_campaign(&mut self, at: Second, campaign: usize) {
        let Some(open) = self.ballots.campaigns.get_mut(&campaign) else { return };
        open.ends_at += Second::from(CAMPAIGNS[campaign].2) * DAY;
        let (owner, ends_at) = (open.owner, open.ends_at);
        self.act("Update", owner, at, |line| {
            line.object("object", |object| {
                object.text("type", "Campaign");
                object.text("id", &campaign_name(campaign));
                object.text("endTime", &crate::demo::calendar::time(ends_at).to_string());
            });
        });
    }

    /// Closes a campaign a little before its end, and plans what is decided on its ideas.
    pub(super) fn close_campaign(&mut self, at: Second, campaign: usize) {
        let Some(open) = self.ballots.campaigns.get_mut(&campaign) else { return };
        open.closed = true;
        let owner = open.owner;
        self.act("Update", owner, at, |line| {
            line.object("object", |object| {
                object.text("type", "Campaign");
                object.text("id", &campaign_name(campaign));
                object.flag("closed", true);
            });
        });
        for idea in 0..self.ballots.ideas.len() {
            let standing = &self.ballots.ideas[idea];
            if standing.campaign == campaign && !standing.merged {
                let review =
                    self.span.index(at) + i32::try_from(self.chance.between(2, 20)).unwrap_or_default();
                let day = next_working(self.span.day(review));
                let at = crate::demo::calendar::at_work(day, &mut self.chance);
                self.plan(at, Plan::Scene(Scene::Review(idea)));
            }
        }
    }

    /// Merges what was submitted twice.
    pub(super) fn merge_duplicates(&mut self, at: Second) {
        let Some(owner) = self.ballots.campaigns.get(&0).map(|campaign| campaign.owner) else { return };
        for idea in 0..self.ballots.ideas.len() {
            let Source::Duplicate(number) = self.ballots.ideas[idea].source else { continue };
            let original = Source::Own(self.texts.duplicates[number].0);
            let of_first = |idea: &Idea| idea.campaign == 0 && idea.source == original;
            if let Some(target) = self.ballots.ideas.iter().position(of_first) {
                self.ballots.ideas[idea].merged = true;
                self.act("Move", owner, at, |line| {
                    line.text("object", &Item::Idea(idea).name());
                    line.text("target", &Item::Idea(target).name());
                });
            }
        }
    }

    /// Takes part in what is open: has an idea, or votes on some.
    pub(super) fn see_to_campaigns(&mut self, at: Second, person: usize) {
        for campaign in 0..CAMPAIGNS.len() {
            let Some(open) = self.ballots.campaigns.get(&campaign) else { continue };
            if open.closed || at + DAY > open.ends_at {
                continue;
            }
            let all = open.waiting.len() + open.submitted;
            let (elapsed, length) = (at - open.opened_at, open.ends_at - open.opened_at);
            let due = all * usize::try_from(elapsed * 17 / (length * 10 / 100)).unwrap_or_default() / 100 + 2;
            if open.submitted < due && open.owner != person && self.chance.percent(12) {
                self.submit(at, campaign, person);
            }
            if self.chance.percent(46) {
                self.choose_ideas(at, campaign, person);
            }
        }
    }

    fn submit(&mut self, at: Second, campaign: usize, author: usize) {
        let Some(open) = self.ballots.campaigns.get_mut(&campaign) else { return };
        let Some(source) = open.waiting.pop() else { return };
        open.submitted += 1;
        let (title, text) = self.idea_texts(campaign, source);
        let number = self.ballots.ideas.len();
        let tag = self.texts.tag;
        self.act("Create", author, at, |line| {
            line.object("object", |idea| {
                idea.text("type", "Idea");
                idea.text("id", &Item::Idea(number).name());
                idea.text("name", title);
                idea.text("content", text);
                idea.text("context", &campaign_name(campaign));
                idea.text("language", tag);
            });
        });
        let department = self.department(author, at);
        let accepted = match source {
            Source::Own(place) => !matches!(self.texts.ideas[campaign][place].2, Verdict::Declined(_)),
            Source::Duplicate(_) => true,
        };
        let appeal = if accepted { 40 + self.chance.below(55) } else { 12 + self.chance.below(30) };
        self.published[department].push(Item::Idea(number));
        let (merged, decided) = (false, false);
        let idea = Idea { campaign, author, department, at, source, appeal, merged, decided };
        self.ballots.ideas.push(idea);
        if self.chance.percent(12) {
            let later = next_working(self.span.day(self.span.index(at) + 2));
            let at = crate::demo::calendar::at_work(later, &mut self.chance);
            self.plan(at, Plan::Scene(Scene::Rewrite(number)));
        }
    }

    fn idea_texts(&self, campaign: usize, source: Source) -> (&'static str, &'static str) {
        match source {
            Source::Own(place) => {
                let (title, text, _) = self.texts.ideas[campaign][place];
                (title, text)
            }
            Source::Duplicate(number) => {
                let (_, title, text) = self.texts.duplicates[number];
                (title, text)
            }
        }
    }

    /// The author adds to an idea that is not decided.
    pub(super) fn rewrite(&mut self, at: Second, number: usize) {
        let idea = &self.ballots.ideas[number];
        let author = idea.author;
        if idea.merged || idea.decided || !self.people[author].active(at) {
            return;
        }
        let (title, text) = self.idea_texts(idea.campaign, idea.source);
        let text = format!("{text} {}", self.texts.afterthought);
        self.act("Update", author, at, |line| {
            line.object("object", |idea| {
                idea.text("type", "Idea");
                idea.text("id", &Item::Idea(number).name());
                idea.text("name", title);
                idea.text("content", &text);
            });
        });
    }

    /// Looks through the ideas and picks some to vote on.
    fn choose_ideas(&mut self, at: Second, campaign: usize, person: usize) {
        let ideas: Vec<usize> = (0..self.ballots.ideas.len())
            .filter(|idea| self.ballots.open(*idea, at) == Some(campaign))
            .collect();
        let mut when = at;
        for _ in 0..self.chance.between(1, 4) {
            let Some(idea) = self.chance.choose(&ideas).copied() else { return };
            // What appeals is voted on more often; an opinion one has of everything.
            let drawn = CAMPAIGNS[campaign].3 == Rule::Opinion
                || self.chance.percent(self.ballots.ideas[idea].appeal);
            if drawn {
                when += self.chance.between(8, 70);
                self.plan(when, Plan::Vote(person, idea));
            }
        }
    }

    pub(super) fn vote(&mut self, at: Second, person: usize, idea: usize) {
        let Some(campaign) = self.ballots.open(idea, at) else { return };
        let standing = self.ballots.votes.get(&(person, idea)).copied();
        let value = match CAMPAIGNS[campaign].3 {
            Rule::Support => 1,
            Rule::Opinion => {
                let appeal = self.ballots.ideas[idea].appeal;
                [1, -1, 0][self.chance.weighted(&[appeal * 4, (100 - appeal) * 3, 70])]
            }
            Rule::Points(budget) => {
                let left = budget - self.ballots.spent(person, campaign) + standing.unwrap_or_default();
                if left < 1 {
                    return;
                }
                self.chance.between(1, left.min(5))
            }
        };
        if standing == Some(value) || (standing.is_some() && self.chance.percent(60)) {
            return;
        }
        self.ballots.votes.insert((person, idea), value);
        self.act("Vote", person, at, |line| {
            line.text("object", &Item::Idea(idea).name());
            line.number("value", value);
        });
        if self.chance.percent(2) {
            let pause = self.chance.between(MINUTE, 3 * HOUR);
            self.plan(at + pause, Plan::Unvote(person, idea));
        }
    }

    pub(super) fn unvote(&mut self, at: Second, person: usize, idea: usize) {
        if self.ballots.open(idea, at).is_none() || self.ballots.votes.remove(&(person, idea)).is_none() {
            return;
        }
        self.act("Undo", person, at, |line| {
            line.object("object", |vote| {
                vote.text("type", "Vote");
                vote.text("object", &Item::Idea(idea).name());
            });
        });
    }

    /// Starts the review of an idea, and plans the decision.
    pub(super) fn review(&mut self, at: Second, number: usize) {
        let Some(verdict) = self.verdict(number) else { return };
        self.progress(at, number, "review", None);
        if !matches!(verdict, Verdict::Open) {
            let later = self.span.index(at) + i32::try_from(self.chance.between(3, 24)).unwrap_or_default();
            let day = next_working(self.span.day(later));
            let at = crate::demo::calendar::at_work(day, &mut self.chance);
            self.plan(at, Plan::Scene(Scene::Decide(number)));
        }
    }

    fn verdict(&self, number: usize) -> Option<Verdict> {
        let idea = &self.ballots.ideas[number];
        match idea.source {
            Source::Own(place) if !idea.merged => Some(self.texts.ideas[idea.campaign][place].2),
            _ => None,
        }
    }

    /// Decides on an idea, with the reason.
    pub(super) fn decide(&mut self, at: Second, number: usize) {
        let (verb, reason) = match self.verdict(number) {
            Some(Verdict::Accepted(reason) | Verdict::Done(reason, _)) => ("Accept", reason),
            Some(Verdict::Declined(reason)) => ("Reject", reason),
            _ => return,
        };
        self.ballots.ideas[number].decided = true;
        let Some(owner) = self.owner(number) else { return };
        self.act(verb, owner, at, |line| {
            line.text("object", &Item::Idea(number).name());
            line.text("content", reason);
        });
        if matches!(self.verdict(number), Some(Verdict::Done(..))) {
            let later = self.span.index(at) + i32::try_from(self.chance.between(50, 150)).unwrap_or_default();
            let day = next_working(self.span.day(later));
            let at = crate::demo::calendar::at_work(day, &mut self.chance);
            self.plan(at, Plan::Scene(Scene::Implement(number)));
        }
    }

    /// Says what came of an idea.
    pub(super) fn implement(&mut self, at: Second, number: usize) {
        if let Some(Verdict::Done(_, outcome)) = self.verdict(number) {
            self.progress(at, number, "implemented", Some(outcome));
        }
    }

    fn owner(&self, number: usize) -> Option<usize> {
        self.ballots.campaigns.get(&self.ballots.ideas[number].campaign).map(|campaign| campaign.owner)
    }

    fn progress(&mut self, at: Second, number: usize, status: &str, outcome: Option<&str>) {
        let Some(owner) = self.owner(number) else { return };
        self.act("Update", owner, at, |line| {
            line.object("object", |idea| {
                idea.text("type", "Idea");
                idea.text("id", &Item::Idea(number).name());
                idea.text("status", status);
                if let Some(outcome) = outcome {
                    idea.text("outcome", outcome);
                }
            });
        });
    }
}
