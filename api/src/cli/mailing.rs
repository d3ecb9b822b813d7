//! How mails are sent, as the command line and the environment say.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::Trouble;
use crate::digests::{self, Digests};
use crate::engine::Engine;
use crate::mail::{Mailer, Settings};

/// How mails are sent.
#[derive(Clone, Debug, Args)]
pub(crate) struct Mailing {
    /// The server that takes mails: smtps://user@host, smtp://user@host:587?tls=required, or smtp://host without a
    /// password. Without a server no mail is sent.
    #[arg(long, env = "PASSERELLE_SMTP", value_name = "URL", requires = "mail_from")]
    smtp: Option<String>,
    /// A file with the user's password; or give it in PASSERELLE_SMTP_PASSWORD.
    #[arg(long, env = "PASSERELLE_SMTP_PASSWORD_FILE", value_name = "FILE", requires = "smtp")]
    smtp_password_file: Option<PathBuf>,
    /// Whom mails are from, such as "Passerelle <passerelle@example.org>".
    #[arg(long, env = "PASSERELLE_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Where a reader asks for no more, a mailto: or https: address; by default a mail to the from-address.
    #[arg(long, env = "PASSERELLE_MAIL_UNSUBSCRIBE", value_name = "ADDRESS")]
    mail_unsubscribe: Option<String>,
    /// The hour of the organisation's day from which daily mails are sent, and on Mondays weekly ones.
    #[arg(long, env = "PASSERELLE_DIGEST_HOUR", value_name = "HOUR", default_value_t = 7,
        value_parser = clap::value_parser!(u32).range(0..24))]
    digest_hour: u32,
    /// Where members read on: the address of a front-end, named at the end of each mail.
    #[arg(long, env = "PASSERELLE_FRONT_END", value_name = "URL")]
    front_end: Option<String>,
}

impl Mailing {
    /// What sends mails, if a server was given.
    pub(crate) fn mailer(&self) -> Result<Option<Mailer>, Trouble> {
        let (Some(server), Some(from)) = (&self.smtp, &self.mail_from) else { return Ok(None) };
        let settings = Settings {
            server: server.clone(),
            password: self.password()?,
            from: from.clone(),
            unsubscribe: self.mail_unsubscribe.clone(),
        };
        Mailer::try_new(&settings).map(Some).map_err(|error| Trouble::Data(error.to_string()))
    }

    /// What mails members their notifications, if a server was given.
    pub(crate) fn digests(&self, engine: &Arc<Engine>) -> Result<Option<Digests>, Trouble> {
        let settings = digests::Settings { hour: self.digest_hour, address: self.front_end.clone() };
        let mailer = self.mailer()?;
        Ok(mailer.map(|mailer| Digests::new(Arc::clone(engine), mailer, settings)))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a secret is taken from the environment, never from arguments"
    )]
    fn password(&self) -> Result<Option<String>, Trouble> {
        let Some(file) = &self.smtp_password_file else {
            return Ok(std::env::var("PASSERELLE_SMTP_PASSWORD").ok());
        };
        let password = std::fs::read_to_string(file).map_err(|error| {
            Trouble::Data(format!("the password cannot be read from {} ({error})", file.display()))
        })?;
        Ok(Some(password.trim_end_matches(['\r', '\n']).to_owned()))
    }
}
