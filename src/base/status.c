/*
 * status.c: names of status codes, and the version.
 */
#include <regraft/base.h>

static const char *const status_names[] = {
    [RG_OK] = "ok",
    [RG_ERROR_MEMORY] = "memory",
    [RG_ERROR_LIMIT] = "limit",
    [RG_ERROR_SYNTAX] = "syntax",
    [RG_ERROR_NAME] = "name",
    [RG_ERROR_ARGUMENT] = "argument",
    [RG_ERROR_TYPE] = "type",
    [RG_ERROR_UNKNOWN_OP] = "unknown op",
    [RG_ERROR_UNSUPPORTED] = "unsupported",
    [RG_ERROR_RULE] = "rule",
    [RG_ERROR_GRAPH] = "graph",
    [RG_ERROR_CYCLE] = "cycle",
    [RG_ERROR_IO] = "io",
};

const char *rg_status_name(rg_status status)
{
    size_t count = sizeof(status_names) / sizeof(status_names[0]);
    return (size_t)status < count ? status_names[status] : "unknown";
}

const char *rg_version(void)
{
    return RG_VERSION;
}
