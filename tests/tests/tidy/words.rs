//! What texts speak of: the product and its members, not the place where it was written.

use crate::sources::{Rule, Source};

#[test]
fn texts_speak_of_the_product_alone() {
    Rule {
        about: |source| source.path != "tests/tests/tidy/words.rs",
        faults: |source| {
            let lines = source.text.lines().enumerate();
            lines.flat_map(|(n, line)| workplace(source, n + 1, line)).collect()
        },
        way: "Write for somebody who knows only this repository: no names of machines, folders, tasks or of who \
              wrote what. `agent` is the domain's word for person, service or system.",
        broken: ("README.md", "Written in one session by three agents, see /work/notes.\n".to_owned()),
    }
    .holds();
}

fn workplace(source: &Source, n: usize, line: &str) -> Vec<String> {
    const WORDS: &[&str] = &[
        "worktree",
        "worktrees",
        "agents",
        "subagent",
        "subagents",
        "llm",
        "chatgpt",
        "claude",
        "openai",
        "anthropic",
        "copilot",
    ];
    const PHRASES: &[&str] =
        &["/work/", "/home/", "/root/", "issue #", "as an ai ", "ai agent", "coding agent"];
    // A session is a member's in a browser, or a walk along the journal; in prose it may be whoever wrote.
    const IN_PROSE: &[&str] = &["this session", "last session", "one session", "session's time", "helper"];
    let lower = line.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| WORDS.contains(word));
    let phrases = PHRASES.iter().copied().filter(|phrase| lower.contains(phrase));
    let prose = IN_PROSE.iter().copied().filter(|word| source.path.ends_with(".md") && lower.contains(word));
    words.chain(phrases).chain(prose).map(|found| format!("{}:{n}: {found}", source.path)).collect()
}
