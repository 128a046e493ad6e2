//! Disclosures of invented departments with consistent figures, as PDF and text dumps, with their truth.
//!
//! Shared by the tests and by `examples/generate.rs`. Options decide everything: the same options make the same
//! bytes.

#![allow(dead_code, reason = "each user of the generator needs another part of it")]

pub(crate) mod budget;
pub(crate) mod budget_small;
pub(crate) mod codes;
pub(crate) mod content;
pub(crate) mod corpus;
pub(crate) mod damage;
pub(crate) mod declaration;
pub(crate) mod dump;
pub(crate) mod evaluation;
pub(crate) mod family;
pub(crate) mod family_print;
pub(crate) mod final_accounts;
pub(crate) mod font;
pub(crate) mod form_layout;
pub(crate) mod ink;
pub(crate) mod knobs;
pub(crate) mod layout;
pub(crate) mod model;
pub(crate) mod money;
pub(crate) mod narrative;
pub(crate) mod page;
pub(crate) mod pdf;
pub(crate) mod plant;
pub(crate) mod rng;
pub(crate) mod scale;
pub(crate) mod scan;
pub(crate) mod scan_file;
pub(crate) mod scan_marks;
pub(crate) mod strategy;
pub(crate) mod table;
pub(crate) mod table_layout;
pub(crate) mod truth;
pub(crate) mod words;

use serde_json::Value;

use self::declaration::Form;
use self::evaluation::Evaluation;
use self::knobs::{Damage, Kind, Options, Size};
use self::layout::Block;
use self::model::Figures;
use self::page::Page;
use self::rng::Rng;

/// A document with its truth.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The PDF file.
    pub(crate) pdf: Vec<u8>,
    /// What the product should say of it.
    pub(crate) truth: Value,
    /// Its pages, from which dumps are written.
    pub(crate) pages: Vec<Page>,
}

/// Makes a document.
pub(crate) fn generate(options: &Options) -> Document {
    generate_of(&Figures::draw(options), options, |_| {})
}

/// Makes a document of figures; `change` is done to what it prints.
pub(crate) fn generate_of(figures: &Figures, options: &Options, change: impl FnOnce(&mut Vec<Block>)) -> Document {
    let rng = Rng::new(options.seed);
    let mut blocks = blocks(figures, options);
    change(&mut blocks);
    let planted = plant::plant(&mut blocks, figures, options, &mut rng.fork(4));
    let laid_out = layout::lay_out(&blocks, options.size, &options.drawing);
    let planted = planted.iter().map(|p| p.record(&blocks, &laid_out)).collect();
    let pdf = pdf::write(&laid_out.pages, &options.drawing, &mut rng.fork(9));
    let truth = truth::report(figures, options, &blocks, &laid_out, planted, &pdf);
    Document { pdf, truth, pages: laid_out.pages }
}

impl Document {
    /// The document as a text dump with the damage asked for, and its truth.
    pub(crate) fn dump(&self, name: &str, damages: &[Damage], seed: u64) -> (String, Value) {
        let text = dump::write(&self.pages, damages, &mut Rng::new(seed).fork(5));
        let truth = dump::truth_of(&self.truth, name, &text, damages);
        (text, truth)
    }
}

fn blocks(figures: &Figures, options: &Options) -> Vec<Block> {
    let date = match options.kind {
        Kind::Budget => format!("{}年2月", figures.year),
        Kind::FinalAccounts => format!("{}年8月", figures.year + 1),
    };
    let mut blocks = vec![Block::Cover(truth::title(figures, options), date)];
    if options.size == Size::Full {
        blocks.push(Block::Contents);
    }
    blocks.extend(narrative::opening(figures, options));
    blocks.push(narrative::tables_heading(figures, options));
    let tables = match options.kind {
        Kind::Budget => budget::statements(figures, options),
        Kind::FinalAccounts => final_accounts::statements(figures, options),
    };
    let kept = tables.into_iter().filter(|t| options.only.is_empty() || options.only.contains(&t.kind));
    blocks.extend(kept.map(|t| Block::Table(Box::new(t))));
    blocks.extend(narrative::explanation(figures, options));
    if options.size == Size::Full {
        blocks.extend(narrative::glossary());
    }
    let mut rng = Rng::new(options.seed).fork(3);
    let projects = figures.projects.iter().filter(|p| !p.carried && p.source == 0);
    for project in projects.take(options.n_forms) {
        blocks.push(match options.kind {
            Kind::Budget => Block::Form(Box::new(Form::draw(figures, project, options, &mut rng))),
            Kind::FinalAccounts => Block::Evaluation(Box::new(Evaluation::draw(figures, project, &mut rng))),
        });
    }
    blocks
}
