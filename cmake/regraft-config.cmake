# find_package(regraft): the targets regraft::regraft (shared) and regraft::regraft_static.
include(${CMAKE_CURRENT_LIST_DIR}/regraft-targets.cmake)
