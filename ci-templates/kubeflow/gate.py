"""A component that judges a candidate model and one that fails unless the verdict is passed, and a pipeline of both.

'gatewright ci kubeflow' writes it to ci/kubeflow, with the script that it runs; 'python ci/kubeflow/gate.py gate.yaml'
compiles the pipeline. Two components, for Kubeflow keeps what a component wrote only when it ends well: the first keeps the
reports whatever the verdict, the second has the exit code of the gate. In a pipeline of your own, put both before the
component that deploys, and let that one come '.after()' the second.
"""

import pathlib
import sys

from kfp import compiler, dsl

IMAGE = (
    "python:3.13.15-slim-trixie@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b"
)
SCRIPT = pathlib.Path(__file__).with_name("gatewright.sh").read_text()

# What a pipeline is told reaches the script through the environment only. 75 is tried once more, nothing else.
CHECK = '''
export GATEWRIGHT_WHEEL="$1" GATEWRIGHT_SHA256="$2" GATEWRIGHT_MANIFEST="$3" GATEWRIGHT_REPORTS="$4" GATEWRIGHT_TRIES=2
mkdir -p -- "$4" "$(dirname -- "$6")" && cd -- "$5" || exit 2
code=0
sh -c "$7" || code=$?
printf '%s' "$code" > "$6"
'''

# A text that is no number is no exit code of a gate that passed.
CONCLUDE = '''
case "$1" in
  "" | *[!0-9]*) exit 2 ;;
esac
exit "$1"
'''


@dsl.container_component
def check(
    repository: dsl.Input[dsl.Artifact],
    reports: dsl.Output[dsl.Artifact],
    exit_code: dsl.OutputPath(int),
    wheel: str,
    sha256: str,
    manifest: str = "gatewright.yaml",
):
    """Runs the gate on a folder with the repository and keeps the reports; ends well, whatever the verdict."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["sh", "-c", CHECK],
        args=["gatewright", wheel, sha256, manifest, reports.path, repository.path, exit_code, SCRIPT],
    )


@dsl.container_component
def conclude(exit_code: int):
    """Ends with the exit code of the gate, so that nothing behind it runs unless the verdict is passed."""
    return dsl.ContainerSpec(image=IMAGE, command=["sh", "-c", CONCLUDE], args=["gatewright", exit_code])


@dsl.pipeline(name="gatewright")
def gate(repository: str, wheel: str, sha256: str, manifest: str = "gatewright.yaml"):
    """The gate as a pipeline of its own; 'repository' is the URI of the folder, 'wheel' and 'sha256' what to install."""
    folder = dsl.importer(artifact_uri=repository, artifact_class=dsl.Artifact, reimport=True)
    checked = check(repository=folder.output, wheel=wheel, sha256=sha256, manifest=manifest)
    checked.set_caching_options(False)
    conclude(exit_code=checked.outputs["exit_code"]).set_caching_options(False)


if __name__ == "__main__":
    compiler.Compiler().compile(gate, sys.argv[1])
