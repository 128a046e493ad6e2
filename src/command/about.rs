//! `mingzhang schema`, `completions` and `man`: what the program tells about itself.

use mingzhang::emit;

use crate::args::AboutPlan;
use crate::command::{Status, print};

/// Prints what the plan wants to see.
pub(crate) fn run(plan: &AboutPlan) -> Status {
    let text = match plan {
        AboutPlan::Schema => emit::SCHEMA.as_bytes(),
        AboutPlan::Text(text) => text,
    };
    print(text, Status::Clean)
}
