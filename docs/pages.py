"""`pages.md`: every page of the menu, its address, and who may open it."""

from __future__ import annotations

from data.access import PAGES as ROLES
from data.enums import Role
from docs.markdown import document, table
from pages.components.menu import PAGES


def text() -> str:
    """The document."""
    rows = [(entry.group, entry.title, f"`/{entry.path}`", entry.help, _who(entry.path)) for entry in PAGES]
    return document(
        "# Pages",
        "`/` leads to the first of them. What was chosen on a page stands in its address, so a page can be sent as a\n"
        "link: `/crisis_review?crisis=CODE&section=Speed`, `/history?batch=3`. Without sign-in the person at this\n"
        "machine is the admin.",
        table(["Group", "Page", "Address", "For", "Opens for"], rows),
    )


def _who(path: str) -> str:
    return ", ".join(role for role in Role if role in ROLES[path])
