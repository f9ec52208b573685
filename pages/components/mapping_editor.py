"""Saying which column of an unknown file is what: proposed with reasons, corrected in a table, tried at once, saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from data.access import Viewer, streams
from data.commands.mappings import MappingRefused
from data.masking import Masker
from data.settings import Settings
from importers.issues import Refused
from importers.mapping.model import Mapping, from_dict
from importers.mapping.saved import from_json, save, to_json
from importers.mapping.targets import TARGETS
from importers.mapping.vocabulary import VOCABULARIES
from importers.sheet import Sheet
from pages.components import loaders
from pages.components.import_questions import MARKS, ORDERS, zone_select
from pages.components.mapping_draft import (
    NOTHING,
    UNSAID,
    Draft,
    begun,
    columns_table,
    goal,
    goals,
    made,
    meanings_asked,
    taken,
    twice,
)
from pages.components.mapping_tried import masked, tried
from pages.components.text import plain
from pages.components.uploads import Waiting, answer


def mapping_editor(file: Waiting, saved: list[Any], settings: Settings, viewer: Viewer) -> None:
    """The whole editor of one file."""
    masker = loaders.masker()  # of what is shown; the file's own words stay in the mapping, which must find them
    draft = _begin(file, saved, viewer, masker)
    if draft is None:
        st.info("There is no row that could be a header. Check what the file holds.", icon=":material/help:")
        return
    key = f"mapping_{file.number}_{draft.turn}"
    goes = _columns(draft, key, masker)
    for name in twice(goes, draft.target):
        st.error(f"Several columns go to “{goal(name, draft.target)}”: only one can.", icon=":material/error:")
    left, right = st.columns(2, gap="medium")
    with left:
        constants = _constants(draft, goes, key)
        said = _reading(draft, key)
    with right:
        values = _values(draft, goes, key, masker)
    mapping = made(draft, goes, constants, values, **said)
    fine = tried(draft, mapping, file, settings, masker) and not twice(goes, draft.target)
    _keep(file, draft, mapping, viewer, key, fine=fine)


def _begin(file: Waiting, saved: list[Any], viewer: Viewer, masker: Masker) -> Draft | None:
    """What the row is, in which sheet, and with which mapping to begin."""
    sheets = [sheet for sheet in file.upload.sheets if any(sheet.rows)]
    state = f"draft_{file.number}"
    draft: Draft | None = st.session_state.get(state)
    if draft is None:
        draft = st.session_state[state] = _first(file, sheets[0], saved)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(sheets) > 1:
            names = [sheet.name or "" for sheet in sheets]
            st.selectbox(
                "Sheet", names, names.index(draft.sheet.name or ""), key=f"{state}_sheet", width=180,
                format_func=masker.text,
                on_change=_sheet, args=(state, sheets),
            )  # fmt: skip
        records = [name for name, target in TARGETS.items() if target.stream in streams(viewer)]
        at = records.index(draft.start.record) if draft.start.record in records else 0
        st.selectbox(
            "A row is", records, at, format_func=lambda name: TARGETS[name].title, key=f"{state}_record_{draft.turn}",
            width=240, on_change=_record, args=(state, f"{state}_record_{draft.turn}"),
        )  # fmt: skip
        if saved:
            st.selectbox(
                "Begin with a saved mapping", [one.name for one in saved], None, key=f"{state}_saved", width=260,
                placeholder="The suggestion", on_change=_take_saved, args=(state, saved),
            )  # fmt: skip
        with st.popover("From a file", icon=":material/upload_file:"):
            st.file_uploader(
                "A mapping that was downloaded", "json", key=f"{state}_file", on_change=_take_file, args=(state,)
            )
            if wrong := st.session_state.get(f"{state}_wrong"):
                st.error(plain(wrong))
    return draft if draft.suggestion.proposals else None


def _first(file: Waiting, sheet: Sheet, saved: list[Any]) -> Draft:
    """The saved mapping that reads the file already, else the suggestion."""
    draft = begun(sheet, file.options.kind)
    used = {(result.format or "").removeprefix("mapping:") for result in file.results if file.is_mapped}
    one = next((one for one in saved if one.name in used), None)
    return draft if one is None else taken(draft, from_dict(one.content), one.version)


def _record(state: str, key: str) -> None:
    draft: Draft = st.session_state[state]
    st.session_state[state] = begun(draft.sheet, None, st.session_state[key], draft.turn + 1)


def _sheet(state: str, sheets: list[Sheet]) -> None:
    chosen = next(sheet for sheet in sheets if (sheet.name or "") == st.session_state[f"{state}_sheet"])
    st.session_state[state] = begun(chosen, turn=st.session_state[state].turn + 1)


def _take_saved(state: str, saved: list[Any]) -> None:
    one = next((one for one in saved if one.name == st.session_state[f"{state}_saved"]), None)
    if one is not None:
        st.session_state[state] = taken(st.session_state[state], from_dict(one.content), one.version)


def _take_file(state: str) -> None:
    st.session_state.pop(f"{state}_wrong", None)
    if (uploaded := st.session_state[f"{state}_file"]) is None:
        return
    try:
        st.session_state[state] = taken(st.session_state[state], from_json(uploaded.getvalue()))
    except Refused as refusal:
        st.session_state[f"{state}_wrong"] = " ".join(issue.message for issue in refusal.issues)


def _columns(draft: Draft, key: str, masker: Masker) -> dict[str, str]:
    """The table in which the analyst corrects: heading → where its column goes."""
    target = draft.target
    edited = st.data_editor(
        columns_table(draft, masker),
        hide_index=True,
        disabled=["Column", "First values", "Why", "How sure"],
        key=f"{key}_columns",
        alt="Columns of the file and where each goes",
        column_config={
            "Column": st.column_config.TextColumn(width=133),
            "First values": st.column_config.TextColumn(width=190),
            "Goes to": st.column_config.SelectboxColumn(
                options=goals(target), format_func=lambda name: goal(str(name), target), required=True, width=148
            ),
            "Why": st.column_config.TextColumn(width=434),
            "How sure": st.column_config.TextColumn(width=72),
        },
    )
    return dict(zip((one.heading for one in draft.suggestion.proposals), edited["Goes to"], strict=True))


def _constants(draft: Draft, goes: dict[str, str], key: str) -> dict[str, str]:
    """What holds for every row because no column says it."""
    target = draft.target
    free = [name for name in target.fields if name not in goes.values()]
    lacking = [name for name in target.needed if name in free and name not in target.elsewhere]
    begin = list(dict.fromkeys([*lacking, *(name for name in draft.start.constants if name in free)]))
    st.markdown("**The same for every row**")
    chosen = st.multiselect(
        "Fields that no column fills", free, begin, format_func=lambda name: goal(name, target),
        key=f"{key}_constants_{'_'.join(begin)}", placeholder="None",
    )  # fmt: skip
    return {name: _one_constant(draft, name, key) for name in chosen}


def _one_constant(draft: Draft, name: str, key: str) -> str:
    label, now = goal(name, draft.target), draft.start.constants.get(name)
    vocabulary = VOCABULARIES.get((draft.start.record, name))
    if vocabulary is None:
        return st.text_input(label, now or "", key=f"{key}_is_{name}").strip()
    words = [str(word) for word in vocabulary]
    return st.selectbox(label, words, words.index(now) if now in words else None, key=f"{key}_is_{name}") or ""


def _reading(draft: Draft, key: str) -> dict[str, Any]:
    """How dates, numbers and times are to be read, where the columns do not say."""
    start, orders, marks = draft.start, list(ORDERS), list(MARKS)
    with st.container(horizontal=True):
        order = st.selectbox(
            "Dates", orders, orders.index(start.date_order) if start.date_order else None,
            format_func=ORDERS.__getitem__, placeholder="As the column says", key=f"{key}_order", width=210,
        )  # fmt: skip
        mark = st.selectbox(
            "Decimal mark", marks, marks.index(start.decimal) if start.decimal else None,
            format_func=MARKS.__getitem__, placeholder="As the column says", key=f"{key}_mark", width=210,
        )  # fmt: skip
        zone = zone_select("Time zone", start.timezone, f"{key}_zone", width=210)
    return {"date_order": order, "decimal": mark, "timezone": zone}


def _values(draft: Draft, goes: dict[str, str], key: str, masker: Masker) -> dict[str, dict[str, str]]:
    """What the words of the file stand for, a table a field."""
    asked = meanings_asked(draft, goes)
    if asked:
        st.markdown("**What its words mean**")
    found: dict[str, dict[str, str]] = {}
    for name, words in asked.items():
        vocabulary = VOCABULARIES.get((draft.start.record, name))
        means = (
            st.column_config.TextColumn(required=True)
            if vocabulary is None
            else st.column_config.SelectboxColumn(
                options=[*(str(word) for word in vocabulary), NOTHING, UNSAID], required=True
            )
        )
        edited = st.data_editor(
            pd.DataFrame({"In the file": masked(name, list(words), masker), "Means": list(words.values())}),
            hide_index=True, disabled=["In the file"], key=f"{key}_means_{name}",
            alt=f"What the words for {name.replace('_', ' ')} mean",
            column_config={"In the file": st.column_config.TextColumn(goal(name, draft.target)), "Means": means},
        )  # fmt: skip
        found[name] = {str(word): str(one) for word, one in zip(words, edited["Means"], strict=True)}
    return found


def _keep(file: Waiting, draft: Draft, mapping: Mapping, viewer: Viewer, key: str, *, fine: bool) -> None:
    """Name it and save it, use it for this file alone, or take it along as a file."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Name", draft.start.name or file.upload.name.rpartition(".")[0][:60], key=f"{key}_name", width=280,
            help="The next file with this header is read by it without asking.",
        ).strip()  # fmt: skip
        whole = replace(mapping, name=name)
        ready = fine and bool(name)
        press: dict[str, Any] = {"disabled": not ready, "args": (file, mapping, draft, viewer, key)}
        st.button("Save and use", type="primary", icon=":material/save:", key=f"{key}_save", on_click=_save, **press)
        st.button("Use once", icon=":material/check:", key=f"{key}_once", on_click=_use_once, **press)
        st.download_button(
            "Download", lambda: to_json(whole), f"{name or 'mapping'}.json", "application/json",
            icon=":material/download:", disabled=not ready, on_click="ignore", key=f"{key}_download",
        )  # fmt: skip
    if wrong := st.session_state.pop(f"{key}_wrong", None):
        st.error(plain(wrong), icon=":material/error:")


def _save(file: Waiting, mapping: Mapping, draft: Draft, viewer: Viewer, key: str) -> None:
    """Save it; the file is then found to have its header, like any later one."""
    whole = _named(mapping, key)

    def act() -> None:
        version = save(whole, viewer, draft.version if whole.name == draft.start.name else None)
        st.session_state[f"draft_{file.number}"] = taken(draft, whole, version)
        answer(file, mapping=None, kind=None)

    _try(file, key, act)


def _use_once(file: Waiting, mapping: Mapping, _draft: Draft, _viewer: Viewer, key: str) -> None:
    _try(file, key, lambda: answer(file, mapping=from_dict(_named(mapping, key).to_dict()), kind=None))


def _named(mapping: Mapping, key: str) -> Mapping:
    """The mapping under the name that stands in the field now: who writes and clicks at once means what was written."""
    return replace(mapping, name=st.session_state[f"{key}_name"].strip())


def _try(file: Waiting, key: str, act: Callable[[], Any]) -> None:
    """Do it and show the file's rows, or say why it was refused."""
    try:
        act()
        st.session_state.pop(f"view_{file.number}", None)
    except (MappingRefused, Refused) as refusal:
        st.session_state[f"{key}_wrong"] = str(refusal)
