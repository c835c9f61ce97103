# 'gatewright ci make' writes it to ci/make, with the script that it runs. In your Makefile:
#
#     include ci/make/gatewright.mk
#     deploy: gatewright
#
# Say here or on the command line which wheel to install.

# A file of this repository, a URL, or a requirement such as gatewright==0.1.0; and what sha256sum prints for it.
GATEWRIGHT_WHEEL ?=
GATEWRIGHT_SHA256 ?=
# A program that is on the machine already; then no wheel is installed.
GATEWRIGHT_BINARY ?=
GATEWRIGHT_MANIFEST ?= gatewright.yaml
GATEWRIGHT_REPORTS ?= build/gatewright
# 2: once more after exit code 75, a temporary cause. Nothing else is tried again.
GATEWRIGHT_TRIES ?= 2

# Reach the script through the environment only.
gatewright: export GATEWRIGHT_WHEEL := $(value GATEWRIGHT_WHEEL)
gatewright: export GATEWRIGHT_SHA256 := $(value GATEWRIGHT_SHA256)
gatewright: export GATEWRIGHT_BINARY := $(value GATEWRIGHT_BINARY)
gatewright: export GATEWRIGHT_MANIFEST := $(value GATEWRIGHT_MANIFEST)
gatewright: export GATEWRIGHT_REPORTS := $(value GATEWRIGHT_REPORTS)
gatewright: export GATEWRIGHT_TRIES := $(value GATEWRIGHT_TRIES)

.PHONY: gatewright
## gatewright: judge the candidate by the manifest; fails unless the verdict is passed
gatewright:
	sh ci/make/gatewright.sh
