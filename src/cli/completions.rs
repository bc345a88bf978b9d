//! Completion scripts, made from the definition of the command line. What `clap_complete` does not do is added here: the names
//! that a QUERY can be, which the scripts ask the program for, and what some shells lack. `.ci/shells` tries them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};

use super::args::Cli;
use intune_err::Entry;

/// The program's name, by which the scripts call it.
const NAME: &str = "intune-err";

/// Names in bash: a function around the generated one. Its last line overrides that of the generated script.
const BASH: &str = r#"
# Where a QUERY stands, also names, tokens and ids.
_intune__err_queries() {
    local word before="$3"
    # The = of --area=policy comes as a word of its own.
    [[ "$before" != "=" ]] || before="${COMP_WORDS[COMP_CWORD-2]}"
    _intune__err "$1" "$2" "$before"
    [[ "$2" == [[:alpha:]]* && "$before" != --color && "$before" != --data ]] || return 0
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

/// Names in zsh: a function around the generated one, which takes its name, so that the code after it calls it.
const ZSH: &str = r#"# Where a QUERY stands, also names, tokens and ids.
functions[_intune-err_generated]=$functions[_intune-err]
_intune-err() {
    local ret=1
    local -a names
    if [[ $PREFIX == [[:alpha:]]* && $words[CURRENT-1] != --(color|data) && -z ${words[(r)(@COMMANDS@)]} ]]; then
        names=( ${(f)"$($words[1] __names -- $PREFIX 2>/dev/null)"} )
        (( $#names )) && compadd -M 'm:{a-zA-Z}={A-Za-z}' -a names && ret=0
    fi
    _intune-err_generated "$@" && ret=0
    return ret
}

"#;

/// Names in fish, and what the generated script leaves out: values without an option, and those of an option before any command.
const FISH: &str = r#"
# Where a QUERY stands, also names, tokens and ids.
complete -c intune-err -n "not __fish_seen_subcommand_from @COMMANDS@; and not contains -- (commandline -opc)[-1] --color --data" -f -a "(intune-err __names -- (commandline -ct) 2>/dev/null)"
complete -c intune-err -n "__fish_intune_err_using_subcommand completions" -f -a "@SHELLS@"
complete -c intune-err -n "string match -q -- --color (commandline -opc)[-1]" -f -a "@COLORS@"
"#;

/// The command in PowerShell, before the candidates are chosen by it: the generated script sees none after an option.
const POWERSHELL_COMMAND: &str = r"    # The words before the one to complete: a command may come after options, an option before its value.
    $before = @($commandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $command = (@('intune-err') + @($before | Where-Object { @COMMANDS@ -ccontains $_ } | Select-Object -First 1)) -join ';'

";

/// Values and names in PowerShell: other candidates before they are sorted.
const POWERSHELL: &str = r"    # Values of options, the shells and, where a QUERY stands, also names, tokens and ids.
    $values = @{@VALUES@ }
    $option, $start = if ($wordToComplete -match '^(--\w+)=') { $Matches[1], $Matches[0] } else { $before[-1], '' }
    $names = if ($option -and $values.ContainsKey($option)) {
        $completions = @()
        $values[$option] | ForEach-Object { $start + $_ }
    } elseif ($command -eq 'intune-err;completions') {
        @SHELLS@
    } elseif ($command -eq 'intune-err' -and $option -ne '--data' -and $wordToComplete -match '^[A-Za-z]') {
        & intune-err __names $wordToComplete 2>$null
    }
    $completions += @($names | Where-Object { $_ } | ForEach-Object {
        [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_)
    })

";

/// The command in Elvish, before the candidates are chosen by it: the generated script sees none after an option.
const ELVISH_COMMAND: &str = r"    # A command may come after options; another word chooses nothing.
    set command = 'intune-err'
    for word $words[1..-1] {
        if (has-value [@COMMANDS@] $word) {
            set command = 'intune-err;'$word
            break
        }
    }
";

/// Values, names and paths in Elvish: what the completer ends with.
const ELVISH: &str = r"    # Values of options, paths, the shells and, where a QUERY stands, also names, tokens and ids.
    var values = [@VALUES@]
    var word before = $words[-1] $words[-2]
    if (has-key $values $before) {
        all $values[$before]
    } elif (and (str:contains $word =) (has-key $values [(str:split = $word)][0])) {
        var option = [(str:split = $word)][0]
        for value $values[$option] { put $option=$value }
    } else {
        if (or (eq $command 'intune-err;scan') (eq $command 'intune-err;check') (eq $before --data)) {
            edit:complete-filename $word
        } elif (eq $command 'intune-err;completions') {
            put @SHELLS@
        } elif (and (eq $command 'intune-err') (not-eq $word '') (not (str:has-prefix $word '-'))) {
            try { (external $words[0]) __names -- $word 2>/dev/null | from-lines } catch { }
        }
        $completions[$command]
    }
";

/// Where [`ZSH`] goes: before the end of the generated script, which runs the function or registers it.
const ZSH_END: &str = "if [ \"$funcstack[1]\" = \"_intune-err\" ]; then";
/// Where [`POWERSHELL_COMMAND`] goes: before the candidates are chosen.
const POWERSHELL_SWITCH: &str = "    $completions = @(switch ($command) {";
/// Where [`POWERSHELL`] goes: before the candidates are filtered.
const POWERSHELL_END: &str = "    $completions.Where{";
/// Where [`ELVISH_COMMAND`] goes: before the candidates are chosen.
const ELVISH_SWITCH: &str = "    var completions = [";
/// What [`ELVISH`] replaces.
const ELVISH_END: &str = "    $completions[$command]\n";

/// Prints the completion script of a shell.
pub(super) fn script(out: &mut impl Write, shell: Shell) -> io::Result<()> {
    let mut command = definition();
    let mut script = Vec::new();
    generate(shell, &mut command, NAME, &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    let commands: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let (values, shells) = (values(&command), positional_values(&command, "completions"));
    let quoted = |words: &[String]| words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
    match shell {
        Shell::Bash => {
            // clap_complete writes the hyphen of the program's name in two ways, and then finds no command's options
            // (https://github.com/clap-rs/clap/issues/6421).
            script = script.replace("intune__subcmd__err__subcmd__", "intune__err__subcmd__");
            script += &BASH.replace("@COMMANDS@", &commands.join("|"));
        }
        Shell::Fish => {
            let more = FISH.replace("@COMMANDS@", &commands.join(" ")).replace("@SHELLS@", &shells.join(" "));
            script += &more.replace("@COLORS@", &values["--color"].join(" "));
        }
        Shell::Zsh => script = script.replacen(ZSH_END, &(ZSH.replace("@COMMANDS@", &commands.join("|")) + ZSH_END), 1),
        Shell::PowerShell => {
            let chosen = POWERSHELL_COMMAND.replace("@COMMANDS@", &quoted(&commands));
            let pairs: Vec<_> = values.iter().map(|(option, values)| format!(" '{option}' = {}", quoted(values))).collect();
            let more = POWERSHELL.replace("@VALUES@", &pairs.join(";")).replace("@SHELLS@", &quoted(&shells));
            script = script.replacen(POWERSHELL_SWITCH, &(chosen + POWERSHELL_SWITCH), 1);
            script = script.replacen(POWERSHELL_END, &(more + POWERSHELL_END), 1);
        }
        Shell::Elvish => {
            let chosen = ELVISH_COMMAND.replace("@COMMANDS@", &commands.join(" "));
            let pairs: Vec<_> = values.iter().map(|(option, values)| format!("&{option}=[{}]", values.join(" "))).collect();
            let more = ELVISH.replace("@VALUES@", &pairs.join(" ")).replace("@SHELLS@", &shells.join(" "));
            script = script.replacen(ELVISH_SWITCH, &(chosen + ELVISH_SWITCH), 1).replacen(ELVISH_END, &more, 1);
        }
        // There is no other yet.
        _ => {}
    }
    out.write_all(script.as_bytes())
}

/// The options that take one of several values, with these; an option means the same for every command.
fn values(command: &Command) -> BTreeMap<String, Vec<String>> {
    let of_commands = command.get_subcommands().flat_map(Command::get_arguments);
    let options = command.get_arguments().chain(of_commands).filter(|arg| !arg.is_positional() && arg.get_action().takes_values());
    let with_values = options.filter_map(|arg| Some((format!("--{}", arg.get_long()?), possible_values(arg))));
    with_values.filter(|(_, values)| !values.is_empty()).collect()
}

/// The values that a command's argument can have.
fn positional_values(command: &Command, name: &str) -> Vec<String> {
    command.find_subcommand(name).into_iter().flat_map(Command::get_positionals).flat_map(possible_values).collect()
}

fn possible_values(arg: &clap::Arg) -> Vec<String> {
    arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}

/// The command line as the scripts should see it: without QUERY, which in zsh would take the place of the commands, and in fish
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
pub(super) fn names(out: &mut impl Write, prefix: &str, entries: &[Entry]) -> io::Result<()> {
    let is_plain = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
    };
    let begins = |name: &&str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let of_entries = entries.iter().flat_map(|entry| entry.names().chain([entry.id()]));
    let all = intune_err::Symbol::all().map(intune_err::Symbol::name).chain(of_entries);
    let mut names: Vec<&str> = all.filter(|name| !prefix.is_empty() && begins(name) && is_plain(name)).collect();
    names.sort_unstable();
    names.dedup();
    names.iter().try_for_each(|name| writeln!(out, "{name}"))
}
