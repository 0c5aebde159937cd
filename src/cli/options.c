/*
 * options.c: reading a command line with the rows of command.h, and guessing what a misspelt word meant.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "cli/output.h"

const cli_option common_options[] = {
    {"limit", 0, "NAME=VALUE", "set a limit: input-bytes, line-bytes, depth, nodes, search-steps, diagnostics"},
    {"help", 'h', NULL, "show help for this command"},
    {NULL, 0, NULL, NULL},
};

bool option_given(const cli_invocation *invocation, const char *name)
{
    for (size_t i = 0; i < invocation->use_count; i++) {
        if (strcmp(invocation->uses[i].option->name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *option_value(const cli_invocation *invocation, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < invocation->use_count; i++) {
        if (strcmp(invocation->uses[i].option->name, name) == 0) {
            value = invocation->uses[i].value;
        }
    }
    return value;
}

/* The option at `index` of a command's own and the common ones together; NULL after the last. */
static const cli_option *option_at(const cli_command *command, size_t index)
{
    const cli_option *own = command->options;
    while (own->name != NULL && index > 0) {
        own++;
        index--;
    }
    return own->name != NULL ? own : common_options[index].name != NULL ? &common_options[index] : NULL;
}

static const char *option_candidate(const void *user, size_t index)
{
    const cli_option *option = option_at(user, index);
    return option == NULL ? NULL : option->name;
}

static const cli_option *find_option(const cli_command *command, const char *name, size_t size, char letter)
{
    const cli_option *option;
    for (size_t i = 0; (option = option_at(command, i)) != NULL; i++) {
        bool same_name = name != NULL && strlen(option->name) == size && strncmp(option->name, name, size) == 0;
        if (same_name || (letter != 0 && option->letter == letter)) {
            return option;
        }
    }
    return NULL;
}

/* Number of insertions, deletions, substitutions and exchanges of neighbours that turn one word into the other. */
static size_t edit_distance(const char *a, const char *b)
{
    enum { LONGEST = 40 };
    size_t rows[LONGEST + 1][LONGEST + 1];
    size_t a_size = strlen(a);
    size_t b_size = strlen(b);
    if (a_size > LONGEST || b_size > LONGEST) {
        return SIZE_MAX;
    }
    for (size_t i = 0; i <= a_size; i++) {
        for (size_t j = 0; j <= b_size; j++) {
            if (i == 0 || j == 0) {
                rows[i][j] = i + j;
                continue;
            }
            size_t best = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            size_t gap = (rows[i - 1][j] < rows[i][j - 1] ? rows[i - 1][j] : rows[i][j - 1]) + 1;
            best = gap < best ? gap : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && rows[i - 2][j - 2] + 1 < best) {
                best = rows[i - 2][j - 2] + 1;
            }
            rows[i][j] = best;
        }
    }
    return rows[a_size][b_size];
}

const char *nearest(const char *word, const char *(*candidate)(const void *user, size_t index), const void *user)
{
    const char *best = NULL;
    size_t best_distance = strlen(word) / 3 + 1; /* farther than that is another word */
    const char *name;
    for (size_t i = 0; (name = candidate(user, i)) != NULL; i++) {
        size_t distance = edit_distance(word, name);
        if (distance < best_distance || (best == NULL && distance == best_distance)) {
            best = name;
            best_distance = distance;
        }
    }
    return best;
}

static bool usage_error(const cli_command *command, const char *problem, const char *word)
{
    fprintf(stderr, "regraft %s: error: %s%s%s%s\nTry 'regraft %s --help'.\n", command->name, problem,
            word[0] ? " '" : "", word, word[0] ? "'" : "", command->name);
    return false;
}

static bool unknown_option(const cli_command *command, const char *word, size_t size)
{
    char *name = copy_text(word);
    name[size] = '\0';
    const char *guess = word[1] == '-' ? nearest(name + 2, option_candidate, command) : NULL;
    fprintf(stderr, "regraft %s: error: unknown option '%s'", command->name, name);
    if (guess != NULL) {
        fprintf(stderr, "; did you mean '--%s'?", guess);
    }
    fprintf(stderr, "\nTry 'regraft %s --help'.\n", command->name);
    free(name);
    return false;
}

