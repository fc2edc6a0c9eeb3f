"""What must hold of every table of steps, checked when the server starts."""

from collections.abc import Iterable

from django.core import checks

from casework.workflow.door import Workflow


@checks.register
def check_workflows(app_configs, **kwargs) -> list[checks.Error]:
    """Each status is reached, each leads to the end, each permission exists."""
    return [
        checks.Error(problem, obj=model, id=f"casework.{code}")
        for model, workflow in Workflow.all.items()
        for code, problem in _faults(workflow)
    ]


def _faults(workflow: Workflow) -> Iterable[tuple[str, str]]:
    meta = workflow.model._meta
    statuses = {value for value, _label in meta.get_field("status").choices}
    moves = {
        (source, step.target or source)
        for step in workflow.steps.values()
        for source in step.sources
    }
    for status in statuses - _spread(workflow.initials, moves):
        yield "E001", f"no step leads to {status}"
    backwards = {(target, source) for source, target in moves}
    for status in statuses - _spread((workflow.closed,), backwards):
        yield "E002", f"nothing leads from {status} to the end"
    known = {workflow.permission(deed) for deed in meta.default_permissions}
    known |= {
        f"{meta.app_label}.{codename}"
        for model in meta.app_config.get_models()
        for codename, _name in model._meta.permissions
    }
    for step in workflow.steps.values():
        if step.permission not in known:
            yield "E003", f"{step.name} asks for {step.permission}, which is none"


def _spread(start: Iterable[str], moves: set[tuple[str, str]]) -> set[str]:
    """Everything that can be reached from the start."""
    reached = set(start)
    while new := {target for source, target in moves if source in reached} - reached:
        reached |= new
    return reached
