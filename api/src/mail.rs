//! E-mail: a letter is composed, and a server takes it or says why not. Whatever sends mail does it through here.
//!
//! What a letter says and to whom it goes is never logged, and neither is what a server answers: it repeats addresses.

use std::fmt;
use std::time::Duration;

use lettre::address::AddressError;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::{self, AsyncSmtpTransport};
use lettre::{AsyncTransport, Message, Tokio1Executor};
use uuid::Uuid;

/// The server that takes mail, and as whom it is sent.
#[derive(Clone)]
pub struct Settings {
    /// `smtp://host`, `smtps://host` or `smtp://host?tls=required`, with a port and a user where needed.
    pub server: String,
    /// The password of the user, if it takes one.
    pub password: Option<String>,
    /// Whom letters are from: `Passerelle <passerelle@example.org>`.
    pub from: String,
    /// Where its reader asks for no more of a letter that comes by itself: a `mailto:` or `https:` address.
    pub unsubscribe: Option<String>,
}

/// A letter to one person, as plain text and as HTML.
#[derive(Clone)]
pub struct Letter {
    /// Made of what the letter is, so that it is recognised if it ever arrives twice.
    pub id: Uuid,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
    /// Whether it comes by itself, and its reader may ask for no more of its kind.
    pub recurring: bool,
}

/// Why a letter was not sent.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The settings make no sense; the text says what to give instead.
    #[error("{0}")]
    Settings(String),
    /// It cannot be sent as it is: what it is addressed to is no address, or the server does not take it.
    #[error("a letter was refused{}", code(.0))]
    Refused(Option<smtp::response::Code>),
    /// The server cannot be reached, or cannot take it now: it was not sent and can be tried again.
    #[error("the mail server cannot take a letter now{}", code(.0))]
    NotNow(Option<smtp::response::Code>),
}

fn code(code: &Option<smtp::response::Code>) -> String {
    code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default()
}

impl From<AddressError> for Error {
    fn from(_error: AddressError) -> Self {
        Self::Refused(None)
    }
}

impl From<smtp::Error> for Error {
    fn from(error: smtp::Error) -> Self {
        let code = error.status();
        if error.is_permanent() || error.is_client() { Self::Refused(code) } else { Self::NotNow(code) }
    }
}

/// A text in HTML that is no markup, whatever it says.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How long a server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends letters through one server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    unsubscribe: ListUnsubscribe,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").finish_non_exhaustive()
    }
}

impl Mailer {
    /// A mailer by its settings; nothing is asked of the server yet.
    pub fn try_new(settings: &Settings) -> Result<Self, Error> {
        let from: Mailbox = settings.from.parse().map_err(|_| {
            Error::Settings("give a from-address such as \"Passerelle <passerelle@example.org>\"".to_owned())
        })?;
        let secured = settings.server.starts_with("smtps://") || settings.server.contains("tls=required");
        if settings.password.is_some() && !secured {
            let what = "a password goes over TLS alone: give smtps://… or smtp://…?tls=required";
            return Err(Error::Settings(what.to_owned()));
        }
        let (server, user) = without_user(&settings.server)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&server).map_err(|_| {
            let what =
                "give a mail server such as smtps://mail.example.org or smtp://user@host:587?tls=required";
            Error::Settings(what.to_owned())
        })?;
        let builder = match (user, &settings.password) {
            (Some(user), Some(password)) => builder.credentials(Credentials::new(user, password.clone())),
            (None, None) => builder,
            _ => {
                let what = "a user of the mail server has a password, and a password has a user: give both";
                return Err(Error::Settings(what.to_owned()));
            }
        };
        let unsubscribe = match &settings.unsubscribe {
            Some(address) => format!("<{address}>"),
            None => format!("<mailto:{}?subject=unsubscribe>", from.email),
        };
        let transport = builder.timeout(Some(PATIENCE)).build();
        Ok(Self { transport, from, unsubscribe: ListUnsubscribe(unsubscribe) })
    }

    /// Whether the server answers.
    pub async fn answers(&self) -> Result<(), Error> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::NotNow(None)),
            Err(error) => Err(Error::NotNow(error.status())),
        }
    }

    /// Sends a letter: done once the server has taken it.
    pub async fn send(&self, letter: Letter) -> Result<(), Error> {
        let message = self.composed(letter)?;
        self.transport.send(message).await?;
        Ok(())
    }

    fn composed(&self, letter: Letter) -> Result<Message, Error> {
        let id = format!("<{}@{}>", letter.id.simple(), self.from.email.domain());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, letter.to.parse()?))
            .subject(letter.subject)
            .message_id(Some(id))
            .header(AutoSubmitted);
        if letter.recurring {
            message = message.header(self.unsubscribe.clone());
        }
        let parts = MultiPart::alternative_plain_html(letter.text, letter.html);
        message.multipart(parts).map_err(|_| Error::Refused(None))
    }
}

