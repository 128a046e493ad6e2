//! The command `mingzhang`.

fn main() {}
