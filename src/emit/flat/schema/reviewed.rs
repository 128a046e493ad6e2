//! The columns of what reviewers decided, as data.

use super::Column;
use super::ColumnType::{Flag, Integer, Text};
use super::columns::{REPORT_ID, REVIEWED_AT, SEQ};

pub(super) const DECISIONS: &[Column] = &[
    REPORT_ID,
    SEQ,
    Column::new("holder", Text, "id of the table or form"),
    Column::new("row_index", Integer, "row of the table, from 0"),
    Column::new("column_index", Integer, "column of the table, from 0"),
    Column::new("fund", Text, "line of a form: horizon/source"),
    Column::new("rule", Text, "which identity, or the code of the diagnostic"),
    Column::new("place", Text, "the place of the check, for people"),
    Column::new("page", Integer, "page of the diagnostic"),
    Column::new("decision", Text, "what was decided").required().one_of(&["accepted", "corrected", "noted"]),
    Column::new("value", Text, "of a correction, in the unit of its table"),
    Column::new("reason", Text, "why it was accepted: the source's own error, or nobody can check it")
        .one_of(&crate::emit::decisions::REASONS),
    Column::new("note", Text, "the reviewer's words"),
    Column::new("reviewer", Text, "who decided").required(),
    REVIEWED_AT,
    Column::new("program_version", Text, "the version that the reviewer looked at").required(),
    Column::new("printed", Text, "the printed text that it was made for; of a check, both sides in yuan"),
    Column::new("stale", Flag, "whether something else is read there now: then it is applied nowhere").required(),
];
