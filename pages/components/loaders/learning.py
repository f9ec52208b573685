"""What the pages Lessons learned and Culture keep between reruns."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries import learning, lesson_search, lessons
from data.queries.hand import Entry
from reports.sections import lesson_board
from reports.sections.base import Section
from reports.sections.culture_page import culture_page
from reports.sections.digest import Digest, digest
from reports.sections.scope import portfolio


@st.cache_data(max_entries=8, show_spinner="Gathering the lessons…")
def board(role: Role, as_of: datetime, data_version: int) -> Section:
    """Every lesson that the role may see."""
    with reading() as session:
        return lesson_board.board(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=32, show_spinner="Gathering the evidence…")
def one_lesson(code: str, role: Role, as_of: datetime, data_version: int) -> Section | None:
    """One lesson with what bears it out."""
    with reading() as session:
        return lesson_board.one_lesson(portfolio(session, Viewer("page", role), as_of), code)


@st.cache_data(max_entries=32, show_spinner=False)
def history(code: str, role: Role, data_version: int) -> pd.DataFrame:
    """What was changed by hand of one lesson, the latest first."""
    with reading() as session:
        return lessons.history(session, Viewer("page", role), code)


@st.cache_data(max_entries=64, show_spinner=False)
def found(query: str, role: Role, data_version: int) -> list[str] | None:
    """The codes of the lessons that hold the words of a query; None where it holds none."""
    with reading() as session:
        return lesson_search.found(session, Viewer("page", role), query)


@st.cache_data(max_entries=256, show_spinner=False)
def like(text: str, besides: str, role: Role, data_version: int) -> pd.DataFrame:
    """Lessons that say something like a text."""
    with reading() as session:
        return lesson_search.like(session, Viewer("page", role), text, besides=besides)


@st.cache_data(max_entries=8, show_spinner=False)
def for_employees(role: Role, as_of: datetime, data_version: int) -> Digest:
    """The digest of the lessons for employees."""
    with reading() as session:
        return digest(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=16, show_spinner=False)
def event_keys(crisis: str, role: Role, data_version: int) -> dict[str, int]:
    """Key → id of every event of a crisis, oldest first."""
    with reading() as session:
        return lessons.event_keys(session, Viewer("page", role), crisis)


@st.cache_data(max_entries=16, show_spinner=False)
def gap_titles(role: Role, data_version: int) -> dict[str, str]:
    """Code → title of every gap that the role may see."""
    with reading() as session:
        found = learning.gaps(session, Viewer("page", role))
        return dict(zip(found["code"], found["title"], strict=True))


@st.cache_data(max_entries=8, show_spinner="Adding up the culture log…")
def culture(role: Role, as_of: datetime, data_version: int) -> Section:
    """The culture log as a whole, by department and quarter, and what the crises show."""
    with reading() as session:
        return culture_page(portfolio(session, Viewer("page", role), as_of))


def lesson_now(viewer: Viewer, code: str) -> Entry | None:
    """A lesson as it is now: kept by nobody, since the next save is judged by it."""
    with reading() as session:
        return lessons.lesson(session, viewer, code)
