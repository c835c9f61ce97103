# Everything a newcomer needs: `make demo`, then `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
GATES ?=
.PHONY: demo test test-gates build native lint format bench bench-drift bench-fairness bench-text coverage coverage-fairness discovery alarms infer clean

BINARY := build/gatewright
SOURCES := $(shell find Sources -type f) Package.swift

## demo: install what is missing, build, and judge two candidates: one passes, one is blocked
demo: build
	@cd examples/loan-default && echo "== a candidate that passes" && ../../$(BINARY) check
	@cd examples/loan-default && echo "== a candidate that is blocked" && \
	  status=0; ../../$(BINARY) check --manifest gatewright-blocked.yaml || status=$$?; \
	  test $$status -eq 1 || { echo "expected exit code 1, got $$status" >&2; exit 1; }
	@echo "== reports are in examples/loan-default/build"

## build: the release program, stripped
build: native $(BINARY)

$(BINARY): $(SOURCES)
	swift build -c release --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker --icf=all --product gatewright
	@mkdir -p build
	@strip -o $(BINARY) .build/release/gatewright

## native: the Debian packages and the native libraries, when they are missing
native:
	@python3 native/install.py

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
