//! # Same item: one figure in several statements
//!
//! **What it checks.** The same code, the same label, or the same sum printed in two statements is the same amount.
//!
//! **Why it holds.** The statements of a disclosure are views of one budget: 201 一般公共服务支出 stands in 支出总表, in
//! 收支总表 by its name, and in 财政拨款收支总表 where all money is fiscal; 基本支出 is a column here and a row there, and
//! the sum of the statement by economic class.
//!
//! Projects of several units that bear one name (日常保障运行) are told apart by the name of the unit beside it.
//!
//! **Example.** 20501 in 支出总表 60.00 = 20501 in 一般公共预算支出表 60.00.
//!
//! Two statements may speak of different money (all funds here, fiscal funds there), so disagreement says nothing: a
//! pair of columns counts where it agrees on nearly all the items they share, and only its agreement is used. Addition
//! closes one case: two items that exactly change places in one of the two statements.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Context;
use super::identity::{Hypothesis, Identity, Stance};
use super::ledger::{FigureId, Ledger};
use super::rows;
use crate::arithmetic::code::Code;
use crate::arithmetic::label;
use crate::arithmetic::money::Micro;
use crate::arithmetic::side::{Line, Side};
use crate::interpret::Column;
use crate::terms::class;

/// What an item is known by in every statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Item {
    /// A functional or economic class.
    Class(Code),
    /// The sum of the statement.
    Sum,
    /// A name, from a row's label or from a column over the sum row.
    Name(Rc<str>),
    /// All names of a row that has several: a unit and its project.
    Names(Rc<[String]>),
}

/// Position of an item in [`Listings::items`].
pub(super) type ItemId = usize;

/// Every money column, and every item of any of them: columns are compared by the positions of their items.
#[derive(Debug)]
pub(super) struct Listings {
    /// The items, in order.
    pub(super) items: Vec<Item>,
    /// The columns.
    pub(super) columns: Vec<Listing>,
    /// Every amount with its item and its column, sorted: amounts first, for they tell most apart.
    pub(super) prints: Vec<(Micro, ItemId, usize)>,
}

/// An amount column of a statement with the items that it prints once.
#[derive(Debug)]
pub(super) struct Listing {
    /// Index of the statement.
    pub(super) statement: usize,
    /// Index of the column.
    pub(super) column: usize,
    /// What it prints, in the order of the items.
    pub(super) items: Vec<(ItemId, FigureId)>,
}

impl Listing {
    /// The figure of an item.
    pub(super) fn figure(&self, item: ItemId) -> Option<FigureId> {
        let position = self.items.binary_search_by_key(&item, |(item, _)| *item).ok()?;
        self.items.get(position).map(|(_, figure)| *figure)
    }

    /// The figures of the items that another column prints too.
    fn shared_with(&self, other: &Self) -> Vec<(FigureId, FigureId)> {
        let mut theirs = other.items.iter().peekable();
        let mut pairs = Vec::new();
        for (item, figure) in &self.items {
            while theirs.next_if(|(other, _)| other < item).is_some() {}
            pairs.extend(theirs.next_if(|(other, _)| other == item).map(|(_, their)| (*figure, *their)));
        }
        pairs
    }
}

/// A pair of columns counts from so many different amounts that agree …
const MIN_AGREEING: usize = 2;
/// … when they are at least this share of the items that both print.
const AGREE_PERCENT: usize = 70;
/// A single agreement counts from so many significant digits: shorter amounts meet by chance.
const MIN_DIGITS: u32 = 3;
/// Columns by function and by economic class share so few items by name: those that agree are used one by one.
const MAX_SHARED_BY_NAME: usize = 4;
/// More columns than this that print the same amount for the same item are not paired each with each.
const MAX_GROUP: usize = 24;

