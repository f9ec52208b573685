"""The six numbers of Overview."""

from __future__ import annotations

import streamlit as st

from metrics.estimate import Status
from metrics.names import shortened
from metrics.words import number, points_range, signed, signed_points
from pages.components.text import plain
from reports.sections.overview import Overview


def six(found: Overview) -> None:
    """Each number with its qualifier below; what it was compared with stands in the help."""
    with st.grid(6, min_column_width=120):
        _card("Open crises", str(found.open_crises), f"of {found.total}", "Crises without a resolution.")
        _first_statements(found)
        _reputation(found)
        _morale(found)
        _card(
            "Gaps open", str(found.gaps["open"]), f"{found.gaps['overdue']} late, {found.gaps['recurring']} back",
            "Gaps of the crisis plan that are open, planned or in progress. Late: past their due date. Back: fixed, and "
            "seen again in a later crisis.",
        )  # fmt: skip
        _card(
            "Lessons", str(found.lessons_waiting), "to validate",
            "Lessons that were implemented and wait to be validated.",
        )  # fmt: skip


def _card(label: str, value: str, qualifier: str, about: str) -> None:
    about = plain(about)  # it may name a source or a wave as a file did
    st.metric(label, value, qualifier, help=about, border=True, height="stretch", delta_arrow="off", delta_color="off")


def _first_statements(found: Overview) -> None:
    met, judged = found.on_target
    about = "Crises whose first public statement came within the target of the plan in force."
    if not judged:
        _card("First statement", "–", "no target yet", about)
        return
    _card("First statement", f"{met} of {judged}", "on target", about)


def _reputation(found: Overview) -> None:
    e, group = found.reputation.estimate, found.reputation.group
    if e.number is None:
        _card("Reputation", "–", "not measured", (e.reason or "").capitalize() + ".")
        return
    about = f"{group['source']}, in points of 100, since {_called(found, group['crisis'])}: {e.basis}."
    _card("Reputation", signed(round(e.number, 1), 0 if abs(e.number) >= 1 else 1), "since the crisis", about)


def _called(found: Overview, code: str) -> str:
    """What a sentence calls a crisis: its title, or its code where the table does not hold it."""
    titles = dict(zip(found.crises["code"], found.crises["title"], strict=True))
    return f"“{shortened(titles[code])}”" if code in titles else code


def _morale(found: Overview) -> None:
    e, group = found.morale.estimate, found.morale.group
    if e.status is not Status.OK or e.number is None or e.lo is None or e.hi is None:
        _card("Morale", "–", "not measured", (e.reason or "").capitalize() + ".")
        return
    clear = e.lo > 0 or e.hi < 0
    about = (
        f"Favourable answers in {group['wave']} against {group['before']}, the last wave before {_called(found, group['crisis'])}, in "
        f"points, with its 95 % interval"
        f"{'.' if clear else ': not distinguishable from normal variation.'}"
    )
    _card("Morale", signed_points(e.number), _ends(e.lo, e.hi, clear=clear), about)


def _ends(lo: float, hi: float, *, clear: bool) -> str:
    """An interval of points that fits a card: its ends, or its half width where it does not tell a change.

    A card of a sixth of the page cuts off "−16 to +5, unclear".
    """
    return points_range(lo, hi) if clear else f"±{number((hi - lo) * 50, 0)}, unclear"
