"""Two ids are two posts, whatever their address; what has no id is met by its address, in any order and again."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.engine import trying
from importers.context import Options
from importers.pipeline import Upload
from importers.storing import run
from tests.importers.files import LOCAL, comma_separated, fates, imported, on_sqlite, stored

HEADER = ["posted_at", "platform", "post_id", "url", "text"]
U, V = "https://posts.example/a", "https://posts.example/b"
Row = tuple[str, str]
ROWS: list[Row] = [("", U), ("1", U), ("2", U), ("3", U), ("", V), ("4", V)]


def rows(*told: Row) -> str:
    """Posts by id and address; what they say is the same, so that their order can change no value."""
    return comma_separated([HEADER, *[["2026-03-01 09:00", "Forum", native, url, "words"] for native, url in told]])


def posts() -> list[tuple[str | None, str | None]]:
    return sorted(stored("post", "external_id", "url"), key=str)


def test_two_ids_at_one_address_are_two_posts(database: str) -> None:
    assert fates(imported(rows(("1", U), ("2", U))))[0] == 2
    assert posts() == [("1", U), ("2", U)]
    assert fates(imported(rows(("2", U + "?utm_source=x"), ("1", U), ("3", U))))[:3] == (1, 0, 2)


@pytest.mark.parametrize("files", [[("", U), ("1", U), ("2", U)], [("1", U), ("", U), ("2", U)], [("2", U), ("1", U), ("", U)]])  # fmt: skip
def test_what_has_no_id_is_met_by_its_address_file_by_file(files: list[Row], database: str) -> None:
    for row in files:
        imported(rows(row))
    assert posts() == [("1", U), ("2", U)]
    assert fates(imported(rows(*files)))[:3] == (0, 0, 3)


@on_sqlite
def test_an_id_takes_over_one_post_that_had_none_and_is_met_there_again(database: str) -> None:
    imported(rows(("", U)))
    assert fates(imported(rows(("2", U), ("1", U), ("", U))))[:3] == (1, 1, 1)
    assert posts() == [("1", U), ("2", U)]
    assert fates(imported(rows(("1", U), ("2", U))))[:3] == (0, 0, 2)


def test_a_post_that_took_an_id_is_met_by_it_without_the_address_too(database: str) -> None:
    imported(rows(("", U)))
    assert fates(imported(rows(("1", U), ("1", ""))))[:3] == (0, 1, 1)
    assert fates(imported(rows(("1", ""), ("2", ""))))[:3] == (1, 0, 1)
    assert posts() == [("1", U), ("2", None)]


@on_sqlite
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    told=st.lists(st.sampled_from(ROWS), min_size=1, max_size=8),
    before=st.lists(st.sampled_from(ROWS), max_size=2),
    data=st.data(),
)
def test_the_order_of_rows_changes_nothing_and_neither_does_a_second_time(
    told: list[Row], before: list[Row], data: st.DataObject, database: str
) -> None:
    shuffled = data.draw(st.permutations(told))
    made = []
    for order in (told, shuffled):
        with trying() as session:
            for name, content in (("before", before), ("first", order), ("again", [*told, *shuffled])):
                if content:
                    (result,) = run(
                        session, Upload(name, rows(*content).encode()), Options(), LOCAL, preview=True
                    ).results
            assert (result.new, result.updated, result.duplicate) == (0, 0, 2 * len(told))
            made.append(
                sorted(session.connection().exec_driver_sql("SELECT external_id, url FROM post").all(), key=str)
            )
    assert made[0] == made[1]
    at_address: dict[str, set[str]] = defaultdict(set)
    for native, url in [*told, *before]:
        at_address[url] |= {native} - {""}
    wanted = [(native, url) for url, natives in at_address.items() for native in natives or {None}]
    assert made[0] == sorted(wanted, key=str), "an id is a post of its own; without any an address is"
