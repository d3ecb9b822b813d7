//! `passerelle demo`: an invented organisation to look around in.

use std::sync::Arc;

use domain::event::Position;
use domain::organisation::Role;
use projections::{Viewer, organisation};

use super::serve::{listen, say};
use super::token::issue;
use super::{DemoLanguage, Place, Serving, Trouble};
use crate::activity_log::import::{Options, import};
use crate::demo::{LAST_DAY, Language, files};
use crate::folder::Folder;

/// Invents an organisation where there is none yet, and serves it.
pub(super) async fn demo(place: &Place, language: DemoLanguage, serving: &Serving) -> Result<(), Trouble> {
    let folder = Folder::open(&place.folder, place.journal.as_deref()).await?;
    let engine = Arc::new(folder.engine()?);
    if folder.journal.end().await? == Position::default() {
        say("inventing an organisation: 1,200 people, 18 months …")?;
        let language = match language {
            DemoLanguage::En => Language::En,
            DemoLanguage::Fr => Language::Fr,
        };
        let (files, _) = files(language, LAST_DAY);
        let summary = import(&engine, &files, Options::default(), &mut |_, _| {}).await?;
        say(&format!("{} acts are recorded", summary.recorded))?;
    }
    engine.catch_up().await?;
    let grants = organisation::roles(&engine.snapshot()?, &Viewer::Operator, engine.now())?;
    let administrator =
        grants.iter().find(|grant| grant.role == Role::Administrator).map(|grant| grant.member);
    let token = issue(&engine, administrator, None).await?;
    say(&format!("a token of an administrator of it: {token}"))?;
    say(&format!("open http://{}/ and paste the token to ask it anything", serving.listen))?;
    listen(engine, serving).await
}
