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
from metrics.findings.similarity import because
from metrics.words import date, listed, percent, plural
from pages.components import loaders
from pages.components.choose import pick_crisis, say_unknown
from pages.components.empty import nothing_yet
from pages.components.menu import link
from pages.components.text import plain
from pages.components.where_from import footer

_MANY = {"crisis": "crises", "event": "events", "gap": "gaps", "lesson": "lessons"}
_OPENS = ":material/chevron_right:"
#: Records on one page.
_A_PAGE = 8
_SEVERITIES = ("4", "3", "2", "1")


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
        severity = _several("Severity (4 is worst)", list(_SEVERITIES), "severity")
    chosen = tuple(one for one in KINDS if _MANY[one].capitalize() in kind)
    return Only(chosen, tuple(category), tuple(platform), tuple(map(int, severity)))


def _several(label: str, options: list[str], key: str) -> Sequence[str]:
    say_unknown(key, [one for one in st.query_params.get_all(key) if one not in options])
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


def found_list(found: Found, only: Only, crises: pd.DataFrame) -> None:
    """What was found and where, the best first; each leads to the review of its crisis, an event to the timeline."""
    zones = dict(zip(crises["code"], crises["timezone"], strict=True))
    pages = -(-len(found.records) // _A_PAGE)
    if not pages:
        return
    below = st.container(gap="small")
    number = _page(pages, f"{found.words} {only}")
    with below:
        for record in found.records.iloc[(number - 1) * _A_PAGE : number * _A_PAGE].to_dict("records"):
            with st.container(border=True, gap="xxsmall"):
                _one(record, zones)
    if len(found.records) < found.total:
        st.caption(f"These are the best {len(found.records)} of {found.total:,}; another word or a filter finds fewer.")


def _page(pages: int, of: str) -> int:
    """Which page of a list is shown: the one in the address, from the first where another list is asked for."""
    if st.session_state.get("library_list", of) != of:
        st.query_params.pop("page", None)
    st.session_state["library_list"] = of
    asked, key = st.query_params.get("page", "1"), f"page of {of}"
    is_there = asked.isdecimal() and 1 <= int(asked) <= pages
    if not is_there:
        say_unknown("page", [asked])

    def follow() -> None:
        st.query_params["page"] = str(st.session_state[key])

    first = int(asked) if is_there else 1
    return int(st.pagination(pages, default=first, key=key, on_change=follow)) if pages > 1 else 1


def _one(record: dict[Any, Any], zones: dict[str, str]) -> None:
    kind = record["kind"]
    title, about = plain(record["title"]), [kind.capitalize()]
    if kind == "event":
        title = f"{title.capitalize() if title != 'other' else 'Event'}, {date(record['at'].astimezone(ZoneInfo(zones.get(record['crisis'], 'UTC'))))}"
    if kind != "crisis":
        about.append(record["crisis_title"] or "of no crisis")
    if record["found_in"]:
        about.append(f"found in its {record['found_in']}")
    if kind == "lesson":
        code = record["title"].split(" · ")[0]
        link("lessons", label=f"**{title}**", icon=_OPENS, query_params={"lesson": code})
    elif record["crisis"] is None:
        st.markdown(f"**{title}**")
    else:
        at = {"crisis": record["crisis"]} | ({"section": "Timeline"} if kind == "event" else {})
        link("crisis_review", label=f"**{title}**", icon=_OPENS, query_params=at)
    st.caption(plain(" · ".join(about)))
    if record["excerpt"]:
        st.text(record["excerpt"])


def similar_cases(crises: pd.DataFrame, role: Role, as_of: datetime, version: int) -> None:
    """One crisis, and those it is like, each with the reasons and the way to its review."""
    if crises.empty:
        nothing_yet("There is no crisis to compare yet.")
        return
    section = loaders.alike(pick_crisis(crises, role, version), role, as_of, version)
    st.subheader(plain(section.findings[0]), anchor=False)
    for case in section.frames["cases"].to_dict("records"):
        with st.container(border=True, gap="xxsmall"):
            link(
                "crisis_review", label=f"**{plain(case['title'])}**", icon=_OPENS, query_params={"crisis": case["code"]}
            )
            st.caption(f"{percent(case['similarity'])} alike")
            st.markdown(plain(because(case["alike"])))
            if case["different"]:
                st.markdown(f"Differs: {plain(case['different'])}.")
    if section.measures:
        footer(section)
