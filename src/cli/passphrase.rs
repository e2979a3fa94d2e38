//! The passphrase of a key file: from the environment, or asked for at the terminal.

use super::Console;
use std::io::IsTerminal;
use std::path::Path;

use crate::tr;

/// Where a script puts the passphrase.
const VARIABLE: &str = "HYOKA_PASSPHRASE";
/// A passphrase that is guessed at once protects nothing.
const SHORTEST: usize = 8;

/// The passphrase for a key file.
pub(super) fn existing(console: &Console, key: &Path) -> Result<String, String> {
    let (lang, file) = (console.lang(), key.display());
    if let Ok(given) = std::env::var(VARIABLE) {
        return Ok(given);
    }
    ask(console, &tr!(lang, "{file} の合言葉: ", "Passphrase of {file}: "))
}

/// A passphrase for a key that is being made, asked for twice.
pub(super) fn chosen(console: &Console) -> Result<String, String> {
    let lang = console.lang();
    let given = if let Ok(given) = std::env::var(VARIABLE) {
        given
    } else {
        let first = ask(console, lang.t("新しい鍵の合言葉: ", "Passphrase for the new key: "))?;
        let again = ask(console, lang.t("もう一度: ", "Once more: "))?;
        if first != again {
            let what = lang.t(
                "合言葉が一致しません。もう一度実行してください。",
                "the passphrases differ; run the command again.",
            );
            return Err(what.to_owned());
        }
        first
    };
    if given.chars().count() < SHORTEST {
        return Err(tr!(
            lang,
            "合言葉が短すぎます。{SHORTEST} 文字以上にしてください。",
            "the passphrase is too short; choose {SHORTEST} characters or more."
        ));
    }
    Ok(given)
}

fn ask(console: &Console, prompt: &str) -> Result<String, String> {
    let lang = console.lang();
    if !std::io::stdin().is_terminal() {
        return Err(tr!(
            lang,
            "鍵ファイルの合言葉がありません。環境変数 {VARIABLE} に入れてください。",
            "the passphrase of the key file is missing; set {VARIABLE}."
        ));
    }
    rpassword::prompt_password(prompt).map_err(|error| {
        tr!(
            lang,
            "合言葉を読み取れません（{error}）。環境変数 {VARIABLE} に入れてください。",
            "the passphrase cannot be read ({error}); set {VARIABLE}."
        )
    })
}
