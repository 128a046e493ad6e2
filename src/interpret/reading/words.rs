//! Rows that print no code and stand in no column of their own kind: what their words say that they are about.

use rust_decimal::Decimal;

use super::Reason;
use super::names::{Classification, bare};
use super::row::{Granted, Reader, Row};
use crate::arithmetic::code::{self, Code};
use crate::terms::StatementKind;
use crate::terms::class;
use crate::terms::measure::{Fund, YearPart};
use crate::terms::saying::{self, Saying};
use crate::terms::subject::{EconomicSystem, Flow, Item, Subject};

/// How units are paid for: levels of some lists, no projects.
const HEADINGS: [&str; 4] = ["全额", "差额", "自收自支", "基本支出"];

impl Reader<'_> {
    /// A row by its name, and by the headings above it.
    pub(super) fn by_words(
        &mut self,
        line_name: &str,
        printed: &[Option<Decimal>],
        sayings: &[Saying],
        understood: bool,
        total: Row,
    ) -> Result<Row, Reason> {
        use StatementKind as K;
        let item = sayings.iter().find_map(|saying| match saying {
            Saying::Item(item) => Some(*item),
            _ => None,
        });
        let fund = sayings.iter().find_map(|saying| match saying {
            Saying::Fund(fund, item) => Some((*fund, *item)),
            _ => None,
        });
        match self.context.kind {
            K::ThreePublicExpenses | K::AgencyOperatingExpenses => {
                if sayings.contains(&Saying::OperatingCost) && understood {
                    return Ok(Row::about(Subject::OperatingCost));
                }
                let item = item.filter(|item| item.is_three_public());
                let item = item.or(sayings.contains(&Saying::ThreePublic).then_some(Item::Total));
                return match item.filter(|_| understood) {
                    Some(item) => Ok(Row { item: Some(item), ..Row::about(Subject::ThreePublic) }),
                    None => match self.named_unit(&bare(line_name), printed) {
                        Some(None) => Ok(Row::about(Subject::Total)),
                        Some(unit) => Ok(Row { unit, ..Row::about(Subject::Unit) }),
                        None => Err(Reason::UnknownRow),
                    },
                };
            }
            K::GovernmentProcurement => {
                // A-货物
                let line_name = code::in_front(line_name).map_or(line_name, |(_, name)| name);
                let (sayings, understood) = saying::read(line_name);
                let item = sayings.iter().find_map(|saying| match saying {
                    Saying::Item(item) => Some(*item),
                    _ => None,
                });
                let item = item.filter(|item| item.is_procurement() && understood && line_name.chars().count() <= 6);
                if let Some(item) = item {
                    // Units below a class of purchases list theirs of it; the department alone prints the class again.
                    (self.item, self.unit) = (Some(item), None);
                    self.whole.push(printed.to_vec());
                    return Ok(Row { item: Some(item), ..Row::about(Subject::Procurement) });
                }
                let unit = self.named_unit(&bare(line_name), printed).ok_or(Reason::UnknownRow)?;
                if unit.is_none() && !self.whole.iter().any(|whole| whole.as_slice() == printed) {
                    return Err(Reason::UnknownRow);
                }
                let item = self.item.or(Some(Item::Total));
                return Ok(Row { unit, item, ..Row::about(Subject::Procurement) });
            }
            K::ProjectExpenditure | K::PerformanceTarget => {
                let name = bare(line_name);
                // Levels of a list by how its units are paid for.
                if HEADINGS.contains(&name.as_str()) {
                    return Err(Reason::UnknownRow);
                }
                match self.named_unit(&name, printed) {
                    Some(None) => return Ok(Row::about(Subject::Total)),
                    Some(unit) => return Ok(Row { unit, ..Row::about(Subject::Unit) }),
                    None => {}
                }
                return Ok(Row { project: Some(name), ..Row::about(Subject::Project) });
            }
            _ => {}
        }
        let name = bare(line_name);
        match self.named_unit(&name, printed) {
            Some(None) => return Ok(Row::about(Subject::Total)),
            Some(unit) => return Ok(Row { unit, ..Row::about(Subject::Unit) }),
            None => {}
        }
        if self.flow == Some(Flow::Expenditure)
            && let Some(row) = self.class_by_name(line_name, &name, sayings, understood)
        {
            return Ok(row);
        }
        if total.nature.is_some() && understood {
            self.nature = total.nature;
        }
        match self.flow {
            Some(Flow::Revenue) if understood => {
                if sayings.contains(&Saying::Balance) {
                    self.granted = Some(Granted::Opening);
                    return Err(Reason::UnknownRow);
                }
                if let Some((fund, item)) = fund {
                    let again = self.sources.contains(&(fund, item)) || self.named_now;
                    self.sources.push((fund, item));
                    let year_part = match self.granted {
                        Some(Granted::Opening) if again => return Err(Reason::UnknownRow),
                        Some(Granted::Before) if again => Some(YearPart::CarryOver),
                        Some(Granted::Now) => total.year_part.or(Some(YearPart::Current)),
                        _ => total.year_part,
                    };
                    return Ok(Row { item, fund: Some(fund), year_part, ..Row::about(Subject::Source) });
                }
                self.named_now |= total.year_part == Some(YearPart::Current);
                self.granted = match total.year_part {
                    Some(YearPart::CarryOver) => Some(Granted::Before),
                    Some(YearPart::Current) => Some(Granted::Now),
                    _ => None,
                };
                if let Some(item) = item.filter(|item| item.is_source()) {
                    return Ok(Row { item: Some(item), fund: Some(Fund::Unit), ..Row::about(Subject::Source) });
                }
                match total.year_part {
                    Some(YearPart::CarryOver) => Ok(Row { item: Some(Item::CarryOver), ..Row::about(Subject::Source) }),
                    Some(YearPart::Current) => Ok(total),
                    _ => Err(Reason::UnknownRow),
                }
            }
            Some(Flow::Expenditure) if understood && total.year_part != Some(YearPart::CarryOver) => {
                if total.nature.is_some() || total.year_part.is_some() && total.flow.is_some() {
                    Ok(total)
                } else {
                    Err(Reason::UnknownRow)
                }
            }
            _ => Err(Reason::UnknownRow),
        }
    }

    /// The class that a row of expenditure names, where its header or other tables of the report say that it is one.
    fn class_by_name(&self, printed: &str, name: &str, sayings: &[Saying], understood: bool) -> Option<Row> {
        let about = |subject: Subject| Row { name: Some(name.to_owned()), ..Row::about(subject) };
        let economic = match self.classification {
            Some(Classification::Economic(system)) => Some(system),
            Some(Classification::Pair) => Some(Some(EconomicSystem::Department)),
            _ => None,
        };
        if let Some(system) = economic {
            let code = self.names.economic(printed, system);
            let system = code.and_then(Code::system).or(system);
            let known = code.is_some() || self.may_name_class(sayings, understood);
            let subject = if self.context.operating_cost { Subject::OperatingCost } else { Subject::Economic };
            return known.then(|| Row { code, system, nature: self.nature, ..about(subject) });
        }
        if let Some(code) = class::functional(printed).and_then(Code::parse) {
            return Some(Row { code: Some(code), ..about(Subject::Function) });
        }
        let listed = self.classification == Some(Classification::Functional) || self.names.is_function(printed);
        (listed && self.may_name_class(sayings, understood)).then(|| about(Subject::Function))
    }

    /// Whether a row in a column of classes can be one: it says nothing else, and stands above the sum that closes them.
    fn may_name_class(&self, sayings: &[Saying], understood: bool) -> bool {
        let strange =
            |saying: &Saying| matches!(saying, Saying::Strange | Saying::Balance | Saying::Part(_) | Saying::Total);
        let item = !sayings.is_empty() && sayings.iter().all(|saying| matches!(saying, Saying::Item(_)));
        !self.closed && (!understood || item) && !sayings.iter().any(strange)
    }
}
