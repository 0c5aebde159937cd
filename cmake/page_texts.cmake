# The markup, style and script of HTML pages (src/draw/page.*) are files, so that they can be read and checked as what
# they are, and part of the library, so that it needs no files at run time.
set(page_files page.html page.css page.js)
set(page_texts ${PROJECT_BINARY_DIR}/generated/page_texts.c)
list(TRANSFORM page_files PREPEND ${PROJECT_SOURCE_DIR}/src/draw/ OUTPUT_VARIABLE page_paths)
add_custom_command(
  OUTPUT ${page_texts}
  COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR}/src/draw "-DFILES=${page_files}" -DHEADER=draw/page_texts.h
          -DOUTPUT=${page_texts} -P ${PROJECT_SOURCE_DIR}/cmake/embed_texts.cmake
  DEPENDS ${page_paths} ${PROJECT_SOURCE_DIR}/cmake/embed_texts.cmake
  COMMENT "Embedding the page"
  VERBATIM)
target_sources(regraft_objects PRIVATE ${page_texts})
