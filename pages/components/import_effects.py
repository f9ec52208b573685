"""What a set changes: each number from what to what, and the rows that make the difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from importers.issues import Issue
from metrics.catalogue import ALL
from metrics.estimate import Estimate, Status
from metrics.words import listed, plural
from pages.components.text import plain
from pages.components.uploads import MISSING
from reports.sections.wording import value

_AT_FIRST = 6

Effect = Mapping[str, Any]


def what_changes(effects: Sequence[Effect], *, title: str = "What changes", key: str = "all_effects") -> None:
    """The numbers by crisis; the first few, then all."""
    st.subheader(title, anchor=False)
    if not effects:
        st.caption("No number of a crisis that is here already changes.")
        return
    every = len(effects) <= _AT_FIRST or st.session_state.get(key, False)
    shown = list(effects if every else effects[:_AT_FIRST])
    for crisis in dict.fromkeys(effect["crisis"] for effect in shown):
        st.caption(plain(crisis or "Across crises"))
        st.markdown("\n".join(f"- {sentence(effect)}" for effect in shown if effect["crisis"] == crisis))
    if len(effects) > _AT_FIRST:
        st.toggle(f"All {plural(len(effects), 'number')}", key=key)


def what_is_missing(issues: Iterable[Issue]) -> None:
    """What is not there around a crisis, with the day to export from."""
    told = dict.fromkeys(issue.message for issue in issues if issue.code == MISSING)
    if told:
        st.subheader("What is missing", anchor=False)
        st.warning("\n".join(f"- {plain(one)}" for one in told))


def sentence(effect: Effect) -> str:
    """``**First statement** moves from 7 h 5 min to **9 h 12 min** because of event_log.xlsx, row 17.``, as Markdown."""
    of = ", ".join(str(part) for part in (effect.get("group") or {}).values())
    name = plain(effect.get("label") or ALL[effect["metric"]].label) + (f" ({plain(of)})" if of else "")
    before, after = (_told(effect, when) for when in ("before", "after"))
    why = listed([_place(because) for because in effect.get("because") or []])
    because = f" because of {why}" if why else ""
    return f"**{name}** moves from {_unbroken(before)} to **{_unbroken(after)}**{because}."


def _unbroken(amount: str) -> str:
    """A number and its unit on one line."""
    return plain(amount).replace(" ", "\N{NO-BREAK SPACE}")


def _told(effect: Effect, when: str) -> str:
    """The value with its unit, or the word for why there is none."""
    amount, metric = effect[when], effect["metric"]
    status = Status(effect.get(f"status_{when}") or (Status.OK if amount is not None else Status.UNDEFINED))
    unit = effect.get("unit") or ALL[metric].unit
    reason = None if status is Status.OK else "told by its status"
    return value(Estimate(value=amount, unit=unit, status=status, reason=reason), metric)


def _place(because: Mapping[str, Any]) -> str:
    sheet, rows = because.get("sheet"), because.get("rows")
    word = "" if not rows else f", row {rows}" if str(rows).isdecimal() else f", rows {rows}"
    return plain(f"{because['file']}{f', sheet {sheet}' if sheet else ''}{word}")
