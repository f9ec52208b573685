"""What the pages of signals keep between reruns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries import markers
from reports.sections import posts, response_times
from reports.sections.across import across
from reports.sections.base import Section
from reports.sections.compare import compare
from reports.sections.engagement import engaged
from reports.sections.reputation_history import history
from reports.sections.scope import portfolio


@st.cache_data(max_entries=8, show_spinner="Comparing the crises…")
def all_responses(role: Role, as_of: datetime, data_version: int) -> Section:
    """The response to all crises."""
    with reading() as session:
        return across(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=64, show_spinner=False)
def one_interval(interval: str, business: bool, role: Role, as_of: datetime, data_version: int) -> Section:
    """One interval of the response to all crises."""
    return response_times.one_interval(all_responses(role, as_of, data_version), interval, business=business)


@st.cache_data(max_entries=16, show_spinner=False)
def every_interval(business: bool, role: Role, as_of: datetime, data_version: int) -> Section:
    """All intervals of the response beside each other."""
    return response_times.every_interval(all_responses(role, as_of, data_version), business=business)


@st.cache_data(max_entries=16, show_spinner="Comparing the crises…")
def compared(codes: tuple[str, ...], role: Role, as_of: datetime, data_version: int) -> Section:
    """Some crises beside each other."""
    with reading() as session:
        return compare(portfolio(session, Viewer("page", role), as_of), codes)


@st.cache_data(max_entries=32, show_spinner="Computing what people said…")
def engagement(code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """Engagement and sentiment of one crisis in detail."""
    with reading() as session:
        return engaged(portfolio(session, Viewer("page", role), as_of).find(code))


@st.cache_data(max_entries=32, show_spinner="Counting posts…")
def divided(code: str, by: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """The single posts of one crisis by audience or source."""
    with reading() as session:
        return posts.divided(portfolio(session, Viewer("page", role), as_of).find(code), by)


@st.cache_data(max_entries=16, show_spinner="Looking for the posts…")
def top_posts(code: str, authors: bool, role: Role, as_of: datetime, data_version: int) -> Section:
    """The posts of one crisis that drew most reactions; `authors` as far as the role may see them."""
    with reading() as session:
        return posts.top_posts(portfolio(session, Viewer("page", role), as_of).find(code), authors=authors)


@st.cache_data(max_entries=16, show_spinner="Reading the posts…")
def post_words(code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """The words that posts about one crisis say more or less often than before."""
    with reading() as session:
        return posts.post_words(portfolio(session, Viewer("page", role), as_of).find(code))


@st.cache_data(max_entries=32, show_spinner="Looking for the posts…")
def posts_saying(
    code: str, word: str, authors: bool, role: Role, as_of: datetime, data_version: int
) -> Mapping[str, pd.DataFrame]:
    """Before and during one crisis → the posts that say a word."""
    with reading() as session:
        scope = portfolio(session, Viewer("page", role), as_of).find(code)
        return posts.posts_saying(scope, word, authors=authors)


@st.cache_data(max_entries=8, show_spinner="Looking at all scores…")
def reputation_history(role: Role, as_of: datetime, data_version: int) -> Section:
    """All reputation scores and what each crisis did to them."""
    with reading() as session:
        return history(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=8, show_spinner=False)
def context_markers(role: Role, data_version: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The context markers, oldest first, and every change of one, the latest first."""
    with reading() as session:
        viewer = Viewer("page", role)
        return markers.markers(session, viewer, date.max), markers.history(session, viewer)
