/*
 * command_help.c: `regraft help`: help texts, and what the build makes of them (manual pages, completion).
 */
#include "cli/output.h"

static int run_help(cli_invocation *invocation)
{
    const cli_command *command = NULL;
    if (option_given(invocation, "names")) {
        for (const cli_command *const *row = commands; *row != NULL; row++) {
            puts((*row)->name);
        }
        return EXIT_YES;
    }
    const char *shell = option_value(invocation, "completion");
    if (shell != NULL) {
        if (strcmp(shell, "bash") != 0) {
            complain("no completion for '%s', only for bash", shell);
            return EXIT_BAD;
        }
        print_bash_completion();
        return EXIT_YES;
    }
    if (invocation->argument_count > 0) {
        command = find_command(invocation->arguments[0]);
        if (command == NULL) {
            complain("unknown command '%s'", invocation->arguments[0]);
            return EXIT_BAD;
        }
    }
    if (option_given(invocation, "man")) {
        print_manual_page(command);
    } else {
        print_help(command);
    }
    return EXIT_YES;
}

static const cli_option help_options[] = {
    {"man", 0, NULL, "print the manual page, for man(1)"},
    {"completion", 0, "SHELL", "print the completion script for a shell (bash)"},
    {"names", 0, NULL, "print the names of all commands"},
    {NULL, 0, NULL, NULL},
};

const cli_command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .min_arguments = 0,
    .max_arguments = 1,
    .summary = "show help for the program or for one command",
    .details = "The manual pages and the shell completion are made from the same description as the help texts.",
    .options = help_options,
    .run = run_help,
};
