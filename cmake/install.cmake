# What `cmake --install` puts where: headers, both libraries, the command, rule packs, manual pages, shell completion,
# and what pkg-config and find_package need. tests/install proves it with a project of its own.
include(CMakePackageConfigHelpers)

set_target_properties(regraft_shared PROPERTIES EXPORT_NAME regraft)
install(
  TARGETS regraft_shared regraft_static
  EXPORT regraft-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/regraft DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")

set(regraft_cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/regraft)
install(EXPORT regraft-targets NAMESPACE regraft:: DESTINATION ${regraft_cmake_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/regraft-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/regraft-config.cmake ${PROJECT_BINARY_DIR}/regraft-config-version.cmake
        DESTINATION ${regraft_cmake_folder})

# The .pc file finds its prefix from its own place, so that an installed tree can be moved.
file(RELATIVE_PATH regraft_pc_to_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/regraft.pc.in regraft.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/regraft.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(TARGET regraft_command)
  file(RELATIVE_PATH regraft_bin_to_lib /prefix/${CMAKE_INSTALL_BINDIR} /prefix/${CMAKE_INSTALL_LIBDIR})
  set_target_properties(regraft_command PROPERTIES INSTALL_RPATH "$ORIGIN/${regraft_bin_to_lib}")
  install(TARGETS regraft_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(DIRECTORY ${PROJECT_BINARY_DIR}/share/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
  install(DIRECTORY ${PROJECT_BINARY_DIR}/share/bash-completion DESTINATION ${CMAKE_INSTALL_DATADIR})
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/rules)
  install(DIRECTORY rules DESTINATION ${CMAKE_INSTALL_DATADIR}/regraft)
endif()
