"""The words of comments leave only where at least k people said them, and at least k did not."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest

from data.engine import reading
from data.queries.surveys import comment_terms
from tests.small import bring, setting

pytestmark = pytest.mark.usefixtures("database")


def wave(name: str, comments: Sequence[str | None]) -> None:
    about = {
        "wave": name,
        "opened_on": "2026-03-10",
        "closed_on": "2026-03-10",
        "scale_min": 1,
        "scale_max": 5,
        "audience": "customers",
    }
    rows = [
        about | {"question": "Q", "answer": 3, "respondent": f"r{n}", "comment": text}
        for n, text in enumerate(comments)
    ]
    bring(f"{name}.csv", rows)


def terms(*waves: int) -> pd.DataFrame:
    with reading() as session:
        return comment_terms(session, waves)


def shown(*waves: int) -> dict[str, float]:
    found = terms(*waves)
    known = found[found["term"].notna()]
    return dict(zip(known["term"], known["said"], strict=True))


def test_people_are_counted_not_repetitions() -> None:
    wave("w", ["Late, late: LATE!"] * 9 + ["fine"] * 11)
    assert shown(1) == {"fine": 11, "late": 9}
    assert terms(1)[["k", "n", "words"]].iloc[0].tolist() == [8, 20, 20]


def test_a_word_of_seven_people_is_not_shown_nor_how_often() -> None:
    wave("w", ["secretword"] * 7 + ["plain"] * 8 + ["other"] * 8)
    found = terms(1)
    assert shown(1) == {"other": 8, "plain": 8}
    assert "secretword" not in found.to_string()
    assert 7 not in found[["n", "said"]].to_numpy()


def test_a_word_that_all_but_a_few_said_is_not_shown_either() -> None:
    wave("w", ["same thing"] * 20 + ["other"] * 7)
    assert shown(1) == {}
    assert len(terms(1)) == 1


@pytest.mark.parametrize(("people", "hidden"), [(7, True), (8, False)])
def test_too_few_comments_are_withheld_whole(people: int, hidden: bool) -> None:
    wave("w", ["a comment here"] * people + [None] * 30)
    (row,) = terms(1).to_dict("records")
    assert (row["withheld"] is not None) is hidden
    assert pd.isna(row["n"]) is hidden
    assert row["withheld"] in (None, "fewer than 8 comments")


def test_comments_without_a_word_are_none() -> None:
    wave("w", ["a comment here"] * 7 + ["!!!", "ok", "12345", " - "] * 4)
    assert terms(1)["withheld"].tolist() == ["fewer than 8 comments"]


def test_each_wave_is_decided_alone() -> None:
    wave("v", ["late"] * 5 + ["fine"] * 20)
    wave("w", ["late"] * 5 + ["fine"] * 20)
    assert set(shown(1, 2)) == set()
    assert set(terms(1, 2)["wave_id"]) == {1, 2}
    pd.testing.assert_frame_equal(terms(1, 2)[lambda f: f["wave_id"] == 1], terms(1))


def test_k_follows_the_setting_but_not_below_that_of_the_wave() -> None:
    wave("w", ["late"] * 6 + ["fine"] * 30)
    assert shown(1) == {}
    setting("anonymity.comment_k", "3")
    assert shown(1) == {"fine": 30, "late": 6}
    assert terms(1)["k"].unique().tolist() == [5], "the wave's own smallest group"
    setting("anonymity.comment_k", "12")
    assert shown(1) == {}


def test_words_of_any_script() -> None:
    wave("w", ["Früh Ärger don’t متأخر 😡"] * 9 + ["x y"] * 3 + ["fine"] * 12)
    assert set(shown(1)) == {"früh", "ärger", "don't", "متأخر", "fine"}


def test_no_wave_and_an_unknown_one() -> None:
    assert terms().empty
    assert terms(99)["withheld"].tolist() == ["fewer than 8 comments"]
