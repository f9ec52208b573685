"""New posts go in by columns: what they add to the roll-ups, and how seldom Python looks for circles meanwhile."""

from __future__ import annotations

import gc
import random
from contextlib import ExitStack
from typing import Any

import pytest
import sqlalchemy as sa

from data.commands.rollups import refresh_posts
from data.engine import engine, writing
from data.tables import Post
from importers import read, storing
from importers.garbage import looked_for_rarely
from tests.importers.files import comma_separated, imported, on_sqlite, stored

HEADER = [
    "posted_at", "platform", "post_id", "topic", "kind", "language", "text", "impressions", "likes", "sentiment",
    "sentiment_label",
]  # fmt: skip
KEPT = (
    "platform", "kind", "topic", "posts", "positive", "neutral", "negative", "unscored", "unscorable", "lexicon",
    "impressions", "likes", "scores",
)  # fmt: skip


def some_posts(seed: int, number: int) -> str:
    """Posts of two days, some without a time of day, with gaps in all that may have gaps."""
    draw = random.Random(seed)
    rows = [HEADER]
    for at in range(number):
        day, clock = f"2026-05-0{draw.randrange(1, 3)}", f" {draw.randrange(24):02}:{draw.choice([0, 14, 15, 59]):02}"
        label, score = draw.choice([("", ""), ("positive", ""), ("", str(draw.choice([-1, -0.05, 0.025, 0.3, 1])))])
        rows.append([
            day + draw.choice([clock, clock, ""]), draw.choice(["X", "Reddit"]), f"{seed}-{at}",
            draw.choice(["", "a", "b"]), draw.choice(["", "owned"]), draw.choice(["", "en", "de"]),
            draw.choice(["", "words"]), draw.choice(["", "0", str(2**53 - at)]), draw.choice(["", "7"]), score, label,
        ])  # fmt: skip
    return comma_separated(rows)


def rolled_up() -> list[tuple[Any, ...]]:
    quarters, days = stored("quarter_rollup", "quarter", *KEPT), stored("day_rollup", "day", "grain", *KEPT)
    return sorted([*quarters, *days], key=repr)


def recounted() -> list[tuple[Any, ...]]:
    with writing() as session:
        places = session.execute(sa.select(Post.quarter, Post.posted_on)).all()
        refresh_posts(session, {q for q, _ in places} - {None}, {d for _, d in places} - {None})
    return rolled_up()


def test_posts_of_several_files_add_up_to_what_a_recount_gives(database: str) -> None:
    for seed, number in ((1, 1), (2, 250), (3, 200)):
        assert imported(some_posts(seed, number)).new == number
        assert rolled_up() == recounted()
    assert len(stored("day_rollup", "day")) > 4


@on_sqlite
def test_what_the_roll_ups_held_is_looked_up(database: str) -> None:
    imported(some_posts(1, 50))
    found: list[str] = []

    def explain(_c: Any, cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        if "_rollup" in text and text.startswith(("SELECT", "DELETE")):
            steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {text}", parameters).fetchall()
            found.extend(step[3] for step in steps if "_rollup" in step[3])

    sa.event.listen(engine(writer=True), "before_cursor_execute", explain)
    imported(some_posts(2, 50))
    assert len(found) >= 4
    assert all(step.startswith("SEARCH") for step in found), found


@on_sqlite
def test_python_looks_for_circles_seldom_while_a_file_is_read_and_stored(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    for module, name in ((read, "without_entities"), (storing, "name_topics")):
        former = getattr(module, name)

        def spying(*given: Any, _former: Any = former) -> Any:
            seen.append(gc.get_threshold()[0])
            return _former(*given)

        monkeypatch.setattr(module, name, spying)
    usual = gc.get_threshold()
    imported(some_posts(1, 5))
    assert len(seen) == 2
    assert min(seen) > 100 * usual[0]
    assert gc.get_threshold() == usual


def test_the_usual_threshold_is_back_once_the_last_import_is_done() -> None:
    usual = gc.get_threshold()
    with ExitStack() as second:
        with looked_for_rarely():
            second.enter_context(looked_for_rarely())
        assert gc.get_threshold() != usual
    assert gc.get_threshold() == usual
