//! Closed kinds and the stable names that they are published under, told once.

/// Gives a kind its published names: `name`, `from_name`, `Display`, and every variant in the order of publication.
///
/// Of variants under one name `from_name` finds the first.
macro_rules! names {
    ($kind:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $kind {
            /// Every one, in the order of publication.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The names of [`ALL`](Self::ALL).
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The stable name that is published.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }

            /// The one that is published under a name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

pub(crate) use names;
