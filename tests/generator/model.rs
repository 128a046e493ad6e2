//! An invented department and its figures, built from the smallest parts up, so that every sum holds.

use super::codes::{ECONOMIC, FIELDS};
use super::knobs::{Kind, Options};
use super::rng::Rng;
use super::words;

/// Number of sources of money: general public budget, government fund, state capital, special account, own money.
pub(crate) const N_SOURCES: usize = 5;

/// A department with its money for one year; all amounts in cents.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    /// 青岚市
    pub(crate) city: String,
    /// The department's name.
    pub(crate) department: String,
    /// Its code in the budget.
    pub(crate) department_code: String,
    /// The department itself and the units below it.
    pub(crate) units: Vec<String>,
    /// What it works on.
    pub(crate) field: &'static str,
    /// The year that the money is for.
    pub(crate) year: i32,
    /// Functional items (项) in the order of their codes.
    pub(crate) lines: Vec<FunctionLine>,
    /// Basic expenditure by economic item.
    pub(crate) economic: Vec<EconomicLine>,
    /// Projects of the year and carried over.
    pub(crate) projects: Vec<Project>,
    /// 机关运行经费, one entry a unit.
    pub(crate) operating: Vec<i64>,
    /// Things bought for projects.
    pub(crate) purchases: Vec<Purchase>,
    /// The total of the year before.
    pub(crate) last_total: i64,
    /// What the budget allowed for 公务接待 and 公务用车运行维护 (accounts); a little more than was spent where it is not told.
    pub(crate) allowed: Option<(i64, i64)>,
    /// One unit alone, not a department with its units.
    pub(crate) is_unit: bool,
}

/// One functional item.
#[derive(Clone, Debug)]
pub(crate) struct FunctionLine {
    /// Seven digits.
    pub(crate) code: &'static str,
    /// Basic expenditure, all of it from the general public budget.
    pub(crate) basic: i64,
    /// Project expenditure of the year by source.
    pub(crate) project: [i64; N_SOURCES],
    /// Project expenditure from money carried over (general public budget).
    pub(crate) carried: i64,
    /// The general public budget's money of the year before.
    pub(crate) last: i64,
    /// Left over at the end of the year (final accounts; general public budget).
    pub(crate) left: i64,
}

impl FunctionLine {
    /// The money of the year from one source, without what was carried over.
    pub(crate) fn current(&self, source: usize) -> i64 {
        self.project[source] + if source == 0 { self.basic } else { 0 }
    }

    /// The money of the year from all sources.
    pub(crate) fn current_total(&self) -> i64 {
        self.basic + self.project.iter().sum::<i64>()
    }

    /// All project expenditure.
    pub(crate) fn project_total(&self) -> i64 {
        self.project.iter().sum::<i64>() + self.carried
    }

    /// All expenditure.
    pub(crate) fn total(&self) -> i64 {
        self.basic + self.project_total()
    }
}

/// Basic expenditure under one economic item.
#[derive(Clone, Debug)]
pub(crate) struct EconomicLine {
    /// 301
    pub(crate) class: &'static str,
    /// 工资福利支出
    pub(crate) class_name: &'static str,
    /// 30101
    pub(crate) code: &'static str,
    /// 基本工资
    pub(crate) name: &'static str,
    /// The government's own economic class.
    pub(crate) government: &'static str,
    /// The amount.
    pub(crate) amount: i64,
}

impl EconomicLine {
    /// 人员经费, or else 公用经费.
    pub(crate) fn is_personnel(&self) -> bool {
        self.class != "302"
    }
}

/// One project.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    /// Its name.
    pub(crate) name: String,
    /// Index into [`Figures::units`].
    pub(crate) unit: usize,
    /// The functional item that it stands under.
    pub(crate) code: &'static str,
    /// Which source pays for it.
    pub(crate) source: usize,
    /// The money of the year.
    pub(crate) amount: i64,
    /// Whether the money was carried over.
    pub(crate) carried: bool,
    /// What it is about.
    pub(crate) topic: &'static str,
    /// For how many years it runs.
    pub(crate) n_years: i64,
}

/// Something bought for a project.
#[derive(Clone, Debug)]
pub(crate) struct Purchase {
    /// Index into [`Figures::projects`].
    pub(crate) project: usize,
    /// 品目
    pub(crate) item: &'static str,
    /// How many, and of what.
    pub(crate) quantity: i64,
    /// 计量单位
    pub(crate) measure: &'static str,
    /// The price of all.
    pub(crate) amount: i64,
}

