/*
 * pages.c: help texts, manual pages (man(7)) and bash completion, all made from the command rows.
 *
 * A row's details are paragraphs separated by empty lines; a paragraph that starts with spaces is shown as it is.
 */
#include <ctype.h>
#include <stdio.h>

#include "cli/command.h"

static const char program_summary[] = "find subgraphs in tensor programs and replace them";
static const char program_details[] =
    "regraft works on FX graphs as PyTorch prints them: the output of GraphModule.print_readable, of "
    "TORCH_LOGS=post_grad_graphs, of tlparse and of vLLM's debug dumps. It reads such files as they are and prints "
    "them "
    "back byte for byte where nothing changed. A file named - is standard input.\n\n"
    "Results go to standard output, everything else to standard error. Files are written whole or not at all. Commands "
    "that list something print JSON with --json.";
static const char input_limits[] =
    "Input can come from anywhere, so there are limits to what it can cause: the size of a file (input-bytes) and of a "
    "line (line-bytes), the depth of nesting (depth), the nodes of a graph (nodes), the steps of one match attempt "
    "(search-steps), the diagnostics kept (diagnostics). --limit changes them.";

/* ---- help ---- */

enum { HELP_WIDTH = 79 };

/* Print up to the end of the paragraph, breaking lines between words. Returns where the next paragraph starts. */
static const char *print_paragraph(const char *text)
{
    size_t column = 0;
    bool verbatim = *text == ' ';
    while (*text != '\0' && strncmp(text, "\n\n", 2) != 0) {
        size_t size = verbatim ? 1 : strcspn(text, " \n");
        if (!verbatim && column > 0 && column + 1 + size > HELP_WIDTH) {
            putchar('\n');
            column = 0;
        }
        if (!verbatim && column > 0) {
            putchar(' ');
            column++;
        }
        (void)fwrite(text, 1, size, stdout);
        column += size;
        text += size;
        if (!verbatim && (*text == ' ' || (*text == '\n' && text[1] != '\n'))) {
            text++;
        }
    }
    putchar('\n');
    return *text == '\0' ? text : text + 2;
}

static void print_paragraphs(const char *text)
{
    while (*text != '\0') {
        putchar('\n');
        text = print_paragraph(text);
    }
}

/* "-o, --output FILE" */
static int option_heading(char *out, size_t size, const cli_option *option)
{
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    return snprintf(out, size, "%s--%s%s%s", option->letter != 0 ? letter : "", option->name,
                    option->value != NULL ? " " : "", option->value != NULL ? option->value : "");
}

static void print_options(const cli_option *options)
{
    enum { HELP_COLUMN = 24 };
    char heading[80];
    for (const cli_option *option = options; option->name != NULL; option++) {
        int size = option_heading(heading, sizeof(heading), option);
        printf("  %-*s%s%s\n", HELP_COLUMN - 2, heading, size > HELP_COLUMN - 4 ? "\n                        " : "",
               option->help);
    }
}

static void print_program_help(void)
{
    printf("usage: regraft COMMAND [options] FILE...\n");
    print_paragraphs(program_details);
    printf("\ncommands:\n");
    for (const cli_command *const *row = commands; *row != NULL; row++) {
        printf("  %-10s%s\n", (*row)->name, (*row)->summary);
    }
    printf("\n'regraft COMMAND --help' tells more; 'regraft --version' tells the version.\n"
           "exit status: 0 done, or yes; 1 the answer is no; 2 bad usage or bad input\n");
}

void print_help(const cli_command *command)
{
    if (command == NULL) {
        print_program_help();
        return;
    }
    printf("usage: regraft %s [options] %s\n\n%s: %s\n", command->name, command->arguments, command->name,
           command->summary);
    print_paragraphs(command->details);
    printf("\noptions:\n");
    print_options(command->options);
    print_options(common_options);
    printf("\nexit status: 0 %s; ", command->no_means != NULL ? "yes, or done" : "done");
    if (command->no_means != NULL) {
        printf("1 %s; ", command->no_means);
    }
    printf("2 bad usage or bad input\n");
}

/* ---- manual pages ---- */

/* Text for troff: backslashes, minus signs, and control characters at the start of a line. */
static void print_troff(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bool starts_line = i == 0 || text[i - 1] == '\n';
        if (starts_line && (text[i] == '.' || text[i] == '\'')) {
            fputs("\\&", stdout);
        }
        if (text[i] == '\\') {
            fputs("\\e", stdout);
        } else if (text[i] == '-') {
            fputs("\\-", stdout);
        } else if (text[i] == '\'') {
            fputs("\\(aq", stdout);
        } else {
            putchar(text[i]);
        }
    }
}

