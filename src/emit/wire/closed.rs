//! Closed kinds in JSON: each is the string of its published name.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::SchemaVersion;
use crate::facts::{EconomicSystem, Level, Reason, Subject};
use crate::interpret::{ColumnRole, FormKind, FundSource, Horizon};
use crate::note::{NoteKind, Severity};
use crate::read::MediaType;
use crate::reconcile::{Rule, Trust};
use crate::terms::measure::{Fund, Measure, YearPart};
use crate::terms::subject::{Flow, Item, Nature, Stage};
use crate::terms::{ReportKind, StatementKind};

/// A kind that is read by its name.
trait Closed: Sized {
    const NAMES: &'static [&'static str];

    fn named(name: &str) -> Option<Self>;
}

/// Reads a name without keeping it.
struct Name<T>(PhantomData<T>);

impl<T: Closed> de::Visitor<'_> for Name<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", T::NAMES.join(", "))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<T, E> {
        T::named(name).ok_or_else(|| E::unknown_variant(name, T::NAMES))
    }
}

macro_rules! closed {
    ($($kind:ident),+ $(,)?) => {$(
        impl Closed for $kind {
            const NAMES: &'static [&'static str] = $kind::NAMES;

            fn named(name: &str) -> Option<Self> {
                $kind::from_name(name)
            }
        }

        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Name(PhantomData))
            }
        }
    )+};
}

closed!(
    ColumnRole,
    EconomicSystem,
    Flow,
    FormKind,
    Fund,
    FundSource,
    Horizon,
    Item,
    Level,
    Measure,
    MediaType,
    Nature,
    NoteKind,
    Reason,
    ReportKind,
    Rule,
    SchemaVersion,
    Severity,
    Stage,
    StatementKind,
    Subject,
    Trust,
    YearPart,
);
