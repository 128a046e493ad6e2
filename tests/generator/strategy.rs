//! Documents for property tests: small, and simpler ones first when a failing one is shrunk.

use proptest::prelude::*;
use proptest::sample::select;

use super::knobs::{Drawing, FakeBold, Kind, Options, Rulings, Size};

/// Options of small documents, in every mix of traits with recoverable text.
pub(crate) fn options() -> impl Strategy<Value = Options> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (0u64..100_000, flags, 0usize..9, 0usize..3, any::<bool>(), drawing()).prop_map(
        |(seed, (yuan, separators, zeros_printed, split_codes, column_numbers), n_projects, n_forms, fund, drawing)| {
            Options {
                seed,
                unit_column: seed % 2 == 0,
                compare_years: seed % 5 == 0,
                kind: if seed % 3 == 0 { Kind::FinalAccounts } else { Kind::Budget },
                size: Size::Small,
                yuan,
                separators,
                zeros_printed,
                split_codes,
                column_numbers,
                government_fund: fund,
                n_projects,
                n_forms,
                drawing,
                ..Options::default()
            }
        },
    )
}

/// Every way of drawing with recoverable text and rulings.
pub(crate) fn drawing() -> impl Strategy<Value = Drawing> {
    let bold = select(FakeBold::ALL.map(|(b, _)| b).to_vec());
    let rulings = select(Rulings::ALL[..6].iter().map(|(r, _)| *r).collect::<Vec<_>>());
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (bold, rulings, flags).prop_map(|(bold, rulings, (repeat_header, running_head, rotated, scrambled, glyphwise))| {
        Drawing { bold, rulings, repeat_header, running_head, rotated, scrambled, glyphwise, ..Drawing::default() }
    })
}
