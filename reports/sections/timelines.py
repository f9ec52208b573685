"""The events of all crises, read once and given crisis by crisis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd
from sqlmodel import Session

from data.queries.provenance import Place, Sources, at_places, places
from data.tables import Event as Row
from metrics.timeline import Event, read


class Timelines(Mapping[int, pd.DataFrame]):
    """The events of each crisis by its id, cut out of those of all crises when they are asked for."""

    def __init__(self, events: pd.DataFrame, crises: Iterable[int]) -> None:
        self._events, self._crises = events, list(crises)
        self._places = events.groupby("crisis_id").indices
        self._read: dict[int, list[Event]] = {}
        self._rows: dict[int, dict[int, Place]] = {}
        crisis_of = dict(zip(events["event_id"], events["crisis_id"], strict=True))
        for event in read(events):
            self._read.setdefault(crisis_of[event.id], []).append(event)

    def __getitem__(self, crisis_id: int) -> pd.DataFrame:
        return self._events.iloc[self._places.get(crisis_id, [])]

    def __iter__(self) -> Iterator[int]:
        return iter(self._crises)

    def __len__(self) -> int:
        return len(self._crises)

    def known(self, crisis_id: int) -> bool:
        """Whether a crisis has any event."""
        return crisis_id in self._places

    def read(self, crisis_id: int) -> list[Event]:
        """Those of one crisis that have a time."""
        return self._read.get(crisis_id, [])

    def rows(self, session: Session, crisis_id: int, events: Iterable[int]) -> Sources:
        """The rows behind some events of one crisis, all of which are looked up at once: many numbers rest on a few."""
        if crisis_id not in self._rows:
            self._rows[crisis_id] = places(session, Row, self[crisis_id]["event_id"])
        known = self._rows[crisis_id]
        return at_places(known[event] for event in sorted(set(events)) if event in known)
