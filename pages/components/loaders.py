"""Everything that pages keep between reruns. Whatever is cached is named by the data's version, so a write in any
process makes every process read anew; and by the viewer's role, because the cache is shared by all users.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from data import schema
from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries import batches, labels, records, state, surveys
from data.queries import mappings as saved_mappings
from data.queries.crises import crises
from data.queries.labels import Draw, Within
from data.queries.mappings import Saved
from data.settings import Settings, load
from reports.sections import coverage, response_times
from reports.sections.across import across
from reports.sections.base import Section
from reports.sections.compare import compare
from reports.sections.engagement import engaged
from reports.sections.overview import Overview, overview
from reports.sections.pack import SECTIONS
from reports.sections.reputation_history import history
from reports.sections.scope import portfolio

_QUARTER_HOUR = 900


@st.cache_resource(show_spinner="Opening the database…")
def ready() -> str:
    """Create or upgrade the schema, once per process."""
    return schema.create().value


def version() -> int:
    """The data's version now; asked on every rerun."""
    with reading() as session:
        return state.data_version(session)


@st.cache_data(max_entries=4, ttl=_QUARTER_HOUR, show_spinner=False)
def moment(data_version: int) -> datetime:
    """The moment pages look from: it moves with every write, and every quarter of an hour."""
    with reading() as session:
        return state.as_of(session)


@st.cache_data(max_entries=4, show_spinner=False)
def settings(data_version: int) -> Settings:
    with reading() as session:
        return load(session)


@st.cache_data(max_entries=4, show_spinner=False)
def is_sample(data_version: int) -> bool:
    with reading() as session:
        return state.is_sample(session)


@st.cache_data(max_entries=16, show_spinner=False)
def crisis_list(role: Role, data_version: int) -> pd.DataFrame:
    """The crises that the role may see, as `data.queries.crises.crises` gives them."""
    with reading() as session:
        return crises(session, Viewer("page", role))


@st.cache_data(max_entries=16, show_spinner="Adding up…")
def whole(role: Role, as_of: datetime, data_version: int) -> Overview:
    """What Overview shows."""
    with reading() as session:
        return overview(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=128, show_spinner="Computing this section…")
def section(name: str, code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """One section of the review of one crisis."""
    with reading() as session:
        return SECTIONS[name](portfolio(session, Viewer("page", role), as_of).find(code))


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


@st.cache_data(max_entries=8, show_spinner="Looking at all scores…")
def reputation_history(role: Role, as_of: datetime, data_version: int) -> Section:
    """All reputation scores and what each crisis did to them."""
    with reading() as session:
        return history(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=8, show_spinner="Looking at what is there…")
def covered(role: Role, as_of: datetime, data_version: int) -> Section:
    """What is stored of each stream and day, and what is missing around the crises."""
    with reading() as session:
        return coverage.covered(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=16, show_spinner=False)
def status(code: str, role: Role, as_of: datetime, data_version: int) -> str:
    """Whether a crisis is open, resolved or reviewed: its events may say more than its sheet."""
    with reading() as session:
        return portfolio(session, Viewer("page", role), as_of).find(code).status


@st.cache_data(max_entries=16, show_spinner=False)
def sheets(role: Role, data_version: int) -> pd.DataFrame:
    """One row per recognised sheet of every batch that the role has to do with."""
    with reading() as session:
        return batches.sheets(session, Viewer("page", role))


@st.cache_data(max_entries=4, show_spinner=False)
def waves(data_version: int) -> list[str]:
    """The names of the survey waves, the latest first."""
    with reading() as session:
        return list(dict.fromkeys(reversed(surveys.waves(session)["wave"].tolist())))


@st.cache_data(max_entries=16, show_spinner=False)
def mappings(role: Role, data_version: int) -> list[Saved]:
    """The saved mappings that the role can use, by name."""
    with reading() as session:
        return saved_mappings.listed(session, Viewer("page", role))


@st.cache_data(max_entries=16, show_spinner=False)
def issues(batch: int, role: Role, data_version: int) -> pd.DataFrame:
    """What was wrong with one batch."""
    with reading() as session:
        return batches.issues(session, Viewer("page", role), batch)


@st.cache_data(max_entries=4, show_spinner=False)
def rejected(
    batch: int, role: Role, data_version: int
) -> tuple[dict[tuple[str | None, str | None], list[Any]], pd.DataFrame]:
    """The headers of one batch's sheets and its rejected rows as they stood; neither of a survey."""
    with reading() as session:
        asks = Viewer("page", role)
        return batches.headers(session, asks, batch), batches.rejected(session, asks, batch)


@st.cache_data(max_entries=16, show_spinner=False)
def rows(batch: int, only: tuple[int, ...], role: Role, data_version: int) -> pd.DataFrame:
    """The rows of one batch and what is stored of them; all of them unless only some are asked for."""
    with reading() as session:
        return records.of_batch(session, Viewer("page", role), batch, only)


@st.cache_data(max_entries=16, show_spinner=False)
def labelled(within: Within | None, data_version: int) -> pd.DataFrame:
    """What people and the lexicon found, of posts that have both."""
    with reading() as session:
        return labels.labelled(session, within)


@st.cache_data(max_entries=16, show_spinner="Drawing a sample…")
def drawn(within: Within | None, size: int, role: Role, data_version: int) -> Draw:
    """A random sample of the posts that the lexicon scored."""
    with reading() as session:
        return labels.draw(session, Viewer("page", role), within, size=size)


@st.cache_data(max_entries=16, show_spinner=False)
def days_of(code: str, first: date, last: date, as_of: datetime, role: Role, data_version: int) -> Within | None:
    """Days of a crisis, in its zone and with its topics."""
    with reading() as session:
        return labels.of_crisis(session, Viewer("page", role), code, first, last, as_of)


@st.cache_data(max_entries=256, show_spinner=False)
def post(key: str, role: Role, data_version: int) -> dict[str, Any] | None:
    """One post to be labelled."""
    with reading() as session:
        return labels.post(session, Viewer("page", role), key)
