"""A made company with many crises, posts and survey answers, brought in through the import's own door."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.database import use
from data import schema
from data.access import LOCAL
from data.commands.settings import change
from data.engine import writing
from importers.context import Options
from importers.pipeline import Upload, apply

#: The posts' days; the crises begin evenly between them.
_FIRST, _LAST = datetime(2022, 1, 1), datetime(2026, 11, 1)  # noqa: DTZ001 - the files say no zone
#: Minutes from the post on.
_COURSE = (
    ("posted", 0, ""), ("detected", 90, ""), ("acknowledged", 130, ""), ("team_assembled", 150, ""), ("decision", 200, ""),
    ("drafted", 230, ""), ("approved", 260, ""), ("statement", 300, "public"), ("internal_message", 320, "employees"),
    ("update", 1500, "public"), ("contained", 4000, ""), ("resolved", 9000, ""), ("reviewed", 30000, ""),
)  # fmt: skip
_STEPS = (
    ("Assemble", "team_assembled", "detected", 60, ""), ("Decide", "decision", "detected", 120, ""),
    ("Say", "statement", "detected", 180, "public"), ("Tell employees", "internal_message", "detected", 240, "employees"),
)  # fmt: skip
_QUESTIONS = ("I am proud to work here", "I trust our leadership")
#: A wave a quarter.
_WAVES = 19
_SAID = (
    "we heard it from the press first", "the answer came quickly", "nobody told us what happened", "my manager explained it",
    "I would like to know what changes now", "the statement was honest", "training would help", "I am proud of my team",
)  # fmt: skip


def fill(database: str, posts: int, crises: int, responses: int) -> None:
    """Fill the empty database at an address, with a fixed seed."""
    use(database)
    schema.create()
    draw = random.Random(7)  # noqa: S311 - a benchmark needs the same rows every time, not secret ones
    began = [_FIRST + (n + 1) * (_LAST - _FIRST) / (crises + 1) for n in range(crises)]
    with writing() as session:
        change(session, LOCAL, "sample.as_of", "2026-11-20T18:00+00:00")
    _bring(
        "plan.csv", ("plan_version", "effective_from", "section", "step", "role", "fulfilled_by", "clock_starts", "target_minutes", "audience"),
        (("v1", "2021-01-01", "Response", step, "PR", *rest) for step, *rest in _STEPS),
    )  # fmt: skip
    _bring("log.csv", ("crisis", "occurred_at", "milestone", "audience"), _events(draw, began))
    _bring(
        "scores.csv", ("date", "source", "score", "scale_min", "scale_max"),
        ((f"{_FIRST + timedelta(days=30 * n):%Y-%m-%d}", "Trust index", round(draw.gauss(70, 2), 1), 0, 100) for n in range(59)),
    )  # fmt: skip
    _bring(
        "gaps.csv", ("gap", "title", "section", "crisis", "step", "severity", "opened_on", "due_on", "status", "responsible_function"),
        ((f"G{n}", f"Gap {n}", "Response", _code(n), "Say", 2, f"{at:%Y-%m-%d}", f"{at + timedelta(days=90):%Y-%m-%d}", "open", "PR") for n, at in enumerate(began)),
    )  # fmt: skip
    _bring(
        "lessons.csv", ("lesson", "title", "observation", "crisis", "status"),
        ((f"L{n}", f"Lesson {n}", "Observed", _code(n), "implemented") for n in range(crises)),
    )  # fmt: skip
    for wave in range(_WAVES):
        _bring(
            f"wave{wave}.csv",
            ("wave", "question", "answer", "opened_on", "closed_on", "respondent", "scale_min", "scale_max", "comment"),
            _answers(draw, wave, responses // _WAVES + (wave < responses % _WAVES)),
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "posts.csv"
        with file.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text).writerows(_posts(draw, posts, began))
        _taken(apply(Upload("posts.csv", path=file), Options(), LOCAL))


def _code(number: int) -> str:
    return f"c{number:04}"


def _events(draw: random.Random, began: Sequence[datetime]) -> Iterator[tuple[str, str, str, str]]:
    for number, at in enumerate(began):
        slow = draw.uniform(0.5, 3)
        for milestone, minutes, audience in _COURSE:
            when = at + timedelta(minutes=minutes * slow)
            if when < _LAST:
                yield _code(number), f"{when:%Y-%m-%d %H:%M}", milestone, audience


def _answers(draw: random.Random, wave: int, respondents: int) -> Iterator[tuple[Any, ...]]:
    """Two answers a respondent; one in five adds a comment."""
    closed = f"{_FIRST + timedelta(days=60 + 91 * wave):%Y-%m-%d}"
    for respondent in range(respondents):
        for question in _QUESTIONS:
            said = " and ".join(draw.sample(_SAID, 2)) if draw.random() < 0.1 else ""
            yield f"Wave {wave}", question, draw.randint(1, 5), closed, closed, f"r{respondent}", 1, 5, said


def _posts(draw: random.Random, count: int, began: Sequence[datetime]) -> Iterator[tuple[Any, ...]]:
    """Half of them evenly over all days, half in the days after a crisis began."""
    yield "posted_at", "platform", "post_id", "text", "impressions", "likes", "comments", "shares", "sentiment"
    span = (_LAST - _FIRST).total_seconds()
    for number in range(count):
        if number % 2:
            at = min(draw.choice(began) + timedelta(days=draw.expovariate(0.4)), _LAST)
        else:
            at = _FIRST + timedelta(seconds=draw.random() * span)
        counts = [draw.randrange(5_000) for _ in range(4)]
        yield (f"{at:%Y-%m-%d %H:%M:%S}", "X", number, f"Number {number}", *counts, round(draw.uniform(-1, 1), 2))


def _bring(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    _taken(apply(Upload(name, text.getvalue().encode()), Options(), LOCAL))


def _taken(results: Sequence[Any]) -> None:
    for result in results:
        if result.rejected or result.new != result.rows:
            raise RuntimeError(f"{result.file}: {result.rows - result.new} of {result.rows} rows are not new")
