//! What people are called and what they write: the shape of it; the words themselves stand one language a folder.
//!
//! In a text, `{n}` stands for a number from 2 to 9, `{nn}` for one from 12 to 60, `{product}`, `{customer}`,
//! `{site}`, `{weekday}` and `{month}` for one of these.

mod en;
mod fr;

use crate::demo::Language;
use crate::demo::chance::Chance;

/// Something a community talks about, for as long as it lasts.
pub(super) struct Subject {
    /// Its word in the vocabulary of topics.
    pub(super) topic: &'static str,
    /// How a piece of news about it begins.
    pub(super) news: &'static [&'static str],
    /// How it goes on: each news with what stands at the same place here.
    pub(super) details: &'static [&'static str],
    /// What is asked about it.
    pub(super) questions: &'static [&'static str],
    /// What is answered: to each question first the reply at the same place, then the others as they fit.
    pub(super) replies: &'static [&'static str],
    /// What a document about it is called.
    pub(super) document: &'static str,
}

/// What the campaign's owner decided.
#[derive(Clone, Copy)]
pub(super) enum Verdict {
    /// Accepted, with the reason.
    Accepted(&'static str),
    /// Accepted with a reason, and what came of it.
    Done(&'static str, &'static str),
    /// Declined, with the reason.
    Declined(&'static str),
    /// Nothing yet.
    Open,
}

/// An idea: its title, what it says, and what was decided.
pub(super) type Proposal = (&'static str, &'static str, Verdict);

/// A name, and what it is for.
pub(super) type Named = (&'static str, &'static str);

/// What communities talk about: the place of the theme in `Texts::themes`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Theme {
    News,
    Dialogue,
    Production,
    Quality,
    Logistics,
    Sales,
    Service,
    Research,
    Systems,
    People,
    Finance,
    Marketing,
    Life,
    Safety,
    Platform,
    Coaching,
}

/// Everything that is written in one language.
pub(super) struct Texts {
    /// Its tag.
    pub(super) tag: &'static str,
    /// The organisation's name.
    pub(super) organisation: &'static str,
    /// The departments, in the order of `chart::DEPARTMENTS`.
    pub(super) departments: [&'static str; 14],
    /// What the marketing department is called in the end.
    pub(super) marketing_renamed: &'static str,
    /// The departments' own communities.
    pub(super) teams: [Named; 14],
    /// The communities that cut across, in the order of `spaces::ACROSS`.
    pub(super) across: [Named; 15],
    /// What the newcomers' community is for, later on.
    pub(super) newcomers_described: &'static str,
    /// What is talked about, by theme.
    pub(super) themes: [&'static [Subject]; 16],
    /// How an answer begins, now and then.
    pub(super) openings: &'static [&'static str],
    /// What is said below news.
    pub(super) remarks: &'static [&'static str],
    /// What is said below a question that has its answer.
    pub(super) seconds: &'static [&'static str],
    /// What is said below a question to management by those who are not asked.
    pub(super) echoes: &'static [&'static str],
    /// What is said below a comment.
    pub(super) thanks: &'static [&'static str],
    /// How news ends, now and then.
    pub(super) closings: &'static [&'static str],
    /// What one adds when correcting oneself.
    pub(super) corrections: &'static [&'static str],
    /// What is written to colleagues directly, and what they reply.
    pub(super) letters: &'static [(&'static str, &'static str)],
    /// What management announces.
    pub(super) announcements: &'static [&'static str],
    /// What is said below an announcement.
    pub(super) notice: &'static Subject,
    /// What is said below a farewell.
    pub(super) moving: &'static Subject,
    /// What is said on closing a team's community for a shared one; `{space}` stands for that one.
    pub(super) farewell: &'static str,
    /// The three campaigns' questions.
    pub(super) campaigns: [&'static str; 3],
    /// The ideas of each campaign.
    pub(super) ideas: [&'static [Proposal]; 3],
    /// The same idea as one of the first campaign, had by somebody else: the place of that one, title and text.
    pub(super) duplicates: &'static [(usize, &'static str, &'static str)],
    /// What an author adds to an idea.
    pub(super) afterthought: &'static str,
    /// What a finished document is renamed to, before its name.
    pub(super) finished: &'static str,
    pub(super) first_names: &'static [&'static str],
    pub(super) last_names: &'static [&'static str],
    pub(super) customers: &'static [&'static str],
    pub(super) sites: &'static [&'static str],
    pub(super) weekdays: &'static [&'static str],
    pub(super) months: &'static [&'static str],
}

/// What the company makes, in every language.
const PRODUCTS: &[&str] = &["Bora 16", "Mistral 12", "Zéphyr 8", "Tramontane 24", "Levant 6", "Galerne 10"];

impl Texts {
    /// The texts of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::TEXTS,
            Language::Fr => &fr::TEXTS,
        }
    }

    /// What is talked about under a theme.
    pub(super) fn subjects(&self, theme: Theme) -> &'static [Subject] {
        self.themes[theme as usize]
    }

    /// A text with its places filled.
    pub(super) fn fill(&self, text: &str, chance: &mut Chance) -> String {
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (place, after) = after.split_once('}').unwrap_or((after, ""));
            match place {
                "n" => filled.push_str(&chance.between(2, 9).to_string()),
                "nn" => filled.push_str(&chance.between(12, 60).to_string()),
                "product" => filled.push_str(chance.text(PRODUCTS)),
                "customer" => filled.push_str(chance.text(self.customers)),
                "site" => filled.push_str(chance.text(self.sites)),
                "weekday" => filled.push_str(chance.text(self.weekdays)),
                "month" => filled.push_str(chance.text(self.months)),
                _ => {}
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stands_at_the_same_place() {
        for language in [Language::En, Language::Fr] {
            for subject in Texts::of(language).themes.iter().copied().flatten() {
                assert_eq!(subject.news.len(), subject.details.len(), "{:?}", subject.news);
                assert!(!subject.questions.is_empty() && subject.questions.len() <= subject.replies.len());
            }
        }
    }
}