/* Read one word that is an option; `next` is the word after it, NULL at the end. `*took_next` says that it was used. */
static bool parse_option(cli_invocation *out, const char *word, const char *next, bool *took_next)
{
    const cli_command *command = out->command;
    const cli_option *option = NULL;
    const char *value = NULL;
    if (word[1] == '-') {
        const char *equals = strchr(word, '=');
        size_t size = equals != NULL ? (size_t)(equals - word) : strlen(word);
        option = find_option(command, word + 2, size - 2, 0);
        value = equals != NULL ? equals + 1 : NULL;
        if (option == NULL) {
            return unknown_option(command, word, size);
        }
    } else {
        option = find_option(command, NULL, 0, word[1]);
        value = word[2] != '\0' ? word + 2 : NULL;
        if (option == NULL || (value != NULL && option->value == NULL)) {
            return unknown_option(command, word, strlen(word));
        }
    }
    if (option->value == NULL && value != NULL) {
        return usage_error(command, "no value is wanted by", word);
    }
    if (option->value != NULL && value == NULL) {
        if (next == NULL) {
            return usage_error(command, "a value is missing after", word);
        }
        value = next;
        *took_next = true;
    }
    out->uses[out->use_count++] = (cli_option_use){option, value};
    return true;
}

bool parse_command_line(cli_invocation *out, const cli_command *command, int count, char **words)
{
    bool options_end = false;
    *out = (cli_invocation){.command = command};
    out->arguments = allocate((size_t)count * sizeof(*out->arguments));
    out->uses = allocate((size_t)count * sizeof(*out->uses));
    for (int i = 0; i < count; i++) {
        bool is_option = !options_end && words[i][0] == '-' && words[i][1] != '\0';
        bool took_next = false;
        if (is_option && strcmp(words[i], "--") == 0) {
            options_end = true;
        } else if (is_option) {
            if (!parse_option(out, words[i], i + 1 < count ? words[i + 1] : NULL, &took_next)) {
                return false;
            }
            i += took_next ? 1 : 0;
        } else {
            out->arguments[out->argument_count++] = words[i];
        }
    }
    if (option_given(out, "help")) {
        return true;
    }
    if (out->argument_count < command->min_arguments) {
        return usage_error(command, "too few arguments: wanted", command->arguments);
    }
    if (out->argument_count > command->max_arguments) {
        return usage_error(command, "unexpected argument", out->arguments[command->max_arguments]);
    }
    return true;
}

bool parse_count(const char *text, uint64_t largest, uint64_t *out)
{
    char *end = NULL;
    errno = 0;
    uintmax_t value = text[0] >= '0' && text[0] <= '9' ? strtoumax(text, &end, 10) : 0;
    *out = value;
    return end != NULL && *end == '\0' && errno == 0 && value > 0 && value <= largest;
}

static const struct limit_row {
    const char *name;
    size_t offset;
    size_t size;
} limit_rows[] = {
    {"input-bytes", offsetof(rg_limits, max_input_bytes), sizeof(uint64_t)},
    {"line-bytes", offsetof(rg_limits, max_line_bytes), sizeof(uint64_t)},
    {"depth", offsetof(rg_limits, max_depth), sizeof(uint32_t)},
    {"nodes", offsetof(rg_limits, max_nodes), sizeof(uint32_t)},
    {"search-steps", offsetof(rg_limits, max_search_steps), sizeof(uint64_t)},
    {"diagnostics", offsetof(rg_limits, max_diagnostics), sizeof(uint32_t)},
};

static const char *limit_candidate(const void *user, size_t index)
{
    (void)user;
    return index < sizeof(limit_rows) / sizeof(*limit_rows) ? limit_rows[index].name : NULL;
}

bool set_limit(rg_limits *limits, const char *text)
{
    const char *equals = strchr(text, '=');
    size_t size = equals == NULL ? strlen(text) : (size_t)(equals - text);
    const struct limit_row *row = NULL;
    for (size_t i = 0; i < sizeof(limit_rows) / sizeof(*limit_rows); i++) {
        if (strlen(limit_rows[i].name) == size && strncmp(limit_rows[i].name, text, size) == 0) {
            row = &limit_rows[i];
        }
    }
    if (row == NULL) {
        char *name = copy_text(text);
        name[size] = '\0';
        const char *guess = nearest(name, limit_candidate, NULL);
        complain("unknown limit '%s'%s%s%s", name, guess ? "; did you mean '" : "", guess ? guess : "",
                 guess ? "'?" : "");
        free(name);
        return false;
    }
    uint64_t value = 0;
    uint64_t largest = row->size == sizeof(uint32_t) ? UINT32_MAX : UINT64_MAX;
    if (equals == NULL || !parse_count(equals + 1, largest, &value)) {
        complain("the limit %s wants a whole number from 1 to %" PRIu64, row->name, largest);
        return false;
    }
    if (row->size == sizeof(uint32_t)) {
        *(uint32_t *)(void *)((char *)limits + row->offset) = (uint32_t)value;
    } else {
        *(uint64_t *)(void *)((char *)limits + row->offset) = value;
    }
    return true;
}
