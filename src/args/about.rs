//! The flags of what the program tells about itself: `schema`, `completions` and `man`.

use clap::Args;
use clap::error::ErrorKind;
use clap_complete::Shell;

/// What to print, every flag decided.
#[derive(Debug)]
pub(crate) enum AboutPlan {
    /// The JSON Schema of a report.
    Schema,
    /// Text that is ready.
    Text(Vec<u8>),
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell that is to complete
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The subcommand; the command itself without
    command: Option<String>,
}

impl CompletionsArgs {
    pub(super) fn plan(self, mut command: clap::Command) -> AboutPlan {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut command, "mingzhang", &mut text);
        AboutPlan::Text(text)
    }
}

impl ManArgs {
    pub(super) fn plan(self, mut command: clap::Command) -> Result<AboutPlan, clap::Error> {
        // Names of subcommands become those that a person types: mingzhang extract.
        command.build();
        let page = match &self.command {
            None => command,
            Some(name) => {
                let known = command.get_subcommands().find(|known| known.get_name() == name && !known.is_hide_set());
                let Some(known) = known else {
                    let reason = format!("man: expected a subcommand of mingzhang, found {name:?}\n");
                    return Err(clap::Error::raw(ErrorKind::InvalidValue, reason));
                };
                known.clone()
            }
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(page).render(&mut text)?;
        Ok(AboutPlan::Text(text))
    }
}
