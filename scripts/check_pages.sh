#!/bin/sh
# Check the manual pages and the completion that the build wrote: one page for each command, no complaint from groff,
# every option of --help in its page, and a completion that bash can read and that completes.
# usage: check_pages.sh COMMAND PAGES_FOLDER
set -eu
command=$1 folder=$2
bad=0
for page in regraft $("$command" help --names | sed 's/^/regraft-/'); do
    file=$folder/man/man1/$page.1
    complaints=$(groff -man -ww -z "$file" 2>&1) || true
    if [ -n "$complaints" ]; then
        echo "$page.1: $complaints"
        bad=1
    fi
    [ "$page" != regraft ] || continue
    for option in $("$command" "${page#regraft-}" --help | grep -oE '^  (-., )?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
        if ! sed 's/\\-/-/g' "$file" | grep -q -- "$option"; then
            echo "$page.1 lacks $option"
            bad=1
        fi
    done
done
completed=$(bash -euc '. "$1"; COMP_WORDS=(regraft fmt --ch) COMP_CWORD=2; _regraft; echo "${COMPREPLY[@]}"' - \
    "$folder/bash-completion/completions/regraft")
if [ "$completed" != --check ]; then
    echo "completion of 'regraft fmt --ch' is '$completed'"
    bad=1
fi
exit $bad
