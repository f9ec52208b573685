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
from data.masking import Masker
from data.queries import batches, hand, labels, protected, records, reputation, search, state, surveys
from data.queries import mappings as saved_mappings
from data.queries import setting_changes as changes_of_settings
from data.queries.crises import crises, events
from data.queries.labels import Draw, Within
from data.queries.mappings import Saved
from data.queries.reviews import signed_pack
from data.settings import Settings, load
from pages.components.loaders.portfolios import asked
from reports import signing
from reports.sections import coverage
from reports.sections.base import Section
from reports.sections.differences import Difference
from reports.sections.feedback import feedback
from reports.sections.meeting import Standing, standing
from reports.sections.overview import Overview, overview
from reports.sections.similar import similar

_QUARTER_HOUR = 900


@st.cache_resource(show_spinner="Opening the database…")
def ready() -> str:
    """Create or upgrade the schema, once per process."""
    return schema.create().value


def version() -> int:
    """The data's version now; asked on every rerun."""
    with reading() as session:
        return state.data_version(session)


def masker() -> Masker:
    """What withholds the protected terms as they are now; asked on every rerun, and kept nowhere."""
    with reading() as session:
        return protected.masker(session)


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
def setting_changes(at_most: int, data_version: int) -> pd.DataFrame:
    """Who changed which setting, newest first."""
    with reading() as session:
        return changes_of_settings.setting_changes(session, at_most)


@st.cache_data(max_entries=4, show_spinner=False)
def reputation_sources(data_version: int) -> list[str]:
    """The names of the sources that score the company."""
    with reading() as session:
        return reputation.sources(session)


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
    with asked(role, as_of, data_version) as of:
        return overview(of)


@st.cache_data(max_entries=32, show_spinner=False)
def meeting(code: str, role: Role, as_of: datetime, data_version: int) -> Standing:
    """The review of one crisis as it was taken down, and where it stands."""
    with asked(role, as_of, data_version) as of:
        return standing(of.session, of.viewer, of.find(code))


@st.cache_data(max_entries=8, show_spinner="Comparing with what was signed…")
def since_signed(code: str, role: Role, as_of: datetime, data_version: int) -> tuple[list[Difference], list[str]]:
    """The signed numbers of one crisis that are others now, and the labels of those that were not signed."""
    with reading() as session:
        return signing.since_signed(session, Viewer("page", role), code, as_of)[1:]


@st.cache_data(max_entries=8, show_spinner="Gathering the numbers…")
def frozen(code: str, role: Role, as_of: datetime, data_version: int) -> dict[str, Any]:
    """What a signature would freeze now."""
    return signing.frozen(Viewer("page", role), code, as_of)


@st.cache_data(max_entries=8, show_spinner=False)
def signed(review: int, role: Role, data_version: int) -> dict[str, Any]:
    """The pack of a signed review."""
    with reading() as session:
        return signed_pack(session, Viewer("page", role), review)


@st.cache_data(max_entries=8, show_spinner="Looking at what is there…")
def covered(role: Role, as_of: datetime, data_version: int) -> Section:
    """What is stored of each stream and day, and what is missing around the crises."""
    with asked(role, as_of, data_version) as of:
        return coverage.covered(of)


@st.cache_data(max_entries=16, show_spinner=False)
def status(code: str, role: Role, as_of: datetime, data_version: int) -> str:
    """Whether a crisis is open, resolved or reviewed: its events may say more than its sheet."""
    with asked(role, as_of, data_version) as of:
        return of.find(code).status


@st.cache_data(max_entries=16, show_spinner=False)
def has_start(code: str, role: Role, as_of: datetime, data_version: int) -> bool:
    """Whether anything tells when a crisis began."""
    with asked(role, as_of, data_version) as of:
        return of.standing(of.find(code).crisis).t0 is not None


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


@st.cache_data(max_entries=64, show_spinner=False)
def found(query: str, only: search.Only, role: Role, data_version: int) -> search.Found:
    """The records that hold the words of a query, as far as the role may see them."""
    with reading() as session:
        return search.search(session, Viewer("page", role), query, only)


@st.cache_data(max_entries=32, show_spinner="Comparing the cases…")
def alike(code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """The cases that a crisis is like."""
    with asked(role, as_of, data_version) as of:
        return similar(of.find(code))


@st.cache_data(max_entries=32, show_spinner="Reading what was answered…")
def parties(code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """What each party said about a crisis."""
    with asked(role, as_of, data_version) as of:
        return feedback(of.find(code))


@st.cache_data(max_entries=16, show_spinner=False)
def former_codes(role: Role, data_version: int) -> dict[str, str]:
    """Former code of each crisis that was merged into another → the code of that one."""
    with reading() as session:
        return hand.codes(session, Viewer("page", role))


@st.cache_data(max_entries=32, show_spinner=False)
def timeline(crisis_id: int, role: Role, data_version: int) -> pd.DataFrame:
    """The events of one crisis, oldest first."""
    with reading() as session:
        return events(session, Viewer("page", role), [crisis_id])


@st.cache_data(max_entries=32, show_spinner=False)
def history(code: str, role: Role, data_version: int) -> pd.DataFrame:
    """What was changed by hand of one crisis and its events, the latest first."""
    with reading() as session:
        return hand.history(session, Viewer("page", role), code)
