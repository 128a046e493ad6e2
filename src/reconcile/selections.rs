//! Sentences that list parts behind 其中: the parts may be less than their whole, and never more.

use super::identity::Identity;
use super::ledger::{FigureId, Ledger};
use super::prose::{Mention, Role};
use crate::arithmetic::money::Micro;
use crate::terms::saying::{self, Saying};
use crate::terms::subject::Nature;

/// Parts behind 其中 that are more than their whole together. They need not be all of it, so that less says nothing.
pub(super) fn exceeded(ledger: &Ledger<'_>, mentions: &[Mention]) -> Vec<Identity> {
    let mut found = Vec::new();
    for (index, whole) in mentions.iter().enumerate().filter(|(_, m)| m.role == Role::Current && m.value > 0) {
        let Some(head) = whole.figure else { continue };
        let Some(parts) = selection(whole, mentions.get(index + 1..).unwrap_or_default()) else { continue };
        let Some(identity) = Identity::sum(ledger, head, parts.iter().map(|(id, _)| (*id, 1)).collect()) else {
            continue;
        };
        if identity.right - identity.left > identity.allowance && !is_nested(&parts, whole.value, identity.allowance) {
            found.push(identity);
        }
    }
    found
}

/// The amounts that a sentence lists behind 其中; `None` where it says more of them than a plain list does.
fn selection(whole: &Mention, following: &[Mention]) -> Option<Vec<(FigureId, Micro)>> {
    let is_sign = |c: char| matches!(c, '，' | ',' | ':' | ';');
    let opens = following.first()?.lead.trim_start_matches(is_sign).starts_with("其中");
    let mut parts = Vec::new();
    let mut ways: Vec<Way> = Vec::new();
    for (n, mention) in following.iter().enumerate() {
        if mention.paragraph != whole.paragraph || n > 0 && mention.lead.contains(['。', '\n']) {
            break;
        }
        let again = n > 0 && mention.lead.contains("其中");
        let says_more = ["合计", "总额", "共计", "分别", "包括", "含"].iter().any(|word| mention.lead.contains(word));
        if again || says_more || mention.lead.contains(['(', ')']) && !mention.lead.contains("(境)") {
            return None;
        }
        if mention.role == Role::Current {
            parts.push((mention.figure?, mention.value));
            ways.push(Way::of(&mention.phrase));
        }
    }
    // 财政拨款, 基本支出 and 人员经费 part the money each in a way of its own.
    let in_one_way = ways.windows(2).all(|pair| pair[0] == pair[1]);
    (opens && in_one_way && parts.len() >= 2 && parts.iter().all(|(_, value)| *value < whole.value)).then_some(parts)
}

/// How a part is told from its sisters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By whose money it is.
    Fund,
    /// 基本支出 and 项目支出.
    Nature,
    /// 人员经费 and 公用经费.
    Basic,
    /// By what it is spent on.
    Item,
}

impl Way {
    fn of(phrase: &str) -> Self {
        let (sayings, _) = saying::read(phrase);
        let nature = sayings.iter().rev().find_map(|saying| match saying {
            Saying::Nature(Nature::Personnel | Nature::Operating) => Some(Self::Basic),
            Saying::Nature(_) => Some(Self::Nature),
            _ => None,
        });
        let is_fund = sayings.iter().any(|saying| matches!(saying, Saying::Fund(..)));
        nature.unwrap_or(if is_fund { Self::Fund } else { Self::Item })
    }
}

/// Whether some of the parts are parts of others, or the whole is told twice by different parts.
fn is_nested(parts: &[(FigureId, Micro)], whole: Micro, allowance: Micro) -> bool {
    (0..parts.len()).any(|start| {
        let mut sum: Micro = 0;
        parts.iter().skip(start).enumerate().any(|(n, (_, value))| {
            sum += value;
            let near = |other: Micro| (sum - other).abs() <= allowance;
            n > 0 && (near(whole) || parts.iter().any(|(_, other)| near(*other)))
        })
    })
}