impl Figures {
    /// Draws a department's figures.
    pub(crate) fn draw(options: &Options) -> Self {
        let rng = Rng::new(options.seed);
        let (mut naming, mut money) = (rng.fork(1), rng.fork(2));
        let grain = if options.yuan || options.rounded { 1 } else { 10_000 };
        let (field, codes, topics) = naming.pick(&FIELDS);
        let city = (*naming.pick(&words::CITIES)).to_owned();
        let department = format!("{city}{field}{}", naming.pick(&["局", "办公室", "委员会"]));
        let department_code = naming.between(103, 187).to_string();
        let mut units = vec![department.clone()];
        for kind in words::UNIT_KINDS.iter().take(1 + naming.below(3)) {
            units.push(format!("{city}{}{kind}", naming.pick(topics)));
        }
        let economic = draw_economic(&mut money, grain);
        let mut lines = basic_lines(&economic, codes[0]);
        let mut projects = draw_projects(&mut money, options, &units, codes, topics);
        repeat_digits(&economic, &mut projects);
        for project in &projects {
            let line = line_of(&mut lines, project.code);
            if project.carried {
                line.carried += project.amount;
            } else {
                line.project[project.source] += project.amount;
            }
        }
        if options.kind == Kind::FinalAccounts {
            line_of(&mut lines, codes[1]).left = amount(&mut money, 20_000, 400_000, grain);
        }
        lines.sort_by_key(|l| l.code);
        let mut before = rng.fork(6);
        for line in &mut lines {
            // A tenth of the items is new.
            let share = if before.chance(10) { 0 } else { before.between(80, 118) };
            line.last = line.current(0) * share / 100 / grain * grain;
        }
        let total: i64 = lines.iter().map(FunctionLine::total).sum();
        let last_total = total - amount(&mut money, 10_000, 900_000, grain) * if money.chance(70) { 1 } else { -1 };
        let operating = split(&mut money, public_total(&economic), units.len(), grain);
        let purchases = draw_purchases(&mut money, &projects);
        Self {
            city,
            department,
            department_code,
            units,
            field,
            year: naming.between(2021, 2026) as i32,
            lines,
            economic,
            projects,
            operating,
            purchases,
            last_total,
            allowed: None,
            is_unit: false,
        }
    }

    /// The line of a functional item, new where there is none.
    pub(crate) fn line_of(&mut self, code: &'static str) -> &mut FunctionLine {
        line_of(&mut self.lines, code)
    }

    /// The sum of a figure over all functional items.
    pub(crate) fn sum(&self, of: impl Fn(&FunctionLine) -> i64) -> i64 {
        self.lines.iter().map(of).sum()
    }

    /// The sum of a figure over the items of one class (类).
    pub(crate) fn class_sum(&self, class: &str, of: impl Fn(&FunctionLine) -> i64) -> i64 {
        self.lines.iter().filter(|l| l.code.starts_with(class)).map(of).sum()
    }

    /// 人员经费
    pub(crate) fn personnel(&self) -> i64 {
        self.economic.iter().filter(|e| e.is_personnel()).map(|e| e.amount).sum()
    }

    /// 公用经费
    pub(crate) fn public(&self) -> i64 {
        public_total(&self.economic)
    }

    /// One economic item's amount.
    pub(crate) fn economic_amount(&self, code: &str) -> i64 {
        self.economic.iter().filter(|e| e.code == code).map(|e| e.amount).sum()
    }

    /// 公务接待费 and 公务用车运行维护费; nothing else is spent on 三公.
    pub(crate) fn three_public(&self) -> (i64, i64) {
        (self.economic_amount("30217"), self.economic_amount("30231"))
    }

    /// Rows of classes, groups and items with the sums of some figures; rows of nothing are left out.
    pub(crate) fn tree(&self, of: &dyn Fn(&FunctionLine) -> Vec<i64>) -> Vec<(String, u8, Vec<i64>)> {
        let mut rows: Vec<(String, u8, Vec<i64>)> = Vec::new();
        for line in &self.lines {
            let amounts = of(line);
            if amounts.iter().all(|a| *a == 0) {
                continue;
            }
            for (level, length) in [(0, 3), (1, 5), (2, 7)] {
                let code = &line.code[..length];
                match rows.iter_mut().find(|(c, _, _)| c == code) {
                    Some((_, _, sums)) => sums.iter_mut().zip(&amounts).for_each(|(s, a)| *s += a),
                    None => rows.push((code.to_owned(), level, amounts.clone())),
                }
            }
        }
        rows
    }
}

fn amount(rng: &mut Rng, low_yuan: i64, high_yuan: i64, grain: i64) -> i64 {
    rng.between(low_yuan * 100, high_yuan * 100) / grain * grain
}

fn public_total(economic: &[EconomicLine]) -> i64 {
    economic.iter().filter(|e| !e.is_personnel()).map(|e| e.amount).sum()
}

