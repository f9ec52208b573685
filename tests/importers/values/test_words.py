"""Words of a vocabulary, yes and no, and free text."""

from __future__ import annotations

from datetime import date, datetime, time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.values import Place, booleans, text, words

WHERE = Place("events", "milestone")
MILESTONES = {"posted": "posted", "team assembled": "team_assembled", "Investigating": "acknowledged"}


def column(*cells: object) -> pd.Series:
    return pd.Series(list(cells), index=range(2, 2 + len(cells)), dtype=object)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("posted", "posted"),
        (" Posted ", "posted"),
        ("TEAM  ASSEMBLED", "team_assembled"),
        ("team_assembled", "team_assembled"),
        ("Team-Assembled\u00a0", "team_assembled"),
        ("investigating", "acknowledged"),
        ("acknowledged", "acknowledged"),
        ("", None),
        (None, None),
        ("N/A", None),
        ("-", None),
    ],
)
def test_spellings_meet_their_word(cell: object, expected: str | None) -> None:
    found = words(column(cell), MILESTONES, where=WHERE)
    assert found.issues == []
    assert found.values.loc[2] == expected


def test_an_unknown_word_is_an_issue_that_lists_the_known_ones() -> None:
    found = words(column("posted", "postd", 3.0), MILESTONES, where=WHERE)
    assert found.values.tolist() == ["posted", None, None]
    assert [(i.row, i.code, i.value) for i in found.issues] == [
        (3, "word-unknown", "postd"),
        (4, "word-unknown", "3"),
    ]
    assert "posted, team_assembled, acknowledged" in found.issues[0].message


def test_a_word_that_reads_as_missing_counts_if_it_is_in_the_vocabulary() -> None:
    assert words(column("None", "n/a"), {"none": "nobody"}, where=WHERE).values.tolist() == ["nobody", None]


def test_private_columns_keep_the_word_out_of_the_issue() -> None:
    (issue,) = words(column("Jane Doe"), MILESTONES, where=Place(None, "audience", private=True)).issues
    assert issue.value is None
    assert "Jane" not in issue.message


def test_yes_and_no_in_the_ways_people_write_them() -> None:
    cells = [
        "yes",
        "Y",
        "TRUE",
        True,
        1,
        1.0,
        "1",
        "x",
        "X",
        "✓",
        "no",
        "N",
        "False",
        False,
        0,
        0.0,
        "0",
        "",
        None,
        "N/A",
    ]
    found = booleans(column(*cells), where=WHERE)
    assert found.issues == []
    assert str(found.values.dtype) == "boolean"
    assert found.values.tolist() == [True] * 10 + [False] * 7 + [pd.NA] * 3


def test_neither_yes_nor_no_is_an_issue() -> None:
    found = booleans(column("maybe", 2), where=WHERE)
    assert [(i.row, i.code) for i in found.issues] == [(2, "word-unknown"), (3, "word-unknown")]
    assert found.values.isna().all()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  text with a trailing blank \n", "text with a trailing blank"),
        ("first\r\n\r\nthird", "first\r\n\r\nthird"),
        ("nul\0s and half\ud83d a pair", "nuls and half a pair"),
        ("N/A", "N/A"),
        ("=@SUM(A1)", "=@SUM(A1)"),
        (1801.0, "1801"),
        (2074000000000000001, "2074000000000000001"),
        (4.5, "4.5"),
        (True, "True"),
        (datetime.fromisoformat("2026-01-02T03:04:05"), "2026-01-02 03:04:05"),
        (date(2026, 1, 2), "2026-01-02"),
        (time(3, 4), "03:04:00"),
        ("", None),
        (" \0 ", None),
        (None, None),
        (float("nan"), None),
        (pd.NaT, None),
    ],
    ids=lambda cell: repr(cell)[:40],
)
def test_text_is_what_a_spreadsheet_shows(cell: object, expected: str | None) -> None:
    assert text(column(cell)).values.loc[2] == expected


CELLS = st.lists(
    st.one_of(st.text(), st.none(), st.floats(), st.integers(), st.booleans(), st.dates(), st.timedeltas())
)


@given(CELLS)
def test_no_list_of_cells_raises(cells: list[object]) -> None:
    assert len(words(column(*cells), MILESTONES, where=WHERE).values) == len(cells)
    assert len(booleans(column(*cells), where=WHERE).values) == len(cells)
    for value in text(column(*cells)).values:
        assert value is None or (value == value.strip() and value.encode() and "\0" not in value)
