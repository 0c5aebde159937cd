#!/bin/sh
# Write the manual pages and the shell completion that the command prints of itself.
# usage: write_pages.sh COMMAND FOLDER
set -eu
command=$1 folder=$2
mkdir -p "$folder/man/man1" "$folder/bash-completion/completions"
"$command" help --man >"$folder/man/man1/regraft.1"
for name in $("$command" help --names); do
    "$command" help --man "$name" >"$folder/man/man1/regraft-$name.1"
done
"$command" help --completion bash >"$folder/bash-completion/completions/regraft"
