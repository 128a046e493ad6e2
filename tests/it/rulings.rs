//! Ruling pieces become whole rulings.

use mingzhang::read::Orientation::{Horizontal, Vertical};
use mingzhang::read::{Orientation, Ruling};
use mingzhang::repair::rulings::repair;

fn line(orientation: Orientation, at: f32, from: f32, to: f32) -> Ruling {
    Ruling::new(orientation, at, (from, to), 0.5)
}

/// Orientation, place and ends, rounded to a tenth.
fn repaired(rulings: Vec<Ruling>) -> Vec<(Orientation, f32, f32, f32)> {
    let round = |v: f32| (v * 10.0).round() / 10.0;
    repair(rulings).iter().map(|r| (r.orientation, round(r.at), round(r.from), round(r.to))).collect()
}

#[test]
fn edges_of_cells_become_one_ruling() {
    let pieces = (0..5).map(|i| line(Horizontal, 50.0, 10.0 + 20.0 * i as f32, 30.0 + 20.0 * i as f32)).collect();
    assert_eq!(repaired(pieces), [(Horizontal, 50.0, 10.0, 110.0)]);
}

#[test]
fn edges_drawn_by_both_neighbours_become_one_ruling() {
    let pieces = vec![
        line(Vertical, 50.0, 10.0, 30.0),
        line(Vertical, 50.1, 10.0, 30.0),
        line(Vertical, 50.0, 30.0, 45.0),
        line(Vertical, 50.1, 30.0, 45.0),
    ];
    let out = repaired(pieces);
    assert_eq!(out.len(), 1);
    assert_eq!((out[0].2, out[0].3), (10.0, 45.0));
}

#[test]
fn a_double_border_is_one_ruling() {
    let pieces = vec![line(Horizontal, 50.0, 10.0, 110.0), line(Horizontal, 51.5, 10.0, 110.0)];
    assert_eq!(repaired(pieces), [(Horizontal, 50.8, 10.0, 110.0)]);
}

#[test]
fn dashes_and_dots_become_rulings() {
    let dashes = (0..30).map(|i| line(Horizontal, 50.0, 10.0 + 5.0 * i as f32, 13.0 + 5.0 * i as f32)).collect();
    assert_eq!(repaired(dashes), [(Horizontal, 50.0, 10.0, 158.0)]);
    // A dot may run either way: only those in a row make a line.
    let dots = (0..40)
        .flat_map(|i| {
            let x = 10.0 + 1.5 * i as f32;
            [line(Horizontal, 50.0, x, x + 0.5), line(Vertical, x + 0.25, 49.75, 50.25)]
        })
        .collect();
    assert_eq!(repaired(dots), [(Horizontal, 50.0, 10.0, 69.0)]);
}

#[test]
fn tables_side_by_side_keep_their_edges() {
    let pieces = vec![line(Horizontal, 50.0, 10.0, 110.0), line(Horizontal, 50.0, 114.0, 210.0)];
    assert_eq!(repaired(pieces).len(), 2);
}

#[test]
fn the_gap_of_a_merged_cell_stays_in_the_lowest_of_tables() {
    let pieces =
        (0..9).filter(|i| *i != 4).map(|i| line(Vertical, 50.0, 6.0 * i as f32, 6.0 * i as f32 + 6.0)).collect();
    assert_eq!(repaired(pieces), [(Vertical, 50.0, 0.0, 24.0), (Vertical, 50.0, 30.0, 54.0)]);
}

#[test]
fn dots_and_lines_of_no_length_are_dropped() {
    let pieces =
        vec![line(Horizontal, 50.0, 10.0, 10.0), line(Horizontal, 60.0, 10.0, 11.0), line(Vertical, 9.0, 5.0, 4.0)];
    assert!(repaired(pieces).is_empty());
}

#[test]
fn the_order_of_drawing_does_not_matter() {
    let mut pieces: Vec<Ruling> = (0..40)
        .flat_map(|i| [line(Horizontal, 10.0 * i as f32, 0.0, 50.0), line(Vertical, 10.0 * i as f32, 0.0, 390.0)])
        .collect();
    let forward = repaired(pieces.clone());
    pieces.reverse();
    assert_eq!(repaired(pieces), forward);
    assert_eq!(forward.len(), 80);
}

#[test]
fn a_page_of_tiny_rectangles_is_joined_in_time() {
    let pieces =
        (0..300_000).map(|i| line(Horizontal, (i / 1000) as f32 * 4.0, (i % 1000) as f32, (i % 1000) as f32 + 0.5));
    let start = std::time::Instant::now();
    assert_eq!(repair(pieces.collect()).len(), 300);
    assert!(start.elapsed().as_secs() < 20);
}
