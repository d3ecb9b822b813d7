//! The words in which a subject declares its events.

/// Declares the event types of a subject. Each has a name, a version, plain fields, and sealed fields grouped
/// by the owner of their key: `content(post)` is the key of the thing whose id stands in the plain field `post`.
macro_rules! events {
    (
        $class:ident $category:literal
        $(
            $(#[$doc:meta])*
            $variant:ident = $name:literal v $version:literal {
                $( $(#[$fdoc:meta])* $field:ident : $ty:ty ),* $(,)?
            }
            $( + $sealing:ident($owner:ident) {
                $( $(#[$sdoc:meta])* $sfield:ident : $sty:ty ),* $(,)?
            } )*
        )+
    ) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq)]
            pub struct $variant {
                $( $(#[$fdoc])* pub $field: $ty, )*
                $( $( $(#[$sdoc])* pub $sfield: $crate::sealed::Sealed<$sty>, )* )*
            }

            impl From<$variant> for $crate::event::Event {
                fn from(event: $variant) -> Self { Event::$variant(event).into() }
            }
        )+

        #[doc = concat!("What can happen to a stream of the category `", $category, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $( $(#[$doc])* $variant($variant), )+
        }

        impl Event {
            /// The types of this subject.
            pub const DECLARED: &[$crate::event::Declared] = &[$(
                $crate::event::Declared {
                    name: concat!($category, ".", $name),
                    version: $version,
                    class: $crate::event::Class::$class,
                    fields: &[
                        $( $crate::sealed::Field {
                            name: stringify!($field),
                            sealing: $crate::sealed::Sealing::Plain,
                        }, )*
                        $( $( $crate::sealed::Field {
                            name: stringify!($sfield),
                            sealing: $crate::event::owned!(sealing $sealing $owner),
                        }, )* )*
                    ],
                },
            )+];

            /// What the events of this subject are about.
            pub const CLASS: $crate::event::Class = $crate::event::Class::$class;

            /// The declared name of this event's type.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$variant(_) => concat!($category, ".", $name), )+ }
            }

            /// The newest version of this event's type.
            pub fn version(&self) -> u16 {
                match self { $( Self::$variant(_) => $version, )+ }
            }

            pub(crate) fn parts(&self) -> Result<$crate::event::Parts, serde_json::Error> {
                match self { $(
                    Self::$variant(event) => {
                        #[derive(serde::Serialize)]
                        struct Plain<'a> { $( $field: &'a $ty, )* }
                        let plain = serde_json::to_string(&Plain { $( $field: &event.$field, )* })?;
                        let sealed = vec![$( $(
                            $crate::event::SealedPart {
                                name: stringify!($sfield),
                                owner: $crate::event::owned!(owner $sealing event.$owner),
                                value: event.$sfield.open().map(serde_json::to_vec).transpose()?,
                            },
                        )* )*];
                        Ok($crate::event::Parts { plain, sealed })
                    }
                )+ }
            }

            pub(crate) fn assemble(
                name: &str,
                plain: &str,
                opener: &mut dyn $crate::event::Opener,
            ) -> Result<Self, $crate::event::Unreadable> {
                let _ = &opener;
                match name {
                    $(
                        concat!($category, ".", $name) => {
                            #[derive(serde::Deserialize)]
                            #[serde(deny_unknown_fields)]
                            struct Plain { $( $field: $ty, )* }
                            let plain: Plain = serde_json::from_str(plain)?;
                            Ok(Self::$variant($variant {
                                $( $( $sfield: match opener.open(
                                    stringify!($sfield),
                                    $crate::event::owned!(owner $sealing plain.$owner),
                                )? {
                                    Some(json) => $crate::sealed::Sealed::Open(serde_json::from_slice(&json)?),
                                    None => $crate::sealed::Sealed::Gone,
                                }, )* )*
                                $( $field: plain.$field, )*
                            }))
                        }
                    )+
                    _ => Err($crate::event::Unreadable(format!("unknown event type {name}"))),
                }
            }
        }
    };
}
pub(crate) use events;

/// The owner of a sealed field, as declared and as found in an event.
macro_rules! owned {
    (sealing personal $field:ident) => {
        $crate::sealed::Sealing::Personal(stringify!($field))
    };
    (sealing content $field:ident) => {
        $crate::sealed::Sealing::Content(stringify!($field))
    };
    (sealing trace $field:ident) => {
        $crate::sealed::Sealing::Trace(stringify!($field))
    };
    (sealing look $field:ident) => {
        $crate::sealed::Sealing::Look(stringify!($field))
    };
    (owner personal $id:expr) => {
        $crate::sealed::Owner::Personal($id)
    };
    (owner content $id:expr) => {
        $crate::sealed::Owner::Content(uuid::Uuid::from($id))
    };
    (owner trace $month:expr) => {
        $crate::sealed::Owner::Trace($month)
    };
    (owner look $month:expr) => {
        $crate::sealed::Owner::Look($month)
    };
}
pub(crate) use owned;
