"""The crises and timelines that a role may see: read once for all loaders of a page and all pages of a data version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import streamlit as st

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.scope import Portfolio, portfolio


@contextmanager
def asked(role: Role, as_of: datetime, data_version: int) -> Iterator[Portfolio]:
    """The portfolio, with a session for what has to be read beside it."""
    with reading() as session:
        yield replace(_known(role, as_of, data_version), session=session)


# Not a copy for each caller, as cache_data would make: what one section works out of a crisis serves the others.
@st.cache_resource(max_entries=4, show_spinner=False)
def _known(role: Role, as_of: datetime, data_version: int) -> Portfolio:
    with reading() as session:
        return replace(portfolio(session, Viewer("page", role), as_of), cited=False)
