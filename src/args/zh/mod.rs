//! Help and usage errors in Chinese, for people whose system or whose `--lang` says so; results never depend on it.

mod texts;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use texts::{ABOUT, ARGUMENTS, COMMANDS, EXIT_STATUS};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The command with its help in Chinese.
pub(super) fn command(command: Command) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = command.disable_version_flag(true).arg(version);
    let mut command = translated(command, "").about(ABOUT);
    // Only then is there the subcommand that clap adds.
    command.build();
    command.mut_subcommand("help", |help| help.about("显示帮助"))
}

/// A command and its subcommands; `path` is the names down to it.
fn translated(command: Command, path: &str) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let mut command = command
        .disable_help_flag(true)
        .arg(help)
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .mut_args(|arg| argument(arg, path));
    if command.get_after_help().is_some() {
        command = command.after_help(EXIT_STATUS);
    }
    if let Some(about) = of_command(path) {
        command = command.about(about);
    }
    command.mut_subcommands(|sub| {
        let below = format!("{path} {}", sub.get_name());
        translated(sub, below.trim_start())
    })
}

fn argument(arg: Arg, path: &str) -> Arg {
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let Some(text) = of_argument(path, arg.get_id().as_str()) else { return arg.help_heading(heading) };
    let arg = arg.help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg.help(text);
    }
    let mut text = text.to_owned();
    let possible: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !possible.is_empty() {
        text = format!("{text}［可选：{}］", possible.join("、"));
    }
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if !default.is_empty() && !arg.is_hide_default_value_set() {
        text = format!("{text}［缺省：{}］", default.join("、"));
    }
    arg.help(text).hide_default_value(true).hide_possible_values(true)
}

fn of_command(path: &str) -> Option<&'static str> {
    COMMANDS.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// The text of an argument: of this very subcommand, of the one above it, or of all.
fn of_argument(path: &str, id: &str) -> Option<&'static str> {
    let above = path.split(' ').next().unwrap_or_default();
    let names = [format!("{path} {id}"), format!("{above} {id}"), id.to_owned()];
    names.iter().find_map(|name| ARGUMENTS.iter().find(|(known, _)| known == name)).map(|(_, text)| *text)
}

/// What is wrong with a command line; `None` where there are no words for it.
pub(super) fn error(error: &clap::Error) -> Option<String> {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("、")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        Some(ContextValue::StyledStrs(texts)) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        _ => None,
    };
    let arg = one(ContextKind::InvalidArg);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有 {} 这个选项或参数", arg?),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", one(ContextKind::InvalidSubcommand)?),
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", arg?),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => match one(ContextKind::PriorArg) {
            Some(other) if Some(&other) != arg.as_ref() => format!("{} 不能与 {other} 一起用", arg?),
            _ => format!("{} 只能给一次", arg?),
        },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = one(ContextKind::InvalidValue).filter(|value| !value.is_empty());
            let possible = one(ContextKind::ValidValue).map(|values| format!("，可选：{values}")).unwrap_or_default();
            let reason = std::error::Error::source(error).map(|reason| format!("：{reason}")).unwrap_or_default();
            match value {
                Some(value) => format!("{} 的值 {value:?} 不对{possible}{reason}", arg?),
                None => format!("{} 要有一个值{possible}", arg?),
            }
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => format!("{} 的值的个数不对", arg?),
        _ => return None,
    };
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].into_iter().find_map(one);
    let suggested = suggested.map(|name| format!("；是不是 {name}？")).unwrap_or_default();
    Some(format!("错误：{said}{suggested}\n\n用 --help 查看用法。"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn untold(command: &Command, path: &str, missing: &mut Vec<String>) {
        let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
        let args = shown.filter(|arg| of_argument(path, arg.get_id().as_str()).is_none());
        missing.extend(args.map(|arg| format!("{path} {}", arg.get_id())));
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let below = format!("{path} {}", sub.get_name());
            let below = below.trim_start();
            if of_command(below).is_none() {
                missing.push(below.to_owned());
            }
            untold(sub, below, missing);
        }
    }

    #[test]
    fn the_help_in_chinese_is_whole() {
        let mut command = command(crate::args::Cli::command());
        command.build();
        let help = command.find_subcommand_mut("check").unwrap().render_help().to_string();
        for words in ["用法：", "参数:", "选项:", "［可选：zh、en］［缺省：zh］", "退出状态：", "显示帮助"]
        {
            assert!(help.contains(words), "{words} in {help}");
        }
    }

    #[test]
    fn every_command_and_flag_has_its_chinese_help() {
        let mut missing = Vec::new();
        untold(&crate::args::Cli::command(), "", &mut missing);
        assert!(missing.is_empty(), "src/args/zh/texts.rs has no words for {missing:?}");
    }
}
