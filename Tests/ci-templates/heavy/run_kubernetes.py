"""Holds the job to Kubernetes' schema, the analysis' job too, and the workflow to Argo's models; no key is unknown."""

import pathlib
import sys

import kubernetes_validate
import yaml
from hera.workflows.models import WorkflowTemplate

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cases import TEMPLATES


def load(path):
    """A template."""
    return yaml.safe_load((TEMPLATES / path).read_text())


job = load("kubernetes/job.yaml")
(metric,) = load("argo/analysis-template.yaml")["spec"]["metrics"]
for held in (job, {**job, "spec": metric["provider"]["job"]["spec"]}):
    kubernetes_validate.validate(held, "1.31", strict=True)

# A key that the models do not know is not in what they write.
workflow = load("argo/workflow-template.yaml")
read = WorkflowTemplate.model_validate(workflow)
assert read.model_dump(by_alias=True, exclude_none=True, mode="json") == workflow, "the workflow has an unknown key"
print("ok: the jobs by Kubernetes' schema, the workflow by Argo's models")
