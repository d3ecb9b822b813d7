//! Where files are kept: a folder, or a bucket of an S3-compatible store.

use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::local::LocalFileSystem;

/// Where files are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A folder of this machine, or one that several machines share.
    Folder(PathBuf),
    /// `s3://bucket/prefix`; keys, region and endpoint come from the environment, as AWS names them.
    Bucket(String),
}

/// Why files cannot be kept there.
#[derive(Debug, thiserror::Error)]
#[error("files cannot be kept in {location}: {why}")]
pub struct Unusable {
    location: Location,
    why: String,
}

impl Location {
    /// The folder of files within the one that holds everything.
    pub fn within(folder: &Path) -> Self {
        Self::Folder(folder.join("files"))
    }

    /// Opens it, with the folder if it is one.
    pub(super) fn open(&self) -> Result<(Arc<dyn ObjectStore>, Option<PathBuf>), Unusable> {
        let unusable = |why: String| Unusable { location: self.clone(), why };
        match self {
            Self::Folder(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
                let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| unusable(e.to_string()))?;
                Ok((Arc::new(store.with_fsync(true)), Some(folder.clone())))
            }
            Self::Bucket(url) => bucket(url).map(|store| (store, None)).map_err(unusable),
        }
    }
}

/// The environment is read by the store itself, which knows every name that AWS gives its settings.
#[cfg(feature = "s3")]
fn bucket(url: &str) -> Result<Arc<dyn ObjectStore>, String> {
    use object_store::aws::AmazonS3Builder;
    use object_store::prefix::PrefixStore;

    let built = AmazonS3Builder::from_env().with_url(url).build().map_err(|error| error.to_string())?;
    let prefix = url.splitn(4, '/').nth(3).unwrap_or_default();
    Ok(Arc::new(PrefixStore::new(built, prefix)))
}

#[cfg(not(feature = "s3"))]
fn bucket(_url: &str) -> Result<Arc<dyn ObjectStore>, String> {
    Err("this program was built without S3; build it with --features s3, or name a folder".to_owned())
}

impl FromStr for Location {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.starts_with("s3://") {
            true => Self::Bucket(text.to_owned()),
            false => Self::Folder(text.into()),
        })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Bucket(url) => f.write_str(url),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_named_by_its_scheme_and_all_else_is_a_folder() {
        assert_eq!("s3://b/p".parse(), Ok(Location::Bucket("s3://b/p".to_owned())));
        assert_eq!("/srv/files".parse(), Ok(Location::Folder("/srv/files".into())));
    }
}
