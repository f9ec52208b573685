"""The second step: text that came without a score, in English, gets one."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.access import LOCAL
from data.commands.rollups import refresh_posts
from data.engine import writing
from data.tables import Post
from importers import pace, scoring
from importers.__main__ import main
from importers.score_workers import Crew
from importers.scoring import score_unscored
from importers.undo import undo
from metrics.lexicon import Vader, judge
from tests.importers.files import comma_separated, dump, imported, on_sqlite, stored, undone

ROOT = Path(__file__).resolve().parents[2]
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
    """METRICS, reference case 8: the scores that the lexicon's authors publish (Hutto & Gilbert, ICWSM 2014, README)."""
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


ENGLISH = [
    "I am really disappointed by this apology, it is an insult",
    "What a lovely team, thank you so much for your help today",
    "Does anybody know when the shop in the station opens again?",
]
ROLLUPS = ("posts", "positive", "neutral", "negative", "unscored", "unscorable", "lexicon", "scores")


def many(count: int) -> str:
    """Posts of several hours in two languages; of some the export says which."""
    rows = []
    for number in range(count):
        text = f"{GERMAN if number % 7 == 0 else ENGLISH[number % 3]} ({number})"
        at = f"2026-05-01 {number % 24:02}:{number % 60:02}" if number % 5 else "2026-05-01"
        rows.append([at, "X", str(number), "en" if number % 3 == 1 and number % 7 else "", text, "", ""])
    return posts(*rows)


def outcome() -> tuple[list[Any], list[Any], list[Any]]:
    return (
        stored("post", "key", "language", "sentiment", "polarity", "scored_by"),
        sorted(stored("quarter_rollup", "quarter", *ROLLUPS), key=repr),
        sorted(stored("day_rollup", "day", *ROLLUPS), key=repr),
    )


def forget_scores() -> None:
    """Make every post wait again, as if it had been imported a moment ago."""
    with writing() as session:
        session.execute(sa.update(Post).values(sentiment=None, polarity=None, scored_by=None))
        session.execute(sa.update(Post).where(Post.language != "en").values(language=None))
        places = session.execute(sa.select(Post.quarter, Post.posted_on)).all()
        refresh_posts(session, {q for q, _ in places} - {None}, {d for _, d in places} - {None})


