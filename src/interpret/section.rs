//! Blocks of the narrative become sections: a heading with its own text.

use crate::interpret::Section;
use crate::interpret::prose::tighten;
use crate::segment::Block;
use crate::segment::table::is_note;

/// Gives each heading the paragraphs up to the next one; what stands before the first heading has an empty one.
pub fn sections(blocks: &[Block]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for block in blocks {
        let text = tighten(&block.text);
        let open = |level, heading, text| Section { level, heading, text, provenance: block.provenance };
        match (block.heading, sections.last_mut()) {
            (Some(level), _) => sections.push(open(level, text, String::new())),
            (None, Some(section)) => {
                if !section.text.is_empty() {
                    section.text.push('\n');
                }
                section.text.push_str(&text);
            }
            // 注：空表表示… is of the list of tables above it.
            (None, None) if is_note(&text) => {}
            (None, None) => sections.push(open(1, String::new(), text)),
        }
    }
    sections
}
