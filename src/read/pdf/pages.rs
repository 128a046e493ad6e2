//! The page tree: which pages the file says it has, and which of them are there.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};

/// What the page tree says of the pages.
pub(super) struct PageTree {
    /// By page number, whether the page is in the file; the pages that are there stand in the order of [`Pdf::pages`].
    pub(super) is_there: Vec<bool>,
    /// Whether it could be followed; else pages were searched for, and nobody knows how many there were.
    pub(super) is_known: bool,
    /// How many pages it promises beyond those that it names.
    pub(super) n_unnamed: u64,
}

impl PageTree {
    /// Follows the tree as the object layer does; a page that is lost keeps its number, up to `limit` pages in all.
    pub(super) fn new(pdf: &Pdf, limit: u64) -> Self {
        let n_there = pdf.pages().len();
        let all_there = |is_known| Self { is_there: vec![true; n_there], is_known, n_unnamed: 0 };
        let root =
            pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).and_then(|catalog| catalog.get::<Dict<'_>>("Pages"));
        let Some(root) = root else { return all_there(false) };
        let mut walk = Walk { pdf, seen: HashSet::new(), is_there: Vec::new(), limit };
        let Some(n_unnamed) = walk.node(&root) else { return all_there(false) };
        if walk.is_there.iter().filter(|there| **there).count() != n_there {
            return all_there(false);
        }
        Self { is_there: walk.is_there, is_known: true, n_unnamed }
    }

    /// Where a page stands among those that are there.
    #[cfg(feature = "render")]
    pub(super) fn place(&self, number: u32) -> Option<usize> {
        let idx = (number as usize).checked_sub(1)?;
        let is_there = self.is_there.get(idx)?;
        is_there.then(|| self.is_there.iter().take(idx).filter(|there| **there).count())
    }

    /// The pages that are lost, as people write them: `3, 56 to 155`.
    pub(super) fn lost(&self) -> String {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for (number, _) in (1..).zip(&self.is_there).filter(|(_, there)| !**there) {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => ranges.push((number, number)),
            }
        }
        let range = |(from, to): (usize, usize)| if from == to { from.to_string() } else { format!("{from} to {to}") };
        ranges.into_iter().map(range).collect::<Vec<_>>().join(", ")
    }
}

struct Walk<'a> {
    pdf: &'a Pdf,
    seen: HashSet<(u32, i32)>,
    is_there: Vec<bool>,
    limit: u64,
}

/// One node of the tree whose kids are being looked at.
struct Node<'a> {
    kids: Vec<MaybeRef<Object<'a>>>,
    /// Pages that it says it has, 0 where it does not say.
    n_promised: u64,
    /// How many pages stood before it.
    n_before: usize,
    /// The place behind its last kid that is lost.
    lost_at: Option<usize>,
}

impl<'a> Walk<'a> {
    /// Follows a tree; gives how many pages its root promises beyond those that were named, `None` where it has no kids.
    fn node(&mut self, root: &Dict<'a>) -> Option<u64> {
        if let Some(id) = root.obj_id() {
            self.seen.insert((id.obj_number, id.gen_number));
        }
        let mut stack = vec![self.enter(root)?];
        let mut n_unnamed = 0;
        while let Some(node) = stack.last_mut() {
            let Some(kid) = node.kids.pop() else {
                n_unnamed = self.leave(stack.pop()?);
                continue;
            };
            let dict = match kid {
                MaybeRef::Ref(id) if !self.seen.insert((id.obj_number, id.gen_number)) => continue,
                MaybeRef::Ref(id) => self.pdf.xref().get::<Dict<'a>>(id.into()),
                MaybeRef::NotRef(object) => object.into_dict(),
            };
            let is_node = |dict: &Dict<'_>| dict.get::<Name<'_>>("Type").as_deref() == Some(b"Pages");
            match dict {
                Some(dict) if is_node(&dict) => match self.enter(&dict) {
                    Some(below) => stack.push(below),
                    None => self.lose(node, dict.get::<u32>("Count").unwrap_or(1).into()),
                },
                Some(_) => self.is_there.push(true),
                None => self.lose(node, 1),
            }
        }
        Some(n_unnamed)
    }

    fn enter(&self, dict: &Dict<'a>) -> Option<Node<'a>> {
        let mut kids: Vec<_> = dict.get::<Array<'a>>("Kids")?.raw_iter().collect();
        kids.reverse();
        let n_promised = dict.get::<u32>("Count").unwrap_or(0).into();
        Some(Node { kids, n_promised, n_before: self.is_there.len(), lost_at: None })
    }

    /// A kid that is not there is one page, until its parent's count tells that it was more.
    fn lose(&mut self, node: &mut Node<'_>, n: u64) {
        self.put(self.is_there.len(), n);
        node.lost_at = Some(self.is_there.len());
    }

    fn leave(&mut self, node: Node<'_>) -> u64 {
        let n_named = (self.is_there.len() - node.n_before) as u64;
        let n_more = node.n_promised.saturating_sub(n_named);
        match node.lost_at {
            Some(at) => n_more - self.put(at, n_more),
            None => n_more,
        }
    }

    /// Puts lost pages at a place as far as the limit goes; gives how many.
    fn put(&mut self, at: usize, n: u64) -> u64 {
        let n = n.min(self.limit.saturating_sub(self.is_there.len() as u64));
        self.is_there.splice(at..at, std::iter::repeat_n(false, usize::try_from(n).unwrap_or(0)));
        n
    }
}