/// The address of a server without the user in it, and that user. A password in it would stand in every list of
/// processes, so it is refused.
fn without_user(server: &str) -> Result<(String, Option<String>), Error> {
    let Some((scheme, rest)) = server.split_once("://") else { return Ok((server.to_owned(), None)) };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let Some(at) = rest[..end].rfind('@') else { return Ok((server.to_owned(), None)) };
    let (user, host) = (&rest[..at], &rest[at + 1..]);
    if user.contains(':') {
        let what = "leave the password out of the address of the mail server: give a file with it";
        return Err(Error::Settings(what.to_owned()));
    }
    Ok((format!("{scheme}://{host}"), Some(user.replace("%40", "@"))))
}

/// RFC 2369: where a reader asks for no more.
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }
    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// RFC 3834: no person wrote it, so that no machine answers it.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(server: &str, password: Option<&str>) -> Settings {
        let password = password.map(str::to_owned);
        let from = "Passerelle <passerelle@example.org>".to_owned();
        Settings { server: server.to_owned(), password, from, unsubscribe: None }
    }

    fn said(server: &str, password: Option<&str>) -> String {
        Mailer::try_new(&settings(server, password)).unwrap_err().to_string()
    }

    fn letter(to: &str, recurring: bool) -> Letter {
        let (subject, text) = ("Été : 2 réponses".to_owned(), "Bonjour".to_owned());
        Letter {
            id: Uuid::nil(),
            to: to.to_owned(),
            subject,
            html: format!("<p>{text}</p>"),
            text,
            recurring,
        }
    }

    #[test]
    fn settings_that_make_no_sense_say_what_to_give() {
        assert!(said("smtps://ada:secret@mail.example.org", None).contains("leave the password out"));
        assert!(said("smtp://ada@mail.example.org", Some("secret")).contains("over TLS alone"));
        assert!(said("smtps://ada@mail.example.org", None).contains("give both"));
        assert!(said("mail.example.org", None).contains("smtps://"));
        let nobody = Settings { from: "nobody".to_owned(), ..settings("smtp://localhost", None) };
        assert!(Mailer::try_new(&nobody).unwrap_err().to_string().contains("from-address"));
        assert!(Mailer::try_new(&settings("smtp://a%40b.org@mail:587?tls=required", Some("x"))).is_ok());
    }

    #[test]
    fn a_letter_says_by_itself_what_machines_need_to_know() {
        let mailer = Mailer::try_new(&settings("smtp://localhost", None)).unwrap();
        let written = |letter| String::from_utf8(mailer.composed(letter).unwrap().formatted()).unwrap();
        let recurring = written(letter("ada@example.org", true));
        for line in [
            "From: Passerelle <passerelle@example.org>\r\n",
            "To: ada@example.org\r\n",
            "Subject: =?utf-8?b?",
            "Message-ID: <00000000000000000000000000000000@example.org>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "List-Unsubscribe: <mailto:passerelle@example.org?subject=unsubscribe>\r\n",
            "Content-Type: multipart/alternative;",
        ] {
            assert!(recurring.contains(line), "{line}\n{recurring}");
        }
        assert!(!written(letter("ada@example.org", false)).contains("List-Unsubscribe"));
    }

    #[test]
    fn what_is_no_address_is_refused_and_not_repeated() {
        let mailer = Mailer::try_new(&settings("smtp://localhost", None)).unwrap();
        let refused = mailer.composed(letter("ada at example", true)).unwrap_err();
        assert_eq!(refused.to_string(), "a letter was refused");
    }
}
