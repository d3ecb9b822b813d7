//! Arrows between crates: `api → projections → domain`, `api → journal → domain`, and what `domain` may stand on.

use std::fs;

use crate::sources::{none, root};

/// What a crate's manifest names as its dependencies, those of tests left out.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside =
                line == "[dependencies]" || line.starts_with("[target.") && line.ends_with(".dependencies]");
        } else if inside && let Some((name, _)) = line.split_once(['.', '=', ' ']) {
            names.push(name.trim());
        }
    }
    names
}

fn faults(folder: &str, manifest: &str, allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let refused = dependencies(manifest).into_iter().filter(|name| !allowed(name));
    refused.map(|name| format!("{folder}/Cargo.toml: {name}")).collect()
}

fn manifest(folder: &str) -> String {
    fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap()
}

#[test]
fn the_domain_stands_on_four_crates() {
    let allowed = |name: &str| ["chrono", "serde", "serde_json", "uuid"].contains(&name);
    let broken =
        "[dependencies]\nserde.workspace = true\ntokio = \"1\"\n\n[dev-dependencies]\nproptest = \"1\"\n";
    assert_eq!(faults("domain", broken, allowed), ["domain/Cargo.toml: tokio"]);
    none(
        faults("domain", &manifest("domain"), allowed),
        "Rules need times, ids and their written form, nothing else. What waits, reads or draws lots belongs in \
         `journal`, `projections` or `api`.",
    );
}

#[test]
fn arrows_point_down() {
    const OURS: &[&str] = &["domain", "journal", "projections", "passerelle"];
    let below = |folder: &str| -> &[&str] { if folder == "api" { &OURS[..3] } else { &OURS[..1] } };
    let arrows = |folder: &str, manifest: &str| {
        faults(folder, manifest, |name| !OURS.contains(&name) || below(folder).contains(&name))
    };
    let broken = "[dependencies]\njournal.workspace = true\n";
    assert_eq!(arrows("projections", broken), ["projections/Cargo.toml: journal"]);
    none(
        ["journal", "projections", "api"]
            .iter()
            .flat_map(|folder| arrows(folder, &manifest(folder)))
            .collect(),
        "`projections` never learns where events came from and `journal` never learns what they are for: hand \
         what they need to them from `api`.",
    );
}
