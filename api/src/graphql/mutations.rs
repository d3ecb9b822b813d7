//! The form that all mutations share, so that each says only what is its own: its input, and the command it makes.

/// Declares the payload of the mutations upon one kind of thing.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $object:ty = $id:ident }) => {
        $(#[$doc])*
        pub(crate) struct $name {
            answer: $crate::graphql::answer::Answer,
            id: Option<$id>,
        }

        impl $name {
            /// What became of a command upon something that was there.
            #[allow(dead_code, reason = "some kinds of things are only ever created")]
            pub(crate) fn change(
                ctx: &async_graphql::Context<'_>,
                answer: $crate::graphql::answer::Answer,
                id: &async_graphql::ID,
            ) -> async_graphql::Result<Self> {
                use $crate::graphql::{caller::Asked, id::OfKind};
                let named = ctx.reading().ids()?.named(id).and_then($id::of);
                let id = named.filter(|_| answer.user_errors.is_empty());
                Ok(Self { answer, id })
            }

            /// What became of a command that creates something.
            #[allow(dead_code, reason = "some kinds of things are only ever changed")]
            pub(crate) fn create(answer: $crate::graphql::answer::Answer) -> async_graphql::Result<Self> {
                let id = <$id as $crate::graphql::id::Made>::made(answer.new_id);
                let id = id.filter(|_| answer.user_errors.is_empty());
                Ok(Self { answer, id })
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            $(#[$field_doc])*
            async fn $field(&self, ctx: &async_graphql::Context<'_>) -> Option<async_graphql::Result<$object>> {
                <$object>::by_id(ctx, self.id?).await.map_err(async_graphql::Error::from).transpose()
            }
            /// Answers at this position or after hold the change; null when nothing was changed.
            async fn position(&self) -> Option<$crate::graphql::position::Position> { self.answer.position }
            /// Whether the change shows already. If not, it is recorded and will: read again with `atLeast`.
            async fn projected(&self) -> bool { self.answer.projected }
            /// Why nothing was changed; empty when all went well.
            async fn user_errors(&self) -> &[$crate::graphql::answer::UserError] { &self.answer.user_errors }
        }
    };
}
pub(crate) use payload;

/// Declares the mutations that answer with one payload. Each has its input, whether it creates something (`create`)
/// or acts upon the thing whose id stands in a field (`change … on field`), and the command it makes of its input.
macro_rules! mutations {
    ($(#[$doc:meta])* $root:ident -> $payload:ident {$(
        $(#[$method_doc:meta])*
        $how:ident $method:ident($input:ident {
            $( $(#[$field_doc:meta])* $field:ident: $ty:ty ),* $(,)?
        }) $(on $target:ident)? => |$ids:ident, $given:ident| $command:expr;
    )+}) => {
        $(
            #[doc = concat!("What `", stringify!($method), "` takes.")]
            #[derive(Debug, async_graphql::InputObject)]
            pub(crate) struct $input {
                /// Makes a repeat safe: the same id with the same input is answered as the first time.
                command_id: Option<async_graphql::ID>,
                $( $(#[$field_doc])* $field: $ty, )*
            }
        )+

        $(#[$doc])*
        #[derive(Default)]
        pub(crate) struct $root;

        #[async_graphql::Object]
        impl $root {$(
            $(#[$method_doc])*
            #[allow(non_snake_case, reason = "mutations are named as the schema has them")]
            async fn $method(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "What it takes.")] input: $input,
            ) -> async_graphql::Result<$payload> {
                let $given = &input;
                let command = |$ids: $crate::graphql::answer::Input| Ok($command);
                let fields: &[&str] = &["command_id", $( stringify!($field) ),*];
                let sent = (input.command_id.as_ref(), fields);
                let answer = $crate::graphql::answer::perform(ctx, sent, command).await?;
                $crate::graphql::mutations::answered!($how $payload, ctx, answer, input $(, $target)?)
            }
        )+}
    };
}
pub(crate) use mutations;

macro_rules! answered {
    (create $payload:ident, $ctx:ident, $answer:ident, $input:ident) => {
        $payload::create($answer)
    };
    (change $payload:ident, $ctx:ident, $answer:ident, $input:ident, $target:ident) => {
        $payload::change($ctx, $answer, &$input.$target)
    };
}
pub(crate) use answered;
