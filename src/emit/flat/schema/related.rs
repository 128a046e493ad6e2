//! The columns of what reports say of each other, as data.

use super::ColumnType::{Flag, Integer, Text, Texts};
use super::columns::{FACTS, FLOW, FUND, LEVEL, NATURE, STAGE, SUBJECT, YEAR_PART};
use super::{Column, YUAN};

const TIE: &[&str] = &["prior-year", "budget-of-accounts", "version", "unit-of"];
const BASIS: &[&str] = &["name-and-code", "name", "place", "renaming", "figures"];
const RULE: &[&str] = &["prior-year", "budget-of-accounts", "version", "unit-figure", "sum-of-units"];
const CLASS: &[&str] = &["equal", "rounding", "unit", "restated", "eliminated", "error"];
const BREAK: &[&str] = &["renamed", "merged", "unit-of-account", "restated"];
const SYSTEM: &[&str] = &["function", "department", "government"];

const RELATION_ID: Column = Column::new("relation_id", Text, "stable: made from the two reports").required();
const REPORT_ID: Column = Column::new("report_id", Text, "SHA-256 of the source file, in hex").required();
const FACT_ID: Column = Column::new("fact_id", Text, "the fact of that report").required();
const YEAR: Column = Column::new("year", Integer, "the fiscal year that the figure is for").required();

pub(super) const RELATIONS: &[Column] = &[
    RELATION_ID,
    Column::new("tie", Text, "how they belong together").required().one_of(TIE),
    Column::new("report_id", Text, "the later report, the accounts, the department").required(),
    Column::new("other_report_id", Text, "the earlier report, the budget, the unit").required(),
    Column::new("source_name", Text, "file name of the first").required(),
    Column::new("other_source_name", Text, "file name of the second").required(),
    Column::new("department", Text, "whose the first is, as printed"),
    Column::new("other_department", Text, "whose the second is, as printed"),
    Column::new("basis", Text, "by what it is known that they belong together").required().one_of(BASIS),
    Column::new("ambiguous", Flag, "another body could be meant: nothing was compared").required(),
    Column::new("n_checks", Integer, "figures held against each other").required(),
    Column::new("n_holds", Integer, "how many of them agree").required(),
];

/// What a figure is of, as in `facts`: up to its item …
const WHAT: &[Column] = &[
    Column::new("stage", Text, "how far the money has come").required().one_of(STAGE),
    Column::new("flow", Text, "in or out").required().one_of(FLOW),
    Column::new("subject", Text, "what it is about").required().one_of(SUBJECT),
    Column::new("functional_code", Text, "digits alone"),
    Column::new("functional_name", Text, "as the row names the function"),
    Column::new("economic_code", Text, "digits alone"),
    Column::new("economic_name", Text, "as the row names the economic class"),
    Column::new("economic_system", Text, "department or government"),
    Column::new("paired_code", Text, "of parts of both systems: the other code"),
    Column::new("item", Text, "of lists with official items"),
];

/// … of a project or a unit …
const OF_WHOM: &[Column] = &[
    Column::new("project", Text, "as printed"),
    Column::new("unit", Text, "without what says which of its reports it is"),
];

/// … and its money.
const MONEY: &[Column] = &[
    Column::new("nature", Text, "which expenditure").required().one_of(NATURE),
    Column::new("fund", Text, "whose money").required().one_of(FUND),
    Column::new("year_part", Text, "of which year's grant").required().one_of(YEAR_PART),
];

/// How many columns several lists have.
const fn len(parts: &[&[Column]]) -> usize {
    let (mut n, mut part) = (0, 0);
    while part < parts.len() {
        n += parts[part].len();
        part += 1;
    }
    n
}

/// Several lists of columns as one.
const fn join<const N: usize>(parts: &[&[Column]]) -> [Column; N] {
    let mut all = [YEAR; N];
    let (mut n, mut part) = (0, 0);
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            all[n] = parts[part][i];
            n += 1;
            i += 1;
        }
        part += 1;
    }
    all
}

const CROSS_PARTS: &[&[Column]] = &[
    &[
        Column::new("check_id", Text, "stable: the relation and the fact").required(),
        RELATION_ID,
        Column::new("rule", Text, "what is held against what").required().one_of(RULE),
        REPORT_ID,
        FACT_ID,
        Column::new("place", Text, "page and table of the first place that prints it"),
        Column::new("other_report_ids", Texts, "the other report, or those of all units").required(),
        Column::new("other_fact_ids", Texts, "a fact of each").required(),
        Column::new("other_places", Texts, "page and table of each").required(),
        YEAR,
    ],
    WHAT,
    OF_WHOM,
    MONEY,
    &[
        Column::new("amount", YUAN, "the figure, in yuan").required(),
        Column::new("other_amount", YUAN, "the other figure, or the sum over the units, in yuan").required(),
        Column::new("difference", YUAN, "amount less other_amount").required(),
        Column::new("holds", Flag, "whether they agree").required(),
        Column::new("class", Text, "how they differ").required().one_of(CLASS),
    ],
];

pub(super) const CROSS_CHECKS: &[Column] = &join::<{ len(CROSS_PARTS) }>(CROSS_PARTS);

const FACT_PARTS: &[&[Column]] =
    &[FACTS, &[Column::new("borne_out_by", Texts, "the relations by which another report agrees").required()]];

pub(super) const RELATED_FACTS: &[Column] = &join::<{ len(FACT_PARTS) }>(FACT_PARTS);

const SERIES_PARTS: &[&[Column]] = &[
    &[
        Column::new("series_id", Text, "stable: made from the body and the key").required(),
        YEAR,
        Column::new("department", Text, "the body's latest name, as printed").required(),
        Column::new("report_level", Text, "a department with its units, or one unit").required().one_of(LEVEL),
    ],
    WHAT,
    MONEY,
    &[
        Column::new("amount", YUAN, "in yuan").required(),
        Column::new("trust", Text, "as in facts").required(),
        REPORT_ID,
        FACT_ID,
        Column::new("break_reason", Text, "why it is not comparable with the year before").one_of(BREAK),
    ],
];

pub(super) const SERIES: &[Column] = &join::<{ len(SERIES_PARTS) }>(SERIES_PARTS);

pub(super) const VOCABULARY: &[Column] = &[
    Column::new("system", Text, "function, or the system of economic codes").required().one_of(SYSTEM),
    Column::new("code", Text, "digits alone").required(),
    Column::new("year", Integer, "the reports' fiscal year").required(),
    Column::new("name", Text, "as printed").required(),
    Column::new("n_reports", Integer, "how many reports of that year print it").required(),
    Column::new("odd", Flag, "one report alone prints it, where others agree on another name").required(),
];
