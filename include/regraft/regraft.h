/*
 * regraft.h: the whole public API. Read base.h for the conventions, then graph.h, document.h, rule.h, pass.h.
 */
#ifndef REGRAFT_REGRAFT_H
#define REGRAFT_REGRAFT_H

#include <regraft/base.h>
#include <regraft/check.h>
#include <regraft/context.h>
#include <regraft/diagnostic.h>
#include <regraft/diff.h>
#include <regraft/document.h>
#include <regraft/draw.h>
#include <regraft/explain.h>
#include <regraft/expression.h>
#include <regraft/expression_explain.h>
#include <regraft/expression_pass.h>
#include <regraft/graph.h>
#include <regraft/interpret.h>
#include <regraft/match.h>
#include <regraft/match_log.h>
#include <regraft/op.h>
#include <regraft/pass.h>
#include <regraft/pass_config.h>
#include <regraft/rewrite.h>
#include <regraft/rule.h>
#include <regraft/size.h>
#include <regraft/trace.h>
#include <regraft/type.h>
#include <regraft/value.h>

#endif