static void print_troff_text(const char *text)
{
    print_troff(text, strlen(text));
}

static void print_troff_paragraphs(const char *text)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t size = end != NULL ? (size_t)(end - text) : strlen(text);
        bool verbatim = *text == ' ';
        printf(".PP\n%s", verbatim ? ".nf\n" : "");
        print_troff(text, size);
        printf("\n%s", verbatim ? ".fi\n" : "");
        text += size + (end != NULL ? 2 : 0);
    }
}

static void print_troff_options(const cli_option *options)
{
    char heading[80];
    for (const cli_option *option = options; option->name != NULL; option++) {
        (void)option_heading(heading, sizeof(heading), option);
        printf(".TP\n\\fB");
        print_troff_text(heading);
        printf("\\fR\n");
        print_troff_text(option->help);
        printf("\n");
    }
}

static void print_title(const char *separator, const char *name)
{
    printf(".TH REGRAFT%s", separator);
    for (const char *at = name; *at != '\0'; at++) {
        putchar(toupper((unsigned char)*at));
    }
    printf(" 1 \"\" \"regraft %s\" \"regraft manual\"\n", rg_version());
    printf(".SH NAME\nregraft%s%s \\- ", separator, name);
}

static void print_exit_status(const char *no_means)
{
    printf(".SH EXIT STATUS\n.TP\n0\n%s\n", no_means != NULL ? "yes, or done" : "done");
    if (no_means != NULL) {
        printf(".TP\n1\n");
        print_troff_text(no_means);
        printf("\n");
    }
    printf(".TP\n2\nbad usage or bad input\n");
}

static void print_program_page(void)
{
    print_title("", "");
    print_troff_text(program_summary);
    printf("\n.SH SYNOPSIS\n.B regraft\n.I command\n[options] file...\n.br\n.B regraft \\-\\-help\n.br\n"
           ".B regraft \\-\\-version\n.SH DESCRIPTION\n");
    print_troff_paragraphs(program_details);
    printf(".SH COMMANDS\n");
    for (const cli_command *const *row = commands; *row != NULL; row++) {
        printf(".TP\n.BR regraft\\-%s (1)\n", (*row)->name);
        print_troff_text((*row)->summary);
        printf("\n");
    }
    printf(".SH LIMITS\n");
    print_troff_paragraphs(input_limits);
    print_exit_status("the answer is no: the graphs differ, nothing matches, the file would change");
    printf(".SH ENVIRONMENT\n.TP\nNO_COLOR\nwhen set and not empty, diagnostics are not coloured on a terminal\n");
}

void print_manual_page(const cli_command *command)
{
    if (command == NULL) {
        print_program_page();
        return;
    }
    print_title("\\-", command->name);
    print_troff_text(command->summary);
    printf("\n.SH SYNOPSIS\n.B regraft %s\n[options] ", command->name);
    print_troff_text(command->arguments);
    printf("\n.SH DESCRIPTION\n");
    print_troff_paragraphs(command->details);
    printf(".SH OPTIONS\n");
    print_troff_options(command->options);
    print_troff_options(common_options);
    print_exit_status(command->no_means);
    printf(".SH SEE ALSO\n.BR regraft (1)\n");
}

/* ---- completion ---- */

static void print_option_words(const cli_option *options)
{
    for (const cli_option *option = options; option->name != NULL; option++) {
        printf(" --%s", option->name);
    }
}

void print_bash_completion(void)
{
    printf("# Completion of regraft for bash; written by `regraft help --completion bash`.\n"
           "_regraft() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} words\n"
           "    case $COMP_CWORD:${COMP_WORDS[1]} in\n"
           "    1:*) words=\"--help --version");
    for (const cli_command *const *row = commands; *row != NULL; row++) {
        printf(" %s", (*row)->name);
    }
    printf("\" ;;\n");
    for (const cli_command *const *row = commands; *row != NULL; row++) {
        printf("    *:%s) words=\"", (*row)->name);
        print_option_words((*row)->options);
        print_option_words(common_options);
        printf("\" ;;\n");
    }
    printf("    esac\n"
           "    if [[ $COMP_CWORD -eq 1 || $word == -* ]]; then\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
           "    else\n"
           "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
           "    fi\n"
           "}\n"
           "complete -o filenames -F _regraft regraft\n");
}
