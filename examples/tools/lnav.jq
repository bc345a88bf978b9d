# Findings as lnav reads them: each with its problem, a level and a time, the oldest first. For lnav, those without a time are of 1970.
#
#   intune-err scan --json LOGS | jq -sc -f lnav.jq > findings.jsonl
map(
    .problem = (.entries[0].problem // .meaning // .unread // "nothing is known of it")
    | .level //= "error"
    | .time //= "1970-01-02T00:00:00"
)
| sort_by(.time)[]
