//! JUnit's XML: a suite, a test case a document, a failure a problem, an error where a document gave no report.

use std::fmt::Write as _;

use super::{Case, Problem};

/// The whole report.
pub(super) fn write(suite: &str, cases: &[Case]) -> String {
    let n_failures = cases.iter().filter(|case| !case.failed && !case.problems.is_empty()).count();
    let n_errors = cases.iter().filter(|case| case.failed).count();
    let counts = format!("tests=\"{}\" failures=\"{n_failures}\" errors=\"{n_errors}\"", cases.len());
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n<testsuite name=\"mingzhang {suite}\" {counts}>\n"
    );
    for case in cases {
        let name = escape(&case.path);
        let _ = writeln!(xml, "<testcase classname=\"mingzhang.{suite}\" name=\"{name}\">");
        for problem in &case.problems {
            let element = if case.failed { "error" } else { "failure" };
            let message = escape(&said(problem));
            let _ = writeln!(xml, "<{element} type=\"{}\" message=\"{message}\"/>", escape(&problem.rule));
        }
        xml.push_str("</testcase>\n");
    }
    xml.push_str("</testsuite>\n</testsuites>\n");
    xml
}

fn said(problem: &Problem) -> String {
    match problem.page {
        Some(page) => format!("{} (page {page})", problem.message),
        None => problem.message.clone(),
    }
}

/// A text in an attribute; characters that XML has not are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
