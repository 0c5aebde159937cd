# Turn text files into a C file that defines the arrays which HEADER declares: cmake -DROOT= -DFILES= -DHEADER= -DOUTPUT= -P
# page.css becomes `const char rg__page_css[]`, which ends in a NUL.
set(text "/* Made from ${FILES} by cmake/embed_texts.cmake. */\n#include \"${HEADER}\"\n\n")
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REPEAT "'.x..'," 16 sixteen) # bytes a line
  string(REGEX REPLACE "(${sixteen})" "\\1\n" bytes "${bytes}")
  string(REPLACE "." "_" name ${file})
  string(APPEND text "const char rg__${name}[] = {\n${bytes}0};\n\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
