/*
 * unbacked.c: sizes that depend on data, such as the number of true elements of a mask.
 *
 * PyTorch makes a fresh symbol (u0, u1, ...) for each. A graph that is read carries these symbols in the annotation of
 * the op that made them, and nowhere else; an inference function takes the size from there and computes the rest of
 * the type. Where there is no annotation (a graph under construction) the type is unknown.
 */
#include "ops/infer.h"

static rg_type annotation_of(const rg_inference *inference)
{
    if (inference->graph == NULL || rg_node_is_null(inference->node)) {
        return (rg_type){0};
    }
    return rg_node_type(inference->graph, inference->node);
}

bool rg__infer_annotated_size(rg_inference *inference, uint32_t rank, uint32_t dim, rg_size *out)
{
    rg_tensor_type tensor = rg_type_get_tensor(inference->context, annotation_of(inference));
    if (tensor.dtype == RG_DTYPE_NONE || tensor.rank != rank || dim >= rank) {
        inference->unknown = true;
        return false;
    }
    *out = tensor.sizes[dim];
    return true;
}

bool rg__infer_annotated_symbol(rg_inference *inference, rg_size *out)
{
    *out = rg_type_get_size(inference->context, annotation_of(inference));
    if (rg_size_is_null(*out)) {
        inference->unknown = true;
        return false;
    }
    return true;
}
