"""The second step: text that came without a score, in English, gets one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from data.access import LOCAL
from importers import scoring
from importers.scoring import score_unscored
from importers.undo import undo
from tests.importers.files import comma_separated, dump, imported, on_sqlite, stored, undone

POSTS = ["posted_at", "platform", "post_id", "language", "text", "sentiment", "sentiment_label"]
AT = "2026-05-01 10:00"
GERMAN = "Das ist eine sehr schlechte Entschuldigung und niemand im Unternehmen hat sie verstanden."


class Counting:
    """A scorer that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def score(self, texts: Iterable[str]) -> list[float]:
        listed = list(texts)
        self.asked += listed
        return [0.5 for _ in listed]


def posts(*rows: list[str]) -> str:
    return comma_separated([POSTS, *rows])


def test_reference_cases(database: str) -> None:
    """METRICS, reference case 8: the scores that the lexicon's authors publish."""
    imported(
        posts(
            [AT, "X", "1", "en", "VADER is smart, handsome, and funny.", "", ""],
            [AT, "X", "2", "en", "The book was only kind of good.", "", ""],
            [AT, "X", "3", "en", "They finally apologised and fired the racist engineer", "", ""],
        )
    )
    assert score_unscored() == 3
    assert stored("post", "sentiment", "polarity", "scored_by") == [
        (pytest.approx(0.8316), 1, "lexicon"),
        (pytest.approx(0.3832), 1, "lexicon"),
        (pytest.approx(-0.80, abs=0.02), -1, "lexicon"),
    ]


def test_german_stays_unscored_and_the_roll_ups_follow(database: str) -> None:
    imported(
        posts(
            [AT, "X", "1", "", "This is a terrible, horrible apology and nobody believes it.", "", ""],
            [AT, "X", "2", "", GERMAN, "", ""],
            [AT, "X", "3", "de-AT", GERMAN, "", ""],
            [AT, "X", "4", "", "", "", ""],
            ["2026-05-02", "X", "5", "English", "What a wonderful, honest answer!", "", ""],
        )
    )
    columns = ("posts", "positive", "negative", "unscored", "unscorable", "lexicon")
    assert stored("quarter_rollup", *columns) == [(4, 0, 0, 2, 2, 0)]
    assert stored("day_rollup", *columns) == [(1, 0, 0, 1, 0, 0)]
    assert score_unscored() == 2
    assert [(language, polarity) for language, polarity in stored("post", "language", "polarity")] == [
        ("en", -1),
        ("de", None),
        ("de", None),
        (None, None),
        ("en", 1),
    ]
    assert stored("quarter_rollup", *columns) == [(4, 0, 1, 0, 3, 1)]
    assert stored("day_rollup", *columns) == [(1, 1, 0, 0, 0, 1)]


def test_what_the_export_scored_is_left_alone(database: str) -> None:
    imported(posts([AT, "X", "1", "en", "terrible", "0.4", ""], [AT, "X", "2", "en", "terrible", "", "positive"]))
    before = dump()
    scorer = Counting()
    assert score_unscored(scorer) == 0
    assert scorer.asked == []
    assert dump() == before


@on_sqlite
def test_nothing_is_scored_twice(database: str) -> None:
    imported(posts([AT, "X", "1", "en", "good", "", ""], [AT, "X", "2", "", GERMAN, "", ""]))
    assert score_unscored() == 1
    before = dump()
    scorer = Counting()
    assert score_unscored(scorer) == 0
    assert scorer.asked == []
    assert dump() == before


@on_sqlite
def test_posts_are_scored_in_chunks(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_CHUNK", 3)
    imported(posts(*([AT, "X", str(n), "en", f"text {n}", "", ""] for n in range(8))))
    progress: list[tuple[int, int]] = []
    scorer = Counting()
    assert score_unscored(scorer, lambda *told: progress.append(told)) == 8
    assert progress == [(3, 8), (6, 8), (8, 8)]
    assert sorted(scorer.asked) == [f"text {n}" for n in range(8)]
    assert stored("quarter_rollup", "positive", "lexicon", "scores") == [(8, 8, {"10": 8})]


@on_sqlite
def test_a_label_that_comes_later_wins_over_the_lexicon(database: str) -> None:
    imported(posts([AT, "X", "1", "en", "wonderful", "", ""]))
    score_unscored()
    later = imported(posts([AT, "X", "1", "", "", "", "negative"]))
    assert stored("post", "polarity", "scored_by") == [(-1, "export_label")]
    assert stored("quarter_rollup", "positive", "negative", "lexicon") == [(0, 1, 0)]
    undone(later.batch)
    score_unscored()
    assert stored("post", "polarity", "scored_by") == [(1, "lexicon")]


def test_what_an_undo_leaves_without_a_score_is_scored_again(small: str) -> None:
    imported(posts([AT, "X", "1", "en", "The book was only kind of good.", "", ""]))
    labelled = imported(posts([AT, "X", "1", "en", "The book was only kind of good.", "", "negative"]))
    assert labelled.batch is not None
    undo(labelled.batch, LOCAL)
    assert stored("post", "polarity", "scored_by") == [(1, "lexicon")]
