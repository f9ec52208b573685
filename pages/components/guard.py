"""Who asks, and whether they may: called at the top of every view, because a menu is no lock."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from data.access import LOCAL, Viewer, may_open


def viewer() -> Viewer:
    """The person at this browser: without sign-in, the local user."""
    return LOCAL


def open_page(page: str) -> Viewer:
    """The viewer, if their role may open the page at this URL path; else say so and stop."""
    who = viewer()
    if not may_open(who, page):
        refuse()
    return who


def refuse() -> NoReturn:
    """Say that the viewer's role does not reach here, and stop."""
    st.error("Your role does not include this page. Ask an administrator if you need it.", icon=":material/lock:")
    st.stop()


def refuse_proxies() -> None:
    """Without sign-in everybody is the local user, so a request that somebody forwarded here is not served."""
    forwarded = [
        name for name in st.context.headers if name.lower() == "forwarded" or name.lower().startswith("x-forwarded-")
    ]
    if forwarded:
        st.error(
            "This app has no sign-in and serves only this machine; the request came through a proxy.",
            title="Not served",
            icon=":material/lock:",
        )
        st.stop()
