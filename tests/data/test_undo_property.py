"""Whatever was imported and taken back in whatever order: what is left is what the remaining files alone make."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.commands.records import Origin, Record
from data.engine import writing
from data.tables import Base, Crisis, CrisisRole, DailyTotal, DayRollup, Gap, Imported, Post, QuarterRollup
from tests.data.world import NOON, crisis, gap, minutes, open_batch, post, put, rows, total, undo, wipe
from tests.soak import TIMES

DAYS = [date(2026, 3, 2), date(2026, 3, 3)]
maybe = st.none() | st.integers(0, 2)


def of_post(
    key: str, when: int, likes: int | None, text: int | None, label: int | None
) -> tuple[type[Imported], Record]:
    at: Any = DAYS[0] if when == 0 else NOON + minutes(10 * when)
    scored = {} if label is None else {"polarity": label - 1, "scored_by": "export_label"}
    said = {"likes": likes, "text": None if text is None else f"text {text}"}
    return Post, post(key, at, **said, **scored)


def of_gap(key: str, severity: int | None, metric: int | None) -> tuple[type[Imported], Record]:
    return Gap, gap(
        key, severity=None if severity is None else severity + 1, metric=None if metric is None else f"m{metric}"
    )


def of_crisis(key: str, started: int | None, roles: int | None) -> tuple[type[Imported], Record]:
    start = (
        {}
        if started is None
        else {"started_at": NOON + minutes(started), "started_on": DAYS[0] if started == 0 else None}
    )
    return Crisis, crisis(
        key, **start, restricted_to=None if roles is None else ["hr", "legal", "analyst"][: roles + 1]
    )


def of_total(day: int, posts: int, positive: int | None) -> tuple[type[Imported], Record]:
    return DailyTotal, total(DAYS[day], posts, positive=positive)


row = st.one_of(
    st.builds(of_post, st.sampled_from("pqr"), st.integers(0, 3), maybe, maybe, maybe),
    st.builds(of_gap, st.sampled_from("GH"), maybe, maybe),
    st.builds(of_crisis, st.sampled_from("ab"), maybe, maybe),
    st.builds(of_total, st.integers(0, 1), st.integers(0, 3), maybe),
)
file = st.lists(row, min_size=1, max_size=4)
#: A file is imported, or (a number) one of those imported so far is taken back.
story = st.lists(file | st.integers(0, 5), min_size=2, max_size=7)


def bring(name: int, file_rows: list[tuple[type[Imported], Record]]) -> int:
    """Import rows as one batch, numbered by its name in whatever world; equal tables together, as in a workbook."""
    with writing() as session:
        number = open_batch(session, str(name))
        for table in (Crisis, Gap, Post, DailyTotal):
            records = [
                Record(record.key, place, record.values, record.defaults)
                for place, (of, record) in enumerate(file_rows, 2)
                if of is table
            ]
            put(session, table, records, Origin(number, str(name)))
    return number


def state() -> dict[str, list[Any]]:
    """What the two worlds must agree on: everything but the numbers that they gave.

    A batch goes by its file's name, which stands in the sheet.
    """
    found: dict[str, list[Any]] = {}
    for table in (Crisis, Gap, Post, DailyTotal, QuarterRollup, DayRollup):
        names = [column.name for column in Base.metadata.tables[table.__tablename__].c]
        found[table.__tablename__] = rows(table, *[name for name in names if name not in {"id", "batch_id"}])
    codes = dict(rows(Crisis, "id", "key"))
    found["crisis_role"] = sorted((codes[crisis_id], role.value) for crisis_id, role in rows(CrisisRole))
    return found


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=40 * TIMES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story)
def test_a_story_equals_its_remaining_files_in_order(database: str, told: list[Any]) -> None:
    check(told)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@settings(max_examples=6 * TIMES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story)
def test_a_story_equals_its_remaining_files_on_postgresql(database: str, told: list[Any]) -> None:
    check(told)


def check(told: list[Any]) -> None:
    wipe()
    applied: dict[int, tuple[int, Any]] = {}
    for name, step in enumerate(told):
        if isinstance(step, list):
            applied[name] = (bring(name, step), step)
        elif applied:
            chosen = sorted(applied)[step % len(applied)]
            undo(applied.pop(chosen)[0])
    found = state()
    wipe()
    for name, (_, step) in sorted(applied.items()):
        bring(name, step)
    assert found == state()
