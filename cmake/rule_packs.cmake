# The shipped rule packs (rules/) are part of the library, so that an embedder needs no files at run time.
file(GLOB_RECURSE rule_pack_files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/rules ${PROJECT_SOURCE_DIR}/rules/*.py)
set(rule_packs ${PROJECT_BINARY_DIR}/generated/rule_packs.c)
list(TRANSFORM rule_pack_files PREPEND ${PROJECT_SOURCE_DIR}/rules/ OUTPUT_VARIABLE rule_pack_paths)
add_custom_command(
  OUTPUT ${rule_packs}
  COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR}/rules "-DFILES=${rule_pack_files}" -DOUTPUT=${rule_packs} -P
          ${PROJECT_SOURCE_DIR}/cmake/embed_rules.cmake
  DEPENDS ${rule_pack_paths} ${PROJECT_SOURCE_DIR}/cmake/embed_rules.cmake
  COMMENT "Embedding the rule packs"
  VERBATIM)
target_sources(regraft_objects PRIVATE ${rule_packs})
