"""What pages keep of the review of one crisis, section by section. All are named by the data's version, as every cache is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache

import streamlit as st

from data.enums import Role
from pages.components.loaders.portfolios import asked
from reports.sections.base import Section
from reports.sections.one_clock import one_clock
from reports.sections.pack import SECTIONS
from reports.sections.proposals import Offers, offers
from reports.sections.scope import Scope


def section(name: str, code: str, role: Role, as_of: datetime, data_version: int) -> Section:
    """One section of the review of one crisis."""
    with _asked(code, role, as_of, data_version) as scope:
        return _section(name, code, role, as_of, data_version, scope)


def summary(code: str, role: Role, as_of: datetime, data_version: int) -> tuple[dict[str, Section], Section]:
    """Every section of the review of one crisis, and all its streams on one axis; what they share is read once."""
    with _asked(code, role, as_of, data_version) as scope:
        told = {name: _section(name, code, role, as_of, data_version, scope) for name in SECTIONS}
        return told, _one_clock(code, role, as_of, data_version, scope, told)


@st.cache_data(max_entries=32, show_spinner="Looking for what did not hold…")
def proposals(code: str, role: Role, as_of: datetime, data_version: int) -> Offers:
    """What one crisis proposes to change."""
    with _asked(code, role, as_of, data_version) as scope:
        return offers(scope())


@contextmanager
def _asked(code: str, role: Role, as_of: datetime, data_version: int) -> Iterator[Callable[[], Scope]]:
    """What gives a crisis, read when it is asked for and once."""
    with ExitStack() as stack:

        @cache
        def scope() -> Scope:
            return stack.enter_context(asked(role, as_of, data_version)).find(code)

        yield scope


@st.cache_data(max_entries=128, show_spinner="Computing this section…")
def _section(
    name: str, code: str, role: Role, as_of: datetime, data_version: int, _scope: Callable[[], Scope]
) -> Section:
    return SECTIONS[name](_scope())


@st.cache_data(max_entries=32, show_spinner="Setting the clock…")
def _one_clock(
    code: str,
    role: Role,
    as_of: datetime,
    data_version: int,
    _scope: Callable[[], Scope],
    _parts: Mapping[str, Section],
) -> Section:
    return one_clock(_scope(), _parts)
