"""The register of gaps by hand: entered, edited and moved along its statuses, with history and never over what another
person just did.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.access import REGISTRARS, Viewer
from data.commands import audit, gap_entry, hand, rows
from data.commands.entries import HandRefused
from data.enums import EditAction, GapStatus
from data.keys import folded
from data.queries import register
from data.queries.hand import Entry, Seen
from data.queries.state import as_of
from data.tables import Base, Gap

Values = dict[str, Any]
_GAPS = Base.metadata.tables["gap"]
_CODE = 80
#: How codes are made where nobody says one.
_PREFIX = "G-"


def enter_gap(session: Session, viewer: Viewer, values: Mapping[str, Any], *, code: str = "") -> str:
    """Store a new gap and return its code; `values` are fields of `GapEntry`, and without a code the next number is taken.

    A gap for which no day is said is opened today.

    Raises
    ------
    HandRefused
        If the viewer's role keeps no register or sees no such crisis, the code is taken, or a value cannot be stored.
    """
    hand.allow(viewer, REGISTRARS, "enter gaps")
    code = " ".join(code.split()) or next_code(session)
    if len(code) > _CODE:
        raise HandRefused(f"The code of a gap has at most {_CODE} characters.")
    key = folded(code)
    if rows.existing(session, _GAPS, [key]):
        raise HandRefused(f"The code “{code}” is taken.")
    today = as_of(session).date()
    after = gap_entry.gap({"opened_on": today} | {n: v for n, v in values.items() if n != "opened_on" or v is not None})
    gap_entry.refuse_contradictions(None, after, reason="", today=today)
    stored = _columns(session, viewer, hand.masked(session, _GAPS, after))
    session.add(Gap(key=key, code=code, **stored))
    session.flush()
    hand.log(session, viewer, EditAction.ENTERED, "gap", key, {})
    audit.record(session, viewer, "gap entered by hand", f"gap {code}")
    return code


def edit_gap(
    session: Session,
    viewer: Viewer,
    code: str,
    changes: Mapping[str, Any],
    *,
    seen: Seen | None = None,
    reason: str = "",
) -> None:
    """Change fields of a gap; its status only along `data.statuses.GAP_PATHS`.

    Parameters
    ----------
    seen : Seen, optional
        What the person saw before; without it the change is made whatever the register says now.

    Raises
    ------
    data.commands.hand.Stale
        If somebody changed the gap since.
    HandRefused
        If the viewer's role keeps no register or sees no such gap, a value cannot be stored or contradicts another, the
        status can't follow the present one, or nothing would change.
    """
    hand.allow(viewer, REGISTRARS, "edit gaps")
    entry = found_gap(session, viewer, code)
    before = entry.seen.values
    after = hand.masked(session, _GAPS, gap_entry.gap(before | dict(changes)))
    if seen is None or seen.version == entry.seen.version:  # else somebody's change comes first, and is told
        gap_entry.refuse_contradictions(before, after, reason=reason, today=as_of(session).date())
    hand.write(
        session, viewer, _GAPS, entry, after, seen, EditAction.CORRECTED, reason,
        stored=lambda changed: _columns(session, viewer, changed),
    )  # fmt: skip
    moved = f" is {after['status']}" if after["status"] != before["status"] else ""
    audit.record(session, viewer, "gap edited by hand", f"gap {entry.name}{moved}")


def move_gap(
    session: Session,
    viewer: Viewer,
    code: str,
    status: GapStatus,
    *,
    seen: Seen | None = None,
    completed_on: dt.date | None = None,
    evidence: str | None = None,
    reason: str = "",
) -> None:
    """Give a gap another status, with the day of completion or the evidence that it needs; raises like `edit_gap`.

    A gap that is opened again keeps the day of its last fix: the crises since are judged by it.
    """
    said = {"status": status, "completed_on": completed_on, "evidence": evidence}
    edit_gap(session, viewer, code, {n: v for n, v in said.items() if v is not None}, seen=seen, reason=reason)


def found_gap(session: Session, viewer: Viewer, code: str) -> Entry:
    """The gap that the viewer means; raises `HandRefused` where they see none."""
    entry = register.gap(session, viewer, code)
    if entry is None:
        raise HandRefused(f"There is no gap “{code}”.")
    return entry


def next_code(session: Session) -> str:
    """The number after the highest one of the register: G-15."""
    codes = session.execute(sa.select(_GAPS.c.code)).scalars()
    numbers = [int(told[1]) for code in codes if (told := re.fullmatch(rf"{_PREFIX}(\d{{1,9}})", code, re.IGNORECASE))]
    return f"{_PREFIX}{max(numbers, default=0) + 1:02d}"


def _columns(session: Session, viewer: Viewer, values: Values) -> Values:
    """Fields of an entry as columns: a crisis by its number."""
    if "crisis" not in values:
        return values
    rest = {name: value for name, value in values.items() if name != "crisis"}
    named = values["crisis"]
    return rest | {"crisis_id": hand.found_crisis(session, viewer, named).id if named else None}
