//! Builds the web pages and lists their files for the binary.
//!
//! `UI_DIST=folder` takes a bundle built elsewhere; else npm builds `web/`; with `SKIP_UI=1`, or where there is no
//! npm, a page that says so stands in. The bundle is kept in the target folder under a digest of its sources, so a
//! build that changes none of them runs no npm, whatever profile or checkout it is for.
//!
//! The descriptions of figures in the GraphQL schema are made of their definitions.
#![allow(clippy::print_stdout, reason = "cargo reads a build script's standard output")]

use std::error::Error;
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fmt::Write as _, fs};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SOURCES: [&str; 8] = [
    "src",
    "overview.html",
    "index.html",
    "sign-in.html",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
];

/// How files are compressed, by the endings of their names.
const COMPRESSED: [&str; 2] = ["br", "gz"];

const STAND_IN: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Passerelle</title>\
    <p>This binary was built without its web pages. The GraphQL endpoint is <code>/graphql</code>.";

fn main() -> Result<()> {
    let web = Path::new("web");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", web.join(source).display());
    }
    println!("cargo::rerun-if-env-changed=UI_DIST");
    println!("cargo::rerun-if-env-changed=SKIP_UI");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    describe_metrics(Path::new("../schema/metrics"), &out.join("metrics"))?;
    let bundle = match env::var_os("UI_DIST") {
        Some(folder) => fs::canonicalize(folder)?,
        None if env::var_os("SKIP_UI").is_some() => stand_in(&out, "SKIP_UI is set")?,
        None if npm(web, &["--version"]).is_err() => stand_in(&out, "npm is not there")?,
        None => built(web, &out)?,
    };
    list_assets(&bundle, &out.join("assets.rs"))
}

/// Writes what each metric's field says in the schema; the newest version is the last.
fn describe_metrics(definitions: &Path, descriptions: &Path) -> Result<()> {
    println!("cargo::rerun-if-changed={}", definitions.display());
    fs::create_dir_all(descriptions)?;
    for file in files_under(definitions)? {
        let definition: serde_json::Value = serde_json::from_slice(&fs::read(&file)?)?;
        let text = |pointer: &str| {
            let found = definition.pointer(pointer).and_then(serde_json::Value::as_str);
            found.ok_or_else(|| format!("{} says nothing at {pointer}", file.display()))
        };
        let (metric, explanation, formula) = (text("/metric")?, text("/explanation/en")?, text("/formula")?);
        fs::write(descriptions.join(format!("{metric}.txt")), format!("{explanation}\n\n{formula}"))?;
    }
    Ok(())
}

fn stand_in(out: &Path, why: &str) -> Result<PathBuf> {
    println!("cargo::warning=web pages not built, {why}: they say so, GraphQL works");
    let folder = out.join("stand-in");
    fs::create_dir_all(&folder)?;
    for page in ["overview.html", "index.html", "sign-in.html"] {
        fs::write(folder.join(page), STAND_IN)?;
    }
    Ok(folder)
}

/// The bundle of the sources as they are, built unless it is there already.
fn built(web: &Path, out: &Path) -> Result<PathBuf> {
    // OUT_DIR is target/PROFILE/build/PACKAGE/out.
    let target = out.ancestors().nth(4).unwrap_or(out);
    let bundle = target.join(format!("web-{:016x}", digest_of(web)?));
    if bundle.join("index.html").exists() {
        return Ok(bundle);
    }
    if !is_installed(web) {
        npm(web, &["ci", "--no-audit", "--no-fund"])?;
    }
    let unfinished = bundle.with_extension("unfinished");
    let folder = unfinished.to_str().ok_or("the target folder's name is not UTF-8")?;
    npm(web, &["run", "build", "--", "--outDir", folder, "--emptyOutDir"])?;
    fs::rename(&unfinished, &bundle)?;
    Ok(bundle)
}

/// Whether npm installed what the lock file names since that was last changed.
fn is_installed(web: &Path) -> bool {
    let changed = |file: &str| fs::metadata(web.join(file)).and_then(|file| file.modified());
    let (installed, locked) = (changed("node_modules/.package-lock.json"), changed("package-lock.json"));
    matches!((installed, locked), (Ok(installed), Ok(locked)) if installed >= locked)
}

fn npm(web: &Path, arguments: &[&str]) -> Result<()> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = Command::new(program).args(arguments).current_dir(web).env("CI", "1").output()?;
    if run.status.success() {
        return Ok(());
    }
    let (said, complained) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    Err(format!("npm {} failed (SKIP_UI=1 builds without):\n{said}\n{complained}", arguments.join(" "))
        .into())
}

fn digest_of(web: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        for file in files_under(&web.join(source))? {
            file.strip_prefix(web)?.hash(&mut hasher);
            fs::read(&file)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// The file itself, or all files under the folder, in order of name.
fn files_under(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        files.extend(files_under(&entry)?);
    }
    Ok(files)
}

/// Writes the Rust list of a bundle's files; `x.br` and `x.gz` beside `x` are its compressed forms.
fn list_assets(bundle: &Path, list: &Path) -> Result<()> {
    println!("cargo::rerun-if-changed={}", bundle.join("index.html").display());
    let mut code = "static ASSETS: &[Asset] = &[\n".to_owned();
    for file in files_under(bundle)? {
        if COMPRESSED.map(OsStr::new).map(Some).contains(&file.extension()) {
            continue;
        }
        let path =
            file.strip_prefix(bundle)?.to_str().ok_or("a file's name is not UTF-8")?.replace('\\', "/");
        let mut hasher = DefaultHasher::new();
        fs::read(&file)?.hash(&mut hasher);
        let etag = format!("\"{:016x}\"", hasher.finish());
        let [brotli, gzip] = COMPRESSED.map(|ending| {
            let compressed = PathBuf::from(format!("{}.{ending}", file.display()));
            match compressed.exists() {
                true => format!("Some(include_bytes!({compressed:?}))"),
                false => "None".to_owned(),
            }
        });
        let media_type = media_type_of(&path)?;
        writeln!(
            code,
            "Asset {{ path: {path:?}, media_type: {media_type:?}, etag: {etag:?}, \
             content: include_bytes!({file:?}), brotli: {brotli}, gzip: {gzip} }},"
        )?;
    }
    fs::write(list, code + "];\n")?;
    Ok(())
}

fn media_type_of(path: &str) -> Result<&'static str> {
    Ok(match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => return Err(format!("no media type is known for {path}").into()),
    })
}
