# Answers of intune-err as objects, for Windows PowerShell 5.1 and PowerShell 7:
#
#   . ./IntuneErr.ps1
#   Get-IntuneError '0x80180014', '-2133916617' | Format-Table Query, Found, Problem
#   Find-IntuneError C:\Logs | Group-Object Code | Sort-Object Count -Descending

# The answer to each code, name, token or message: its first problem and the steps.
function Get-IntuneError {
    param(
        [Parameter(Mandatory, ValueFromPipeline)]
        [string[]] $Query
    )
    process {
        foreach ($one in $Query) {
            intune-err --json -- $one | ForEach-Object {
                $answer = $_ | ConvertFrom-Json
                $entry = $answer.entries | Select-Object -First 1
                [pscustomobject] @{
                    Query = $answer.query
                    Found = $answer.found
                    Code = $answer.code.hex
                    Symbol = $answer.symbols -join ', '
                    Meaning = $answer.meaning
                    Problem = $entry.problem
                    Causes = $entry.causes
                    Resolution = $entry.resolution
                    Source = $entry.source
                }
            }
        }
    }
}

# Each error in logs and evidence: where it stands, and its first problem.
function Find-IntuneError {
    param(
        [Parameter(Mandatory)]
        [string[]] $Path
    )
    intune-err scan --json -- $Path | ForEach-Object {
        $found = $_ | ConvertFrom-Json
        if ($found.unread) {
            Write-Warning "not read: $($found.path): $($found.unread)"
        } else {
            $entry = $found.entries | Select-Object -First 1
            [pscustomobject] @{
                Path = $found.path
                Line = $found.line
                Time = $found.time
                Match = $found.match
                Code = $found.code.hex
                App = $found.app.name
                Problem = $entry.problem
            }
        }
    }
}
