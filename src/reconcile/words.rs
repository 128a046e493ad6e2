//! What each rule says to people, in Chinese and English side by side.

use super::Rule;

/// What a rule says in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Words {
    /// What holds in a sound report.
    pub holds: &'static str,
    /// What is wrong where it fails.
    pub fails: &'static str,
    /// What the left figure is.
    pub left: &'static str,
    /// What the right figure is.
    pub right: &'static str,
    /// What is the likely cause.
    pub hint: &'static str,
    /// Which pages to look at.
    pub look_at: &'static str,
}

/// Words in the order of their fields.
const fn words([holds, fails, left, right, hint, look_at]: [&'static str; 6]) -> Words {
    Words { holds, fails, left, right, hint, look_at }
}

/// Chinese and English.
pub(super) const fn of(rule: Rule) -> [Words; 2] {
    let [zh, en] = match rule {
        Rule::RowSum => [
            [
                "合计等于其下各行之和",
                "合计与下级各行之和不等",
                "印作",
                "各行之和",
                "可能缺行、重复列行，或合计未随之更新",
                "该合计行及其下各行，表跨页的连下一页",
            ],
            [
                "a total is the sum of the rows below it",
                "a total is not the sum of its rows",
                "printed",
                "its rows add up to",
                "a row may be missing or stand twice, or the total was not brought up to date",
                "the total and the rows below it, over the break of the page too",
            ],
        ],
        Rule::ColumnSum => [
            [
                "合计栏等于同一行各分栏之和",
                "本行的合计栏与分栏不等",
                "印作",
                "按分栏计算",
                "某一栏可能误植，或数字填错了栏",
                "该行各栏，并与表头对照",
            ],
            [
                "a total column is what the other columns of its row make",
                "a total column is not what the other columns of its row make",
                "printed",
                "the columns make",
                "one column may be a misprint, or a figure stands in another column",
                "the row, each cell under its header",
            ],
        ],
        Rule::SameItem => [
            [
                "同一项目在各表里一致",
                "同一项目在两张表里不一致（与另一项互换）",
                "此处",
                "另一处",
                "可能只改了一张表，或两行的数互换了",
                "两张表里该项目的行",
            ],
            [
                "one item has one amount in all tables",
                "one item differs between two tables (changed places with another)",
                "here",
                "there",
                "one table may have been changed alone, or two rows changed places",
                "the item's row in both tables",
            ],
        ],
        Rule::TwoSides => [
            [
                "收入总计等于支出总计",
                "左右两边的总计不等",
                "左边",
                "右边",
                "可能一边漏列结转结余，或一边的总计未更新",
                "收支表最后的总计行，及其上的结转结余",
            ],
            [
                "total revenue is total expenditure",
                "the two sides do not balance",
                "left",
                "right",
                "one side may lack what is carried over, or its total was not brought up to date",
                "the last row of the table, and what is carried over above it",
            ],
        ],
        Rule::GroupSum => [
            [
                "一个科目等于另一张表里同一科目各行（分单位、分项目）之和",
                "一个科目与另一张表里同一科目各行之和不等",
                "此处",
                "各行之和",
                "分单位、分项目的表可能缺行，或口径不同",
                "该科目的行，及另一张表里同一科目的各行",
            ],
            [
                "a class is the sum of its rows in a table by unit or by project",
                "a class is not the sum of its rows in another table",
                "here",
                "its rows add up to",
                "the table by unit or by project may lack a row, or speak of other money",
                "the class's row, and its rows in the other table",
            ],
        ],
        Rule::FormFunds => [
            [
                "绩效表的资金总额等于各来源之和",
                "绩效表的资金总额与资金来源之和不等",
                "总额",
                "各来源之和",
                "可能漏填一个来源，或元与万元混用",
                "该绩效表的资金栏",
            ],
            [
                "a form's total is the sum of its sources",
                "a form's total is not the sum of its sources",
                "total",
                "sources add up to",
                "a source may be left out, or 元 and 万元 are mixed",
                "the funds of the form",
            ],
        ],
        Rule::FormProject => [
            [
                "绩效表的金额与项目支出表一致",
                "绩效表的金额与项目支出表不一致",
                "绩效表",
                "项目支出表",
                "可能一处调整后另一处未改",
                "该绩效表的资金栏，及项目支出表里同名的行",
            ],
            [
                "a form has the amount of its row in the project table",
                "a form and its row of the project table differ",
                "form",
                "table",
                "one of the two may have been adjusted alone",
                "the funds of the form, and the row of that name in the project table",
            ],
        ],
        Rule::ProjectList => [
            [
                "没有合计行的清单，各行之和等于标题所指的数",
                "清单各行之和与标题所指的数不等",
                "标题所指",
                "各行之和",
                "清单可能缺行，或只列了主要项目",
                "该清单各行，及列出这个数的表",
            ],
            [
                "the rows of a list without a total make the amount that its title names",
                "a list's rows are not the amount that its title names",
                "named",
                "its rows add up to",
                "the list may lack a row, or name the main projects alone",
                "the list, and the table that prints the amount",
            ],
        ],
        Rule::YearChange => [
            [
                "增减行等于上面两行之差",
                "增减行与上面两行之差不等",
                "印作",
                "两行之差",
                "本年或上年的数可能改过，增减未重算",
                "增减行及其上两行",
            ],
            [
                "a row of changes is the difference of the two rows above it",
                "a row of changes is not the difference of the two rows above it",
                "printed",
                "the difference is",
                "one year's figure may have changed, and the change was not worked out anew",
                "the row of changes and the two rows above it",
            ],
        ],
        Rule::NarrativeList => [
            [
                "文字里总数等于其后所列各项之和",
                "文字里总数与所列各项之和不等",
                "总数",
                "各项之和",
                "可能只列了主要的几项，或某一项沿用旧数",
                "该段文字",
            ],
            [
                "an amount of the text is the sum of the list that it heads",
                "an amount of the text is not the sum of its list",
                "amount",
                "the list adds up to",
                "the list may name the main items alone, or hold an earlier draft's figure",
                "the paragraph",
            ],
        ],
        Rule::NarrativeItem => [
            [
                "文字说明的数与报表一致",
                "文字说明与报表不一致",
                "文字",
                "报表",
                "文字可能沿用了旧稿的数",
                "该段文字，及报表里这一项的行",
            ],
            [
                "the text tells an item as the tables print it",
                "the text and the tables differ",
                "text",
                "tables",
                "the text may still hold the figure of an earlier draft",
                "the paragraph, and the item's row in the tables",
            ],
        ],
        Rule::NarrativeTotal => [
            [
                "文字说明的总数与报表一致",
                "文字说明与报表不一致",
                "文字",
                "报表",
                "文字可能沿用了旧稿的数",
                "该段文字，及收支总表的总计行",
            ],
            [
                "the text tells a total as the tables print it",
                "the text and the tables differ",
                "text",
                "tables",
                "the text may still hold the figure of an earlier draft",
                "the paragraph, and the last row of the summary table",
            ],
        ],
        Rule::NarrativeProjects => [
            [
                "文字说明的项目资金等于各绩效表之和",
                "文字说明的项目资金与各绩效表之和不等",
                "文字",
                "各绩效表之和",
                "绩效表可能未全部公开，或文字沿用旧数",
                "绩效情况说明，及各绩效表的资金总额",
            ],
            [
                "the text's project money is the sum of the forms",
                "the text's project money is not the sum of the forms",
                "text",
                "forms add up to",
                "a form may be kept from publication, or the text holds an earlier draft's figure",
                "what the text says of performance, and the totals of the forms",
            ],
        ],
        Rule::NarrativeRepeat => [
            [
                "文字说明同一段里同一项目只有一个数",
                "文字说明同一段里同一项目有两个数",
                "前文",
                "后文",
                "可能只改了其中一处",
                "该段文字",
            ],
            [
                "one paragraph gives one figure for one item",
                "one paragraph gives two figures for one item",
                "first",
                "then",
                "one of the two places may have been changed alone",
                "the paragraph",
            ],
        ],
        Rule::NarrativeShare => [
            [
                "文字说明的占比与金额相符",
                "文字说明的占比与金额不符",
                "金额",
                "按占比推算",
                "金额改过后占比可能未重算",
                "该段文字",
            ],
            [
                "a share in the text fits its amount",
                "a share in the text does not fit its amount",
                "amount",
                "the share makes",
                "the amount may have changed, and the share was not worked out anew",
                "the paragraph",
            ],
        ],
        Rule::NarrativeChange => [
            [
                "文字说明的增减额与增减幅度相符",
                "文字说明的增减额与增减幅度不符",
                "增减额",
                "按百分比推算",
                "金额改过后增减幅度可能未重算",
                "该段文字，及上年的数",
            ],
            [
                "a change in the text fits its rate",
                "a change in the text does not fit its rate",
                "change",
                "the rate makes",
                "the amount may have changed, and the rate was not worked out anew",
                "the paragraph, and the figure of the year before",
            ],
        ],
        Rule::UnitFactor => [
            [
                "标注的金额单位与别处的数相符",
                "金额单位可能标错（元与万元）",
                "按标注的单位",
                "别处",
                "单位可能标成了元（或万元）",
                "该表表头的单位，及别处同一项的数",
            ],
            [
                "a table's unit of money fits the amounts elsewhere",
                "the unit of the amounts is likely mislabelled (元 or 万元)",
                "as labelled",
                "elsewhere",
                "元 may stand where 万元 is meant, or the other way round",
                "the unit at the table's head, and the item elsewhere",
            ],
        ],
        Rule::MissingRow => [
            [
                "该有的行都在",
                "可能缺少行",
                "旁边的金额",
                "",
                "排版或分页时可能丢了行",
                "缺口前后的行，表跨页的连下一页",
            ],
            [
                "every row is there that must be",
                "a row seems to be missing",
                "amount beside the gap",
                "",
                "a row may have been lost where the page breaks",
                "the rows around the gap, over the break of the page too",
            ],
        ],
    };
    [words(zh), words(en)]
}
