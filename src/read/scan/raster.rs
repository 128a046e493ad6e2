//! Pictures as rows of pixels: what a scanned page is until something is read from it.

/// A picture of one grey channel or three colour channels, a byte each.
#[derive(Clone, Debug)]
pub struct Raster {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// 1 or 3.
    pub channels: usize,
    /// Row by row from the top.
    pub pixels: Vec<u8>,
}
