/*
 * main.c: the command's entry: find the row, read the command line, run. Read command.h first.
 */
#include <stdlib.h>

#include "cli/output.h"

const cli_command *const commands[] = {
    &command_fmt,    &command_infer, &command_match, &command_explain, &command_opt, &command_diff, &command_check,
    &command_verify, &command_draw,  &command_rules, &command_passes,  &command_ops, &command_help, NULL,
};

const cli_command *find_command(const char *name)
{
    for (const cli_command *const *row = commands; *row != NULL; row++) {
        if (strcmp((*row)->name, name) == 0) {
            return *row;
        }
    }
    return NULL;
}

static const char *command_candidate(const void *user, size_t index)
{
    (void)user;
    return commands[index] == NULL ? NULL : commands[index]->name;
}

static int unknown_command(const char *name)
{
    const char *guess = nearest(name, command_candidate, NULL);
    complain("unknown command '%s'%s%s%s", name, guess ? "; did you mean '" : "", guess ? guess : "",
             guess ? "'?" : "");
    fputs("Try 'regraft --help'.\n", stderr);
    return EXIT_BAD;
}

/* malloc and free, remembering whether memory was ever refused: then there may be none for a diagnostic either. */
static void *resize(void *user, void *block, size_t old_size, size_t new_size)
{
    bool *refused = user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    void *result = realloc(block, new_size);
    *refused = *refused || result == NULL;
    return result;
}

static int run_in_context(cli_invocation *invocation)
{
    bool refused = false;
    rg_allocator allocator = {resize, &refused};
    rg_context_options options = RG_CONTEXT_OPTIONS_INIT;
    options.allocator = &allocator;
    for (size_t i = 0; i < invocation->use_count; i++) {
        const cli_option_use *use = &invocation->uses[i];
        if (strcmp(use->option->name, "limit") == 0 && !set_limit(&options.limits, use->value)) {
            return EXIT_BAD;
        }
    }
    if (rg_context_create(&invocation->context, &options) != RG_OK) {
        complain("out of memory");
        return EXIT_BAD;
    }
    int status = invocation->command->run(invocation);
    print_diagnostics(invocation->context);
    if (refused) {
        complain("out of memory");
    }
    rg_context_destroy(invocation->context);
    return status;
}

static int run_command(const cli_command *command, int count, char **words)
{
    cli_invocation invocation;
    int status = EXIT_BAD;
    if (parse_command_line(&invocation, command, count, words)) {
        if (option_given(&invocation, "help")) {
            print_help(command);
            status = EXIT_YES;
        } else {
            status = run_in_context(&invocation);
        }
    }
    free(invocation.uses);
    free(invocation.arguments);
    return status;
}

int main(int count, char **words)
{
    int status = EXIT_YES;
    const char *first = count > 1 ? words[1] : NULL;
    if (first == NULL) {
        fputs("usage: regraft COMMAND [options] FILE...\nTry 'regraft --help'.\n", stderr);
        return EXIT_BAD;
    }
    if (strcmp(first, "--version") == 0) {
        printf("regraft %s\n", rg_version());
    } else if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        print_help(NULL);
    } else {
        const cli_command *command = find_command(first);
        status = command == NULL ? unknown_command(first) : run_command(command, count - 2, words + 2);
    }
    return finish_output() ? status : EXIT_BAD;
}
