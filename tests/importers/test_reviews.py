"""Reviews become monthly scores, and each spreadsheet row is still counted once."""

from __future__ import annotations

import pytest

from importers.issues import Severity
from tests.importers.files import (
    comma_separated,
    contents,
    dump,
    fates,
    imported,
    on_sqlite,
    problems,
    setting,
    stored,
    undone,
)

HEADER = ["Review Id", "Review Created (UTC)", "Review Username", "Review User Email", "Review Stars"]


def reviews(*given: tuple[str, str, object], header: list[str] = HEADER) -> str:
    rows = [[review, at, "Marisoletta", "m@people.example", stars] for review, at, stars in given]
    return comma_separated([header, *rows])


def scores() -> list[tuple[object, ...]]:
    return stored("reputation_score", "scored_on", "score", "n")


@on_sqlite
@pytest.mark.parametrize(
    "header", [HEADER, [*HEADER[:3], "review user email", "review stars"], ["Review ID", *HEADER[1:]]]
)
def test_each_month_is_a_score(header: list[str], database: str) -> None:
    given = [("a", "2026-01-02 10:00:00", 5), ("b", "2026-02-02 10:00:00", 4), ("c", "2026-01-09 10:00:00", 2)]
    result = imported(reviews(*given, header=header))
    assert (result.format, fates(result)) == ("trustpilot", (3, 0, 0, 0, 0))
    assert scores() == [("2026-01-31", 3.5, 2), ("2026-02-28", 4.0, 1)]


@on_sqlite
def test_the_month_is_that_of_the_company_s_clock(database: str) -> None:
    setting("company.timezone", "America/New_York")
    imported(reviews(("a", "2026-02-01 03:00:00", 5)))
    assert scores() == [("2026-01-31", 5.0, 1)]


@on_sqlite
def test_a_review_without_a_rating_or_given_twice_counts_once_as_skipped(database: str) -> None:
    at = "2026-01-02 10:00:00"
    result = imported(reviews(("a", at, 5), ("b", at, 0), ("c", at, ""), ("a", at, 5), ("d", at, 7), ("e", "never", 3)))
    assert fates(result) == (1, 0, 0, 2, 3)
    assert problems([result]) == ["row-repeated", "out-of-range", "date-unreadable"]
    assert scores() == [("2026-01-31", 5.0, 1)]


@on_sqlite
def test_a_longer_export_updates_its_months_and_undo_restores_them(database: str) -> None:
    first = [("a", "2026-01-02 10:00:00", 5), ("b", "2026-01-03 10:00:00", 4), ("c", "2026-02-02 10:00:00", 3)]
    imported(reviews(*first))
    longer = imported(reviews(*first, ("d", "2026-02-03 10:00:00", 1)))
    assert fates(longer) == (0, 2, 2, 0, 0)
    assert scores()[-1] == ("2026-02-28", 2.0, 2)
    undone(longer.batch)
    assert scores() == [("2026-01-31", 4.5, 2), ("2026-02-28", 3.0, 1)]


@on_sqlite
@pytest.mark.parametrize("left", [1, 2])
def test_a_month_with_fewer_reviews_than_before_is_told(left: int, database: str) -> None:
    given = [(f"r{n}", "2026-01-02 10:00:00", n) for n in range(1, 5)]
    imported(reviews(*given))
    result = imported(reviews(*given[:left]))
    assert [(i.code, i.severity, i.value) for i in result.issues if i.code != "column-dropped"] == [
        ("month-smaller", Severity.WARNING, "2026-01")
    ]


@on_sqlite
def test_who_wrote_a_review_is_not_kept(database: str) -> None:
    result = imported(reviews(("a", "2026-01-02 10:00:00", 5)))
    assert [i.column for i in result.issues] == ["Review Username", "Review User Email"]
    for secret in ("Marisoletta", "people.example"):
        assert secret not in str((dump(), result.as_dict()))
    undone(result.batch)
    assert contents() == {}
