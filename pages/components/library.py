"""The case library: filters, what was found and where, and the cases that one is like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.enums import Role
from data.queries.search import KINDS, Found, Only
from metrics.words import listed, percent, plural
from pages.components import loaders
from pages.components.choose import linked_selectbox
from pages.components.empty import nothing_yet
from pages.components.menu import file_of
from pages.components.text import plain
from pages.components.where_from import footer

_MANY = {"crisis": "crises", "event": "events", "gap": "gaps", "lesson": "lessons"}
_SEVERITIES = {"4, the worst": 4, "3": 3, "2": 2, "1": 1}


def filters(crises: pd.DataFrame) -> Only:
    """Four filters in a row; each choice stands in the address."""
    kinds, categories, platforms, severities = st.columns(4)
    with kinds:
        kind = _several("Kind of record", [_MANY[kind].capitalize() for kind in KINDS], "kind")
    with categories:
        category = _several("Category", _known(crises["category"]), "category")
    with platforms:
        platform = _several("Platform", _known(crises["platform"]), "platform")
    with severities:
        severity = _several("Severity", list(_SEVERITIES), "severity")
    chosen = tuple(one for one in KINDS if _MANY[one].capitalize() in kind)
    return Only(chosen, tuple(category), tuple(platform), tuple(_SEVERITIES[one] for one in severity))


def _several(label: str, options: list[str], key: str) -> Sequence[str]:
    return st.multiselect(label, options, key=key, bind="query-params", placeholder="All", disabled=not options)


def _known(column: pd.Series) -> list[str]:
    return sorted(column.dropna().unique(), key=str.casefold)


def state_in_words(found: Found, query: str, only: Only) -> str:
    """What was found, in one sentence."""
    kind = only.kinds[0] if len(only.kinds) == 1 else "record" if found.words or only.kinds else "crisis"
    counted = plural(found.total, kind, _MANY.get(kind, "records"))
    if not found.words:
        asked = " ".join(query.split())
        return plain(f"There is no word to look for in “{asked[:40]}”; {counted} in all" if asked else counted)
    words = listed([f"“{word}”" for word in found.words])
    if not found.total:
        return plain(f"Nothing {'that the filters keep ' if only != Only() else ''}holds {words}")
    return plain(f"{counted} {'holds' if found.total == 1 else 'hold'} {words}")


def found_table(found: Found, crises: pd.DataFrame) -> None:
    """What was found and where, the best first; a click on a row opens the review of its crisis."""
    if found.records.empty:
        return
    zones = dict(zip(crises["code"], crises["timezone"], strict=True))
    table = pd.DataFrame([_row(row, zones) for row in found.records.to_dict("records")])
    picked = st.dataframe(
        table,
        hide_index=True,
        key="found_table",
        on_select="rerun",
        selection_mode="single-row",
        height="content" if len(table) <= 12 else 480,
        alt="The records that were found, and where in them",
        column_config={
            "Kind": st.column_config.TextColumn(width=70),
            "Record": st.column_config.TextColumn(width=215),
            "Found in": st.column_config.TextColumn(width=105),
            "Text": st.column_config.TextColumn(width=350),
            "Crisis": st.column_config.TextColumn(width=195),
        },
    )
    if len(found.records) < found.total:
        st.caption(f"The best {len(found.records)} of {found.total:,}; another word or a filter finds fewer.")
    if picked.selection.rows and picked.selection.rows[0] < len(found.records):
        _open_review(found.records.iloc[picked.selection.rows[0]])


def _open_review(record: pd.Series) -> None:
    """The review of the crisis that a record belongs to, an event's at the timeline."""
    if record["crisis"] is None:
        st.info(
            f"This {record['kind']} belongs to no crisis, so there is no review to open.", icon=":material/link_off:"
        )
        return
    at = {"crisis": record["crisis"]} | ({"section": "Timeline"} if record["kind"] == "event" else {})
    st.switch_page(file_of("crisis_review"), query_params=at)


def _row(record: dict[Any, Any], zones: dict[str, str]) -> dict[str, str]:
    title = record["title"]
    if record["kind"] == "event":
        at = record["at"].astimezone(ZoneInfo(zones.get(record["crisis"], "UTC")))
        title = f"{title.capitalize()}, {at.day} {at:%b %Y}"
    return {
        "Kind": record["kind"].capitalize(),
        "Record": title,
        "Found in": record["found_in"].capitalize(),
        "Text": record["excerpt"],
        "Crisis": record["crisis_title"] or "no crisis",
    }


def similar_cases(crises: pd.DataFrame, role: Role, as_of: datetime, version: int) -> None:
    """One crisis, and those it is like with the reasons; a click on a row opens that review."""
    if crises.empty:
        nothing_yet("There is no crisis to compare yet.")
        return
    newest = crises.sort_values("code", ascending=False)
    labels = dict(zip(newest["code"], newest["title"], strict=True))
    code = linked_selectbox("Crisis", labels, "crisis", width=420)
    section = loaders.alike(str(code), role, as_of, version)
    st.subheader(plain(section.findings[0]), anchor=False)
    cases = section.frames["cases"]
    if cases.empty:
        return
    picked = st.dataframe(
        pd.DataFrame(
            {
                "Case": cases["title"],
                "Alike": [percent(share) for share in cases["similarity"]],
                "Why": cases["alike"].map(lambda why: f"{why[:1].upper()}{why[1:]}" or "Nothing is the same"),
                "In what it differs": cases["different"].replace("", "Nothing that is recorded"),
            }
        ),
        hide_index=True,
        key="similar_table",
        on_select="rerun",
        selection_mode="single-row",
        row_height=60,
        alt="The cases that are most alike, with the reasons",
        column_config={
            "Case": st.column_config.TextColumn(width=220),
            "Alike": st.column_config.TextColumn(width=60, alignment="right"),
            "Why": st.column_config.TextColumn(width=330),
            "In what it differs": st.column_config.TextColumn(width=325),
        },
    )
    footer(section)
    if picked.selection.rows and picked.selection.rows[0] < len(cases):
        st.switch_page(file_of("crisis_review"), query_params={"crisis": cases["code"].iloc[picked.selection.rows[0]]})
