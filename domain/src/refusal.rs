//! Refusals: the broken rule, under a stable code, with what to do instead in both languages.

use crate::id::DepartmentId;
use crate::stream::StreamName;

/// A refused command. Two refusals are the same when their code and field are.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Stable, upper case, for programs.
    pub code: &'static str,
    /// What is wrong and what to do instead, in English.
    pub en: &'static str,
    /// The same in French.
    pub fr: &'static str,
    /// The input field it is about, if one is.
    pub field: Option<&'static str>,
    /// What the caller needs to go on: the current revision, the id to use instead …
    pub detail: Option<String>,
}

impl PartialEq for Refused {
    fn eq(&self, other: &Self) -> bool {
        (self.code, self.field) == (other.code, other.field)
    }
}

/// A fact a rule asked for that was not at hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// The folded state of another stream.
    Stream(StreamName),
    /// How many members a department has.
    Headcount(DepartmentId),
    /// Whom an identity is linked with: its issuer and subject.
    Identity(String, String),
    /// Whether the actor has a file at hand.
    File(File),
}

/// A file by what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

/// Why a rule did not come to a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// The rule is broken.
    Refused(Refused),
    /// A fact is missing: fetch it and ask again.
    Needs(Need),
}

impl Refused {
    /// Names the input field it is about.
    pub fn on(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// Adds what the caller needs to go on.
    pub fn with(mut self, detail: impl ToString) -> Self {
        self.detail = Some(detail.to_string());
        self
    }
}

impl Stop {
    /// The same, but a refusal says this instead: what the actor may not read is refused as if it were absent.
    pub fn instead(self, refused: impl Into<Refused>) -> Self {
        match self {
            Self::Refused(_) => Self::Refused(refused.into()),
            Self::Needs(_) => self,
        }
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Declares the refusals of an action: each variant with its code and its text in English and French.
macro_rules! refusals {
    ($( $(#[$doc:meta])* $variant:ident = $code:literal, $en:literal, $fr:literal; )+) => {
        /// Why the command is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Refusal { $( #[doc = $en] $(#[$doc])* $variant, )+ }

        impl Refusal {
            /// Every refusal of this action.
            pub const ALL: &[Self] = &[$( Self::$variant ),+];

            /// Its code, and its text in English and French.
            pub const fn texts(self) -> (&'static str, &'static str, &'static str) {
                match self { $( Self::$variant => ($code, $en, $fr), )+ }
            }

            /// Names the input field it is about.
            pub fn on(self, field: &'static str) -> $crate::refusal::Refused {
                $crate::refusal::Refused::from(self).on(field)
            }

            /// Adds what the caller needs to go on.
            pub fn with(self, detail: impl ToString) -> $crate::refusal::Refused {
                $crate::refusal::Refused::from(self).with(detail)
            }
        }

        impl From<Refusal> for $crate::refusal::Refused {
            fn from(refusal: Refusal) -> Self {
                let (code, en, fr) = refusal.texts();
                Self { code, en, fr, field: None, detail: None }
            }
        }

        impl From<Refusal> for $crate::refusal::Stop {
            fn from(refusal: Refusal) -> Self { Self::Refused(refusal.into()) }
        }
    };
}
pub(crate) use refusals;
