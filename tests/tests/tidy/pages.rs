//! Pages: what the documentation points at is there.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::sources::{Source, none, root, sources};

/// Links of a page to other files of the repository that lead nowhere.
fn dead_links(page: &Source) -> Vec<String> {
    let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let targets = page.text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = targets.filter_map(|target| target.split('#').next());
    let dead = files
        .filter(|file| !file.is_empty() && !file.contains(':') && !root().join(folder).join(file).exists());
    dead.map(|file| format!("{}: {file}", page.path)).collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let broken = Source { path: "docs/x.md".to_owned(), text: "See [there](nowhere.md).".to_owned() };
    assert_eq!(dead_links(&broken), ["docs/x.md: nowhere.md"]);
    none(
        sources().iter().filter(|source| source.path.ends_with(".md")).flat_map(dead_links).collect(),
        "Point at the page where it is now, relative to the page that links.",
    );
}

/// Folders of the tree that a map, a fenced block with one path a line, does not name, and paths that are not there.
fn map_faults(readme: &str, folders: &[String]) -> Vec<String> {
    let named: Vec<&str> = readme.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let unnamed = folders.iter().filter(|folder| !named.contains(&format!("{folder}/").as_str()));
    let mut faults: Vec<String> =
        unnamed.map(|folder| format!("README.md does not name {folder}/")).collect();
    for path in named.iter().filter(|word| word.ends_with('/') && !word.starts_with("http")) {
        if !root().join(path).is_dir() {
            faults.push(format!("README.md names {path}, which is not there"));
        }
    }
    faults
}

#[test]
fn the_readme_maps_the_tree_as_it_is() {
    assert_eq!(map_faults("nowhere/   not there", &["domain".to_owned()]).len(), 2);
    let entries = fs::read_dir(root()).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let names = folders.map(|folder| folder.file_name().into_string().unwrap());
    let shown = names.filter(|name| name != "target" && !name.starts_with('.')).collect::<Vec<_>>();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    none(
        map_faults(&readme, &shown),
        "Correct the map of the tree in README.md: each folder with what it holds.",
    );
}

/// The programs that `cargo run` finds where no package is named, by what `cargo metadata` says.
fn runnable(metadata: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let default = list(&metadata["workspace_default_members"]);
    let packages = list(&metadata["packages"]).into_iter().filter(|package| default.contains(&package["id"]));
    let targets = packages.flat_map(|package| list(&package["targets"]));
    targets
        .filter(|target| list(&target["kind"]).contains(&"bin".into()))
        .filter_map(|target| target["name"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn cargo_run_finds_one_program() {
    let two = json!({
        "workspace_default_members": ["a"],
        "packages": [{"id": "a", "targets": [{"kind": ["bin"], "name": "x"}, {"kind": ["bin"], "name": "y"}]}],
    });
    assert_eq!(runnable(&two).len(), 2);
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let found = runnable(&serde_json::from_slice(&metadata.stdout).unwrap());
    assert_eq!(found, ["passerelle"], "keep `default-members` of Cargo.toml to the package users run");
}

#[test]
fn decisions_are_numbered_without_a_hole() {
    let mut names: Vec<String> = fs::read_dir(root().join("docs/decisions"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    names.sort();
    let wrong = names.iter().zip(1..).filter(|(name, n)| !name.starts_with(&format!("{n:04}-")));
    none(
        wrong.map(|(name, n)| format!("docs/decisions/{name}: expected {n:04}")).collect(),
        "Give a new decision the next number; a decision that no longer holds stays, and says which replaced it.",
    );
}
