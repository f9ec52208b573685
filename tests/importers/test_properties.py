"""What holds for every file: each row is counted once and as what it is, and no text makes an import break down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access import LOCAL
from importers.context import Options
from importers.formats import FORMATS, Format
from importers.pipeline import preview
from importers.result import FileStatus
from tests.importers.files import comma_separated, dump, fates, on_sqlite, previewed, upload

#: An example takes some hundredths of a second: a part of what the profile asks for.
_EXAMPLES = settings.default.max_examples
#: The database is the same before every example: previews write nothing.
on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=_EXAMPLES // 5)
few_examples = settings(on_one_database, max_examples=_EXAMPLES // 12)


@dataclass(frozen=True)
class Layout:
    """How rows of one template are made: a record's number and value → cells; rows that are broken."""

    header: list[str]
    row: Callable[[int, int], list[str]]
    broken: list[list[str]]


LAYOUTS = {
    "events": Layout(
        ["crisis", "occurred_at", "milestone", "function"],
        lambda n, value: ["C1", f"2026-05-{n + 1:02} 10:00", "update", f"F{value}"],
        [["", "2026-05-01", "posted", ""], ["C1", "soon", "posted", ""], ["C1", "2026-05-01", "apology", "PR"]],
    ),
    "posts": Layout(
        ["posted_at", "platform", "post_id", "likes"],
        lambda n, value: ["2026-05-01 10:00", "X", str(n), str(value)],
        [["2026-05-01", "", "1", "2"], ["never", "X", "1", "2"], ["2026-05-01", "X", "1", "-2"]],
    ),
    "scores": Layout(
        ["date", "source", "score", "scale_min", "scale_max"],
        lambda n, value: [f"2026-05-{n + 1:02}", "Trust", str(value), "0", "10"],
        [
            ["2026-05-01", "Trust", "11", "0", "10"],
            ["2026-05-01", "", "1", "0", "10"],
            ["2026-05-01", "T", "1", "3", "3"],
        ],
    ),
    "survey": Layout(
        ["wave", "question", "answer", "respondent", "scale_min", "scale_max"],
        lambda n, value: ["w", "q", str(value), f"r{n}", "0", "10"],
        [["", "q", "1", "r1", "0", "10"], ["w", "q", "11", "r1", "0", "10"], ["w", "q", "1", "r1", "9", "3"]],
    ),
}


@on_sqlite
@pytest.mark.parametrize("name", LAYOUTS)
@on_one_database
@given(data=st.data())
def test_each_row_is_counted_once_and_as_what_it_is(name: str, data: st.DataObject, database: str) -> None:
    layout = LAYOUTS[name]
    good = st.tuples(st.integers(0, 5), st.integers(0, 3))
    drawn = data.draw(
        st.lists(st.one_of(good, good, st.sampled_from(layout.broken), st.just("blank")), min_size=1, max_size=30)
    )
    while drawn and drawn[-1] == "blank":
        drawn.pop()  # blank rows at the end are no rows
    if not drawn:
        return
    expected = dict.fromkeys(("new", "updated", "duplicate", "rejected", "skipped"), 0)
    known: dict[int, int] = {}
    rows: list[list[str]] = []
    for one in drawn:
        if one == "blank":
            rows.append([""] * len(layout.header))
            expected["skipped"] += 1
        elif isinstance(one, list):
            rows.append(one)
            expected["rejected"] += 1
        else:
            number, value = one
            rows.append(layout.row(number, value))
            effect = "new" if number not in known else "duplicate" if known[number] == value else "updated"
            expected[effect] += 1
            known[number] = value
    result = previewed(comma_separated([layout.header, *rows]))
    assert result.rows == len(drawn)
    assert dict(zip(expected, fates(result), strict=True)) == expected


#: Cells as people write them, and cells that nobody should.
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "2026-05-01", "2026-05-01 10:00", "03/04/2026", "26-Sep", "1/0/1900", "42059.4832", "4", "-1", "1.234", "1,5",
            "5.2k", "6.5%", "1e308", "9" * 30, "nan", "inf", "n/a", "X", "posted", "training", "mention", "yes", "open",
            "=1+1", "#NAME?", "1 - Strongly disagree", "agree", "Europe/Lisbon", "hr;boss", "\x00", "a\nb", "x" * 3_000,
            "٣", "😀" * 200, "\ufeff", "ﷺ" * 60, "1800-01-01", "9999-12-31", "0", "date", "C1", "v1",
        ]
    ),
    st.text(max_size=12),
)  # fmt: skip


def headings(layout: Format) -> list[str]:
    return list(dict.fromkeys([*layout.telling, *(column.headings[0] for column in layout.columns)]))


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.name)
@few_examples
@given(data=st.data())
def test_no_text_under_a_known_header_breaks_an_import(layout: Format, data: st.DataObject, database: str) -> None:
    header = headings(layout)
    rows = data.draw(st.lists(st.lists(CELLS, max_size=len(header) + 1), max_size=12))
    options = Options(kind=layout.stream, date_order="dmy", decimal=data.draw(st.sampled_from([None, "point"])))
    results: list[Any] = preview(upload(comma_separated([header, *rows])), options, LOCAL)
    for result in results:
        assert result.status in {FileStatus.PREVIEWED, FileStatus.REFUSED}
        assert sum(fates(result)) == result.rows
        assert min(fates(result)) >= 0
        if result.status is FileStatus.REFUSED:
            assert result.issues


@on_sqlite
@few_examples
@given(content=st.binary(max_size=400))
def test_no_bytes_break_an_import(content: bytes, database: str) -> None:
    before = dump()
    assert preview(upload(content), Options(), LOCAL)
    assert dump() == before
