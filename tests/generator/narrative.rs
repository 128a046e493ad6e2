//! The narrative: headings and paragraphs whose figures are those of the tables.

use super::codes::CLASSES;
use super::final_accounts::income;
use super::knobs::{Kind, Options, Size};
use super::layout::Block;
use super::model::{Figures, FunctionLine};
use super::money::{self, Unit, percent};
use super::words;

/// 万元 with two decimals, as the narrative prints every amount.
pub(crate) fn wan(cents: i64) -> String {
    money::plain(cents, Unit::TenThousand)
}

fn heading(level: u8, text: impl Into<String>) -> Block {
    Block::Heading(level, text.into())
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

/// 第一部分: what the department does.
pub(crate) fn opening(figures: &Figures, options: &Options) -> Vec<Block> {
    let mut blocks = vec![heading(1, "第一部分 部门概况"), heading(2, "一、主要职责")];
    let n = if options.size == Size::Full { words::DUTIES.len() } else { 3 };
    let marks = ["一", "二", "三", "四", "五", "六", "七", "八"];
    for (duty, mark) in words::DUTIES.iter().zip(marks).take(n) {
        blocks.push(paragraph(format!("（{mark}）{}", duty.replace("{}", figures.field))));
    }
    blocks.push(heading(2, "二、机构设置情况"));
    let report = if options.kind == Kind::Budget { "预算" } else { "决算" };
    blocks.push(paragraph(format!(
        "{}部门{report}由本级和{}个所属单位组成，编制222名，实有188人。",
        figures.department,
        figures.units.len() - 1
    )));
    for unit in figures.units.iter().skip(1) {
        blocks.push(paragraph(format!("{unit}为公益一类事业单位，内设机构3个。")));
    }
    // Repeats that are meant, in bold: no repair of doubled text may touch them.
    blocks.push(heading(2, "三、2222个村组人人有联系人的安排"));
    blocks.push(paragraph("全年走访2222个村组，人人有联系人，事事有回音，处处有记录。"));
    blocks
}

/// Heading above the tables.
pub(crate) fn tables_heading(figures: &Figures, options: &Options) -> Block {
    match options.kind {
        Kind::Budget => heading(1, format!("第二部分 {}年部门预算报表", figures.year)),
        Kind::FinalAccounts => heading(1, format!("第二部分 {}年度部门决算表", figures.year)),
    }
}

/// 第三部分: the figures in words.
pub(crate) fn explanation(figures: &Figures, options: &Options) -> Vec<Block> {
    match options.kind {
        Kind::Budget => budget(figures, options),
        Kind::FinalAccounts => accounts(figures),
    }
}

/// `比上年增加1.00万元，增长2.00%`
fn change(now: i64, before: i64) -> String {
    let (verb, rate) = if now >= before { ("增加", "增长") } else { ("减少", "下降") };
    format!("比上年{verb}{}万元，{rate}{}", wan((now - before).abs()), percent(now - before, before))
}

fn by_class(figures: &Figures, whole: i64, of: &dyn Fn(&FunctionLine) -> i64) -> String {
    let parts: Vec<String> = CLASSES
        .iter()
        .map(|(code, name)| (name, figures.class_sum(code, of)))
        .filter(|(_, amount)| *amount != 0)
        .map(|(name, amount)| format!("{name}{}万元，占{}", wan(amount), percent(amount, whole)))
        .collect();
    parts.join("；")
}

fn budget(figures: &Figures, options: &Options) -> Vec<Block> {
    let year = figures.year;
    let (current, carried) = (figures.sum(FunctionLine::current_total), figures.sum(|l| l.carried));
    let total = current + carried;
    let (basic, project) = (figures.sum(|l| l.basic), figures.sum(FunctionLine::project_total));
    let general = figures.sum(|l| l.current(0));
    let (fund, own) = (figures.sum(|l| l.current(1)), figures.sum(|l| l.current(4)));
    let fiscal = general + fund;
    let (reception, running) = figures.three_public();
    let mut blocks = vec![heading(1, format!("第三部分 {year}年度部门预算情况说明"))];
    let mut say = |level_and_title: (u8, String), text: String| {
        blocks.push(heading(level_and_title.0, level_and_title.1));
        if !text.is_empty() {
            text.split('\n').for_each(|line| blocks.push(paragraph(line)));
        }
    };
    let two = |title: &str| (2, title.to_owned());
    let three = |title: &str| (3, title.to_owned());
    say(
        two("一、收支预算总体情况"),
        format!(
            "{year}年度收入总计{}万元，其中：本年收入{}万元，上年结转{}万元。收入总计{}，主要原因是项目安排有所调整。支出总计{}万元，与收入总计持平。",
            wan(total),
            wan(current),
            wan(carried),
            change(total, figures.last_total),
            wan(total)
        ),
    );
    say(
        two("二、收入预算情况"),
        format!(
            "{year}年度收入预算{}万元，包括：一般公共预算{}万元，占{}；政府性基金预算{}万元，占{}；单位资金{}万元，占{}；上年结转{}万元，占{}。",
            wan(total),
            wan(general),
            percent(general, total),
            wan(fund),
            percent(fund, total),
            wan(own),
            percent(own, total),
            wan(carried),
            percent(carried, total)
        ),
    );
    say(
        two("三、支出预算情况"),
        format!(
            "{year}年度支出预算{}万元，其中：基本支出{}万元，占{}；项目支出{}万元，占{}。",
            wan(total),
            wan(basic),
            percent(basic, total),
            wan(project),
            percent(project, total)
        ),
    );
    say(
        two("四、财政拨款收支预算总体情况"),
        format!(
            "{year}年度财政拨款收支总预算{}万元，其中当年拨款{}万元，上年结转{}万元。",
            wan(fiscal + carried),
            wan(fiscal),
            wan(carried)
        ),
    );
    say(two("五、一般公共预算支出情况"), String::new());
    say(three("（一）规模变化情况"), format!("{year}年度一般公共预算当年拨款{}万元。", wan(general)));
    let current_general = |l: &FunctionLine| l.current(0);
    let classes = by_class(figures, general, &current_general);
    say(three("（二）结构情况"), format!("主要用于以下方面：{classes}。"));
    say(
        two("六、一般公共预算基本支出情况"),
        format!(
            "{year}年度一般公共预算基本支出{}万元，其中：\n人员经费{}万元，主要包括基本工资、津贴补贴、奖金、住房公积金等。\n公用经费{}万元，主要包括办公费、差旅费、工会经费、福利费等。",
            wan(basic),
            wan(figures.personnel()),
            wan(figures.public())
        ),
    );
    say(
        two("七、“三公”经费预算情况"),
        format!(
            "{year}年度“三公”经费预算{}万元，其中：公务接待费{}万元，公务用车运行维护费{}万元，没有安排因公出国（境）费和公务用车购置费。",
            wan(reception + running),
            wan(reception),
            wan(running)
        ),
    );
    if options.size == Size::Full {
        let bought: i64 = figures.purchases.iter().map(|p| p.amount).sum();
        say(two("八、机关运行经费"), format!("{year}年度机关运行经费预算{}万元。", wan(figures.public())));
        say(two("九、政府采购情况"), format!("{year}年度政府采购预算{}万元。", wan(bought)));
        say(two("十、人人参与的绩效管理情况"), String::new());
        say(
            three("（一）绩效目标"),
            format!(
                "{year}年度{}个项目实行绩效目标管理，职工人人参与、事事有记录、处处可核查。",
                figures.projects.len()
            ),
        );
        say(three("（二）预算绩效目标表"), "见附表。".to_owned());
    }
    blocks
}

fn accounts(figures: &Figures) -> Vec<Block> {
    let year = figures.year;
    let (spent, carried) = (figures.sum(FunctionLine::total), figures.sum(|l| l.carried));
    let (income, left) = (figures.sum(income), figures.sum(|l| l.left));
    let (basic, project) = (figures.sum(|l| l.basic), figures.sum(FunctionLine::project_total));
    let general = |l: &FunctionLine| l.current(0) + l.carried;
    let general_sum = figures.sum(general);
    let (reception, running) = figures.three_public();
    let total = income + carried;
    let texts = [
        (
            format!("一、{year}年度收入支出决算总体情况说明"),
            format!(
                "{year}年度收入总计{}万元，其中：本年收入{}万元，年初结转和结余{}万元；{}。支出总计{}万元，其中：本年支出{}万元，年末结转和结余{}万元。",
                wan(total),
                wan(income),
                wan(carried),
                change(total, figures.last_total),
                wan(spent + left),
                wan(spent),
                wan(left)
            ),
        ),
        (
            format!("二、{year}年度支出决算情况说明"),
            format!(
                "{year}年度本年支出合计{}万元，其中：基本支出{}万元，占{}；项目支出{}万元，占{}。",
                wan(spent),
                wan(basic),
                percent(basic, spent),
                wan(project),
                percent(project, spent)
            ),
        ),
        (
            format!("三、{year}年度一般公共预算财政拨款支出决算情况说明"),
            format!(
                "{year}年度一般公共预算财政拨款支出{}万元，主要用于：{}。",
                wan(general_sum),
                by_class(figures, general_sum, &general)
            ),
        ),
        (
            format!("四、{year}年度一般公共预算财政拨款基本支出决算情况说明"),
            format!(
                "{year}年度一般公共预算财政拨款基本支出{}万元，其中：人员经费{}万元，公用经费{}万元。",
                wan(basic),
                wan(figures.personnel()),
                wan(figures.public())
            ),
        ),
        (
            format!("五、{year}年度“三公”经费支出决算情况说明"),
            format!(
                "{year}年度“三公”经费支出决算{}万元，其中：公务接待费{}万元，公务用车运行维护费{}万元。",
                wan(reception + running),
                wan(reception),
                wan(running)
            ),
        ),
    ];
    let mut blocks = vec![heading(1, format!("第三部分 {year}年度部门决算情况说明"))];
    for (title, text) in texts {
        blocks.extend([heading(2, title), paragraph(text)]);
    }
    blocks
}

/// 第四部分: what words mean.
pub(crate) fn glossary() -> Vec<Block> {
    let mut blocks = vec![heading(1, "第四部分 名词解释")];
    for (i, (word, meaning)) in words::GLOSSARY.iter().enumerate() {
        blocks.push(paragraph(format!("{}、{word}：{meaning}", super::budget::ordinal(i + 1))));
    }
    blocks
}
