//! Findings as text for the person who publishes the report.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::words;
use super::{Failure, Finding, Findings, Hint, Open, Shares, Spot, Tally};
use crate::lang::Lang;
use crate::reconcile::{FigureRef, Words};
use crate::terms::Unit;

/// Figures listed for one failure: longer sums are told by their ends.
const MAX_FIGURES: usize = 6;
/// Other rows named that could explain a failure.
const MAX_SUSPECTS: usize = 3;
/// Pages listed of those that could not be read.
const MAX_PAGES: usize = 12;
/// Names longer than this are cut: a paragraph is no name.
const MAX_NAME: usize = 40;

/// The findings of one report as lines, ending with a line end.
pub fn write_text(findings: &Findings, lang: Lang) -> String {
    let mut out = String::new();
    let n = findings.findings.len();
    let head = head(&findings.tally, lang);
    line(&mut out, 0, &format!("{}{}{head}", findings.source, lang.pick("：", ": ")));
    for (i, item) in findings.findings.iter().enumerate() {
        finding(&mut out, i + 1, item, lang);
    }
    if !findings.warnings.is_empty() {
        let head = lang.pick(
            "下面的合计差在舍入范围之内，但全篇其余合计都一分不差，宜核对末位：",
            "off by no more than rounding, where all other sums are exact; check the last digits:",
        );
        line(&mut out, 1, head);
        for (i, item) in findings.warnings.iter().enumerate() {
            finding(&mut out, n + i + 1, item, lang);
        }
    }
    shares(&mut out, lang.pick("表内金额", "amounts of tables"), &findings.statements, lang);
    if findings.forms.n_amounts() > 0 {
        shares(&mut out, lang.pick("绩效表资金", "amounts of forms"), &findings.forms, lang);
    }
    if !findings.open.is_empty() {
        line(
            &mut out,
            1,
            lang.pick("尚未印证、发布前宜看一眼的：", "not confirmed, to be looked at before publishing:"),
        );
        for item in &findings.open {
            open(&mut out, item, lang);
        }
    }
    out
}

/// One line about a report: what could not be read, and how many places disagree.
pub fn head(tally: &Tally, lang: Lang) -> String {
    let told = [lost(tally, lang), disagreement(tally.n_places, tally.n_failed, lang)];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("；", "; "));
    if told.is_empty() { lang.pick("各项核对都相符", "every check holds").to_owned() } else { told }
}

/// How many places disagree, and how many checks fail there; `None` where none does.
pub fn disagreement(n_places: usize, n_failed: usize, lang: Lang) -> Option<String> {
    let (places, disagree) = if n_places == 1 { ("place", "disagrees") } else { ("places", "disagree") };
    let (checks, fail) = if n_failed == 1 { ("check", "fails") } else { ("checks", "fail") };
    (n_failed > 0).then(|| match lang {
        Lang::Zh => format!("{n_places} 处不符（{n_failed} 项核对不通过）"),
        Lang::En => format!("{n_places} {places} {disagree} ({n_failed} {checks} {fail})"),
    })
}

