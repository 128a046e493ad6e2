//! The folder that a run publishes in: what lies where, and what a run before this one has done.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde_json::{Value, json};

use crate::batch::Document;
use crate::batch::journal::{self, At, Intents, Journal, Unavailable};
use crate::batch::options::Options;
use crate::batch::publish::Written;
use crate::batch::record::{Record, Status};
use crate::batch::run::Stop;
use crate::batch::work::Part;
use crate::emit::export::Export;

/// The version that a document's result depends on.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a run keeps for itself, below the folder.
pub(crate) const PRIVATE: &str = ".mingzhang";

/// A folder that this run alone publishes in.
pub(super) struct Folder {
    root: PathBuf,
    /// What was done, by this run and those before it.
    pub(super) journal: Journal,
    /// What is about to be published.
    pub(super) intents: Intents,
}

impl Folder {
    /// Makes the folder where it is absent, and takes it for this run.
    pub(super) fn open(root: &Path) -> Result<Self, Stop> {
        let unwritable = |error| Stop::Folder(root.to_path_buf(), error);
        fs::create_dir_all(root).map_err(unwritable)?;
        let journal = Journal::open(&root.join("journal.jsonl")).map_err(|unavailable| match unavailable {
            Unavailable::Busy => Stop::Busy(root.to_path_buf()),
            Unavailable::Io(error) => unwritable(error),
        })?;
        Ok(Self { root: root.to_path_buf(), journal, intents: Intents::at(root.join(PRIVATE).join("intents.jsonl")) })
    }

    /// Where the folder lies.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where something lies that is the run's own.
    pub(super) fn private(&self, name: &str) -> PathBuf {
        self.root.join(PRIVATE).join(name)
    }

    /// Where the flat records of a document are kept.
    pub(super) fn records(&self, sha256: &str) -> PathBuf {
        records_below(&self.root, sha256)
    }

    /// Where the parts of a document's result go.
    pub(super) fn targets(&self, document: &Document) -> [PathBuf; 2] {
        Part::ALL.map(|part| match part {
            Part::Report => self.root.join(report_path(document)),
            Part::Records => self.records(document.sha256.as_deref().unwrap_or_default()),
        })
    }

    /// What a run before this one made of a document, where it is what this run would make and still there.
    pub(super) fn done_before(&self, document: &Document, options: Options) -> Option<(Record, At)> {
        let (at, entry) = self.journal.before(document.sha256.as_deref()?)?;
        if entry["version"] != VERSION || entry["options"] != options.to_json() {
            return None;
        }
        let record = Record::from_json(&entry).filter(Record::is_final)?;
        let stands = match record.status {
            Status::Published => {
                let wanted = Part::ALL.into_iter().zip(self.targets(document)).filter(|(p, _)| p.is_wanted(options));
                let here = wanted.map(|(_, target)| {
                    let n_bytes = fs::metadata(&target).ok()?.len();
                    Some((json!(self.below(&target).to_string_lossy()), json!(n_bytes)))
                });
                let then = entry["outputs"].as_array().into_iter().flatten();
                let then: Vec<_> = then.map(|output| (output["path"].clone(), output["bytes"].clone())).collect();
                here.collect::<Option<Vec<_>>>().is_some_and(|here| here == then)
            }
            // What a folder walk may pass over must be a disclosure where it was named.
            Status::Skipped | Status::Failed => entry["walked"] == document.walked,
        };
        stands.then_some((record, at))
    }

    /// Removes the folder of what a run keeps for itself, where nothing is in it.
    pub(super) fn tidy(&self) {
        // Not empty where this run wants flat records.
        let _ = fs::remove_dir(self.private(""));
    }

    /// Notes what of a document is about to be put in its place.
    pub(super) fn intend(&self, document: &Document, options: Options, written: &[Written; 2]) -> io::Result<()> {
        self.intents.note(self.outputs(document, options, written))
    }

    /// The wanted parts of a document as the journal names them.
    fn outputs(&self, document: &Document, options: Options, written: &[Written; 2]) -> Value {
        let parts = Part::ALL.into_iter().zip(self.targets(document)).zip(written);
        let wanted = parts.filter(|((part, _), _)| part.is_wanted(options));
        wanted.map(|((_, target), written)| journal::output(self.below(&target), written)).collect()
    }

    /// Enters a document into the journal.
    pub(super) fn enter(&self, entry: &Entry<'_>) -> io::Result<At> {
        let Entry { document, options, record, written, milliseconds } = entry;
        let is_published = record.status == Status::Published;
        let outputs = if is_published { self.outputs(document, *options, written) } else { json!([]) };
        let mut line = json!({
            "sha256": document.sha256,
            "paths": document.paths().map(Path::to_string_lossy).collect::<Vec<_>>(),
            "walked": document.walked,
            "version": VERSION,
            "options": options.to_json(),
            "milliseconds": milliseconds,
            "outputs": outputs,
        });
        if let (Value::Object(line), Value::Object(fields)) = (&mut line, record.to_json()) {
            line.extend(fields);
        }
        self.journal.append(line)
    }

    /// Enters the files of an export into the journal.
    pub(super) fn enter_export(&self, export: Export, outputs: &Value) -> io::Result<()> {
        self.journal.append(json!({"export": export.name(), "version": VERSION, "outputs": outputs}))?;
        Ok(())
    }

    /// The path of something in the folder, from the folder.
    pub(super) fn below<'a>(&self, target: &'a Path) -> &'a Path {
        target.strip_prefix(&self.root).unwrap_or(target)
    }
}

/// Where the flat records of a document are kept, in the folder of a run.
pub(super) fn records_below(root: &Path, sha256: &str) -> PathBuf {
    root.join(PRIVATE).join("records").join(format!("{sha256}.jsonl"))
}

/// What the journal says of a document.
pub(super) struct Entry<'a> {
    pub(super) document: &'a Document,
    pub(super) options: Options,
    pub(super) record: &'a Record,
    /// What the parts are.
    pub(super) written: [Written; 2],
    pub(super) milliseconds: u64,
}

/// The file that a document's report is published in, from the folder: `report.pdf` becomes `report.pdf.json`.
pub(super) fn report_path(document: &Document) -> PathBuf {
    let mut name = document.relative.clone().into_os_string();
    name.push(".json");
    name.into()
}

/// Two documents that would be published in one file, or one in the place of an export, named for people.
pub(super) fn clash(documents: &[Document], options: Options, exports: &[Export]) -> Option<String> {
    if !Part::Report.is_wanted(options) {
        return None;
    }
    let mut targets: Vec<(PathBuf, &Document)> = documents.iter().map(|d| (report_path(d), d)).collect();
    targets.sort_by(|a, b| a.0.cmp(&b.0));
    for pair in targets.windows(2) {
        if let [(target, a), (other, b)] = pair
            && target == other
        {
            let (a, b) = (a.path.display(), b.path.display());
            return Some(format!("{a} and {b} would both be published as {}", target.display()));
        }
    }
    targets.into_iter().find_map(|(target, document)| {
        let first = target.components().next().map(Component::as_os_str);
        let export = exports.iter().find(|export| first == Some(OsStr::new(export.name())))?;
        let (path, name) = (document.path.display(), export.name());
        Some(format!("{path} would be published in {name}/, where the export of that name goes"))
    })
}
