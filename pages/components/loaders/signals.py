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
from metrics.response import SINGLE, SINGLE_BUSINESS
from pages.components.loaders.portfolios import asked
from reports.sections import posts, response_times
from reports.sections.across import across
from reports.sections.base import Section
from reports.sections.compare import compare
from reports.sections.engagement import engaged
from reports.sections.reputation_history import history


# Thousands of numbers, of which nothing is changed: they are shared, not copied for each caller.
@st.cache_resource(max_entries=8, show_spinner="Comparing the crises…")
def all_responses(business: bool, role: Role, as_of: datetime, data_version: int) -> Section:
    """The response to all crises; in business hours only where they are asked for."""
    with asked(role, as_of, data_version) as of:
        return across(of, (*SINGLE, *SINGLE_BUSINESS) if business else SINGLE)


@st.cache_data(max_entries=64, show_spinner=False)
def one_interval(interval: str, business: bool, role: Role, as_of: datetime, data_version: int) -> Section:
    """One interval of the response to all crises."""
    return response_times.one_interval(all_responses(business, role, as_of, data_version), interval, business=business)


@st.cache_data(max_entries=16, show_spinner=False)
def every_interval(business: bool, role: Role, as_of: datetime, data_version: int) -> Section:
    """All intervals of the response beside each other."""
    return response_times.every_interval(all_responses(business, role, as_of, data_version), business=business)


@st.cache_data(max_entries=16, show_spinner="Comparing the crises…")
def compared(codes: tuple[str, ...], role: Role, as_of: datetime, data_version: int) -> Section:
    """Some crises beside each other."""
    with asked(role, as_of, data_version) as of:
        return compare(of, codes)


@st.cache_data(max_entries=32, show_spinner="Computing what people said…")
def engagement(code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """Engagement and sentiment of one crisis in detail."""
    with asked(role, as_of, data_version) as of:
        return engaged(of.find(code))


@st.cache_data(max_entries=32, show_spinner="Counting posts…")
def divided(code: str, by: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """The single posts of one crisis by audience or source."""
    with asked(role, as_of, data_version) as of:
        return posts.divided(of.find(code), by)


@st.cache_data(max_entries=16, show_spinner="Looking for the posts…")
def top_posts(code: str, authors: bool, role: Role, as_of: datetime, data_version: int) -> Section:
    """The posts of one crisis that drew most reactions; `authors` as far as the role may see them."""
    with asked(role, as_of, data_version) as of:
        return posts.top_posts(of.find(code), authors=authors)


@st.cache_data(max_entries=16, show_spinner="Reading the posts…")
def post_words(code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """The words that posts about one crisis say more or less often than before."""
    with asked(role, as_of, data_version) as of:
        return posts.post_words(of.find(code))


@st.cache_data(max_entries=32, show_spinner="Looking for the posts…")
def posts_saying(
    code: str, word: str, authors: bool, role: Role, as_of: datetime, data_version: int
) -> Mapping[str, pd.DataFrame]:
    """Before and during one crisis → the posts that say a word."""
    with asked(role, as_of, data_version) as of:
        return posts.posts_saying(of.find(code), word, authors=authors)


@st.cache_data(max_entries=8, show_spinner="Looking at all scores…")
def reputation_history(role: Role, as_of: datetime, data_version: int) -> Section:
    """All reputation scores and what each crisis did to them."""
    with asked(role, as_of, data_version) as of:
        return history(of)


@st.cache_data(max_entries=8, show_spinner=False)
def context_markers(role: Role, data_version: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The context markers, oldest first, and every change of one, the latest first."""
    with reading() as session:
        viewer = Viewer("page", role)
        return markers.markers(session, viewer, date.max), markers.history(session, viewer)
