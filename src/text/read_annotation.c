/*
 * read_annotation.c: types, and how they were spelled.
 */
#include "ir/context_impl.h"
#include "text/reader.h"

static bool prints_as(rg_context *context, rg_type type, rg_string text)
{
    rg_buffer buffer;
    rg_type_print_options options = {.strides = true, .device = true};
    rg__buffer_init(&buffer, &context->allocator);
    bool same = rg_type_print(context, type, options, rg__buffer_sink(&buffer)) == RG_OK &&
                rg_string_equal(rg__buffer_string(&buffer), text);
    rg__buffer_free(&buffer);
    return same;
}

static void note_type(rg_reader *reader, rg_type type)
{
    if (rg_type_get_kind(reader->context, type) == RG_TYPE_TENSOR) {
        rg_tensor_type tensor = rg_type_get_tensor(reader->context, type);
        reader->has_tensors = true;
        reader->has_strides = reader->has_strides || tensor.strides != NULL;
        reader->has_devices = reader->has_devices || tensor.device.kind != NULL;
    }
}

rg_status rg__read_annotation(rg_read_annotation *out, rg_reader *reader, const rg_syntax *syntax)
{
    *out = (rg_read_annotation){.canonical = true};
    if (rg__syntax_is_absent(syntax)) {
        return RG_OK;
    }
    out->written = rg__syntax_source(reader->source, syntax);
    out->plain = syntax->kind != RG_SYNTAX_STRING;
    rg_cached_type *cached =
        &reader->types[rg__hash_bytes(out->written.data, out->written.size, 0) % RG_READER_CACHE_SIZE];
    if (cached->text.data == NULL || !rg_string_equal(cached->text, out->written)) {
        rg_string text = out->written;
        rg_status status = out->plain ? RG_OK : rg__syntax_string(&text, &reader->arena, reader->source, syntax);
        if (status == RG_OK) {
            status = rg_type_parse(&cached->type, reader->context, text);
        }
        if (status != RG_OK) {
            cached->text = (rg_string){NULL, 0};
            return status == RG_ERROR_MEMORY ? rg__report_memory(reader->context) : status;
        }
        bool is_usual = out->plain || (out->written.data[0] == '"' && out->written.size == text.size + 2);
        cached->text = out->written;
        cached->canonical = is_usual && prints_as(reader->context, cached->type, text);
        note_type(reader, cached->type);
    }
    out->type = cached->type;
    out->canonical = cached->canonical;
    return RG_OK;
}

rg_status rg__read_set_annotation(rg_reader *reader, rg_node node, const rg_read_annotation *annotation)
{
    rg_status status = RG_OK;
    rg_graph_set_type(reader->graph, node, annotation->type);
    if (annotation->plain) {
        status = rg__layout_set_number(reader->graph, node, RG_LAYOUT_PLAIN, 1);
    }
    if (status == RG_OK && !annotation->canonical) {
        status = rg__layout_set_text(reader->graph, node, RG_LAYOUT_ANNOTATION, annotation->written);
    }
    if (status == RG_OK && !annotation->canonical) {
        status = rg__layout_set_number(reader->graph, node, RG_LAYOUT_ANNOTATION_TYPE, annotation->type.id);
    }
    return status;
}
