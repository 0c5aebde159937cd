# Link-time optimisation of Release builds: calls between files are inlined, which takes a tenth to a fifth off matching
# and rewriting (doc/performance.md). Objects hold machine code and gcc's own code side by side. The shared library is
# made of the latter; the static one keeps only the former, since gcc's own code is of no use to other compilers or
# other versions of gcc, which would refuse it.
set(regraft_lto FALSE)
if(RG_LTO AND CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_C_COMPILER_ID STREQUAL "GNU"
   AND NOT (RG_SANITIZE OR RG_COVERAGE OR RG_FUZZ))
  include(CheckIPOSupported)
  check_ipo_supported(RESULT regraft_lto LANGUAGES C)
endif()
if(regraft_lto)
  target_compile_options(regraft_objects PRIVATE -flto=auto -ffat-lto-objects)
endif()

function(regraft_optimise_when_linked target)
  if(regraft_lto)
    target_link_options(${target} PRIVATE -flto=auto)
  endif()
endfunction()

function(regraft_keep_machine_code archive)
  if(regraft_lto)
    add_custom_command(
      TARGET ${archive} POST_BUILD
      COMMAND ${CMAKE_OBJCOPY} --wildcard --remove-section=.gnu.lto_* --remove-section=.gnu.debuglto_*
              $<TARGET_FILE:${archive}>
      VERBATIM)
  endif()
endfunction()
