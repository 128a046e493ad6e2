//! The questions that a journalist asks first, as SQL that DuckDB and SQLite both understand.

/// A question with its answer as a query.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The name of the view.
    pub name: &'static str,
    /// The query, the question as a comment on top.
    pub sql: &'static str,
}

impl Question {
    /// The question in words.
    pub fn asks(&self) -> &'static str {
        self.sql.lines().next().unwrap_or_default().trim_start_matches("-- ")
    }
}

/// Every question to reports.
pub const QUESTIONS: [Question; 5] = [
    Question { name: "three_public", sql: include_str!("three_public.sql") },
    Question { name: "basic_share", sql: include_str!("basic_share.sql") },
    Question { name: "largest_projects", sql: include_str!("largest_projects.sql") },
    Question { name: "year_on_year", sql: include_str!("year_on_year.sql") },
    Question { name: "contradictions", sql: include_str!("contradictions.sql") },
];

/// Every question to what reports say of each other.
pub const RELATED: [Question; 3] = [
    Question { name: "series_with_breaks", sql: include_str!("related/series_with_breaks.sql") },
    Question { name: "contradicted_elsewhere", sql: include_str!("related/contradicted_elsewhere.sql") },
    Question { name: "borne_out_share", sql: include_str!("related/borne_out_share.sql") },
];