/// What could not be read, or that there is no amount; `None` where all was read.
fn lost(tally: &Tally, lang: Lang) -> Option<String> {
    let mut pages: Vec<u32> = tally.lost.iter().filter_map(|lost| lost.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let mut codes: Vec<&str> = tally.lost.iter().map(|lost| lost.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let codes = codes.join(", ");
    let listed = pages.iter().take(MAX_PAGES).map(u32::to_string).collect::<Vec<_>>().join(lang.pick("、", ", "));
    let more = if pages.len() > MAX_PAGES { lang.pick(" 等", " and more") } else { "" };
    let unread = match (tally.lost.is_empty(), pages.len(), lang) {
        (true, ..) => None,
        (_, 0, Lang::Zh) => Some(format!("文件有缺损（{codes}）")),
        (_, 0, Lang::En) => Some(format!("a part of the file is lost ({codes})")),
        (_, n, Lang::Zh) => Some(format!("有 {n} 页未能读全：第 {listed}{more} 页（{codes}）")),
        (_, 1, Lang::En) => Some(format!("1 page could not be read whole: {listed} ({codes})")),
        (_, n, Lang::En) => Some(format!("{n} pages could not be read whole: {listed}{more} ({codes})")),
    };
    let empty = (!tally.has_amounts()).then(|| lang.pick("没有找到金额", "no amount was found").to_owned());
    let told: Vec<String> = unread.into_iter().chain(empty).collect();
    (!told.is_empty()).then(|| told.join(lang.pick("；", "; ")))
}

fn line(out: &mut String, depth: usize, text: &str) {
    for _ in 0..depth {
        out.push_str("  ");
    }
    out.push_str(text.trim_end());
    out.push('\n');
}

fn finding(out: &mut String, number: usize, finding: &Finding, lang: Lang) {
    line(out, 1, &format!("{number}. {}", place(&finding.subject, lang)));
    for item in &finding.failures {
        failure(out, item, &finding.subject, lang);
    }
    // Where the figures suggest nothing, the rule tells what is likely.
    if finding.hints.is_empty()
        && let Some(failure) = finding.failures.first()
    {
        let Words { hint, look_at, .. } = failure.rule.words(lang);
        line(out, 2, &format!("{}{hint}", lang.pick("提示：", "hint: ")));
        line(out, 2, &format!("{}{look_at}", lang.pick("请看：", "look at: ")));
    }
    for hint in &finding.hints {
        let elsewhere = match hint {
            Hint::Equals(spot) => beside(spot, &finding.subject, lang),
            _ => String::new(),
        };
        let hint = words::hint(hint, &elsewhere, lang);
        line(out, 2, &format!("{}{hint}", lang.pick("提示：", "hint: ")));
    }
}

fn failure(out: &mut String, failure: &Failure, subject: &Spot, lang: Lang) {
    let Words { fails: what, left, right, .. } = failure.rule.words(lang);
    let colon = lang.pick("：", ": ");
    if let Some(gap) = &failure.gap {
        line(out, 2, &format!("{what}{colon}{}", words::gap(gap, lang)));
        return;
    }
    let comma = lang.pick("，", ", ");
    let amount = |yuan: Decimal| money(yuan, failure.unit);
    let difference = amount(failure.left - failure.right);
    let unit = words::unit(failure.unit, lang);
    line(
        out,
        2,
        &format!(
            "{what}{colon}{left} {}{comma}{right} {}{comma}{} {difference}（{unit}）",
            amount(failure.left),
            amount(failure.right),
            lang.pick("相差", "difference"),
        )
        .replace('（', lang.pick("（", " ("))
        .replace('）', lang.pick("）", ")")),
    );
    if !failure.columns.is_empty() {
        let columns = failure.columns.join(lang.pick("、", ", "));
        line(out, 3, &format!("{}{columns}", lang.pick("同样见于本行各栏：", "the same in columns: ")));
    }
    let is_zero = |spot: &Spot| spot.yuan.is_some_and(|yuan| yuan.is_zero());
    let others: Vec<&Spot> = failure.figures.iter().filter(|spot| *spot != subject && !is_zero(spot)).collect();
    if !others.is_empty() {
        let mut shown: Vec<String> =
            others.iter().take(MAX_FIGURES).map(|spot| figure(spot, subject, failure.unit, lang)).collect();
        if others.len() > MAX_FIGURES {
            let rest = others.len() - MAX_FIGURES;
            shown.push(match lang {
                Lang::Zh => format!("另 {rest} 个数"),
                Lang::En => format!("{rest} more figures"),
            });
        }
        line(out, 3, &format!("{}{}", lang.pick("参与的数：", "with: "), shown.join(lang.pick("；", "; "))));
    }
    let suspects = failure.suspects.iter().filter(|spot| !failure.figures.contains(spot)).take(MAX_SUSPECTS);
    let suspects: Vec<String> = suspects.map(|spot| beside(spot, subject, lang)).collect();
    if !suspects.is_empty() {
        line(out, 3, &format!("{}{}", lang.pick("也可能是：", "or else: "), suspects.join(lang.pick("；", "; "))));
    }
}

/// A figure with what it prints.
fn figure(spot: &Spot, subject: &Spot, unit: Unit, lang: Lang) -> String {
    let place = beside(spot, subject, lang);
    match spot.yuan {
        Some(yuan) => format!("{place} {}", money(yuan, unit)),
        None => place,
    }
}

/// The whole place: page, table, row, column.
fn place(spot: &Spot, lang: Lang) -> String {
    let mut text = match (spot.provenance.page, lang) {
        (0, _) => String::new(),
        (page, Lang::Zh) => format!("第 {page} 页 "),
        (page, Lang::En) => format!("page {page}, "),
    };
    let title = cut(&spot.title);
    let _ = match (spot.holder.is_empty(), lang) {
        (true, Lang::Zh) => write!(text, "文字“{title}”"),
        (true, Lang::En) => write!(text, "text “{title}”"),
        (false, Lang::Zh) => write!(text, "《{title}》（{}）", spot.holder),
        (false, Lang::En) => write!(text, "{} “{title}”", spot.holder),
    };
    text.push_str(lang.pick("，", ", "));
    text.push_str(&within(spot, lang));
    text
}

/// The place as seen from another one: what both share is left out.
fn beside(spot: &Spot, from: &Spot, lang: Lang) -> String {
    if spot.holder != from.holder || spot.holder.is_empty() && spot.title != from.title {
        return place(spot, lang);
    }
    within(spot, lang)
}

/// Row and column within a table, the line of a form, the words of a text.
fn within(spot: &Spot, lang: Lang) -> String {
    let name = cut(&spot.name);
    match spot.at {
        FigureRef::Cell { .. } => {
            let row = spot.row.unwrap_or_default();
            let name = if name.is_empty() { name } else { format!(" {name}") };
            match lang {
                Lang::Zh => format!("第 {row} 行{name} · {}", spot.column),
                Lang::En => format!("row {row}{name}, column {}", spot.column),
            }
        }
        FigureRef::Fund { .. } | FigureRef::Text { .. } => words::form_line(&spot.column, lang),
        FigureRef::Prose { .. } => format!("“{name}…”"),
    }
}

fn cut(name: &str) -> String {
    let n = name.chars().count();
    if n <= MAX_NAME {
        return name.to_owned();
    }
    // The last words of a phrase name the amount.
    format!("…{}", name.chars().skip(n - MAX_NAME).collect::<String>())
}

fn shares(out: &mut String, what: &str, shares: &Shares, lang: Lang) {
    let n = shares.n_amounts();
    let levels: Vec<String> = Shares::LEVELS
        .iter()
        .zip(shares.counts)
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| format!("{} {count} ({})", words::trust(*level, lang), percent(count, n)))
        .collect();
    let levels = levels.join(lang.pick("，", ", "));
    let zeros = shares.n_zeros;
    line(
        out,
        1,
        &match lang {
            Lang::Zh => format!("{what} {n} 个（另有 {zeros} 个零）：{levels}"),
            Lang::En => format!("{n} {what} (and {zeros} zeros): {levels}"),
        },
    );
}

/// Parts of a hundred to one place, cut and not rounded: 100.0% is all of them.
fn percent(part: usize, whole: usize) -> String {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn open(out: &mut String, open: &Open, lang: Lang) {
    let pages: Vec<String> = open.pages.iter().map(u32::to_string).collect();
    let pages = pages.join(lang.pick("、", ", "));
    let Open { n_unchecked, n_rounded, n_amounts, .. } = open;
    let mut states = Vec::new();
    if *n_unchecked > 0 {
        states.push(format!("{} {n_unchecked}", lang.pick("无从核对", "unchecked")));
    }
    if *n_rounded > 0 {
        states.push(format!("{} {n_rounded}", lang.pick("仅在舍入范围内相符", "rounded")));
    }
    let states = states.join(lang.pick("，", ", "));
    let title = cut(&open.title);
    let column = if open.column.is_empty() { String::new() } else { format!(" · {}", open.column) };
    line(
        out,
        2,
        &match lang {
            Lang::Zh => format!("第 {pages} 页《{title}》（{}）{column}：共 {n_amounts} 个，{states}", open.holder),
            Lang::En => format!("page {pages}, {} “{title}”{column}: of {n_amounts}, {states}", open.holder),
        },
    );
}

/// An amount in yuan in the unit of its table, digits in threes, with at least two decimals.
fn money(yuan: Decimal, unit: Unit) -> String {
    let mut amount = (yuan / Decimal::from(unit.in_yuan())).normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    let text = amount.abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    format!("{sign}{grouped}.{decimals}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_in_the_unit_of_its_table() {
        let show = |yuan: &str, unit| money(yuan.parse().unwrap(), unit);
        assert_eq!(show("-1305000", Unit::TenThousandYuan), "-130.50");
        assert_eq!(show("1234567.5", Unit::Yuan), "1,234,567.50");
        assert_eq!(show("1234567.5", Unit::TenThousandYuan), "123.45675");
    }
}
