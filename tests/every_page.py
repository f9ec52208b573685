"""Every page and every part of it that has to be chosen, as addresses: for tests of all pages, and for their pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from pages.components.menu import PAGES
from pages.components.review import SHOW

Parameters = dict[str, str | list[str]]
SECTIONS = tuple(SHOW)


def screens(crisis: str, others: Sequence[str] = (), query: str = "statement") -> Iterator[tuple[str, Parameters]]:
    """The path and the parameters of each, for a company that has a crisis of this code; a page without parts is one."""
    about: Parameters = {"crisis": crisis}
    parts: dict[str, list[Parameters]] = {
        "crisis_review": [about | {"section": name} for name in SECTIONS]
        + [about | {"section": name, "present": "1"} for name in SECTIONS],
        "compare": [{"crises": [crisis, *others]}],
        "case_library": [{"q": query}, about | {"library": "Similar cases"}],
        "response_times": [{}, {"hours": "Business hours"}],
        "engagement": [about, about | {"detail": "Top posts"}, about | {"detail": "Words"}],
        "reputation": [about],
        "feedback": [about],
        "plan_gaps": [{}, {"gap": "G-03"}, {"view": "Register"}, {"view": "Board"}, {"view": "Proposals"}],
        "lessons": [{}, {"show": "For employees"}, {"lesson": "L-03"}],
        "culture": [{}, {"what": "Policy"}, {"what": "Check-ins"}],
        "import": [{}, {"task": "Label a sample"}],
        "history": [{}, {"batch": "1"}, {"show": "Coverage"}],
    }
    for entry in PAGES:
        for parameters in parts.get(entry.path, [{}]):
            yield entry.path, parameters


def address(path: str, parameters: Parameters) -> str:
    """``/compare?crises=a&crises=b``."""
    return f"/{path}?{urlencode(parameters, doseq=True)}" if parameters else f"/{path}"
