# Everything a newcomer needs: `make demo`, then `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
GATES ?=
.PHONY: demo test test-gates test-templates build native wheel tarball deb test-wheel test-install reproducible lint format bench bench-drift bench-fairness bench-text bench-trees bench-plugin coverage coverage-fairness discovery alarms infer clean

BINARY := build/gatewright
SOURCES := $(shell find Sources -type f) Package.swift
TEMPLATES := $(shell find ci-templates -type f)
# No folder of this machine is in the program, and the program looks for no library beside itself before it has started.
RELEASE := -c release --static-swift-stdlib --disable-local-rpath -Xswiftc -use-ld=lld -Xlinker --icf=all \
  -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. -Xcc -ffile-prefix-map=$(CURDIR)=.

## demo: install what is missing, build, and judge two candidates: one passes, one is blocked
demo: build
	@cd examples/loan-default && echo "== a candidate that passes" && ../../$(BINARY) check
	@cd examples/loan-default && echo "== a candidate that is blocked" && \
	  status=0; ../../$(BINARY) check --manifest gatewright-blocked.yaml || status=$$?; \
	  test $$status -eq 1 || { echo "expected exit code 1, got $$status" >&2; exit 1; }
	@echo "== reports are in examples/loan-default/build"

## build: the release program, stripped
build: native $(BINARY)

$(BINARY): $(SOURCES) $(TEMPLATES)
	swift build $(RELEASE) --product gatewright
	@rm -rf build/templates && mkdir -p build && cp -R ci-templates build/templates
	@strip -o $(BINARY) .build/release/gatewright

## native: the Debian packages and the native libraries, when they are missing
native:
	@python3 native/install.py

## wheel: the program, its libraries and its data as one file for pip and uv, in build/dist
wheel: build
	@python3 packaging/wheel.py

## tarball: the same with install.sh and a list of contents, in build/dist
tarball: build
	@python3 packaging/tarball.py

## deb: the same as a Debian package, in build/dist
deb: build
	@python3 packaging/deb.py

## test-wheel: installs the wheel into an empty environment and proves it, without a network, by a user without a home
test-wheel: wheel
	@python3 Tests/install/run.py wheel

## test-install: wheel, tarball and package in Debian 12, 13 and an empty root, and on wrong machines; wants root
test-install: wheel tarball deb
	@bash Tests/install/lint.sh
	@python3 Tests/install/run.py wheel
	@python3 Tests/install/run.py roots

## reproducible: builds all three in two clones, wants the same bytes and nothing of this machine in them; half an hour
reproducible: native
	@bash Tests/install/reproducible.sh

## test: every test
test: native
	swift build --build-tests
	@mkdir -p build
	swift test --skip-build --parallel --xunit-output build/tests.xml 2>&1 | tee build/tests.log || \
	  { echo "== what failed"; grep -a -A 4 '✘' build/tests.log | head -n 200; exit 1; }
	Tests/ci-templates/check.sh

## test-gates: the plugins in gates/ and runtimes/, each with the packages it pins; GATES="sql pandera" for some
test-gates:
	python3 Tests/plugins/run.py $(GATES)

## test-templates: the templates of CI systems by the systems' own compilers and runners, with the packages they pin
test-templates:
	Tests/ci-templates/heavy.sh

## lint: the format check
lint:
	swift format lint --strict --recursive Sources Tests benchmarks Package.swift

## format: format the sources in place
format:
	swift format --in-place --recursive Sources Tests benchmarks Package.swift

## bench: speed and memory, as ratios in one run
bench: build
	python3 benchmarks/run.py

## bench-drift: the drift gate beside Evidently and Polars, in one run
bench-drift: build
	python3 benchmarks/run.py drift

## bench-fairness: the fairness gate beside fairlearn, in one run
bench-fairness: build
	python3 benchmarks/run.py fairness

## bench-text: CSV beside Parquet, pandas and Polars, in one run
bench-text: build
	python3 benchmarks/run.py text

## bench-trees: scoring models of trees beside LightGBM and XGBoost, in one run
bench-trees: build
	python3 benchmarks/trees.py

## bench-plugin: what one run of an empty plugin costs beyond its interpreter
bench-plugin: build
	python3 benchmarks/plugin.py

## coverage: how often intervals hold the true value, on simulated rows; some hours
coverage: native
	swift build -c release --product Coverage
	.build/release/Coverage benchmarks/coverage.md

## coverage-fairness: the same of fairness metrics, on groups of 50 to 5,000 rows
coverage-fairness: native
	swift build -c release --product Fairness
	.build/release/Fairness benchmarks/coverage-fairness.md

## discovery: how often a planted slice is found, and one named where there is none; some minutes
discovery: native
	swift build -c release --product Discovery
	.build/release/Discovery benchmarks/discovery.md

## alarms: how often the drift gate blocks rows that did not move, and finds those that did; an hour and a half
alarms: build
	python3 benchmarks/alarms.py

## infer: how often the schema of one half of a real table blocks the other half, and finds damage; an hour
infer: build
	python3 benchmarks/infer.py

clean:
	rm -rf .build build examples/*/build
