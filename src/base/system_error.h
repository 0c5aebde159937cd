/*
 * system_error.h: what went wrong with a file, in words that do not depend on the locale of the program around us.
 */
#ifndef RG_BASE_SYSTEM_ERROR_H
#define RG_BASE_SYSTEM_ERROR_H

/* The words for an errno, static; "error of the system" for one that has none here. */
const char *rg__system_error(int error);

#endif