@on_sqlite
def test_workers_give_the_scores_of_one_process(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_CHUNK", 150)
    monkeypatch.setattr(scoring, "_BATCH", 40)
    imported(many(400))
    started: list[int] = []
    monkeypatch.setattr(scoring, "Crew", lambda scorer, size: started.append(size) or Crew(scorer, size))
    assert score_unscored(processes=1) == 342
    alone = outcome()
    assert started == []
    forget_scores()
    assert outcome() != alone
    told: list[tuple[int, int]] = []
    assert score_unscored(processes=2, progress=lambda *at: told.append(at)) == 342
    assert outcome() == alone
    assert started == [2]
    assert told == [(150, 400), (300, 400), (400, 400)]


@on_sqlite
def test_only_many_texts_are_worth_workers(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr(scoring, "Crew", lambda scorer, size: started.append(size) or Crew(scorer, size))
    monkeypatch.setattr(scoring, "cores", lambda: 2)
    monkeypatch.setattr(scoring, "_MANY", 8)
    imported(posts(*([AT, "X", str(n), "en", f"a good text {n}", "", ""] for n in range(7))))
    assert score_unscored() == 7
    assert started == []
    imported(posts(*([AT, "X", f"more{n}", "en", f"a good text {n}", "", ""] for n in range(8))))
    assert score_unscored() == 8
    assert started == [2]


def test_roll_ups_hold_what_a_recount_gives(database: str) -> None:
    imported(many(120))
    score_unscored()
    moved = outcome()
    with writing() as session:
        places = session.execute(sa.select(Post.quarter, Post.posted_on)).all()
        refresh_posts(session, {q for q, _ in places} - {None}, {d for _, d in places} - {None})
    assert outcome() == moved


def test_a_text_that_changed_while_it_was_scored_waits_for_its_own_score(database: str) -> None:
    imported(posts([AT, "X", "1", "en", "wonderful", "", ""], [AT, "X", "2", "en", "wonderful", "", ""]))

    class Meanwhile:
        def score(self, texts: Iterable[str]) -> list[float]:
            imported(posts([AT, "X", "1", "en", "terrible", "", ""], [AT, "X", "2", "", "", "", "negative"]))
            return [0.9 for _ in texts]

    assert score_unscored(Meanwhile()) == 0
    assert stored("post", "polarity", "scored_by") == [(None, None), (-1, "export_label")]
    assert stored("quarter_rollup", "unscored", "negative", "lexicon") == [(1, 1, 0)]
    assert score_unscored() == 1
    assert stored("post", "polarity") == [(-1,), (-1,)]


def test_two_people_may_score_at_once(database: str) -> None:
    imported(posts([AT, "X", "1", "en", "wonderful", "", ""]))

    class Slow:
        def score(self, texts: Iterable[str]) -> list[float]:
            listed = list(texts)
            score_unscored()
            return [0.9 for _ in listed]

    assert score_unscored(Slow()) == 0
    assert stored("quarter_rollup", "positive", "unscored", "lexicon") == [(1, 0, 1)]


@on_sqlite
def test_a_scorer_that_was_killed_goes_on_next_time(database: str) -> None:
    """A process that scores is killed between two chunks; what it stored stays, the rest is scored later."""
    imported(many(300))
    script = (
        "import os\nfrom importers import scoring\nscoring._CHUNK, scoring._BATCH = 100, 30\n"
        "scoring.score_unscored(processes=2, progress=lambda done, total: done == 200 and os.kill(os.getpid(), 9))"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True)
    assert killed.returncode == -9
    told: list[tuple[int, int]] = []
    score_unscored(progress=lambda *at: told.append(at))
    assert told == [(100, 100)]
    assert sum(row[0] for row in stored("quarter_rollup", "unscored") + stored("day_rollup", "unscored")) == 0


def test_what_a_worker_that_died_was_given_is_done_here() -> None:
    texts = [(f"wonderful {number}", "en") for number in range(10)]
    with Crew(Vader(), 1) as crew:
        crew._workers[0].kill()
        crew._workers[0].wait()
        assert crew.judge(texts).result() == judge(Vader(), texts)


def test_the_workers_end_with_the_crew_and_with_the_process() -> None:
    with Crew(Vader(), 2) as crew:
        crew.judge([("good", "en")]).result()
        workers = crew._workers
    assert [worker.poll() is not None for worker in workers] == [True, True]
    script = (
        "import os\nfrom importers.score_workers import Crew\nfrom metrics.lexicon import Vader\n"
        "worker = Crew(Vader(), 1)._workers[0]\nprint(worker.pid, flush=True)\nos.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True, text=True)
    deadline = time.monotonic() + 30
    while Path(f"/proc/{killed.stdout.strip()}/cmdline").exists() and time.monotonic() < deadline:
        if not Path(f"/proc/{killed.stdout.strip()}/cmdline").read_bytes():
            break  # a zombie that nobody waits for has no command line
        time.sleep(0.1)
    else:
        assert time.monotonic() < deadline


def test_workers_import_neither_streamlit_nor_tables() -> None:
    script = "import sys, importers.score_workers; print([m for m in ('streamlit', 'pandas', 'sqlmodel') if m in sys.modules])"
    seen = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert seen.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((0, 10, 0.0), "0 of 10"),
        ((5_000, 20_000, 2.0), "5,000 of 20,000, about 6 s left"),
        ((10_000, 1_000_000, 1.0), "10,000 of 1,000,000, about 1 min 39 s left"),
        ((10, 10, 5.0), "10 of 10"),
    ],
)
def test_the_pace_in_words(told: tuple[int, int, float], words: str) -> None:
    assert pace.said(*told) == words


def test_the_pace_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell = pace.OnStandardError("Scoring text")
    for done in range(1, 101):
        tell(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1] == "Scoring text: 100 of 100"
    assert len(lines) < 4, "not a line for each"


def test_the_command_says_how_far_it_is_on_standard_error(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(posts([AT, "X", "1", "en", "wonderful", "", ""], [AT, "X", "2", "de", GERMAN, "", ""]))
    assert main([str(file)]) == 0
    said = capsys.readouterr()
    assert "Scoring text: 1 of 1\n1 posts scored by the lexicon\n" in said.err
    assert said.out == ""
