//! Overprinted glyphs count once, genuine repeats stay.

use mingzhang::geom::Rect;
use mingzhang::note::{Note, NoteKind};
use mingzhang::read::{Direction, Glyph, Layer, Tone, UnicodeSource, Visibility};
use mingzhang::repair::overprint::repair;

/// Glyphs of ten points from a place on, each as wide as ideographs or digits are.
fn run(text: &str, x: f32, y: f32, font: u16) -> Vec<Glyph> {
    let mut pen = x;
    text.chars()
        .map(|ch| {
            let width = match ch {
                ',' | '.' => 2.5,
                _ if ch.is_ascii() => 5.0,
                _ => 10.0,
            };
            let origin = (pen, y);
            pen += width;
            glyph(ch, origin, width, 10.0, font)
        })
        .collect()
}

fn glyph(ch: char, origin: (f32, f32), width: f32, size: f32, font: u16) -> Glyph {
    Glyph {
        ch,
        tail: None,
        unicode_source: UnicodeSource::ToUnicode,
        origin,
        rect: Rect { x0: origin.0, y0: origin.1 - 0.88 * size, x1: origin.0 + width, y1: origin.1 + 0.12 * size },
        direction: Direction::Horizontal,
        font,
        size,
        visibility: Visibility::Visible,
        tone: Tone::Strong,
        layer: Layer::Content,
        order: 0,
    }
}

fn repaired(glyphs: Vec<Glyph>) -> (String, Vec<Note>) {
    let mut notes = Vec::new();
    let text = repair(1, glyphs, &mut notes).iter().map(|g| g.ch).collect();
    (text, notes)
}

#[test]
fn a_run_drawn_again_a_hair_beside_counts_once_and_is_noted_once() {
    let mut glyphs = run("收入总计", 10.0, 50.0, 0);
    glyphs.extend(run("收入总计", 10.3, 50.0, 0));
    let (text, notes) = repaired(glyphs);
    assert_eq!(text, "收入总计");
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].kind, NoteKind::DoubledGlyph);
    assert!(notes[0].message.starts_with("4 glyphs"));
}

#[test]
fn glyphs_drawn_two_three_and_four_times_in_turn_count_once() {
    for n in 2..=4 {
        let mut glyphs = Vec::new();
        for (i, one) in run("预算2026", 10.0, 50.0, 0).into_iter().enumerate() {
            for k in 0..n {
                let mut again = one.clone();
                again.origin.0 += 0.2 * k as f32;
                again.origin.1 += 0.1 * (i % 2) as f32;
                glyphs.push(again);
            }
        }
        assert_eq!(repaired(glyphs).0, "预算2026", "{n} times");
    }
}

#[test]
fn a_bold_font_over_a_regular_one_is_the_same_glyph() {
    let mut glyphs = run("合计 123.45", 10.0, 50.0, 0);
    glyphs.extend(run("合计 123.45", 10.0, 50.0, 1));
    assert_eq!(repaired(glyphs).0, "合计 123.45");
}

#[test]
fn a_shadow_is_the_same_glyph() {
    let mut glyphs = run("单位：万元", 11.0, 51.0, 0);
    glyphs.extend(run("单位：万元", 10.0, 50.0, 0));
    assert_eq!(repaired(glyphs).0, "单位：万元");
}

#[test]
fn commas_and_points_are_drawn_again_as_far_off_as_digits() {
    let glyphs: Vec<Glyph> = run("1,987.84", 10.0, 50.0, 0)
        .into_iter()
        .flat_map(|one| {
            let mut again = one.clone();
            again.origin.0 += 1.0;
            [one, again]
        })
        .collect();
    assert_eq!(repaired(glyphs).0, "1,987.84");
    let mut glyphs = run("15.00", 11.4, 51.4, 0);
    glyphs.extend(run("15.00", 10.0, 50.0, 0));
    assert_eq!(repaired(glyphs).0, "15.00");
}

#[test]
fn points_of_a_leader_stay() {
    let (text, notes) = repaired(run("一、概况........3", 10.0, 50.0, 0));
    assert_eq!(text, "一、概况........3");
    assert!(notes.is_empty());
}

#[test]
fn genuine_repeats_stay() {
    let (text, notes) = repaired(run("人人事事处处2222.22——", 10.0, 50.0, 0));
    assert_eq!(text, "人人事事处处2222.22——");
    assert!(notes.is_empty());
}

#[test]
fn equal_amounts_in_neighbouring_columns_and_rows_stay() {
    let mut glyphs = run("100.00", 10.0, 50.0, 0);
    glyphs.extend(run("100.00", 42.0, 50.0, 0));
    glyphs.extend(run("100.00", 10.0, 60.0, 0));
    assert_eq!(repaired(glyphs).0, "100.00100.00100.00");
}

#[test]
fn tightly_set_digits_stay() {
    let glyphs = (0..6).map(|i| glyph('1', (10.0 + 3.6 * i as f32, 50.0), 5.0, 10.0, 0)).collect();
    assert_eq!(repaired(glyphs).0, "111111");
}

#[test]
fn a_big_glyph_around_a_small_one_stays() {
    let glyphs = vec![glyph('一', (10.0, 50.0), 30.0, 30.0, 0), glyph('一', (10.0, 50.0), 10.0, 10.0, 0)];
    assert_eq!(repaired(glyphs).0, "一一");
}

#[test]
fn a_page_of_many_equal_glyphs_is_looked_through_in_linear_time() {
    let glyphs: Vec<Glyph> =
        (0..200_000).map(|i| glyph('0', ((i % 500) as f32 * 5.0, (i / 500) as f32 * 10.0), 5.0, 10.0, 0)).collect();
    let twice: Vec<Glyph> = glyphs.iter().chain(&glyphs).cloned().collect();
    let start = std::time::Instant::now();
    assert_eq!(repaired(twice).0.len(), 200_000);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn texts_that_run_into_each_other_keep_the_characters_that_they_share_by_chance() {
    for turned in [false, true] {
        let mut texts = [run("预算数", 110.0, 50.0, 0), run("政府预算支出科目", 89.5, 50.0, 0)];
        if turned {
            texts.reverse();
        }
        let (text, notes) = repaired(texts.concat());
        assert_eq!(text.chars().count(), 11, "{text}");
        assert_eq!(notes, []);
    }
}

#[test]
fn a_line_drawn_again_counts_once_though_one_character_reads_otherwise_then() {
    let mut glyphs = run("一、部门收支总表", 10.0, 50.0, 0);
    glyphs.extend(run("一、部门收支总\u{fffd}", 10.2, 50.0, 1));
    assert_eq!(repaired(glyphs).0, "一、部门收支总表\u{fffd}");
}
