//! The codes of errors that the transport itself answers with: one table from code to HTTP status and words.

use axum::http::StatusCode;

use super::Language;
use super::negotiation::Media;

/// What is wrong with a request, for programs. Refusals of the domain bring codes of their own and are answers, not
/// errors of the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The HTTP request or its parameters are malformed.
    BadRequest,
    /// A value given for an argument cannot be read as its type.
    BadUserInput,
    /// The file that came in is not the one its sender said it would be.
    DigestMismatch,
    /// No files are kept on this server.
    FilesNotKept,
    /// Others ask for the same costly thing just now.
    Busy,
    /// The caller may not do this.
    Forbidden,
    /// The session's cookie came from a page of another site.
    ForeignPage,
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// Something broke on our side; the log knows under the error id.
    InternalServerError,
    /// Introspection is switched off.
    IntrospectionOff,
    /// The method is not allowed here, or not for this operation.
    MethodNotAllowed,
    /// None of our media types is accepted.
    NotAcceptable,
    /// There is nothing at this path.
    NotFound,
    /// The body is too large.
    PayloadTooLarge,
    /// The caller, or the organisation, keeps as many files as they may.
    QuotaExceeded,
    /// The document is larger, deeper or wider than is allowed.
    QueryTooComplex,
    /// The part asked for lies beyond the end.
    RangeNotSatisfiable,
    /// No document is kept under this id.
    PersistedQueryNotFound,
    /// Documents are answered by their ids alone.
    PersistedQueryOnly,
    /// The client asked for more than its share of the minute.
    RateLimited,
    /// The body did not arrive in time.
    RequestTimeout,
    /// The link does not sign anybody in.
    SignInRefused,
    /// No room is left where files are kept.
    StorageFull,
    /// The operation took too long.
    Timeout,
    /// The answers to a subscription were not taken in time.
    TooSlow,
    /// The socket runs as many operations as it may.
    TooManyOperations,
    /// As many files are coming in as may at once.
    TooManyUploads,
    /// No token and no session, or one that does not hold.
    Unauthenticated,
    /// The body is not `application/json` in UTF-8.
    UnsupportedMediaType,
}

/// A line of the table.
struct Row {
    name: &'static str,
    status: StatusCode,
    en: &'static str,
    fr: &'static str,
}

const fn row(name: &'static str, status: StatusCode, en: &'static str, fr: &'static str) -> Row {
    Row { name, status, en, fr }
}

