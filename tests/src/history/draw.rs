//! Draws: choices that follow from a seed, and the texts that people might write.

use domain::audience::Audience;
use domain::id::{CommunityId, MemberId};
use domain::words::{Language, Topic};
use uuid::Uuid;

/// What is drawn from a seed: the same seed, the same choices.
#[derive(Clone, Copy, Debug)]
pub struct Draw(u64);

/// Names and texts that files and queries have to carry unharmed.
const WORDS: &[&str] = &[
    "Ateliers, nord et sud",
    "said \"yes\"",
    "=1+1",
    "L’été à Zürich",
    "部門",
    "two\nlines\tand a tab",
    "  room around  ",
    "😀 👩‍🔧",
    "שלום",
    "\\back\\slash;semicolon",
    "\u{feff}mark",
    "\u{2028}line",
    "null",
];

impl Draw {
    /// The draws of a seed.
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number: SplitMix64.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.number() % end as u64) as usize
    }

    /// So many times of a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of several, if there is any.
    pub fn one_of<T: Clone>(&mut self, several: &[T]) -> Option<T> {
        if several.is_empty() { None } else { Some(several[self.below(several.len())].clone()) }
    }

    /// Some of several, at most so many; the same one may come twice.
    pub fn some_of<T: Clone>(&mut self, several: &[T], most: usize) -> Vec<T> {
        let count = self.below(most + 1);
        (0..count).filter_map(|_| self.one_of(several)).collect()
    }

    /// Something now and then.
    pub fn perhaps<T>(&mut self, percent: usize, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.percent(percent).then(|| draw(self))
    }

    /// An id.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        Uuid::from_u64_pair(self.number(), self.number()).into()
    }

    /// A text of people.
    pub fn text(&mut self) -> String {
        let word = WORDS[self.below(WORDS.len())];
        if self.percent(50) { word.to_owned() } else { format!("{word} {}", self.below(1000)) }
    }

    /// An address that may be missing, or said to be none.
    pub fn email(&mut self) -> Option<String> {
        let number = self.below(1000);
        self.one_of(&[None, Some(String::new()), Some(format!(" someone+{number}@example.org"))]).flatten()
    }

    /// What is said about a text: its language, whom it mentions, its topics.
    pub fn about(&mut self, members: &[MemberId]) -> (Option<Language>, Vec<MemberId>, Vec<Topic>) {
        let mentions = self.some_of(members, 2);
        let topics = self.some_of(&["safety", "Café", "#Q1_2024", "安全"], 2);
        (self.language(), mentions, topics.into_iter().filter_map(|word| word.parse().ok()).collect())
    }

    /// A language, if one is told.
    pub fn language(&mut self) -> Option<Language> {
        self.one_of(&["", "fr", "en", "pt-BR", "zh-Hant"]).and_then(|tag| tag.parse().ok())
    }

    /// An audience: a community, or members.
    pub fn audience(&mut self, communities: &[CommunityId], members: &[MemberId]) -> Option<Audience> {
        if self.percent(70) {
            self.one_of(communities).map(Audience::Community)
        } else {
            Some(Audience::Members(self.some_of(members, 4)))
        }
    }

    /// Digits of a SHA-256.
    pub fn sha256(&mut self) -> String {
        (0..4).map(|_| format!("{:016x}", self.number())).collect()
    }
}
