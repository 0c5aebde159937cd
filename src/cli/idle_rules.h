/*
 * idle_rules.h: telling which rules match nowhere. A rule that silently finds nothing is the commonest fault of such
 * systems, so what fires nowhere is always named, with what was in its way where it came nearest (explain.h).
 */
#ifndef RG_CLI_IDLE_RULES_H
#define RG_CLI_IDLE_RULES_H

#include <regraft/regraft.h>

/* Name on standard error the rules none of whose instances has matched, `matched` being by instance, with the nearest
 * miss in the document's graphs. With more than `most` idle instances they are only named: so many take their time.
 * False, with a diagnostic, on failure. */
bool note_idle_rules(rg_matcher *matcher, const bool *matched, const rg_document *document, size_t most);

#endif
