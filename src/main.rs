//! The command `mingzhang`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let itself = std::env::current_exe().map(|path| vec![path.into_os_string()]).unwrap_or_default();
    ExitCode::from(mingzhang::command_line(std::env::args_os().collect(), itself))
}
