"""Who sees what: pages by role, and crises by restriction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, false, or_
from sqlmodel import col, select

from data.enums import Role, Stream
from data.tables import Crisis, CrisisRole

_REVIEWERS = frozenset({Role.LEADERSHIP, Role.LEGAL, Role.ANALYST, Role.HR, Role.ADMIN})
_IMPORTERS = frozenset({Role.ANALYST, Role.HR, Role.ADMIN})
#: Who sees trainings, recognitions and the rest of the culture log.
_CULTURE = frozenset({Role.LEADERSHIP, Role.LEGAL, Role.HR, Role.ADMIN})

#: URL path of a page → roles that may open it.
PAGES: dict[str, frozenset[Role]] = {
    "overview": _REVIEWERS,
    "crisis_review": _REVIEWERS,
    "compare": _REVIEWERS,
    "lessons": _REVIEWERS,
    "response_times": _REVIEWERS,
    "engagement": _REVIEWERS,
    "reputation": _REVIEWERS,
    "plan_gaps": _REVIEWERS,
    "case_library": _REVIEWERS,
    "feedback": _REVIEWERS,
    "culture": _CULTURE,
    "import": _IMPORTERS,
    "history": _IMPORTERS,
    "plan": _REVIEWERS,
    "settings": frozenset({Role.ADMIN}),
    "methods": _REVIEWERS,
}


#: Who may enter and correct crises and events by hand; who may correct events alone, in a review; who may restrict.
EDITORS = frozenset({Role.ANALYST, Role.ADMIN})
CORRECTORS = EDITORS | {Role.LEADERSHIP}
#: Who keeps the register of gaps; leadership does in a review.
REGISTRARS = CORRECTORS
RESTRICTERS = frozenset({Role.LEGAL, Role.ADMIN})
#: Who sets a crisis's privilege banner and legal hold, and whether Legal countersigns its review.
COUNSEL = frozenset({Role.LEGAL, Role.ADMIN})

#: What a role may import, look up in History and undo; the others nothing.
STREAMS: dict[Role, frozenset[Stream]] = {
    Role.ADMIN: frozenset(Stream),
    Role.ANALYST: frozenset(Stream),
    Role.HR: frozenset({Stream.SURVEY, Stream.CULTURE}),
}

#: Who takes down what a review decides, and who signs it.
MINUTES = frozenset({Role.LEADERSHIP, Role.LEGAL, Role.ANALYST, Role.ADMIN})
SIGNERS = frozenset({Role.LEADERSHIP, Role.LEGAL, Role.ADMIN})
COUNTERSIGNERS = frozenset({Role.LEGAL, Role.ADMIN})


#: Who sees survey results by department, location or tenure; the others see the company as a whole.
_GROUPS = frozenset({Role.HR, Role.ADMIN})
#: Who sees what tells who wrote a mention: its address, and the handles in its text.
_AUTHORS = frozenset({Role.ANALYST, Role.LEGAL, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `name` is what the audit records."""

    name: str
    role: Role


LOCAL = Viewer("local user", Role.ADMIN)


def may_open(viewer: Viewer, page: str) -> bool:
    """Whether the viewer's role may open the page at this URL path; one that is not listed is open to nobody."""
    return viewer.role in PAGES.get(page, frozenset())


def streams(viewer: Viewer) -> frozenset[Stream]:
    """The kinds of file that the viewer may import, look up and undo."""
    return STREAMS.get(viewer.role, frozenset())


def sees_groups(viewer: Viewer) -> bool:
    """Whether the viewer may see what departments and other groups answered, as far as groups are shown at all."""
    return viewer.role in _GROUPS


def sees_authors(viewer: Viewer) -> bool:
    """Whether the viewer may see what tells who wrote a mention."""
    return viewer.role in _AUTHORS


def visible_crises(viewer: Viewer) -> ColumnElement[bool]:
    """A condition on `Crisis`: for a viewer it is not restricted from. For others it does not exist."""
    if viewer.role is Role.ADMIN:
        return col(Crisis.id).is_not(None)
    if viewer.role is Role.AUDITOR:  # sees morale at company level and nothing else
        return false()
    restricted = exists(select(CrisisRole.role).where(CrisisRole.crisis_id == Crisis.id))
    named = exists(select(CrisisRole.role).where(CrisisRole.crisis_id == Crisis.id, CrisisRole.role == viewer.role))
    return or_(~restricted, named)


def visible_register(viewer: Viewer, of_none: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition on gaps or lessons joined with `Crisis`: of a crisis that the viewer may see, or `of_none`. The auditor
    sees no register.
    """
    if viewer.role is Role.AUDITOR:
        return false()
    return or_(of_none, visible_crises(viewer))


def may_see_culture(viewer: Viewer) -> bool:
    """Whether the viewer's role may see the culture log, by department or as a whole."""
    return viewer.role in _CULTURE
