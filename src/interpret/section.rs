//! Blocks of the narrative become sections: a heading with its own text.

use crate::interpret::Section;
use crate::interpret::prose::tighten;
use crate::segment::Block;

/// Gives each heading the paragraphs up to the next one; what stands before the first heading is no section.
pub fn sections(blocks: &[Block]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for block in blocks {
        let text = tighten(&block.text);
        match (block.heading, sections.last_mut()) {
            (Some(level), _) => {
                sections.push(Section { level, heading: text, text: String::new(), provenance: block.provenance })
            }
            (None, Some(section)) => {
                if !section.text.is_empty() {
                    section.text.push('\n');
                }
                section.text.push_str(&text);
            }
            (None, None) => {}
        }
    }
    sections
}
