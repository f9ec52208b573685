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
    Entry("compare", "Compare", ":material/compare_arrows:", "Review", "Two to five crises beside each other."),
    Entry("lessons", "Lessons learned", ":material/school:", "Review", "What did we learn, and what became of it?"),
    Entry("plan_gaps", "Plan gaps", ":material/build:", "Review", "What did not hold, and did the fixes work?"),
    Entry(
        "case_library", "Case library", ":material/menu_book:", "Review", "Search all cases, and see which are alike."
    ),
    Entry("response_times", "Response times", ":material/timer:", "Signals", "How fast were we, in every crisis?"),
    Entry(
        "engagement",
        "Engagement & sentiment",
        ":material/forum:",
        "Signals",
        "What was said, where, and in which tone?",
    ),
    Entry(
        "reputation", "Reputation", ":material/trending_down:", "Signals", "How far did it fall, and when was it back?"
    ),
    Entry("feedback", "Feedback", ":material/hearing:", "Signals", "What each party said, and who was not heard."),
    Entry(
        "culture", "Culture", ":material/diversity_3:", "People", "Is the ground prepared, department by department?"
    ),
    Entry(
        "import",
        "Import",
        ":material/upload_file:",
        "Data",
        "Upload spreadsheets as your tools export them.",
        "import_",
    ),
    Entry("history", "History", ":material/history:", "Data", "What was imported, when, and what became of it."),
    Entry("plan", "Plan", ":material/checklist:", "Data", "Who does what by when: versions, steps, targets."),
    Entry("settings", "Settings", ":material/settings:", "Admin", "Company, targets, anonymity, retention, topics."),
    Entry("methods", "Methods", ":material/functions:", "Help", "What each number is, and where it comes from."),
)
_BY_PATH = {entry.path: entry for entry in PAGES}


def entry(path: str) -> Entry:
    """The page at a URL path."""
    return _BY_PATH[path]


def file_of(path: str) -> str:
    """The script of the page at a URL path, for links."""
    return _BY_PATH[path].file


def leads_to(path: str) -> Entry | None:
    """The page at a URL path, if there is one and the viewer may open it."""
    return _BY_PATH.get(path) if may_open(guard.viewer(), path) else None


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
