"""Two dates of one row: replies before what they reply to, and delays that contradict them."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from importers.issues import Issue
from importers.traps.seen import Finding, Seen
from importers.values import Place, numbers, timestamps

_START = re.compile(r"\b(created|opened|reported|started|posted|detected|occurred|event|submitted|received)\b")
_END = re.compile(r"\b(reply|replied|response|responded|answered|reaction|acknowledged|ack|resolved|closed|ended)\b")
_DATED = re.compile(r"\b(at|on|date|time|utc|gmt)\b|^(created|opened|resolved|closed)$")
_DELAY = re.compile(r"\b(delay|duration|elapsed|time to|lag|turnaround|seconds|minutes|hours|days)\b")
_UNITS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3_600, "hr": 3_600, "day": 86_400}
_UNIT = re.compile(r"\b(second|sec|minute|min|hour|hr|day)s?\b")
#: Words for one and the same end, by their first letters.
_SAME = ("ack", "resol", "clos", "repl", "respon", "answer", "react", "end")


class Dated(NamedTuple):
    """The beginning and the end that a sheet gives for each row, and where they stand."""

    start: int
    end: int
    begun: pd.Series
    ended: pd.Series
    by_day: pd.Series


def replies_first(seen: Seen) -> list[Issue]:
    """Rows whose reply, acknowledgement or resolution is dated before their beginning; events have a trap of their own."""
    if seen.private or seen.record == "events":
        return []
    findings = []
    for end in _ends(seen, delays=()):
        dated = _dated(seen, end)
        if dated is None:
            continue
        early = dated.ended + pd.to_timedelta(dated.by_day.astype(int), unit="D") <= dated.begun
        early &= dated.ended < dated.begun
        findings += [
            Finding(
                int(row),
                seen.title(end),
                "reply-before-event",
                f"{dated.ended[row]:%Y-%m-%d %H:%M}",
                {"what": seen.title(end), "begun": f"{dated.begun[row]:%Y-%m-%d %H:%M}"},
            )
            for row in early.index[early]
        ]
    return seen.told(findings)


def contradicted_delays(seen: Seen) -> list[Issue]:
    """Rows whose stated delay is not that between their two dates, where most of the column's are."""
    if seen.private:
        return []
    findings = []
    for delay in [at for at, name in enumerate(seen.headings) if _DELAY.search(name) and not _is_date(name)]:
        ends = _ends(seen, delays=(delay,))
        dated = _dated(seen, ends[0]) if len(ends) == 1 else None
        if dated is not None:
            findings += _contradictions(seen, delay, dated)
    return seen.told(findings)


def _is_date(name: str) -> bool:
    return bool(_DATED.search(name) and (_START.search(name) or _END.search(name)) and not _UNIT.search(name))


def _ends(seen: Seen, delays: tuple[int, ...]) -> list[int]:
    """The columns with a date that ends something; with a delay, the one of which it speaks."""
    ends = [at for at, name in enumerate(seen.headings) if _END.search(name) and _is_date(name)]
    for delay in delays:
        meant = [word for word in _SAME if re.search(rf"\b{word}", seen.headings[delay])]
        if meant:
            ends = [at for at in ends if any(re.search(rf"\b{word}", seen.headings[at]) for word in meant)]
    return ends


def _dated(seen: Seen, end: int) -> Dated | None:
    starts = [at for at, name in enumerate(seen.headings) if _START.search(name) and _is_date(name) and at != end]
    if not starts:
        return None
    begun, begun_by_day = _read(seen, starts[0])
    ended, ended_by_day = _read(seen, end)
    return Dated(starts[0], end, begun, ended, begun_by_day | ended_by_day)


def _read(seen: Seen, position: int) -> tuple[pd.Series, pd.Series]:
    """The moments of one raw column, and which are known to the day; what cannot be read is none."""
    options, place = seen.context.options, Place(seen.sheet, seen.title(position))
    cells = seen.raw(position)
    read = timestamps(
        cells, zone=seen.context.file_zone, where=place, today=seen.context.today, order=options.date_order
    )
    return read.values["at"], read.values["date_only"].astype(bool)


def _contradictions(seen: Seen, delay: int, dated: Dated) -> list[Finding]:
    place = Place(seen.sheet, seen.title(delay))
    said = numbers(seen.raw(delay), where=place, decimal=seen.context.options.decimal).values
    actual = (dated.ended - dated.begun).dt.total_seconds()
    both = said.notna() & actual.notna()
    if both.sum() < 3:
        return []
    slack = np.where(dated.by_day, 86_400, 60)
    found: list[tuple[int, pd.Series]] = []
    for unit in _units(seen.headings[delay]):
        agreeing = (said * unit - actual).abs() <= np.maximum(np.maximum(slack, unit), actual.abs() * 0.01)
        found.append((unit, agreeing & both))
    unit, agreeing = max(found, key=lambda one: one[1].sum())
    if agreeing.sum() * 2 < both.sum():  # it measures something else, such as working hours
        return []
    facts = {"start": seen.title(dated.start), "end": seen.title(dated.end)}
    return [
        Finding(
            int(row),
            seen.title(delay),
            "delay-contradicts",
            f"{said[row]:g}",
            facts | {"actual": f"{actual[row] / unit:g}"},
        )
        for row in said.index[both & ~agreeing]
    ]


def _units(name: str) -> list[int]:
    """Seconds in the unit that a heading names; all of them where it names none."""
    named = _UNIT.search(name)
    return [_UNITS[named[1]]] if named else sorted(set(_UNITS.values()))
