//! Writes generated disclosures: NAME.pdf, NAME.truth.json and NAME.txt.

#[path = "../tests/generator/mod.rs"]
mod generator;

use generator::knobs::Options;

fn main() {
    let options = Options::default();
    let document = generator::generate(&options);
    std::fs::create_dir_all("/tmp/genout").ok();
    std::fs::write("/tmp/genout/generated.pdf", &document.pdf).ok();
    let text = serde_json::to_string_pretty(&document.truth).unwrap_or_default();
    std::fs::write("/tmp/genout/generated.truth.json", text).ok();
}
