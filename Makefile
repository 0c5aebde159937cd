# Front door. `make demo` and `make test` work on a fresh Debian 12 with gcc, make and cmake: scripts/setup.sh installs
# what is missing and says so. The builds themselves are CMake's (CMakePresets.json), in build/<preset>.

MAKEFLAGS += --no-print-directory
JOBS ?= $(shell nproc)
CMAKE ?= cmake
PREFIX ?= /usr/local

.PHONY: all demo test check format tidy asan tsan fuzz coverage bench instructions install clean

all:
	@scripts/setup.sh build
	@$(CMAKE) --preset release >build/release.configure.log || { cat build/release.configure.log; exit 1; }
	@$(CMAKE) --build --preset release -j$(JOBS)

# Run the main job on a real graph: a 32-layer Llama with vLLM's ops.
demo: all
	@scripts/demo.sh build/release

# Every test; the last lines are ctest's summary.
test:
	@scripts/setup.sh build test
	@scripts/run_tests.sh dev -j$(JOBS)

# Rules about the tree itself: formatting, clang-tidy, layers, names, docs.
check: tidy
	@scripts/setup.sh build test check
	@scripts/run_tests.sh dev -j$(JOBS) -L check

# What clang-tidy finds in src/ (.clang-tidy says what it looks for).
tidy:
	@scripts/setup.sh build test check
	@scripts/run_tidy.sh build/dev $(JOBS)

format:
	@scripts/setup.sh check
	@scripts/run_format.sh

# Every test under AddressSanitizer and UndefinedBehaviorSanitizer.
asan:
	@scripts/setup.sh build test
	@scripts/run_tests.sh asan -j$(JOBS) -LE check

# The tests that use threads, under ThreadSanitizer.
tsan:
	@scripts/setup.sh build test
	@scripts/run_tests.sh tsan -j$(JOBS) -L threads

# Run each fuzzer for SECONDS seconds, on top of its saved inputs.
SECONDS ?= 60
fuzz:
	@scripts/setup.sh build fuzz
	@scripts/run_fuzz.sh $(SECONDS)

# Line coverage of src/ by all tests.
coverage:
	@scripts/setup.sh build test coverage
	@scripts/run_coverage.sh -j$(JOBS)

# How fast matching is, also beside MLIR's PDL, TorchScript and Inductor where they can be fetched: tables,
# build/bench.json and build/bench.svg. doc/performance.md has figures and what they mean.
bench:
	@scripts/setup.sh build bench
	@scripts/run_bench.sh

# Count the instructions of the hot paths and compare with bench/instructions.json; UPDATE=--update writes it anew.
instructions:
	@scripts/setup.sh build instructions
	@{ $(CMAKE) --preset instructions && $(CMAKE) --build --preset instructions -j$(JOBS); } \
		>build/instructions.log 2>&1 || { cat build/instructions.log; exit 1; }
	@scripts/check_instructions.py $(UPDATE)

install: all
	@$(CMAKE) --install build/release --prefix $(PREFIX)

clean:
	rm -rf build
