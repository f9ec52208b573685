"""Overview's header, what needs a decision, and the table of crises."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.estimate import Estimate
from metrics.names import shortened
from metrics.words import duration, plural, signed_points
from pages.components.figure import on_phone
from pages.components.menu import Entry, entry, file_of, leads_to
from pages.components.tables import row_height
from reports.sections.base import Measure
from reports.sections.decide import Decision
from reports.sections.overview import Overview
from reports.sections.wording import value

_AT_MOST = 6
#: Pixels across of what is to be decided, also on a phone, and of a crisis's title.
_WHAT, _WHAT_ON_PHONE, _TITLE = 520, 340, 222
#: Characters of what is to be decided: two lines.
_LONGEST = 120
#: Crises that are shown without scrolling in their table.
_WHOLE = 8
#: Pixels of a row in which the bars can be seen.
_BARS = 48


def state_in_words(found: Overview) -> str:
    """The state in one sentence."""
    met, judged = found.on_target
    waiting = len(found.decisions)
    needs = (
        f"{plural(waiting, 'item')} {'needs' if waiting == 1 else 'need'} a decision"
        if waiting
        else "nothing needs a decision"
    )
    if not judged:
        return f"{plural(found.total, 'crisis', 'crises')}; {needs}."
    target = "their target" if found.statement_target is None else f"the {duration(found.statement_target)} target"
    return f"{met} of {plural(judged, 'crisis', 'crises')} met {target}; {needs}."


def decisions_table(decisions: Sequence[Decision]) -> None:
    """At most six items, then all; each leads to the review in which it is decided."""
    if not decisions:
        return
    st.subheader("Needs a decision")
    every = len(decisions) <= _AT_MOST or st.session_state.get("all_decisions", False)
    listed = list(decisions if every else decisions[:_AT_MOST])
    across = _WHAT_ON_PHONE if on_phone() else _WHAT
    st.dataframe(
        pd.DataFrame([_decision(item) for item in listed]),
        hide_index=True,
        height="content",
        row_height=row_height((shortened(item.what, _LONGEST) for item in listed), across),
        placeholder="no date",
        alt="What needs a decision, who answers for it, and since when",
        column_config={
            "What": st.column_config.TextColumn(width=across),
            "Answers for it": st.column_config.TextColumn(width=130),
            "Since": st.column_config.TextColumn(width=110),
            "Decide in": st.column_config.ButtonColumn(
                width=130, type="tertiary", key="decide", on_click=_open, args=(listed,)
            ),
        },
    )
    if len(decisions) > _AT_MOST:
        st.toggle(f"All {len(decisions)}", key="all_decisions", bind="query-params")


def _decision(item: Decision) -> dict[str, object]:
    return {
        "What": shortened(item.what, _LONGEST),
        "Answers for it": item.function or "nobody named",
        "Since": "not recorded" if item.since is None else f"{item.since.day} {item.since:%b %Y}",
        "Decide in": _where(item).title,
    }


def _where(item: Decision) -> Entry:
    """The page that decides the item; the review, where the viewer has none of its own for it."""
    return leads_to(item.page) or entry("crisis_review")


def _open(listed: list[Decision]) -> None:
    item = listed[st.session_state["decide"].row]
    to = _where(item)
    named = {"crisis": item.crisis} if to.path == "crisis_review" else {"gap": item.gap, "lesson": item.lesson}
    st.switch_page(to.file, query_params={name: value for name, value in named.items() if value})


def crises_table(found: Overview) -> None:
    """Every crisis in one row; a click opens its review."""
    st.subheader("Crises")
    table = pd.DataFrame([_row(row) for row in found.crises.to_dict("records")])
    highest = max((max(bars) for bars in table["Posts a day"] if bars), default=1) or 1
    picked = st.dataframe(
        table.drop(columns="code"),
        hide_index=True,
        height="content" if len(table) <= _WHOLE else "auto",
        row_height=row_height(table["Crisis"], _TITLE) or _BARS,
        placeholder="not recorded",
        key="crises_table",
        on_select="rerun",
        selection_mode="single-row",
        alt="Every crisis with its response, reaction and reputation",
        column_config={
            "Crisis": st.column_config.TextColumn(width=_TITLE),
            "Severity": st.column_config.TextColumn(width=65, alignment="right"),
            "Started": st.column_config.DateColumn(format="D MMM YYYY", width=95),
            "Detected after": st.column_config.TextColumn(width=100),
            "Statement after": st.column_config.TextColumn(width=108),
            "Posts a day": st.column_config.BarChartColumn(
                y_min=0, y_max=highest, width=90, help="Four weeks, from a week before the start"
            ),
            "Reputation": st.column_config.TextColumn(width=80, help="Lowest score against the level before, of 100"),
            "Morale": st.column_config.TextColumn(
                width=88, help="Favourable answers in the first survey since, against the last before, in points"
            ),
            "Status": st.column_config.TextColumn(width=71),
        },
    )
    if len(found.crises) < found.total:
        st.caption(f"The latest {len(found.crises)} of {found.total:,} crises; Crisis review has them all.")
    if picked.selection.rows:
        st.switch_page(file_of("crisis_review"), query_params={"crisis": table["code"].iloc[picked.selection.rows[0]]})


def _row(row: dict) -> dict[str, object]:
    detected: Measure = row["detected"]
    statement: Measure = row["statement"]
    return {
        "code": row["code"],
        "Crisis": shortened(row["title"]),
        "Severity": "not set" if pd.isna(row["severity"]) else f"{row['severity']:.0f}",
        "Started": row["started"],
        "Detected after": "before the post" if detected.estimate.basis == "proactive" else value(detected.estimate),
        "Statement after": value(statement.estimate),
        "Posts a day": row["posts"],
        "Reputation": _fall(row["reputation"]),
        "Morale": _change(row["morale"]),
        "Status": row["status"],
    }


def _fall(estimate: Estimate) -> str:
    if estimate.number is None:
        return "not measured"
    return f"−{estimate.number:.1f}" if round(estimate.number, 1) else "held"


def _change(estimate: Estimate) -> str:
    if estimate.number is None or estimate.lo is None or estimate.hi is None:
        return "not measured"
    told = signed_points(estimate.number)
    return told if estimate.lo > 0 or estimate.hi < 0 else f"{told}, unclear"
