"""The file, sheet and rows behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.commands.records import Record
from data.engine import reading, writing
from data.queries import provenance
from data.queries.provenance import SourceFile, Sources, listed, ranges
from data.tables import Crisis, DailyTotal, Event, Post, ReputationScore, Response, Wave
from tests.data.world import NOON, crisis, event, imported, minutes, post, rows, total

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("given_rows", "written"),
    [
        ([], ""),
        ([4], "4"),
        ([9, 4, 10, 11, 12], "4, 9–12"),
        ([2, 2, 3], "2–3"),
        ([5, 3, 1], "1, 3, 5"),
        ([None, 7], "7"),
    ],
)
def test_rows_as_a_person_writes_them(given_rows: list[int | None], written: str) -> None:
    assert ranges(given_rows) == written


@given(st.sets(st.integers(1, 60)))
def test_ranges_say_every_row_once(numbers: set[int]) -> None:
    said: list[int] = []
    for part in filter(None, ranges(numbers).split(", ")):
        first, _, last = part.partition("–")
        said += range(int(first), int(last or first) + 1)
    assert said == sorted(numbers)


def asked(name: str, *arguments: Any) -> Sources:
    with reading() as session:
        return getattr(provenance, name)(session, *arguments)


def event_ids(*keys: str) -> list[int]:
    return [number for number, key in rows(Event, "id", "key") if key in keys]


def timeline() -> tuple[int, int]:
    imported(Crisis, crisis("a"), file="crises.xlsx")
    number = rows(Crisis, "id")[0][0]
    first, _ = imported(
        Event, *[event(f"e{n}", number, NOON + minutes(n), row=n) for n in (4, 9, 10)], file="log.xlsx", sheet="events"
    )
    second, _ = imported(Event, event("e9", number, NOON + minutes(9), row=2, function="PR"), file="log2.csv")
    return first, second


def test_events_lead_to_their_rows(database: str) -> None:
    first, second = timeline()
    found = asked("of_events", event_ids("e4", "e9", "e10"))
    assert found == Sources(
        3, (SourceFile(first, "log.xlsx", "events", "4, 10"), SourceFile(second, "log2.csv", None, "2"))
    )
    assert asked("of_events", event_ids("e4")) == Sources(1, (SourceFile(first, "log.xlsx", "events", "4"),))
    assert asked("of_events", []) == Sources(0, ())


def test_records_of_any_table_lead_to_their_rows(database: str) -> None:
    timeline()
    numbers = event_ids("e4", "e9", "e10")
    with reading() as session:
        assert provenance.of_records(session, Event, numbers) == asked("of_events", numbers)
        assert provenance.of_records(session, ReputationScore, numbers) == Sources(0, ())


def test_ids_may_come_from_numpy_and_twice(database: str) -> None:
    timeline()
    numbers = event_ids("e4")
    assert asked("of_events", np.array(numbers * 2)) == asked("of_events", numbers)


def test_two_records_of_one_row_are_one_row(database: str) -> None:
    imported(Crisis, crisis("a"))
    number = rows(Crisis, "id")[0][0]
    imported(Event, event("e", number, row=5), event("f", number, NOON + minutes(1), row=5, milestone="detected"))
    found = asked("of_events", event_ids("e", "f"))
    assert (found.rows, found.files[0].rows) == (1, "5")
    with reading() as session:
        places = provenance.places(session, Event)
    assert provenance.at_places(places.values()) == found


def test_places_of_all_events_at_once_say_the_same(database: str) -> None:
    timeline()
    with reading() as session:
        places = provenance.places(session, Event)
    for keys in (["e4"], ["e4", "e9", "e10"], []):
        numbers = event_ids(*keys)
        assert provenance.at_places(places[number] for number in numbers) == asked("of_events", numbers)


def test_what_was_entered_by_hand_is_said_so(database: str) -> None:
    first, _ = timeline()
    number = rows(Crisis, "id")[0][0]
    with writing() as session:
        for key in ("h", "i"):
            session.add(Event(key=key, crisis_id=number, occurred_at=NOON, milestone="other"))
    found = asked("of_events", event_ids("e4", "h", "i"))
    assert found == Sources(
        3, (SourceFile(first, "log.xlsx", "events", "4"), SourceFile(None, "entered by hand", None, None))
    )


def test_many_rows_are_said_by_their_span(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "_EXACT", 3)
    number, _ = imported(Post, *[post(f"p{n}", row=2 * n) for n in range(1, 5)])
    assert asked("of_engagement", NOON, NOON + minutes(15), DAY, DAY).files == (
        SourceFile(number, "a.csv", None, "2–8 (4 of them)"),
    )


def test_scores_lead_to_their_rows(database: str) -> None:
    score = {"source": "s", "score": 1.0}
    days = [date(2026, 3, n) for n in (1, 2, 3)]
    number, _ = imported(
        ReputationScore, *[Record(f"r{d}", d.day + 1, score | {"scored_on": d}) for d in days], sheet="x"
    )
    chosen = [identity for identity, day in rows(ReputationScore, "id", "scored_on") if day != days[1]]
    assert asked("of_scores", chosen) == Sources(2, (SourceFile(number, "a.csv", "x", "2, 4"),))


def test_engagement_leads_to_posts_and_totals_of_its_window(database: str) -> None:
    posts, _ = imported(
        Post,
        post("before", NOON - minutes(1), row=2),
        post("first", NOON, row=3, topic="t"),
        post("last", NOON + minutes(29), row=4),
        post("after", NOON + minutes(30), row=5),
        post("day", DAY, row=6, topic="t"),
        post("next day", date(2026, 3, 3), row=7),
        file="posts.csv",
    )
    totals, _ = imported(DailyTotal, total(DAY, 4, row=2), total(date(2026, 3, 3), 4, row=3), file="totals.csv")
    window = (NOON, NOON + minutes(30), DAY, DAY)
    of_posts, of_totals = SourceFile(posts, "posts.csv", None, "3–4, 6"), SourceFile(totals, "totals.csv", None, "2")
    assert asked("of_engagement", *window) == Sources(4, (of_posts, of_totals))
    assert asked("of_engagement", *window, ["t"]) == Sources(2, (SourceFile(posts, "posts.csv", None, "3, 6"),))
    assert asked("of_engagement", *window, ["u"]) == Sources(0, ())


def test_surveys_stop_at_the_file(database: str) -> None:
    wave, _ = imported(Wave, Record("w", 2, {"name": "w"}, {"salt": "s", "k": 5}), file="a.csv")
    other, _ = imported(Wave, Record("v", 2, {"name": "v"}, {"salt": "s", "k": 5}), file="b.csv")
    numbers = {key: identity for identity, key in rows(Wave, "id", "key")}
    for name, file in (("w", "a.csv"), ("w", "c.csv"), ("v", "b.csv")):
        answers = [
            Record(f"{name}{file}{n}", n, {"wave_id": numbers[name], "respondent": f"{file}{n}"}) for n in range(9)
        ]
        imported(Response, *answers, file=file)
    found = asked("of_waves", [numbers["w"]])
    assert found.rows is None
    assert [(source.file, source.rows) for source in found.files] == [("a.csv", None), ("c.csv", None)]
    assert [source.file for source in asked("of_waves", numbers.values()).files] == ["a.csv", "c.csv", "b.csv"]
    assert wave != other


def combined(*parts: Iterable[Any]) -> Sources:
    return provenance.combined([Sources(count, tuple(files)) for count, files in parts])


def test_several_sources_as_one() -> None:
    a, b = SourceFile(1, "a", None, "2"), SourceFile(2, "b", "s", "3–4")
    assert combined((1, [a]), (2, [b])) == Sources(3, (a, b))
    assert combined() == Sources(0, ())
    survey = SourceFile(3, "c", None, None)
    assert combined((None, [survey]), (1, [a]), (None, [survey])) == Sources(None, (survey, a))
    assert Sources(1, (b,)).as_dict() == {"rows": 1, "files": [{"batch": 2, "file": "b", "sheet": "s", "rows": "3–4"}]}


@pytest.mark.parametrize("rows", [[4], [4, 9, 10, 11], [2, 3, 5]])
def test_the_numbers_come_back_out_of_their_ranges(rows: list[int]) -> None:
    assert listed(ranges(rows)) == rows


@pytest.mark.parametrize("text", ["", "2–11873 (9,210 of them)", "x", "4,9", "–3"])
def test_what_is_no_list_of_rows_names_none(text: str) -> None:
    assert listed(text) == []