/// Proposes equalities between statements.
pub(super) fn propose(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let listings = &context.listings.columns;
    // Listings by item and amount; every pair in a group agrees there.
    let prints = &context.listings.prints;
    let mut agreeing: Vec<(usize, usize)> = Vec::new();
    for group in prints.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|group| group[0].0 != 0) {
        // In a large group each agrees with the next, which says as much.
        let reach = if group.len() <= MAX_GROUP { group.len() } else { 1 };
        for (position, (.., a)) in group.iter().enumerate() {
            for (.., b) in group.iter().skip(position + 1).take(reach) {
                if listings[*a].statement != listings[*b].statement {
                    agreeing.push((*a, *b));
                }
            }
        }
    }
    agreeing.sort_unstable();
    let places: Vec<String> = listings.iter().map(|l| context.column_place(l.statement, l.column)).collect();
    let mut result = Vec::new();
    for agreements in agreeing.chunk_by(|a, b| a == b) {
        let (n, (first, second)) = (agreements.len(), agreements[0]);
        let (a, b) = (&listings[first], &listings[second]);
        let pairs = a.shared_with(b);
        let printed = pairs.iter().filter(|(x, y)| ledger.micro(*x) != 0 && ledger.micro(*y) != 0).count();
        let mut distinct = pairs.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let exchanged = exchanges(ledger, &distinct);
        let place = format!("{} = {}", places[first], places[second]);
        // Nearly all the others agree, so that the columns speak of the same money.
        let n_others = printed.saturating_sub(n + exchanged.len());
        if !exchanged.is_empty() && n >= MIN_AGREEING.max(n_others) {
            let place = format!("{place}, exchanged");
            result.push(Hypothesis { place, identities: exchanged, stance: Stance::Closed });
        }
        if n >= MIN_AGREEING && n * 100 >= printed * AGREE_PERCENT {
            let identities = pairs.iter().filter_map(|(x, y)| Identity::equal(ledger, *x, *y)).collect();
            result.push(Hypothesis { place, identities, stance: Stance::Silent });
            continue;
        }
        // Columns that share little: what agrees to several digits is no chance.
        let alike = |(x, y): &&(FigureId, FigureId)| {
            ledger.micro(*x) == ledger.micro(*y) && ledger.significant_digits(*x) >= MIN_DIGITS
        };
        let identities: Vec<Identity> =
            pairs.iter().filter(alike).filter_map(|(x, y)| Identity::equal(ledger, *x, *y)).collect();
        if printed <= MAX_SHARED_BY_NAME {
            result.push(Hypothesis { place, identities, stance: Stance::Silent });
        }
    }
    result
}

fn prints(ledger: &Ledger<'_>, listings: &[Listing]) -> Vec<(Micro, ItemId, usize)> {
    let items = listings.iter().enumerate().flat_map(|(index, listing)| listing.items.iter().map(move |i| (index, i)));
    let mut prints: Vec<_> = items.map(|(index, (item, figure))| (ledger.micro(*figure), *item, index)).collect();
    prints.sort_unstable();
    prints
}

/// Items whose two amounts stand exactly the other way round in the second column.
fn exchanges(ledger: &Ledger<'_>, pairs: &[(FigureId, FigureId)]) -> Vec<Identity> {
    let value = |id: FigureId| ledger.micro(id);
    let differing: Vec<(FigureId, FigureId)> = pairs
        .iter()
        .copied()
        .filter(|(x, y)| value(*x) != value(*y) && value(*x) != 0 && value(*y) != 0)
        .filter(|(x, y)| ledger.significant_digits(*x).max(ledger.significant_digits(*y)) >= MIN_DIGITS)
        .take(MAX_DIFFERING + 1)
        .collect();
    // Columns that differ all over speak of different money.
    if differing.len() > MAX_DIFFERING {
        return Vec::new();
    }
    let mut result = Vec::new();
    for (position, (a, b)) in differing.iter().enumerate() {
        for (c, d) in differing.iter().skip(position + 1) {
            if value(*a) == value(*d) && value(*b) == value(*c) {
                result.extend([(*a, *b), (*c, *d)].iter().filter_map(|(x, y)| Identity::equal(ledger, *x, *y)));
            }
        }
    }
    result
}

