"""Processes drawn as mermaid text, for docs/cases.md; a test compares the two."""

from collections.abc import Iterable

from django.utils import translation

from niangjia.engines.workflow.types import PROCESSES, Process

HEAD = """# Cases

Drawn from the declarations in the code: `.venv/bin/python manage.py draw_processes`. Above each arrow stands
what an officer does, and the permission it takes.
"""


def mermaid(process: Process) -> str:
    lines = ["stateDiagram-v2", f"    [*] --> {process.start}"]
    lines += [f"    {code} : {process.title_of(code)}" for code in process.all_states]
    lines += [f"    {s.source} --> {s.target} : {s.title} ({s.permission})" for s in process.transitions]
    lines += [f"    {code} --> [*]" for code in process.all_states if process.is_final(code)]
    return "\n".join(lines)


def page(processes: Iterable[Process] | None = None) -> str:
    """The whole of docs/cases.md, in English."""
    chosen = sorted(PROCESSES.values() if processes is None else processes, key=lambda process: process.kind)
    with translation.override("en"):
        return HEAD + "".join(_section(process) for process in chosen)


def _section(process: Process) -> str:
    return (
        f"\n## {process.title} (`{process.kind}`)\n\n"
        f"Answered within {process.days} working days; then it climbs the tree.\n\n"
        f"```mermaid\n{mermaid(process)}\n```\n"
    )
