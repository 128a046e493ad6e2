//! The flags for the form in which findings and differences are told.

use clap::{Args, ValueEnum};

use crate::command::ci::Ci;

/// How what came to light is told.
#[derive(Debug, Args)]
pub(super) struct FormArgs {
    /// JSON instead of text: the same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Text for people, JSON, or what build servers show
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Junit,
    Sarif,
}

impl FormArgs {
    /// Whether JSON is wanted.
    pub(super) fn is_json(&self) -> bool {
        self.json || self.format == Form::Json
    }

    /// The form of a build server's report, if one is wanted.
    pub(super) fn ci(&self) -> Option<Ci> {
        match self.format {
            Form::Text | Form::Json => None,
            Form::Junit => Some(Ci::Junit),
            Form::Sarif => Some(Ci::Sarif),
        }
    }
}
