"""Several tables of one format under each other in a sheet: none is read as rows of another, or lost in silence."""

from __future__ import annotations

import pytest

from tests.importers.files import comma_separated, fates, imported, on_sqlite, problems, stored

HEADER = ["date", "platform", "posts"]
ROWS = [["2026-03-01", "X", "4"], ["2026-03-02", "X", "6"]]


@on_sqlite
@pytest.mark.parametrize("title", [[], [["Instagram"]]], ids=["no title", "a title"])
def test_a_table_of_the_same_format_is_read_by_its_own_header(title: list[list[str]], database: str) -> None:
    below = [["posts", "impressions", "date", "platform"], ["3", "70", "2026-03-01", "Instagram"]]
    result = imported(comma_separated([HEADER, *ROWS, [], *title, *below]))
    assert problems([result]) == []
    assert fates(result) == (3, 0, 0, 0, 2 + len(title))
    expected = [("X", 4, None, 2), ("X", 6, None, 3), ("Instagram", 3, 70, 6 + len(title))]
    assert stored("daily_total", "platform", "posts", "impressions", "row") == expected


@on_sqlite
def test_the_same_header_below_a_blank_line_begins_a_table_too(database: str) -> None:
    result = imported(comma_separated([HEADER, ROWS[0], [], ["Week 2"], HEADER, ROWS[1]]))
    assert problems([result]) == []
    assert fates(result) == (2, 0, 0, 0, 3)


@on_sqlite
def test_another_table_is_cut_off_and_said(database: str) -> None:
    """Its rows would pass for daily totals: a date, a word and a number."""
    below = [["Day", "Campaign", "Followers"], ["2026-03-01", "Spring", "300"], ["2026-03-02", "Spring", "310"]]
    result = imported(comma_separated([HEADER, *ROWS, [], *below]))
    assert fates(result) == (2, 0, 0, 0, 4)
    (cut,) = result.issues
    assert (cut.code, cut.row) == ("table-left-out", 5)
    assert "Day, Campaign, Followers" in cut.message
    assert "its 2 rows" in cut.message


@on_sqlite
def test_a_third_table_may_be_of_the_first_one_s_format(database: str) -> None:
    other = [["Campaign", "Followers"], ["Spring", "300"]]
    result = imported(comma_separated([HEADER, ROWS[0], [], *other, [], HEADER, ROWS[1]]))
    assert problems([result]) == ["table-left-out"]
    assert fates(result) == (2, 0, 0, 0, 5)


@on_sqlite
@pytest.mark.parametrize("after", [["2026-03-02", "X", "6"], ["2026-03-02", "X", "six"], ["soon", "X", "6"]])
def test_a_row_below_a_blank_line_stays_a_row(after: list[str], database: str) -> None:
    result = imported(comma_separated([HEADER, ROWS[0], [], after, ["2026-03-03", "X", "7"]]))
    assert fates(result)[4] == 1
    assert "table-left-out" not in problems([result])


@on_sqlite
def test_a_table_of_words_alone_is_never_cut(database: str) -> None:
    header = ["lesson", "title", "observation"]
    rows = [["one", "A title", "Something"], [], ["two", "Another", "Something else"], ["three", "A third", "More"]]
    result = imported(comma_separated([header, *rows]))
    assert fates(result) == (3, 0, 0, 0, 1)


@on_sqlite
def test_a_table_of_words_alone_goes_on_under_another_header(database: str) -> None:
    header, other = ["lesson", "title", "observation"], ["title", "observation", "lesson"]
    rows = [["one", "A title", "Something"], [], other, ["Another", "More", "two"]]
    assert fates(imported(comma_separated([header, *rows]))) == (2, 0, 0, 0, 2)
    assert stored("lesson", "code", "title", "row") == [("one", "A title", 2), ("two", "Another", 5)]


@on_sqlite
def test_a_wrong_row_below_a_blank_one_is_rejected_and_no_header(database: str) -> None:
    """It has no value where the rows above have, as a header has none; but it repeats their words."""
    rows = [["C1", "2026-05-01", "posted"], [], ["C1", "soon", "posted"], ["C1", "2026-05-02", "detected"]]
    result = imported(comma_separated([["crisis", "occurred_at", "milestone"], *rows]))
    assert fates(result) == (2, 0, 0, 1, 1)


@on_sqlite
def test_what_follows_a_survey_is_not_quoted(database: str) -> None:
    """What looks like a header may be an answer."""
    header = ["wave", "question", "answer"]
    odd = [["Autumn", "They listen", "secretly unhappy"], ["Autumn", "They listen", "4"]]
    result = imported(comma_separated([header, ["Spring", "I was heard", "5"], [], *odd]))
    (cut,) = [one for one in result.issues if one.code == "table-left-out"]
    assert (cut.row, "secretly" in cut.message) == (4, False)
