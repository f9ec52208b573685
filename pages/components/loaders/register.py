"""What pages keep of the register of gaps and the state of the plan; named by the data's version, as every cache is."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries import register
from data.queries import strengths as strength_queries
from data.queries.hand import Entry
from data.queries.plans import step_names
from reports.sections.base import Section
from reports.sections.gap_register import gap_register
from reports.sections.plan_state import plan_state
from reports.sections.scope import portfolio
from reports.sections.strengths import followed


@st.cache_data(max_entries=16, show_spinner="Judging the fixes…")
def gaps(role: Role, as_of: datetime, data_version: int) -> Section:
    """The register with what became of each fix."""
    with reading() as session:
        return gap_register(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=16, show_spinner="Holding the crises against their plans…")
def state(role: Role, as_of: datetime, data_version: int) -> Section:
    """The sections of the plan in each crisis."""
    with reading() as session:
        return plan_state(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=16, show_spinner="Looking whether it still works…")
def strengths(role: Role, as_of: datetime, data_version: int) -> Section:
    """The strengths and what the crises since say of them."""
    with reading() as session:
        return followed(portfolio(session, Viewer("page", role), as_of))


@st.cache_data(max_entries=64, show_spinner=False)
def history(code: str, role: Role, data_version: int) -> pd.DataFrame:
    """What was changed by hand of one gap, the latest first."""
    with reading() as session:
        return register.gap_history(session, Viewer("page", role), code)


@st.cache_data(max_entries=8, show_spinner=False)
def plan_steps(data_version: int) -> pd.DataFrame:
    """The sections and steps of all plans, those of the latest first: section, step."""
    with reading() as session:
        return step_names(session)


def gap_now(viewer: Viewer, code: str) -> Entry | None:
    """A gap as it stands, kept by nobody, since the next save is judged by it."""
    with reading() as session:
        return register.gap(session, viewer, code)


def strength_now(viewer: Viewer, code: str) -> Entry | None:
    """A strength as it is followed now, kept by nobody either."""
    with reading() as session:
        return strength_queries.strength(session, viewer, code)
