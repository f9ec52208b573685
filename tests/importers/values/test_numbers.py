"""Numbers of a column as a whole: one decimal mark, decided or asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.issues import Issue
from importers.values import Place, integers, numbers
from importers.values.numbers import Numbers

SCORE = Place("scores", "score")


def column(*cells: object) -> pd.Series:
    return pd.Series(list(cells), index=range(2, 2 + len(cells)), dtype=object)


def read(*cells: object, **options: Any) -> Numbers:
    return numbers(column(*cells), where=options.pop("where", SCORE), **options)


def codes(issues: list[Issue]) -> list[tuple[int | None, str]]:
    return [(found.row, found.code) for found in issues]


def shown(cell: object) -> str:
    return repr(cell)[:40]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1938.0", 1938), ("1,200", 1200), ("1.200", 1200), ("421,748", 421_748), ("2.345", 2345), ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567), ("1 200", 1200), ("1\u202f234\u00a0567", None), ("1\u00a0200", 1200), ("1'200", 1200),
        ("1’234’567", 1_234_567), ("12 345 678", 12_345_678), ("5.2k", 5200), ("5,2K", 5200), ("1.3M", 1_300_000),
        ("1.005k", 1005), ("1.234k", 1234), ("2 mio.", 2_000_000), ("1.5bn", 1_500_000_000), ("1,234.5", 1234.5),
        ("0.500", 0.5), ("12", 12), ("+3", 3), ("−4", -4), ("(1,200)", -1200), ("1e3", 1000), ("007", 7), (".5", 0.5),
        (1938.0, 1938), (12, 12),
    ],
    ids=shown,
)  # fmt: skip
def test_a_count_is_read(cell: object, expected: float | None) -> None:
    found = read(cell, counts=True)
    if expected is None:
        expected = 1_234_567
    assert found.issues == []
    assert found.values.loc[2] == expected


@pytest.mark.parametrize("cell", [None, float("nan"), "", " ", "-", "–", "N/A", "n/a", "?", "null"], ids=shown)
def test_blank_cells_are_null_without_an_issue(cell: object) -> None:
    found = read(cell)
    assert found.issues == []
    assert found.values.isna().all()


@pytest.mark.parametrize(
    "cell",
    [
        "12 apples", "#NAME?", "1,2,3", "1.2.3", "1,23,456", "12,34.56,7", "1 2", "1 2345", "--5", "5%%", "k", "%", "1/2",
        "1e999", "9" * 400, "=1+1", "1:30", "0x10", True, date(2026, 5, 1), float("inf"), "١٢", "½", "\ud800",
    ],
    ids=shown,
)  # fmt: skip
def test_what_is_no_number_is_an_issue_with_its_place(cell: object) -> None:
    found = read(4.5, cell)
    assert found.values.isna().tolist() == [False, True]
    (issue,) = found.issues
    assert (issue.code, issue.sheet, issue.row, issue.column) == ("number-unreadable", "scores", 3, "score")


def test_private_columns_keep_the_value_out_of_the_issue() -> None:
    (issue,) = read("my boss", where=Place(None, "answer", private=True)).issues
    assert issue.value is None
    assert "boss" not in issue.message


def test_percentages_become_fractions_and_are_marked() -> None:
    found = read("6.5%", "7 %", "0.07", 0.065, None)
    assert found.values.tolist()[:4] == [0.065, 0.07, 0.07, 0.065]
    assert found.percent.tolist() == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("deciding", "expected"),
    [("4,5", 1234), ("1.234,5", 1234), ("0,123", 1234), ("1.234.567", 1234), ("4.5", 1.234), ("1,234.5", 1.234)],
)
def test_one_number_that_fits_one_mark_decides_for_all(deciding: str, expected: float) -> None:
    found = read("1.234", deciding)
    assert found.issues == []
    assert found.values.loc[2] == expected


def test_where_none_decides_the_column_asks_once_and_reads_the_rest() -> None:
    found = read("1.234", "2,345", "7", 3.5, "-", "x")
    assert codes(found.issues) == [(None, "decimal-ambiguous"), (7, "number-unreadable")]
    assert found.refusals == found.issues[:1]
    assert found.values.notna().tolist() == [False, False, True, True, False, False]


@pytest.mark.parametrize(("decimal", "expected"), [("comma", 1234), ("point", 1.234)])
def test_the_mark_that_somebody_named_settles_it(decimal: str, expected: float) -> None:
    found = read("1.234", decimal=decimal)
    assert found.issues == []
    assert found.values.loc[2] == expected


def test_the_named_mark_holds_against_a_number_that_does_not_fit() -> None:
    assert codes(read("4.5", "4,5", decimal="comma").issues) == [(2, "number-unreadable")]


def test_both_marks_are_read_each_as_written_but_nothing_is_guessed_between_them() -> None:
    assert read("4.5", "4,25").values.tolist() == [4.5, 4.25]
    assert codes(read("4.5", "4,25", "1.234").issues) == [(None, "decimal-ambiguous")]


def test_numbers_of_a_workbook_decide_nothing() -> None:
    assert codes(read(4.5, "1.234").issues) == [(None, "decimal-ambiguous")]


def test_whole_numbers_ask_nothing() -> None:
    assert read("1", "20", "300").values.tolist() == [1, 20, 300]


def test_integers_are_whole_exact_and_nullable() -> None:
    found = integers(column("1,200", 3.0, "5.2k", None, "2.5", 2.5, "50%", 1e17, "x"), where=SCORE)
    assert str(found.values.dtype) == "Int64"
    assert found.values.tolist()[:3] == [1200, 3, 5200]
    assert found.values.isna().tolist() == [False] * 3 + [True] * 6
    assert codes(found.issues) == [(row, "number-unreadable") for row in (6, 7, 8, 9, 10)]


def test_a_row_that_stands_several_times_gives_one_issue() -> None:
    found = numbers(pd.Series(["x", "x", "4"], index=[5, 5, 5], dtype=object), where=SCORE)
    assert codes(found.issues) == [(5, "number-unreadable")]
    assert found.values.tolist()[2] == 4


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8), st.sampled_from([",", ".", " ", "'", "\u202f"])
)
def test_grouped_counts_come_back(whole: list[int], mark: str) -> None:
    found = read(*[f"{number:,}".replace(",", mark) for number in whole], counts=True)
    assert found.issues == []
    assert found.values.tolist() == whole


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=8), st.booleans())
def test_written_scores_come_back_with_either_mark(hundredths: list[int], comma: bool) -> None:
    cells = [f"{number / 100:,.2f}" for number in hundredths]
    if comma:
        cells = [cell.translate({44: 46, 46: 44}) for cell in cells]
    found = read(*cells)
    assert found.issues == []
    assert found.values.tolist() == [number / 100 for number in hundredths]


CELLS = st.one_of(
    st.text(), st.text("0123456789.,+-%kMe ()'", max_size=10), st.none(), st.floats(), st.integers(), st.booleans(),
    st.datetimes(), st.timedeltas(),
)  # fmt: skip


@given(st.lists(CELLS, max_size=12), st.sampled_from([None, "comma", "point"]), st.booleans())
def test_no_list_of_cells_raises_and_a_cell_has_a_value_or_an_issue_not_both(
    cells: list[object], decimal: Any, counts: bool
) -> None:
    found = read(*cells, decimal=decimal, counts=counts)
    named = {issue.row for issue in found.issues}
    assert not named & set(found.values.index[found.values.notna()])
    assert found.values.abs().max() != float("inf")
    integers(column(*cells), where=SCORE)
