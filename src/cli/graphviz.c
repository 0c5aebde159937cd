/*
 * graphviz.c: running `dot`. Its input and output are temporary files without names, so that neither side ever waits
 * for the other.
 */
#include "cli/graphviz.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/output.h"

static const char program[] = "dot";

enum { CANNOT_RUN = 127 }; /* what a child that could not become the program exits with, as in shells */

bool has_graphviz(void)
{
    const char *folders = getenv("PATH");
    bool found = false;
    while (folders != NULL && !found) {
        size_t size = strcspn(folders, ":");
        cli_text path = {NULL, 0, 0};
        text_add(&path, folders, size);
        text_add(&path, "/", size == 0 ? 0 : 1);
        text_add(&path, program, strlen(program));
        found = access(path.data, X_OK) == 0;
        text_free(&path);
        folders = folders[size] == ':' ? folders + size + 1 : NULL;
    }
    return found;
}

/* In the child. */
static void become_program(FILE *input, FILE *output, FILE *messages)
{
    if (dup2(fileno(input), STDIN_FILENO) >= 0 && dup2(fileno(output), STDOUT_FILENO) >= 0 &&
        dup2(fileno(messages), STDERR_FILENO) >= 0) {
        execlp(program, program, "-Tsvg", (char *)NULL);
    }
    _exit(CANNOT_RUN);
}

/* Wait for the child, but no longer than GRAPHVIZ_SECONDS: RG_ERROR_LIMIT, with the child ended. */
static rg_status wait_for(pid_t child, int *outcome)
{
    struct timespec now;
    const struct timespec pause = {0, 2000000};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    time_t end = now.tv_sec + GRAPHVIZ_SECONDS;
    while (true) {
        pid_t ended = waitpid(child, outcome, WNOHANG);
        if (ended == child) {
            return RG_OK;
        }
        if (ended < 0 && errno != EINTR) {
            return RG_ERROR_IO;
        }
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec > end) {
            (void)kill(child, SIGKILL);
            (void)waitpid(child, outcome, 0);
            return RG_ERROR_LIMIT;
        }
        (void)nanosleep(&pause, NULL);
    }
}

static rg_status copy_file(FILE *file, rg_sink sink)
{
    char chunk[4096];
    size_t size;
    rg_status status = RG_OK;
    rewind(file);
    while (status == RG_OK && (size = fread(chunk, 1, sizeof(chunk), file)) > 0) {
        status = sink.write(sink.user, chunk, size);
    }
    return status == RG_OK && ferror(file) ? RG_ERROR_IO : status;
}

/* "Graphviz failed: " and the first line of what it said. */
static void tell_failure(FILE *messages)
{
    cli_text said = {NULL, 0, 0};
    if (copy_file(messages, text_sink(&said)) != RG_OK || said.data == NULL) {
        complain("Graphviz's '%s' failed", program);
    } else {
        for (size_t i = 0; i < said.size; i++) {
            bool is_plain = said.data[i] >= 0x20 && said.data[i] < 0x7f;
            said.data[i] = said.data[i] == '\n' ? '\n' : is_plain ? said.data[i] : '?';
        }
        complain("Graphviz's '%s' failed: %.*s", program, (int)strcspn(said.data, "\n"), said.data);
    }
    text_free(&said);
}

static rg_status run_program(rg_string dot, rg_sink svg, FILE *input, FILE *output, FILE *messages)
{
    int outcome = 0;
    if (fwrite(dot.data, 1, dot.size, input) != dot.size || fflush(input) != 0) {
        complain("cannot write a temporary file: %s", strerror(errno));
        return RG_ERROR_IO;
    }
    rewind(input);
    pid_t child = fork();
    if (child < 0) {
        complain("cannot run '%s': %s", program, strerror(errno));
        return RG_ERROR_IO;
    }
    if (child == 0) {
        become_program(input, output, messages);
    }
    rg_status status = wait_for(child, &outcome);
    if (status == RG_OK && (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != 0)) {
        tell_failure(messages);
        status = RG_ERROR_IO;
    }
    return status == RG_OK ? copy_file(output, svg) : status;
}

rg_status graphviz_layout(void *user, rg_string dot, rg_sink svg)
{
    (void)user;
    FILE *files[] = {tmpfile(), tmpfile(), tmpfile()};
    rg_status status = RG_ERROR_IO;
    if (files[0] != NULL && files[1] != NULL && files[2] != NULL) {
        status = run_program(dot, svg, files[0], files[1], files[2]);
    } else {
        complain("cannot make a temporary file: %s", strerror(errno));
    }
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (files[i] != NULL) {
            (void)fclose(files[i]);
        }
    }
    return status;
}
