//! What came to light, in the forms that build servers show: JUnit and SARIF.

mod junit;
mod sarif;

use serde_json::Value;

/// The form of a build server's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ci {
    /// JUnit's XML: a test case a document.
    Junit,
    /// SARIF 2.1.0: a result a problem.
    Sarif,
}

impl Ci {
    /// The whole report; `suite` is the subcommand that looked.
    pub(crate) fn write(self, suite: &str, cases: &[Case]) -> String {
        match self {
            Self::Junit => junit::write(suite, cases),
            Self::Sarif => sarif::write(suite, cases),
        }
    }
}

/// A document that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Case {
    /// Its path, or the name of its golden.
    pub(crate) path: String,
    /// What is wrong with it; nothing where all is well.
    pub(crate) problems: Vec<Problem>,
    /// Whether it could not be looked at: then its one problem says why.
    pub(crate) failed: bool,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problem {
    /// A stable name: a rule, a code of a diagnostic or an error, a class of difference.
    pub(crate) rule: String,
    /// For people: the place, and what is wrong there.
    pub(crate) message: String,
    /// The page, where it is on one.
    pub(crate) page: Option<u64>,
}

impl Case {
    /// A document that gave nothing to look at.
    pub(crate) fn failed(path: String, code: &str, message: String) -> Self {
        Self { path, problems: vec![Problem { rule: code.to_owned(), message, page: None }], failed: true }
    }

    /// A document by its findings, as `mingzhang check --json` tells them.
    pub(crate) fn of_findings(findings: &Value) -> Self {
        let mut problems = lost(&findings["lost"]);
        for finding in items(&findings["findings"]) {
            let place = place(&finding["subject"], &["table", "title", "name", "column"]);
            for check in items(&finding["checks"]) {
                let [message, left, right] = ["message", "left", "right"].map(|key| text(&check[key]));
                problems.push(Problem {
                    rule: text(&check["rule"]).to_owned(),
                    message: format!("{place}: {message}: {left} / {right}"),
                    page: finding["subject"]["page"].as_u64(),
                });
            }
        }
        let amounts = &findings["amounts"];
        if ["tables", "forms"].iter().all(|part| amounts[part]["nonzero"] == 0 && amounts[part]["zero"] == 0) {
            problems.push(no_amounts());
        }
        Self { path: text(&findings["source"]).to_owned(), problems, failed: false }
    }

    /// A document by how it compares with its golden, as `mingzhang golden check --json` tells it.
    pub(crate) fn of_golden(told: &Value) -> Self {
        let mut problems = lost(&told["lost"]);
        if told["has_amounts"] == false {
            problems.push(no_amounts());
        }
        for difference in items(&told["differences"]) {
            let side = |key: &str| text(&difference[key]).to_owned();
            problems.push(Problem {
                rule: side("class"),
                message: format!(
                    "{}: {} → {}",
                    place(difference, &["part", "row", "column"]),
                    side("old"),
                    side("new")
                ),
                page: None,
            });
        }
        let status = text(&told["status"]);
        if !matches!(status, "same" | "different") {
            problems.push(Problem { rule: format!("golden-{status}"), message: status.to_owned(), page: None });
        }
        Self { path: text(&told["golden"]).to_owned(), problems, failed: false }
    }
}

/// What of a document is lost.
fn lost(lost: &Value) -> Vec<Problem> {
    let of = |lost: &Value| Problem {
        rule: text(&lost["code"]).to_owned(),
        message: "a part of the document is lost".to_owned(),
        page: lost["page"].as_u64(),
    };
    items(lost).map(of).collect()
}

fn no_amounts() -> Problem {
    Problem { rule: "no-amounts".to_owned(), message: "no amount was found".to_owned(), page: None }
}

fn place(of: &Value, keys: &[&str]) -> String {
    let parts: Vec<&str> = keys.iter().map(|key| text(&of[key])).filter(|text| !text.is_empty()).collect();
    parts.join(", ")
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cases() -> [Case; 3] {
        let subject = json!({"page": 5, "table": "table-03", "title": null, "name": "合计 <1>", "column": "预算数"});
        let findings = json!({
            "source": "a b/预算.pdf", "lost": [{"code": "no-text-layer", "page": 7}],
            "findings": [{"subject": subject, "checks": [{"rule": "row-sum", "message": "off", "left": "3", "right": "2"}]}],
            "amounts": {"tables": {"nonzero": 1, "zero": 0}, "forms": {"nonzero": 0, "zero": 0}},
        });
        let golden = json!({"golden": "c.json", "status": "same", "differences": []});
        let failed = Case::failed("d.pdf".into(), "empty-file", "expected a PDF".into());
        [Case::of_findings(&findings), Case::of_golden(&golden), failed]
    }

    #[test]
    fn junit_has_a_case_a_document_and_a_failure_a_problem() {
        let xml = Ci::Junit.write("check", &cases());
        let document = roxmltree::Document::parse(&xml).unwrap();
        let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!((count("testcase"), count("failure"), count("error")), (3, 2, 1));
        let suite = document.root_element().first_element_child().unwrap();
        assert_eq!(
            [suite.attribute("tests"), suite.attribute("failures"), suite.attribute("errors")],
            [Some("3"), Some("1"), Some("1")]
        );
        assert!(xml.contains("table-03, 合计 &lt;1&gt;, 预算数: off: 3 / 2 (page 5)"), "{xml}");
    }

    #[test]
    fn sarif_has_a_result_a_problem_with_its_page() {
        let sarif: Value = serde_json::from_str(&Ci::Sarif.write("check", &cases())).unwrap();
        let run = &sarif["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), 3);
        assert_eq!(run["results"][1]["ruleId"], "row-sum");
        assert_eq!(run["results"][1]["properties"]["page"], 5);
        let uri = &run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "a%20b/%E9%A2%84%E7%AE%97.pdf");
        assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 3);
    }
}
