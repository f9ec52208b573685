"""What is entered by hand, as it is now: kept by nobody, since the next save is judged by it."""

from __future__ import annotations

from datetime import date

from data.access import Viewer
from data.engine import reading
from data.queries import hand, markers
from data.queries.hand import Entry
from data.queries.state import as_of


def crisis_now(viewer: Viewer, code: str) -> Entry | None:
    with reading() as session:
        return hand.crisis(session, viewer, code)


def event_now(viewer: Viewer, number: int) -> Entry | None:
    with reading() as session:
        return hand.event(session, viewer, number)


def marker_now(viewer: Viewer, number: int) -> Entry | None:
    with reading() as session:
        return markers.marker(session, viewer, number)


def today() -> date:
    """The day in UTC of the moment that is looked from."""
    with reading() as session:
        return as_of(session).date()
