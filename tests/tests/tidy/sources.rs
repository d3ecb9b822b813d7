//! How source files look: what they are called, how they open, how long they are, and what `domain` keeps out.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file of the repository.
pub(crate) struct Source {
    /// Where it is, from the root, with `/`.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

impl Source {
    /// The lines with their numbers, without what stands in comments.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| (n + 1, line.split("//").next().unwrap_or_default()))
    }

    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

/// A rule about one file.
pub(crate) struct Rule {
    /// Whether a file falls under it.
    pub(crate) about: fn(&Source) -> bool,
    /// What is wrong with it, each beginning with where.
    pub(crate) faults: fn(&Source) -> Vec<String>,
    /// What to do instead.
    pub(crate) way: &'static str,
    /// A file that breaks it: its path and what it says.
    pub(crate) broken: (&'static str, String),
}

impl Rule {
    /// Fails unless the rule finds the fault in its example and none in the repository.
    #[track_caller]
    pub(crate) fn holds(&self) {
        let broken = Source { path: self.broken.0.to_owned(), text: self.broken.1.clone() };
        assert!((self.about)(&broken), "the example must fall under the rule");
        assert!(!(self.faults)(&broken).is_empty(), "the rule no longer finds the fault in its own example");
        let sources = sources();
        let faults = sources.iter().filter(|source| (self.about)(source)).flat_map(self.faults).collect();
        none(faults, self.way);
    }
}

/// Fails, naming the faults and the way, if there are any.
#[track_caller]
pub(crate) fn none(faults: Vec<String>, way: &str) {
    assert!(faults.is_empty(), "\n{}\n\n{way}\n", faults.join("\n"));
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What is written by hand: every text file but lock files, data, and what a program generated.
pub(crate) fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root(), "", &mut found);
    assert!(found.len() > 50, "the sources are not where they are looked for");
    found
}

fn walk(folder: &Path, name: &str, found: &mut Vec<Source>) {
    const LEFT_OUT: &[&str] = &[".git", "target", "node_modules", "dist", "gql", "proptest-regressions"];
    const EXTENSIONS: &[&str] = &["rs", "md", "toml", "sql", "ts", "tsx", "css", "graphql"];
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let last = entry.file_name().into_string().unwrap();
        let path = if name.is_empty() { last.clone() } else { format!("{name}/{last}") };
        if LEFT_OUT.contains(&last.as_str()) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &path, found);
            continue;
        }
        let by_name = path == "justfile" || path == ".ci/run";
        let mut source = Source { path, text: String::new() };
        if by_name || source.has_extension(EXTENSIONS) {
            source.text = fs::read_to_string(entry.path()).unwrap();
            found.push(source);
        }
    }
}

pub(crate) fn is_rust(source: &Source) -> bool {
    source.has_extension(&["rs"])
}

fn is_code(source: &Source) -> bool {
    source.has_extension(&["rs", "ts", "tsx"])
}

#[test]
fn a_file_opens_with_what_it_is_for() {
    Rule {
        about: is_rust,
        faults: |source| {
            let opens = source.text.starts_with("//! ");
            if opens { vec![] } else { vec![format!("{}:1", source.path)] }
        },
        way: "Open the file with one or two lines of `//!` that say what it is for.",
        broken: ("domain/src/idea.rs", "use std::fmt;\n".to_owned()),
    }
    .holds();
}

#[test]
fn a_file_has_at_most_400_lines() {
    Rule {
        about: is_code,
        faults: |source| {
            let lines = source.text.lines().count();
            if lines <= 400 { vec![] } else { vec![format!("{}: {lines} lines", source.path)] }
        },
        way: "Split the file by meaning, each part named after what it is about; never `part2.rs`.",
        broken: ("api/src/x.rs", "let x = 1;\n".repeat(401)),
    }
    .holds();
}

#[test]
fn a_function_has_at_most_60_lines() {
    Rule {
        about: is_rust,
        faults: long_functions,
        way: "Give a step of the function a name and a function of its own. Aim at 35 lines.",
        broken: ("api/src/x.rs", format!("    fn long() {{\n{}    }}\n", "        step();\n".repeat(59))),
    }
    .holds();
}

/// Functions over 60 lines, by the layout that rustfmt gives them: the end stands under the beginning.
fn long_functions(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (n, line) in source.text.lines().enumerate() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if is_beginning(text) && !text.ends_with('}') && !text.ends_with(';') {
            open = Some((n, indent));
        } else if let Some((start, at)) = open
            && indent == at
            && text.starts_with('}')
        {
            if n - start + 1 > 60 {
                faults.push(format!("{}:{}: {} lines", source.path, start + 1, n - start + 1));
            }
            open = None;
        }
    }
    faults
}

fn is_beginning(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let qualifiers = ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe"];
    words.find(|word| !qualifiers.contains(word)) == Some("fn")
}

#[test]
fn a_file_is_named_after_what_it_is_about() {
    Rule {
        about: is_code,
        faults: |source| {
            let vague = ["mod", "util", "utils", "common", "helper", "helpers", "manager", "impl", "misc"];
            let named = |part: &str| vague.contains(&part.split('.').next().unwrap_or_default());
            if source.path.split('/').any(named) { vec![source.path.clone()] } else { vec![] }
        },
        way: "Name files and folders with the words that members use, such as `idea/vote.rs`; \
              a module's file stands beside its folder, not in it as `mod.rs`.",
        broken: ("api/src/utils/text.rs", String::new()),
    }
    .holds();
}

#[test]
fn the_domain_is_pure() {
    Rule {
        about: |source| is_rust(source) && source.path.starts_with("domain/"),
        faults: |source| {
            let impure = [
                "async ",
                ".await",
                "SystemTime",
                "Instant",
                "::now()",
                "new_v4",
                "now_v7",
                "std::fs",
                "std::io",
                "std::net",
                "std::env",
                "std::thread",
                "std::process",
                "rand::",
                "println!",
                "thread_local",
            ];
            let hits = source.code().flat_map(|(n, line)| {
                impure.iter().filter(move |word| line.contains(**word)).map(move |word| (n, word))
            });
            hits.map(|(n, word)| format!("{}:{n}: {word}", source.path)).collect()
        },
        way: "A rule is a pure function: take times and ids from `Facts`, ask for what is missing with \
              `Stop::Needs`, and leave clocks, randomness, files and waiting to `api`.",
        broken: ("domain/src/idea.rs", "let now = SystemTime::now();\n".to_owned()),
    }
    .holds();
}

#[test]
fn nothing_is_left_for_later() {
    Rule {
        about: |source| is_code(source) && !source.path.starts_with("tests/tests/tidy/"),
        faults: |source| {
            let marks = ["TODO", "FIXME", "XXX", "HACK", "todo!(", "unimplemented!("];
            let lines = source.text.lines().enumerate();
            let marked = lines.filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)));
            marked.map(|(n, _)| format!("{}:{}", source.path, n + 1)).collect()
        },
        way: "Do it, or leave it out and say in the documentation that it is absent.",
        broken: ("api/src/x.rs", "// TODO: later\n".to_owned()),
    }
    .holds();
}