fn draw_economic(rng: &mut Rng, grain: i64) -> Vec<EconomicLine> {
    let mut lines = Vec::new();
    for (class, class_name, items) in ECONOMIC {
        for (code, name, government) in items {
            let amount = match *code {
                "30101" | "30102" => amount(rng, 1_500_000, 4_500_000, grain),
                "30107" | "30103" => amount(rng, 300_000, 1_800_000, grain),
                "30112" | "30199" | "30305" | "30309" => amount(rng, 5_000, 90_000, grain),
                "30108" | "30113" => amount(rng, 400_000, 900_000, grain),
                "30304" => continue,
                _ if class == "302" => amount(rng, 4_000, 260_000, grain),
                _ => amount(rng, 60_000, 500_000, grain),
            };
            lines.push(EconomicLine { class, class_name, code, name, government, amount });
        }
    }
    // Not every department spends on everything.
    let optional = ["30202", "30205", "30206", "30213", "30215", "30226", "30305"];
    let dropped = rng.below(optional.len());
    lines.retain(|l| optional.iter().position(|o| *o == l.code).is_none_or(|i| i >= dropped));
    lines
}

fn basic_lines(economic: &[EconomicLine], main: &'static str) -> Vec<FunctionLine> {
    let mut lines = Vec::new();
    for e in economic {
        let code = match e.code {
            "30302" => "2080501",
            "30108" => "2080505",
            "30109" => "2080506",
            "30110" => "2101101",
            "30111" => "2101103",
            "30113" => "2210201",
            _ => main,
        };
        line_of(&mut lines, code).basic += e.amount;
    }
    lines
}

fn line_of<'a>(lines: &'a mut Vec<FunctionLine>, code: &'static str) -> &'a mut FunctionLine {
    let i = lines.iter().position(|l| l.code == code).unwrap_or_else(|| {
        lines.push(FunctionLine { code, basic: 0, project: [0; N_SOURCES], carried: 0, last: 0, left: 0 });
        lines.len() - 1
    });
    &mut lines[i]
}

fn draw_projects(
    rng: &mut Rng,
    options: &Options,
    units: &[String],
    codes: &[&'static str; 4],
    topics: &[&'static str; 4],
) -> Vec<Project> {
    let mut projects = Vec::new();
    for i in 0..options.n_projects {
        let topic = topics[i % topics.len()];
        let mut name = if i == 1 {
            // A name whose repeats are meant: no repair of doubled text may touch it.
            format!("人人受益事事顺畅{topic}{}", words::PROJECT_KINDS[0])
        } else {
            format!("{topic}{}", words::PROJECT_KINDS[(i / topics.len() + i) % words::PROJECT_KINDS.len()])
        };
        if i >= topics.len() * words::PROJECT_KINDS.len() {
            name.push_str(&format!("（第{}批）", i / (topics.len() * words::PROJECT_KINDS.len()) + 1));
        }
        let fund = options.government_fund && i == 2;
        let source = if fund {
            1
        } else if i % 7 == 5 {
            4
        } else {
            0
        };
        projects.push(Project {
            name,
            unit: rng.below(units.len()),
            code: if fund { "2120803" } else { codes[1 + rng.below(3)] },
            source,
            amount: amount(rng, 20_000, 2_600_000, 10_000),
            carried: source == 0 && i % 4 == 3,
            topic,
            n_years: if rng.chance(60) { 1 } else { rng.between(2, 5) },
        });
    }
    projects
}

/// Moves the first project's amount so that the total of the general public budget ends in 22.22 (万元): digits
/// that repeat in bold are what a repair of doubled glyphs must not touch.
fn repeat_digits(economic: &[EconomicLine], projects: &mut [Project]) {
    let basic: i64 = economic.iter().map(|e| e.amount).sum();
    let rest: i64 = projects.iter().filter(|p| p.source == 0 && !p.carried).map(|p| p.amount).sum();
    let short = (22_222_222 - (basic + rest).rem_euclid(100_000_000)).rem_euclid(100_000_000) / 10_000 * 10_000;
    if let Some(first) = projects.first_mut() {
        first.amount += short;
    }
}

fn draw_purchases(rng: &mut Rng, projects: &[Project]) -> Vec<Purchase> {
    let mut purchases = Vec::new();
    for (i, project) in projects.iter().enumerate().filter(|(_, p)| !p.carried && p.source == 0).take(6) {
        let (item, measure) = *rng.pick(&words::PURCHASES);
        let amount = project.amount / rng.between(2, 6) / 10_000 * 10_000;
        if amount > 0 {
            purchases.push(Purchase { project: i, item, quantity: rng.between(1, 60), measure, amount });
        }
    }
    purchases
}

fn split(rng: &mut Rng, total: i64, n: usize, grain: i64) -> Vec<i64> {
    let mut parts = vec![0; n];
    let mut rest = total;
    for part in parts.iter_mut().skip(1) {
        *part = rest * rng.between(15, 40) / 100 / grain * grain;
        rest -= *part;
    }
    parts[0] = rest;
    parts
}
