"""What a crisis proposes to change: accepted as a gap, attached to the gap that it repeats, or dismissed with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from data.access import REGISTRARS
from data.commands import proposals as commands
from data.commands.entries import HandRefused
from data.engine import writing
from data.enums import Role
from metrics.words import date
from pages.components import guard, present
from pages.components.loaders import sections
from pages.components.text import plain
from pages.components.where_from import where_from
from reports.sections.proposals import Offer, Offers

#: Proposals shown at first.
MOST = 5
_REFUSED, _DONE, _ALL = "proposal_refused", "proposal_done", "all_proposals"
_SEVERITY = {4: "Severity 4, worst", 3: "Severity 3", 2: "Severity 2", 1: "Severity 1, least"}
_OUTCOMES = {"accepted": "Gap {gap}", "attached": "Attached to gap {gap}", "dismissed": "Dismissed"}


def proposals(code: str, role: Role, as_of: datetime, version: int) -> None:
    """The proposals of one crisis, the five weightiest first, with what can be done about each; then what was decided."""
    found = sections.proposals(code, role, as_of, version)
    st.markdown(f"#### {plain(found.finding)}")
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(plain(refusal), icon=":material/error:")
    if done := st.session_state.pop(_DONE, None):
        st.success(plain(done), icon=":material/check:")
    shown = found.waiting if st.session_state.get(f"{_ALL}_{code}") else found.waiting[:MOST]
    for number, offer in enumerate(shown):
        _card(offer, number, may=role in REGISTRARS)
    if len(found.waiting) > len(shown):
        st.button(f"All {len(found.waiting)}", on_click=_show_all, args=(code,), key=f"{_ALL}_button_{code}")
    if not present.on():
        _known(found, code, may=role in REGISTRARS)


def _card(offer: Offer, number: int, *, may: bool) -> None:
    """One proposal; its keys are those of its cause, so that what is typed stays with it. On the wall five must fit."""
    key = f"{offer.proposed.crisis}_{offer.proposed.cause}"
    if present.on():
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"proposal_{number}"):
            st.markdown(f"**{plain(offer.proposed.title)}**")
            if may:
                _buttons(offer, key)
        return
    with st.container(border=True, gap="xsmall", key=f"proposal_{number}"):
        st.markdown(f"**{plain(offer.proposed.title)}**")
        for sentence in offer.evidence:
            st.markdown(plain(sentence))
        said = [
            _SEVERITY[offer.severity],
            f"repeats gap {offer.repeats}" if offer.repeats else "",
            offer.dismissed or "",
        ]
        st.caption(plain(" · ".join(part for part in said if part)))
        with st.container(horizontal=True, gap="xsmall"):
            if may:
                _buttons(offer, key)
            where_from(offer.sources, key=f"where_{key}", short=True)


def _buttons(offer: Offer, key: str) -> None:
    label = f"Attach to {plain(offer.repeats)}" if offer.repeats else "Accept as gap"
    st.button(label, on_click=_accept, args=(offer,), key=f"accept_{key}")
    with st.popover("Dismiss"):
        st.text_input("Why this is no gap", key=f"reason_{key}", max_chars=2_000)
        st.button("Dismiss", on_click=_dismiss, args=(offer, f"reason_{key}"), key=f"dismiss_{key}")


def _known(found: Offers, code: str, *, may: bool) -> None:
    """What was decided already, and what the register holds without a decision."""
    count = len(found.decided) + len(found.covered)
    if not count:
        return
    opened = st.popover(
        f"Already decided: {count}", icon=":material/inventory:", on_change="rerun", key=f"decided_{code}"
    )
    if not opened.open:
        return
    with opened:
        for row in found.decided.to_dict("records"):
            _decided(row, code, may=may)
        for title, gap in found.covered.items():
            st.markdown(plain(f"{title}: gap {gap} of this crisis says so."))


def _decided(row: dict[Any, Any], code: str, *, may: bool) -> None:
    outcome = _OUTCOMES[row["outcome"]].format(gap=row["gap"] or "that you may not see")
    st.markdown(f"**{plain(row['title'])}**")
    why = f": {row['reason']}" if row["reason"] else ""
    st.caption(plain(f"{outcome}{why} · {row['decided_by']}, {date(row['decided_at'])}"))
    if may and row["outcome"] != "accepted":
        st.button("Propose again", on_click=_reconsider, args=(code, row["cause"]), key=f"again_{code}_{row['cause']}")


def _show_all(code: str) -> None:
    st.session_state[f"{_ALL}_{code}"] = True


def _accept(offer: Offer) -> None:
    def act(session: Any, viewer: Any) -> str:
        if offer.repeats:
            commands.attach(session, viewer, offer.proposed, offer.repeats)
            return f"Gap {offer.repeats} came back in this crisis: that is remembered with it."
        return f"{commands.accept(session, viewer, offer.proposed, offer.values)} is in the register."

    _write(act)


def _dismiss(offer: Offer, reason: str) -> None:
    def act(session: Any, viewer: Any) -> str:
        commands.dismiss(session, viewer, offer.proposed, st.session_state.get(reason) or "")
        return "Dismissed. The reason is shown when the same is found again."

    _write(act)


def _reconsider(code: str, cause: str) -> None:
    def act(session: Any, viewer: Any) -> str:
        commands.reconsider(session, viewer, code, cause)
        return "It waits for a decision again."

    _write(act)


def _write(act: Callable[[Any, Any], str]) -> None:
    try:
        with writing() as session:
            st.session_state[_DONE] = act(session, guard.viewer())
    except HandRefused as refusal:
        st.session_state.pop(_DONE, None)
        st.session_state[_REFUSED] = str(refusal)