/// More differing items than this and a pair of columns is no pair.
const MAX_DIFFERING: usize = 8;

/// Items by number, in the order in which they were met.
#[derive(Default)]
struct Numbers(BTreeMap<Item, ItemId>);

impl Numbers {
    fn of(&mut self, item: Item) -> ItemId {
        let next = self.0.len();
        *self.0.entry(item).or_insert(next)
    }
}

/// Every money column with its items.
pub(super) fn listings(ledger: &Ledger<'_>) -> Listings {
    let mut columns: Vec<Listing> = Vec::new();
    let mut numbers = Numbers::default();
    let sum = numbers.of(Item::Sum);
    for (statement, sides) in ledger.sides.iter().enumerate() {
        // Without a unit the amounts cannot be compared with others.
        let Some(printed) = ledger.disclosure.statements.get(statement).filter(|s| s.unit.is_some()) else { continue };
        for side in sides {
            let mut number = |items: Vec<Item>| -> Vec<ItemId> { items.into_iter().map(|i| numbers.of(i)).collect() };
            let lines: Vec<Vec<ItemId>> = line_items(side).into_iter().map(&mut number).collect();
            for slot in rows::money_slots(ledger, statement, side) {
                let column = side.amounts[slot];
                // The sum of a column is the item that its header names.
                let leaf = printed.columns.get(column).and_then(|c| c.path.last()).map(|leaf| label::read(leaf));
                let leaf = leaf.filter(|leaf| !leaf.total).map(|leaf| numbers.of(Item::Name(leaf.name.into())));
                let mut items: Vec<(ItemId, FigureId)> = Vec::new();
                for (line, own) in side.lines.iter().zip(&lines) {
                    let Some(figure) = line.figures.get(slot).copied().flatten() else { continue };
                    items.extend(own.iter().map(|item| (*item, figure)));
                    items.extend(leaf.filter(|_| own.first() == Some(&sum)).map(|leaf| (leaf, figure)));
                }
                if !items.is_empty() {
                    columns.push(Listing { statement, column, items });
                }
            }
            columns.extend(across(ledger, statement, side, &printed.columns, &mut numbers));
        }
    }
    // The map hands the items out in order; what they were called before leads to their places in it.
    let mut places = vec![0; numbers.0.len()];
    let items = numbers.0.into_iter().enumerate().map(|(place, (item, number))| {
        places[number] = place;
        item
    });
    let items = items.collect();
    for listing in &mut columns {
        listing.items.iter_mut().for_each(|(item, _)| *item = places[*item]);
        listing.items.sort_by_key(|(item, _)| *item);
        listing.items = once(ledger, &listing.items);
    }
    columns.retain(|listing| !listing.items.is_empty());
    let prints = prints(ledger, &columns);
    Listings { items, columns, prints }
}

/// The items that stand there with one amount: one printed twice (once a unit) has none, unless both are the same.
fn once(ledger: &Ledger<'_>, items: &[(ItemId, FigureId)]) -> Vec<(ItemId, FigureId)> {
    let prints = items.chunk_by(|a, b| a.0 == b.0);
    let agree = |prints: &&[(ItemId, FigureId)]| {
        prints.windows(2).all(|pair| ledger.micro(pair[0].1) == ledger.micro(pair[1].1))
    };
    prints.filter(agree).filter_map(|prints| prints.first().copied()).collect()
}

