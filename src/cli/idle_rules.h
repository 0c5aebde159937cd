/*
 * idle_rules.h: telling which rules match nowhere. A rule that silently finds nothing is the commonest fault of such
 * systems, so what fires nowhere is always named.
 */
#ifndef RG_CLI_IDLE_RULES_H
#define RG_CLI_IDLE_RULES_H

#include <regraft/regraft.h>

/* Name on standard error the rules none of whose instances is marked in `matched`; those that want an op that no graph
 * of the document has, with that op. */
void note_idle_rules(const rg_rule_set *rules, const bool *matched, const rg_document *document, rg_context *context);

#endif
