/*
 * command.h: what a command of `regraft` is: a row with a name, options and a function.
 *
 * The rows are the only description of the command line: parsing, --help, the manual pages and the shell completion are
 * made of them. To add a command, write command_<name>.c with its row and list the row in main.c.
 */
#ifndef RG_CLI_COMMAND_H
#define RG_CLI_COMMAND_H

#include <regraft/regraft.h>

/* Exit statuses. */
enum {
    EXIT_YES = 0, /* done, or the answer is yes */
    EXIT_NO = 1,  /* the answer is no: differs, does not match, would change */
    EXIT_BAD = 2  /* bad usage or bad input */
};

typedef struct cli_option {
    const char *name;  /* without dashes; NULL ends a list of options */
    char letter;       /* short form, 0 for none */
    const char *value; /* what its value is called in help texts; NULL for an option without value */
    const char *help;  /* one phrase */
} cli_option;

typedef struct cli_invocation cli_invocation;

typedef struct cli_command {
    const char *name;
    const char *arguments; /* as in the synopsis: "FILE..." */
    size_t min_arguments;
    size_t max_arguments; /* SIZE_MAX: any number */
    const char *summary;  /* one phrase, lower case, no full stop */
    const char *details;  /* paragraphs, separated by empty lines */
    const char *no_means; /* what exit status 1 says; NULL if this command never gives it */
    const cli_option *options;
    int (*run)(cli_invocation *invocation);
} cli_command;

/* An option as it was given. */
typedef struct cli_option_use {
    const cli_option *option;
    const char *value;
} cli_option_use;

struct cli_invocation {
    const cli_command *command;
    const char **arguments; /* what is neither an option nor its value */
    size_t argument_count;
    cli_option_use *uses; /* in the order of the command line */
    size_t use_count;
    rg_context *context; /* for the whole run, with the limits that were asked for */
};

/* All commands, ended by NULL, and the options that each of them has besides its own. */
extern const cli_command *const commands[];
extern const cli_option common_options[];

extern const cli_command command_fmt;
extern const cli_command command_infer;
extern const cli_command command_diff;
extern const cli_command command_verify;
extern const cli_command command_draw;
extern const cli_command command_check;
extern const cli_command command_match;
extern const cli_command command_explain;
extern const cli_command command_opt;
extern const cli_command command_rules;
extern const cli_command command_passes;
extern const cli_command command_ops;
extern const cli_command command_help;

const cli_command *find_command(const char *name); /* NULL: there is none */

/* Was the option given? Its last value, else NULL. */
bool option_given(const cli_invocation *invocation, const char *name);
const char *option_value(const cli_invocation *invocation, const char *name);

/* Fill `out` from the command line after the command's name. On failure the usage error has been printed. */
bool parse_command_line(cli_invocation *out, const cli_command *command, int count, char **words);

/* Read a whole number from 1 to `largest`; false when the text is none. */
bool parse_count(const char *text, uint64_t largest, uint64_t *out);

/* Set one limit from "NAME=VALUE"; false, with a message, when it is none. */
bool set_limit(rg_limits *limits, const char *text);

/* The candidate that a misspelt word most probably means; NULL when none is near. `candidate(user, i)` gives the i-th,
 * NULL after the last. */
const char *nearest(const char *word, const char *(*candidate)(const void *user, size_t index), const void *user);

/* pages.c: help texts, manual pages and completion, made of the rows. `command` NULL means the program as a whole. */
void print_help(const cli_command *command);
void print_manual_page(const cli_command *command);
void print_bash_completion(void);

#endif
