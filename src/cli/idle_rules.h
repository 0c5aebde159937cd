/*
 * idle_rules.h: telling which rules match nowhere. A rule that silently finds nothing is the commonest fault of such
 * systems, so what fires nowhere is always named.
 */
#ifndef RG_CLI_IDLE_RULES_H
#define RG_CLI_IDLE_RULES_H

#include <regraft/regraft.h>

/* What became of a rule's instance. */
typedef struct rule_outcome {
    bool matched;
    rg_string refusal; /* rg_matcher_refusal of some graph; empty: none */
} rule_outcome;

/* Name on standard error the rules none of whose instances has matched: with the reason for which one was refused, or
 * with an op that it wants and no graph of the document has. `outcomes` is by instance. */
void note_idle_rules(const rg_rule_set *rules, const rule_outcome *outcomes, const rg_document *document,
                     rg_context *context);

#endif
