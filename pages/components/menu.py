"""Every page: where it lies, what it is called, and in which group of the menu it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.access import Viewer, may_open
from pages.components import guard


@dataclass(frozen=True, slots=True)
class Entry:
    """One page. `path` is its URL path; its script is `pages/views/<script or path>.py`."""

    path: str
    title: str
    icon: str
    group: str
    help: str
    script: str | None = None

    @property
    def file(self) -> str:
        return f"pages/views/{self.script or self.path}.py"


PAGES: tuple[Entry, ...] = (
    Entry("overview", "Overview", ":material/dashboard:", "Review", "Where do we stand, and what needs a decision?"),
    Entry("crisis_review", "Crisis review", ":material/fact_check:", "Review", "One crisis, told in order."),
    Entry(
        "import",
        "Import",
        ":material/upload_file:",
        "Data",
        "Upload spreadsheets as your tools export them.",
        "import_",
    ),
    Entry("history", "History", ":material/history:", "Data", "What was imported, when, and what became of it."),
)
_BY_PATH = {entry.path: entry for entry in PAGES}


def file_of(path: str) -> str:
    """The script of the page at a URL path, for links."""
    return _BY_PATH[path].file


def link(path: str, **look: Any) -> None:
    """A link to the page at a URL path, for whoever may open it; the others have no such page to be led to."""
    if may_open(guard.viewer(), path):
        st.page_link(file_of(path), **look)


def navigation(viewer: Viewer, *, hidden: bool = False) -> st.Page:
    """The menu of the pages that the viewer may open; the root address leads to the first of them."""
    groups: dict[str, list[st.Page]] = {}
    for entry in PAGES:
        if may_open(viewer, entry.path):
            page = st.Page(entry.file, title=entry.title, icon=entry.icon, url_path=entry.path, help=entry.help)
            groups.setdefault(entry.group, []).append(page)
    if not groups:
        guard.refuse()
    first = next(iter(groups.values()))[0]

    def root() -> None:
        st.switch_page(first, query_params=st.query_params)

    pages = {"": [st.Page(root, default=True, visibility="hidden")], **groups}
    return st.navigation(pages, position="hidden" if hidden else "sidebar")
