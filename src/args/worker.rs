//! The flags of the hidden `mingzhang worker`, with which a run starts its worker processes.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use mingzhang::batch::worker::Plant;
use mingzhang::read::scan::Ocr;

use crate::args::ocr::OcrArgs;

/// Bytes in the unit that people give limits of memory in.
const MIB: u64 = 1 << 20;

/// What a worker is held to.
#[derive(Debug)]
pub(crate) struct WorkerPlan {
    /// Bytes of address space.
    pub(crate) memory_limit: u64,
    /// What goes wrong on purpose.
    pub(crate) plants: Vec<Plant>,
    /// Reads scanned pages.
    pub(crate) ocr: Option<Arc<Ocr>>,
}

#[derive(Debug, Args)]
pub(super) struct WorkerArgs {
    /// Limit of address space
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(256..=1 << 30))]
    memory: u64,
    /// What goes wrong on purpose
    #[arg(long, value_name = "HARM=SHA256", value_parser = plant)]
    plant: Vec<String>,
    #[command(flatten)]
    ocr: OcrArgs,
}

impl WorkerArgs {
    pub(super) fn plan(self) -> Result<WorkerPlan, clap::Error> {
        let plants = self.plant.iter().filter_map(|plant| plant.parse().ok()).collect();
        Ok(WorkerPlan { memory_limit: self.memory * MIB, plants, ocr: self.ocr.plan()? })
    }

    /// What stands after the program's name in the command line of a worker with these flags.
    pub(super) fn command(memory: u64, models: Option<&Path>, plants: &[String]) -> Vec<OsString> {
        let mut command = vec!["worker".into(), format!("--memory={memory}").into()];
        if let Some(models) = models {
            command.extend(["--ocr".into(), models.into()]);
        }
        command.extend(plants.iter().map(|plant| format!("--plant={plant}").into()));
        command
    }
}

/// Checks a plant, which stays a text so that it can be handed on.
pub(super) fn plant(text: &str) -> Result<String, String> {
    text.parse::<Plant>().map(|_| text.to_owned())
}