/// The sum row across the columns, as the items that their headers name (基本支出, 项目支出).
fn across(
    ledger: &Ledger<'_>,
    statement: usize,
    side: &Side,
    columns: &[Column],
    numbers: &mut Numbers,
) -> Option<Listing> {
    let line =
        side.lines.iter().find(|line| line.total).or_else(|| side.lines.first().filter(|_| side.lines.len() == 1))?;
    let mut items: Vec<(ItemId, FigureId)> = Vec::new();
    for slot in rows::money_slots(ledger, statement, side) {
        let leaf = columns.get(side.amounts[slot]).and_then(|c| c.path.last()).map(|leaf| label::read(leaf));
        if let (Some(leaf), Some(figure)) = (leaf.filter(|leaf| !leaf.total), line.figures.get(slot).copied().flatten())
        {
            let item = numbers.of(Item::Name(leaf.name.into()));
            // Of several columns of one name the first stands for it.
            if items.iter().all(|(known, _)| *known != item) {
                items.push((item, figure));
            }
        }
    }
    let column = side.amounts.first().copied()?;
    (items.len() > 1).then_some(Listing { statement, column, items })
}

/// What each line of a side is known by, whatever its column; a reprint is nothing.
fn line_items(side: &Side) -> Vec<Vec<Item>> {
    let alone = side.lines.len() == 1;
    // Where a class stands on several rows, the rows are told apart by their names (projects, units).
    let mut codes: Vec<Code> = side.systems.iter().flatten().flatten().copied().collect();
    codes.sort_unstable();
    let repeated = |code: &Code| codes.partition_point(|c| c <= code) - codes.partition_point(|c| c < code) > 1;
    let of_line = |(index, line): (usize, &Line)| {
        let mut items = Vec::new();
        if line.reprint {
            return items;
        }
        let code = side.systems.iter().find_map(|system| system.get(index).copied().flatten().filter(|c| c.is_class()));
        let name = &line.label.name;
        match code.filter(|code| !repeated(code)) {
            Some(code) => {
                items.push(Item::Class(code));
                items.extend(line.links());
                // 30217 公务接待费 is a row or a column of that name elsewhere.
                if code.is_economic() {
                    items.push(Item::Name(bare(name).into()));
                }
            }
            None if line.total || alone => {
                items.push(Item::Sum);
                if name.chars().count() > 2 {
                    items.push(Item::Name(name.as_str().into()));
                }
            }
            None => {
                if line.names.len() > 1 {
                    items.push(Item::Names(line.names.as_slice().into()));
                }
                if let Some(class) = class::functional(name).and_then(Code::parse) {
                    items.push(Item::Class(class));
                } else if !name.is_empty() {
                    let bare = Item::Name(bare(name).into());
                    items.extend(line.links().filter(|link| *link != bare));
                    items.push(bare);
                }
            }
        }
        items
    };
    side.lines.iter().enumerate().map(of_line).collect()
}

/// A name without the ending that one statement prints and another leaves out (公务接待费支出, 公务接待费).
fn bare(name: &str) -> &str {
    ["费支出", "费用"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .map_or(name, |stem| name.get(..stem.len() + "费".len()).unwrap_or(name))
}

/// Items that are one and the same in the functional and the economic classification, by what both names share.
const LINKS: [&str; 4] = ["基本养老保险", "职业年金", "住房公积金", "公务员医疗补助"];

/// The common name of a row that both classifications know.
fn link(name: &str) -> Option<&'static str> {
    let bare = name.strip_prefix("机关事业单位").unwrap_or(name);
    let bare = bare.strip_suffix("支出").unwrap_or(bare);
    let bare = bare.strip_suffix("缴费").unwrap_or(bare);
    LINKS.iter().copied().find(|known| *known == bare)
}

impl Line {
    /// The common names of a row that both classifications know; the government's classes stand beside the department's.
    pub(super) fn links(&self) -> impl Iterator<Item = Item> + '_ {
        let label = std::iter::once(&self.label.name).filter(|name| !self.names.contains(name));
        self.names.iter().chain(label).filter_map(|name| link(name)).take(1).map(|link| Item::Name(link.into()))
    }
}
