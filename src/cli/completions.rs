//! Completion scripts, made from the definition of the command line. What `clap_complete` cannot know is added here: the names
//! that a QUERY can be, which the scripts ask the program for.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};

use super::args::Cli;

/// The program's name, by which the scripts call it.
const NAME: &str = "intune-err";

/// Names in bash: a function around the generated one. Its last line overrides that of the generated script.
const BASH: &str = r#"
# Where a QUERY stands, also names, tokens and ids.
_intune__err_queries() {
    _intune__err "$@"
    local word
    [[ "$2" == [[:alpha:]]* && "$3" != --color ]] || return 0
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$word" in @COMMANDS@) return 0 ;; esac
    done
    COMPREPLY+=( $("$1" __names -- "$2" 2>/dev/null) )
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _intune__err_queries -o nosort -o bashdefault -o default intune-err
else
    complete -F _intune__err_queries -o bashdefault -o default intune-err
fi
"#;

/// Names in zsh: a function around the generated one, which takes its name, so that what stands behind calls it.
const ZSH: &str = r#"# Where a QUERY stands, also names, tokens and ids.
functions[_intune-err_generated]=$functions[_intune-err]
_intune-err() {
    local ret=1
    local -a names
    if [[ $PREFIX == [[:alpha:]]* && $words[CURRENT-1] != --color && -z ${words[(r)(@COMMANDS@)]} ]]; then
        names=( ${(f)"$($words[1] __names -- $PREFIX 2>/dev/null)"} )
        (( $#names )) && compadd -M 'm:{a-zA-Z}={A-Za-z}' -a names && ret=0
    fi
    _intune-err_generated "$@" && ret=0
    return ret
}

"#;

/// Names in fish: one more line.
const FISH: &str = r#"
# Where a QUERY stands, also names, tokens and ids.
complete -c intune-err -n "not __fish_seen_subcommand_from @COMMANDS@" -f -a "(intune-err __names -- (commandline -ct) 2>/dev/null)"
"#;

/// Names in PowerShell: more candidates before they are sorted.
const POWERSHELL: &str = r"    # Where a QUERY stands, also names, tokens and ids.
    if ($wordToComplete -match '^[A-Za-z]' -and $command -notmatch '^intune-err;(@COMMANDS@)(;|$)') {
        $completions += @(& intune-err __names $wordToComplete 2>$null | ForEach-Object {
            [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_)
        })
    }

";

/// Where [`ZSH`] goes: before the end of the generated script, which runs the function or registers it.
const ZSH_END: &str = "if [ \"$funcstack[1]\" = \"_intune-err\" ]; then";
/// Where [`POWERSHELL`] goes: before the candidates are filtered.
const POWERSHELL_END: &str = "    $completions.Where{";

/// Prints the completion script of a shell.
pub(super) fn script(out: &mut impl Write, shell: Shell) -> io::Result<()> {
    let mut command = definition();
    let mut script = Vec::new();
    generate(shell, &mut command, NAME, &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    let between = if shell == Shell::Fish { " " } else { "|" };
    let commands = command.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join(between);
    let names = |snippet: &str| snippet.replace("@COMMANDS@", &commands);
    match shell {
        Shell::Bash => {
            // clap_complete writes the hyphen of the program's name in two ways, and then finds no command's options
            // (https://github.com/clap-rs/clap/issues/6421).
            script = script.replace("intune__subcmd__err__subcmd__", "intune__err__subcmd__");
            script += &names(BASH);
        }
        Shell::Fish => script += &names(FISH),
        Shell::Zsh => script = script.replacen(ZSH_END, &(names(ZSH) + ZSH_END), 1),
        Shell::PowerShell => script = script.replacen(POWERSHELL_END, &(names(POWERSHELL) + POWERSHELL_END), 1),
        // Elvish completes commands, options and their values.
        _ => {}
    }
    out.write_all(script.as_bytes())
}

/// The command line as the scripts shall know it: without QUERY, which in zsh would take the place of the commands, and in fish
/// would offer files, and without the hidden command.
fn definition() -> Command {
    let whole = Cli::command();
    let options = whole.get_arguments().filter(|arg| !arg.is_positional()).cloned();
    let commands = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let bare = Command::new(NAME).disable_help_subcommand(true);
    bare.args(options).subcommands(commands)
}

/// Prints what begins with a prefix, in any case, and is a query of one word that no shell has to quote: names of symbols,
/// names and tokens of entries, ids. Nothing for no prefix: thousands of names are no help.
pub(super) fn names(out: &mut impl Write, prefix: &str) -> io::Result<()> {
    let is_plain = |name: &&str| name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    let begins = |name: &&str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let of_entries = intune_err::entries().flat_map(|entry| entry.names().chain([entry.id()]));
    let all = intune_err::symbols().map(intune_err::Symbol::name).chain(of_entries);
    let mut names: Vec<&str> = all.filter(|name| !prefix.is_empty() && begins(name) && is_plain(name)).collect();
    names.sort_unstable();
    names.dedup();
    names.iter().try_for_each(|name| writeln!(out, "{name}"))
}
