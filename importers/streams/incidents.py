"""Crises and their events."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlmodel import Session

from data.commands import aliases
from data.commands.records import Origin, Record, ids
from data.keys import folded, of_event
from data.tables import Crisis, Event
from importers.context import Context
from importers.streams import by_hand
from importers.streams.base import Outcome, cells, keep

_EVENT = ("occurred_at", "occurred_on", "milestone", "function", "audience", "platform", "detected_by", "description")


def store_crises(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One crisis a row; `restricted_to` replaces the roles the crisis was restricted to."""
    outcome = Outcome()
    records = []
    for row, values in cells(rows):
        code = values.pop("crisis")
        records.append(Record(folded(code), row, values, _new(code)))
    keep(session, Crisis, records, origin, outcome)
    return outcome


def store_events(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One event a row. A crisis that is only named here is created with its code as title, or with the title and
    severity that the log gives it.
    """
    outcome = Outcome()
    listed = list(cells(rows))
    crises: dict[str, Record] = {}
    for row, values in listed:
        said = {name: values.get(f"crisis_{name}") for name in ("title", "severity")}
        crises.setdefault(folded(values["crisis"]), Record(folded(values["crisis"]), row, said, _new(values["crisis"])))
    named = keep(session, Crisis, list(crises.values()), origin, None)
    outcome.issues += by_hand.issues(session, Crisis, named.held, origin.sheet)
    numbers = ids(session, Crisis, crises)
    now = aliases.resolved(session, "crisis", crises)
    records = []
    for row, values in listed:
        key = folded(values["crisis"])
        event = {name: values.get(name) for name in _EVENT}
        records.append(Record(of_event(now.get(key, key), event), row, {"crisis_id": numbers[key], **event}))
    keep(session, Event, records, origin, outcome)
    return outcome


def _new(code: str) -> dict[str, Any]:
    return {"code": code, "title": code}
