//! Codes for sides that print names alone, from the rows of the same names elsewhere in the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::arithmetic::code::{Code, System};
use crate::arithmetic::side::{Line, Side};

/// Fewer rows than this order nothing.
const MIN_ROWS: usize = 4;

/// The classes that each name stands for.
type Classes = BTreeMap<String, BTreeSet<Code>>;

/// Gives each side without classes those of its names, where every one of its rows but those of units has one.
///
/// 手续费 is 30204 in the statement by economic class, so it is a part of 商品和服务支出 also where no code is printed.
pub(super) fn lend(sides: &mut [Vec<Side>]) {
    let (mut functional, mut economic) = (Classes::new(), Classes::new());
    for side in sides.iter().flatten() {
        for (index, line) in side.lines.iter().enumerate().filter(|(_, line)| !line.total) {
            let classes = side.systems.iter().filter_map(|system| *system.get(index)?).filter(|code| code.is_class());
            // The government's classes stand beside the department's; the first of both is the one of the first name.
            let Some(code) = classes.into_iter().next() else { continue };
            let name = if side.systems.len() > 1 { line.names.first() } else { Some(&line.label.name) };
            let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
            let classes = if code.is_economic() { &mut economic } else { &mut functional };
            classes.entry(name.clone()).or_default().insert(code);
        }
    }
    for side in sides.iter_mut().flatten() {
        let coded = side.systems.iter().flatten().flatten().any(|code| code.is_class());
        if coded || side.lines.len() < MIN_ROWS {
            continue;
        }
        let system = [&economic, &functional].into_iter().find_map(|classes| read(&side.lines, classes));
        side.lent = system.is_some();
        side.systems.extend(system);
    }
}

/// The class of each row; `None` where a row has none, or one of several.
fn read(lines: &[Line], classes: &Classes) -> Option<System> {
    let mut system = System::with_capacity(lines.len());
    let mut last: Option<Code> = None;
    let mut n_classes = 0;
    let mut heads = false;
    for line in lines {
        if line.total || line.filled == 0 {
            system.push(None);
            continue;
        }
        let Some(known) = classes.get(&line.label.name) else {
            // A unit's row heads the classes below it, from the top.
            if heads {
                return None;
            }
            (heads, last) = (true, None);
            system.push(None);
            continue;
        };
        // 行政运行 stands below many classes: here below the one that is open.
        let below = |n_digits: u8| {
            let open = last.and_then(|last| last.prefix(n_digits));
            let mut inside = known.iter().copied().filter(move |code| open.is_some_and(|open| open.heads(*code)));
            inside.next().filter(|_| inside.next().is_none())
        };
        let only = known.first().copied().filter(|_| known.len() == 1);
        let code = only.or_else(|| below(5)).or_else(|| below(3))?;
        if heads && code.n_digits() > 3 {
            return None;
        }
        (heads, last) = (false, Some(code));
        n_classes += 1;
        system.push(Some(code));
    }
    (n_classes >= MIN_ROWS).then_some(system)
}
