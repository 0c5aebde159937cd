/*
 * graphviz.h: Graphviz's `dot`, which places the nodes of pictures. It is a program found at run time, so that nothing
 * needs it but pictures, and one that takes too long can be ended.
 */
#ifndef RG_CLI_GRAPHVIZ_H
#define RG_CLI_GRAPHVIZ_H

#include <regraft/regraft.h>

/* Is there a `dot` in PATH? */
bool has_graphviz(void);

/* An rg_draw_layout_function: run `dot -Tsvg`. RG_ERROR_LIMIT when it takes longer than GRAPHVIZ_SECONDS; any other
 * failure has been told. */
rg_status graphviz_layout(void *user, rg_string dot, rg_sink svg);

enum { GRAPHVIZ_SECONDS = 30 };

#endif
