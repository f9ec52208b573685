"""Signing a review, and what stands on the page afterwards: who signed, what differs since, the numbers as signed."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from data.access import COUNTERSIGNERS, SIGNERS, Viewer
from data.commands import reviews
from data.commands.reviews import ReviewRefused
from data.engine import writing
from data.enums import Role
from data.queries.reviews import Meeting
from metrics.words import date, listed, plural
from pages.components import guard, loaders
from pages.components.loaders import sections
from pages.components.text import plain
from reports import signing
from reports.sections import differences as compare
from reports.sections.differences import Difference
from reports.sections.frozen import numbers, part

_REFUSED = "signature_refused"


def button(code: str, now: Meeting, role: Role, as_of: datetime, version: int, *, unsaved: bool) -> None:
    """The way to the signature, for those who sign."""
    if role not in SIGNERS:
        return
    why = "Save first." if unsaved else None if now.held_on else "Say on which day the review was held, and save."
    if st.button("Sign off…", icon=":material/signature:", disabled=why is not None, help=why, key="sign_review"):
        _sign_dialog(code, now, role, as_of, version)


@st.dialog("Sign off this review", width="medium")
def _sign_dialog(code: str, now: Meeting, role: Role, as_of: datetime, version: int) -> None:
    pack = loaders.frozen(code, role, as_of, version)
    viewer = guard.viewer()
    st.markdown("Your signature freezes, as they are now:")
    for line in _freezes(pack, now, as_of):
        st.markdown(f"- {plain(line)}")
    st.markdown(plain(_signers(viewer, now)))
    undecided = sections.proposals(code, role, as_of, version).left_open
    for line in [*_open(pack, now), *([undecided] if undecided else [])]:
        st.warning(plain(line), icon=":material/pending:")
    st.text_area("Reservations", key="reservations", max_chars=2_000, placeholder="None")
    with st.container(horizontal=True):
        done = st.button(
            "Sign and freeze", type="primary", on_click=_sign, args=(viewer, code, now.version, pack), key="sign_now"
        )
        left = st.button("Not yet", key="sign_later")
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(plain(refusal), icon=":material/error:")
    elif done or left:
        st.rerun()


def _freezes(pack: dict, now: Meeting, as_of: datetime) -> list[str]:
    return [
        f"{plural(len(pack['metrics']), 'number')} with their intervals, targets and sources",
        f"{plural(len(pack['definitions']), 'definition')} of what they mean",
        f"{plural(len(pack['settings']), 'setting')}, and data version {pack['data_version']}",
        f"{plural(len(now.decisions), 'decision')} and who was present",
        f"the moment they are seen from: {date(as_of)}",
    ]


def _signers(viewer: Viewer, now: Meeting) -> str:
    legal = "; Legal is asked to countersign" if now.countersign else ""
    return f"Signed by {viewer.name} for {viewer.role.value}{legal}. A signature can't be taken back."


def _open(pack: dict, now: Meeting) -> list[str]:
    """What would be signed unfinished."""
    gaps = sum(gap["status"] in ("open", "planned", "in_progress") for gap in pack["gaps"])
    adrift = int((now.decisions["function"].isna() | now.decisions["due_on"].isna()).sum())
    told = [
        (gaps, f"{plural(gaps, 'gap')} of this crisis {'is' if gaps == 1 else 'are'} still open."),
        (adrift, f"{plural(adrift, 'decision')} {'has' if adrift == 1 else 'have'} no function or no due date."),
        (now.decisions.empty, "No decision was taken down."),
    ]
    return [text for holds, text in told if holds]


def _sign(viewer: Viewer, code: str, review: int, pack: dict) -> None:
    try:
        signing.sign(viewer, code, review, pack, st.session_state.get("reservations"))
    except ReviewRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)


def differences(review: int, code: str, role: Role, as_of: datetime, version: int) -> None:
    """One line on whether the signed numbers still hold, and those that do not."""
    found, unsigned = loaders.since_signed(code, role, as_of, version)
    if not numbers(loaders.signed(review, role, version)):
        st.info("No number was frozen with this signature, so none can be compared.", icon=":material/inventory_2:")
        return
    if all(one.ran_on for one in found):
        st.success(plain(compare.headline(found)), icon=":material/verified:")
    else:
        _moved(found)
    if unsigned:
        st.caption(plain(f"Not in the signed pack, so not compared: {listed(unsigned)}."))


def _moved(found: list[Difference]) -> None:
    st.warning(plain(compare.headline(found)), icon=":material/difference:")
    rows = [(one.label, one.of, one.signed, one.present, one.why) for one in found]
    frame = pd.DataFrame(rows, columns=["Number", "Of", "Signed", "Now", "Why"])
    st.dataframe(
        frame if frame["Of"].notna().any() else frame.drop(columns="Of"),
        hide_index=True,
        alt="The numbers that differ from those signed, and why",
        column_config={"Why": st.column_config.TextColumn(width=420)},
    )


def signed(now: Meeting, code: str, role: Role, version: int) -> None:
    """The reservations, the numbers as they were signed, and Legal's signature where it is missing."""
    if now.reservations:
        st.markdown(plain(f"Reservations: {now.reservations}"))
    with st.container(horizontal=True):
        if now.waits_for_legal and role in COUNTERSIGNERS:
            st.button(
                "Countersign for Legal", type="primary", icon=":material/signature:", on_click=_countersign,
                args=(code, now.version), key="countersign",
            )  # fmt: skip
        opened = st.popover("As it was signed", icon=":material/inventory_2:", on_change="rerun", key="as_signed")
        if opened.open and now.review_id is not None:
            with opened:
                _as_signed(now.review_id, role, version)
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(plain(refusal), icon=":material/error:")


def _as_signed(review: int, role: Role, version: int) -> None:
    pack = loaders.signed(review, role, version)
    defined = part(pack, "definitions")
    rows = [
        (n.label, ", ".join(n.group.values()) or None, compare.read(n), part(defined, n.id).get("definition"))
        for n in numbers(pack).values()
    ]
    frame = pd.DataFrame(rows, columns=["Number", "Of", "Signed", "Defined as"])
    st.dataframe(frame, hide_index=True, width=880, alt="Every number as it was signed, with its definition then")
    st.caption(
        plain(f"Data version {pack.get('data_version', 'not recorded')}. As a file: python -m reports --pack {review}")
    )


def _countersign(code: str, review: int) -> None:
    try:
        with writing() as session:
            reviews.countersign(session, guard.viewer(), code, review)
    except ReviewRefused as refusal:
        st.session_state[_REFUSED] = str(refusal)
