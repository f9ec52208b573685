"""The questions that pages ask of large tables are answered through an index.

SQLite is not told how few rows there are here, so it plans as for many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from data.access import LOCAL, Viewer
from data.commands import rollups
from data.commands.records import Origin, store
from data.commands.scores import unscored
from data.engine import engine, reading, writing
from data.enums import Role
from data.queries import batches as batch_queries
from data.queries import (
    crises,
    engagement,
    labels,
    learning,
    plans,
    post_scores,
    posts,
    provenance,
    records,
    reputation,
    search,
    state,
    surveys,
)
from data.tables import Crisis, DailyTotal, Event, Gap, Post
from tests.data.world import NOON, crisis, event, imported, minutes, open_batch, post, total, undo

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HR = Viewer("test", Role.HR)
FAR = datetime(2030, 1, 1, tzinfo=UTC)
#: Tables that grow with every export; none of them may be read from end to end.
LARGE = {"post", "quarter_rollup", "day_rollup", "sighting", "event", "response", "answer", "daily_total"}

Plan = list[tuple[str, list[str]]]


@contextmanager
def explained(*, writer: bool) -> Iterator[Plan]:
    """Collect each statement with the plan that SQLite makes for it."""
    found: Plan = []

    def explain(_c: Any, cursor: Any, text: str, parameters: Any, _context: Any, many: bool) -> None:
        if text.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            asked = parameters[0] if many else parameters
            steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {text}", asked).fetchall()
            found.append((text, [step[3] for step in steps]))

    sa.event.listen(engine(writer=writer), "before_cursor_execute", explain)
    yield found
    sa.event.remove(engine(writer=writer), "before_cursor_execute", explain)


def scans(plan: Plan) -> list[str]:
    """Steps that read a large table whole; an index that is read whole is one too."""
    return [step for _, steps in plan for step in steps if step.startswith("SCAN") and step.split()[1] in LARGE]


def filled() -> None:
    imported(Crisis, crisis("a"), crisis("b", restricted_to=["legal"]))
    imported(Event, *[event(f"e{n}", 1 + n % 2, NOON + minutes(n)) for n in range(20)])
    imported(Post, *[post(f"p{n}", NOON + minutes(20 * n), text="x", topic="t") for n in range(50)])
    imported(Post, *[post(f"d{n}", date(2026, 3, n + 1)) for n in range(20)])
    imported(DailyTotal, *[total(date(2026, 3, n + 1), n) for n in range(20)])


DAYS = (date(2026, 3, 2), date(2026, 3, 4))
OF_A_CRISIS = labels.Within("UTC", *DAYS, FAR, ("t",))
READS: dict[str, Callable[[Session], Any]] = {
    "crises": lambda s: crises.crises(s, HR),
    "the words of all cases": lambda s: search.search(s, HR, "statement"),
    "the timeline of one crisis": lambda s: crises.events(s, HR, [1]),
    "engagement by day": lambda s: engagement.daily(s, "UTC", *DAYS, FAR),
    "engagement of a topic": lambda s: engagement.daily(s, "UTC", *DAYS, FAR, ["t"]),
    "post scores by day": lambda s: post_scores.histogram(s, "UTC", *DAYS, FAR, "mention"),
    "post scores of a topic": lambda s: post_scores.histogram(s, "UTC", *DAYS, FAR, "mention", ["t"]),
    "the last day": lambda s: engagement.last_day(s, "UTC", FAR),
    "the rows behind events": lambda s: provenance.of_events(s, [1, 2]),
    "the rows behind engagement": lambda s: provenance.of_engagement(s, NOON, NOON + minutes(60), *DAYS),
    "the rows behind scores": lambda s: provenance.of_scores(s, [1]),
    "the rows behind gaps": lambda s: provenance.of_records(s, Gap, [1]),
    "the events that a batch brought": lambda s: provenance.brought(s, Event, [1]),
    "the posts that a batch brought": lambda s: provenance.of_engagement(
        s, NOON, NOON + minutes(60), *DAYS, batches=[1]
    ),
    "the survey files of a batch": lambda s: provenance.of_surveys(s, [1]),
    "the files of a wave": lambda s: provenance.of_waves(s, [1]),
    "the rows of a batch": lambda s: records.of_batch(s, HR, 3),
    "issues": lambda s: batch_queries.issues(s, LOCAL, 1),
    "what waits for the scorer": lambda s: unscored(s, "p2", 10),
    "what people labelled": labels.labelled,
    "what people labelled of a crisis": lambda s: labels.labelled(s, OF_A_CRISIS),
    "what the lexicon found in a crisis": lambda s: labels.counts(s, OF_A_CRISIS),
    "posts by audience": lambda s: posts.counted(s, OF_A_CRISIS, "audience"),
    "posts with most reactions": lambda s: posts.top(s, LOCAL, OF_A_CRISIS, "mention"),
    "posts that say a word": lambda s: posts.top(s, LOCAL, OF_A_CRISIS, "mention", word="sorry"),
    "words of posts": lambda s: posts.words(s, OF_A_CRISIS, "mention"),
    "gaps": lambda s: learning.gaps(s, HR),
    "lessons": lambda s: learning.lessons(s, HR),
    "decisions": lambda s: learning.decisions(s, 1),
    "steps": lambda s: plans.steps(s, 1),
    "scores": lambda s: reputation.scores(s, date(2026, 3, 4), None),
    "the version": state.data_version,
}


@pytest.mark.parametrize("name", READS)
def test_no_large_table_is_read_from_end_to_end(database: str, name: str) -> None:
    filled()
    with explained(writer=False) as plan, reading() as session:
        READS[name](session)
    assert plan
    assert scans(plan) == []


def uses(plan: Plan, index: str) -> bool:
    return any(index in step and step.startswith("SEARCH") for _, steps in plan for step in steps)


@pytest.mark.parametrize(
    ("name", "indexes"),
    [
        ("the timeline of one crisis", ["ix_event_timeline"]),
        ("post scores by day", ["ix_quarter_rollup_quarter", "ix_day_rollup_day"]),
        ("engagement by day", ["ix_quarter_rollup_quarter", "ix_day_rollup_day"]),
        ("the rows behind engagement", ["ix_post_quarter", "ix_post_posted_on"]),
        ("what waits for the scorer", ["ix_post_unscored"]),
        ("the rows of a batch", ["ix_sighting_batch_id", "ix_sighting_record", "ix_post_batch_id"]),
    ],
)
def test_the_index_made_for_it_is_used(database: str, name: str, indexes: list[str]) -> None:
    filled()
    with explained(writer=False) as plan, reading() as session:
        READS[name](session)
    assert [index for index in indexes if not uses(plan, index)] == []


def test_of_millions_of_posts_the_rows_are_read_from_an_index_alone(database: str) -> None:
    filled()
    for topics in (None, ["t"]):
        with explained(writer=False) as plan, reading() as session:
            provenance.of_engagement(session, NOON, NOON + minutes(60), *DAYS, topics)
        assert any("COVERING INDEX ix_post_quarter" in step for _, steps in plan for step in steps)


def test_importing_and_taking_back_look_up_what_they_need(database: str) -> None:
    filled()
    with explained(writer=True) as plan:
        number, _ = imported(
            Post, *[post(f"p{n}", NOON + minutes(20 * n), likes=1) for n in range(30)], post("d1", DAYS[0])
        )
        again, _ = imported(DailyTotal, total(DAYS[0], 7))
        undo(number)
        undo(again)
    assert len(plan) > 20
    assert scans(plan) == []
    assert uses(plan, "ix_sighting_record")
    assert uses(plan, "ix_sighting_batch_id")


def test_a_scan_would_be_found(database: str) -> None:
    filled()
    with explained(writer=False) as plan, reading() as session:
        session.execute(sa.select(Post.text).where(Post.text == "x")).all()
    assert len(scans(plan)) == 1


def test_survey_results_read_each_answer_once(database: str) -> None:
    """A summary of all waves needs every answer; the rest is looked up."""
    with explained(writer=False) as plan, reading() as session:
        surveys.company_results(session, date(2030, 1, 1))
    assert len(scans(plan)) <= 1


def test_recounting_a_bucket_looks_up_its_posts(database: str) -> None:
    filled()
    with explained(writer=True) as plan, writing() as session:
        number = open_batch(session)
        store(session, Post, [post("new")], Origin(number, None))
        rollups.refresh_posts(session, {NOON}, {DAYS[0]})
        rollups.refresh_totals(session, {DAYS[0]})
    assert scans(plan) == []
    assert uses(plan, "ix_post_quarter")
    assert uses(plan, "ix_post_posted_on")


def test_checking_a_new_post_makes_no_table_of_what_is_allowed(database: str) -> None:
    """SQLite makes one of a list of three words or more, and anew for every row of a large import."""
    with engine(writer=True).connect() as connection:
        names = [column.name for column in sa.inspect(Post).columns]
        places = ", ".join("?" * len(names))
        text = f"EXPLAIN INSERT INTO post ({', '.join(names)}) VALUES ({places})"
        steps = [step[1] for step in connection.exec_driver_sql(text, tuple([None] * len(names)))]
    assert "Insert" in steps
    assert "OpenEphemeral" not in steps
