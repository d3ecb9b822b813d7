//! The one place that asks the system for randomness.

/// Gives random bytes; handed to whatever needs them, so that tests repeat themselves.
pub trait Entropy: Send + Sync {
    /// Fills the buffer with bytes nobody can guess.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), getrandom::Error>;
}

/// The system's source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks for randomness")]
    fn fill(&self, buffer: &mut [u8]) -> Result<(), getrandom::Error> { getrandom::fill(buffer) }
}
