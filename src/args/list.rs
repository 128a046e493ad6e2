//! The flags for a list of paths.

use std::path::PathBuf;

use clap::Args;

/// A file of paths.
#[derive(Debug)]
pub(crate) struct List {
    /// Where it is; `-` is standard input.
    pub(crate) path: PathBuf,
    /// Whether each path is ended by a NUL, and not by its line.
    pub(crate) null: bool,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Read further paths from FILE, one a line, or each ended by a NUL as find -print0 does; - is standard input
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Take the list for one with NULs even where none is in it: then line ends belong to paths
    #[arg(short = '0', long, requires = "list")]
    null: bool,
}

impl ListArgs {
    pub(super) fn plan(self) -> Option<List> {
        let null = self.null;
        self.list.map(|path| List { path, null })
    }
}
