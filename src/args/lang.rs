//! The language of help and messages: `--lang`, else the locale's. Results never depend on the locale.

use std::ffi::OsString;

use mingzhang::emit::findings::Lang;

/// The language in which the program speaks to whoever typed these arguments.
pub(crate) fn spoken(arguments: &[OsString]) -> Lang {
    let given = arguments.iter().take_while(|arg| *arg != "--").enumerate().find_map(|(i, arg)| {
        match arg.to_str()?.strip_prefix("--lang")? {
            "" => arguments.get(i + 1)?.to_str().map(str::to_owned),
            value => value.strip_prefix('=').map(str::to_owned),
        }
    });
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
    };
    match given.or_else(locale) {
        Some(name) if name.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}
