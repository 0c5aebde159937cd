/*
 * system_error.c: words for the errors that opening, reading, writing and renaming files can give.
 */
#include "base/system_error.h"

#include <errno.h>
#include <stddef.h>

static const struct system_error_row {
    int error;
    const char *words;
} rows[] = {
    {EACCES, "Permission denied"},
    {EBUSY, "Device or resource busy"},
    {EDQUOT, "Disk quota exceeded"},
    {EEXIST, "File exists"},
    {EFBIG, "File too large"},
    {EIO, "Input/output error"},
    {EISDIR, "Is a directory"},
    {ELOOP, "Too many levels of symbolic links"},
    {EMFILE, "Too many open files"},
    {ENAMETOOLONG, "File name too long"},
    {ENOENT, "No such file or directory"},
    {ENOSPC, "No space left on device"},
    {ENOTDIR, "Not a directory"},
    {EPERM, "Operation not permitted"},
    {EPIPE, "Broken pipe"},
    {EROFS, "Read-only file system"},
    {ETXTBSY, "Text file busy"},
    {EXDEV, "Invalid cross-device link"},
};

const char *rg__system_error(int error)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].error == error) {
            return rows[i].words;
        }
    }
    return "error of the system";
}
