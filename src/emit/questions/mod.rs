//! The questions that a journalist asks first, as SQL over `facts` that DuckDB and SQLite both understand.

/// A question with its answer as a query.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The name of the view.
    pub name: &'static str,
    /// The query over `facts`, the question as a comment on top.
    pub sql: &'static str,
}

impl Question {
    /// The question in words.
    pub fn asks(&self) -> &'static str {
        self.sql.lines().next().unwrap_or_default().trim_start_matches("-- ")
    }
}

/// Every question.
pub const QUESTIONS: [Question; 5] = [
    Question { name: "three_public", sql: include_str!("three_public.sql") },
    Question { name: "basic_share", sql: include_str!("basic_share.sql") },
    Question { name: "largest_projects", sql: include_str!("largest_projects.sql") },
    Question { name: "year_on_year", sql: include_str!("year_on_year.sql") },
    Question { name: "contradictions", sql: include_str!("contradictions.sql") },
];
