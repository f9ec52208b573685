"""What pages keep of the plan. All are named by the data's version, as every cache is."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries import plans
from data.queries.plans import Version
from reports.sections.base import Section
from reports.sections.plan_versions import plan_versions
from reports.sections.scope import portfolio


@st.cache_data(max_entries=16, show_spinner="Reading the plan…")
def versions(chosen: str | None, role: Role, as_of: datetime, data_version: int) -> Section:
    """Every version, and the one that is looked at."""
    with reading() as session:
        return plan_versions(portfolio(session, Viewer("page", role), as_of), chosen)


@st.cache_data(max_entries=8, show_spinner=False)
def version(name: str, data_version: int) -> Version | None:
    """One version as it may be edited."""
    with reading() as session:
        return plans.version(session, name)


@st.cache_data(max_entries=8, show_spinner=False)
def history(name: str, data_version: int) -> pd.DataFrame:
    """Every change by hand of one version, the latest first."""
    with reading() as session:
        return plans.history(session, name)