/// A refusal of a rule that HTTP answers with.
const fn refusal((name, en, fr): (&'static str, &'static str, &'static str), status: StatusCode) -> Row {
    row(name, status, en, fr)
}

impl Code {
    #[rustfmt::skip]
    const fn row(self) -> Row {
        use StatusCode as S;
        match self {
            Self::BadRequest => row("BAD_REQUEST", S::BAD_REQUEST, "The request is malformed.", "La requête est mal formée."),
            Self::BadUserInput => row("BAD_USER_INPUT", S::BAD_REQUEST, "A value given is not valid.", "Une valeur donnée n’est pas valide."),
            Self::DigestMismatch => row("DIGEST_MISMATCH", S::BAD_REQUEST, "What arrived is not what Content-Digest says: send the file again.", "Ce qui est arrivé n’est pas ce que dit Content-Digest : renvoyez le fichier."),
            Self::FilesNotKept => row("FILES_NOT_KEPT", S::NOT_IMPLEMENTED, "No files are kept on this server: share a link, or ask its administrator.", "Ce serveur ne conserve pas de fichiers : partagez un lien, ou adressez-vous à l’administrateur."),
            Self::Busy => row("BUSY", S::TOO_MANY_REQUESTS, "Others are asking for the same; try again in a minute.", "D’autres demandent la même chose ; réessayez dans une minute."),
            Self::Forbidden => row("FORBIDDEN", S::FORBIDDEN, "This is not allowed.", "Ce n’est pas permis."),
            Self::ForeignPage => row("FORBIDDEN", S::FORBIDDEN, "A session answers pages of this server alone; programs send a token.", "Une session ne répond qu’aux pages de ce serveur ; les programmes envoient un jeton."),
            Self::GraphqlParseFailed => row("GRAPHQL_PARSE_FAILED", S::BAD_REQUEST, "The document is not GraphQL.", "Le document n’est pas du GraphQL."),
            Self::GraphqlValidationFailed => row("GRAPHQL_VALIDATION_FAILED", S::BAD_REQUEST, "The document does not fit the schema.", "Le document ne correspond pas au schéma."),
            Self::InternalServerError => row("INTERNAL_SERVER_ERROR", S::INTERNAL_SERVER_ERROR, "Something broke on our side. Give the error id to your administrator.", "Une erreur est survenue de notre côté. Donnez l’identifiant d’erreur à votre administrateur."),
            Self::IntrospectionOff => row("INTROSPECTION_OFF", S::BAD_REQUEST, "Introspection is switched off here; ask for the schema file.", "L’introspection est désactivée ici ; demandez le fichier du schéma."),
            Self::MethodNotAllowed => row("METHOD_NOT_ALLOWED", S::METHOD_NOT_ALLOWED, "This method is not allowed here.", "Cette méthode n’est pas permise ici."),
            Self::NotAcceptable => row("NOT_ACCEPTABLE", S::NOT_ACCEPTABLE, "Accept application/graphql-response+json or application/json.", "Acceptez application/graphql-response+json ou application/json."),
            Self::NotFound => row("NOT_FOUND", S::NOT_FOUND, "There is nothing here.", "Il n’y a rien ici."),
            Self::PayloadTooLarge => row("PAYLOAD_TOO_LARGE", S::PAYLOAD_TOO_LARGE, "The body is too large.", "Le corps de la requête est trop grand."),
            Self::QuotaExceeded => row("QUOTA_EXCEEDED", S::INSUFFICIENT_STORAGE, "No more files may be kept for you: share a link, or ask your administrator.", "Plus aucun fichier ne peut être conservé pour vous : partagez un lien, ou adressez-vous à l’administrateur."),
            Self::PersistedQueryNotFound => row("PERSISTED_QUERY_NOT_FOUND", S::BAD_REQUEST, "No document is kept under this id.", "Aucun document n’est gardé sous cet identifiant."),
            Self::PersistedQueryOnly => row("PERSISTED_QUERY_ONLY", S::BAD_REQUEST, "Here documents are answered by their ids alone: send documentId.", "Ici, les documents ne sont servis que par leur identifiant : envoyez documentId."),
            Self::RateLimited => row("RATE_LIMITED", S::TOO_MANY_REQUESTS, "Too much was asked in a short time; wait and ask again.", "Trop a été demandé en peu de temps ; attendez et redemandez."),
            Self::QueryTooComplex => row("QUERY_TOO_COMPLEX", S::BAD_REQUEST, "The query is too complex.", "La requête est trop complexe."),
            Self::RangeNotSatisfiable => row("RANGE_NOT_SATISFIABLE", S::RANGE_NOT_SATISFIABLE, "The part asked for lies beyond the end of the file.", "La partie demandée se trouve au-delà de la fin du fichier."),
            Self::RequestTimeout => row("REQUEST_TIMEOUT", S::REQUEST_TIMEOUT, "The request did not arrive in time.", "La requête n’est pas arrivée à temps."),
            Self::SignInRefused => refusal(domain::session::open::Refusal::SignInRefused.texts(), S::FORBIDDEN),
            Self::StorageFull => row("STORAGE_FULL", S::INSUFFICIENT_STORAGE, "The disk of the server is full: nothing was kept. Tell its administrator; when there is room, send it again.", "Le disque du serveur est plein : rien n’a été conservé. Dites-le à l’administrateur ; quand il y aura de la place, renvoyez-le."),
            Self::Timeout => row("TIMEOUT", S::SERVICE_UNAVAILABLE, "The operation took too long. A mutation may still have happened: repeat it with the same commandId.", "L’opération a pris trop de temps. Une mutation peut avoir eu lieu : répétez-la avec le même commandId."),
            Self::TooSlow => row("TOO_SLOW", S::REQUEST_TIMEOUT, "What was sent was not taken in time, so no more is: ask again from the last position that came.", "Ce qui était envoyé n’a pas été pris à temps, et rien d’autre ne suit : redemandez à partir de la dernière position reçue."),
            Self::TooManyOperations => row("TOO_MANY_OPERATIONS", S::TOO_MANY_REQUESTS, "Too many operations run at once; end some first.", "Trop d’opérations sont en cours ; terminez-en d’abord."),
            Self::TooManyUploads => row("TOO_MANY_UPLOADS", S::SERVICE_UNAVAILABLE, "Too many files are coming in at once: try again in a few seconds.", "Trop de fichiers arrivent en même temps : réessayez dans quelques secondes."),
            Self::Unauthenticated => row("UNAUTHENTICATED", S::UNAUTHORIZED, "A valid token is needed, or a session.", "Un jeton valable est nécessaire, ou une session."),
            Self::UnsupportedMediaType => row("UNSUPPORTED_MEDIA_TYPE", S::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json in UTF-8.", "Le corps doit être en application/json et en UTF-8."),
        }
    }

    /// The stable name sent as `extensions.code`.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What is wrong, for people who meet it without having written the request.
    pub const fn message(self, language: Language) -> &'static str {
        let row = self.row();
        match language {
            Language::English => row.en,
            Language::French => row.fr,
        }
    }

    /// The HTTP status of a request refused with this code. A well-formed request whose *document* is refused is
    /// answered 200 to those who accept only `application/json`, as GraphQL over HTTP asks for older clients.
    pub(super) fn status(self, media: Media) -> StatusCode {
        let of_document = matches!(
            self,
            Self::BadUserInput
                | Self::GraphqlParseFailed
                | Self::GraphqlValidationFailed
                | Self::IntrospectionOff
                | Self::QueryTooComplex
        );
        match media {
            Media::Json if of_document => StatusCode::OK,
            _ => self.row().status,
        }
    }
}
