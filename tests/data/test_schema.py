"""The migrations make exactly what the tables declare, once, whoever starts at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from data import schema
from data.engine import engine, migrating, reading, writing
from data.schema import NewerSchema, SchemaState
from data.tables import Base, Gap, Post, PostLabel
from tests.data.world import NOON, gap, imported, post, rows, undo

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def own(empty: str) -> str:
    """A database of the test's own with the schema, which it may change."""
    schema.create()
    return empty


def told_by_tables(found: Any, name: str | None, kind: str, _reflected: bool, _beside: Any) -> bool:
    """All but the search index, which no declaration can say: it is a table of another shape on each engine."""
    return not (kind == "table" and (name or "").startswith("search_index"))


def test_migrations_equal_the_tables(database: str) -> None:
    with engine(writer=True).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": told_by_tables})
        assert compare_metadata(context, Base.metadata) == []


def test_a_difference_would_be_found(own: str) -> None:
    with engine(writer=True).begin() as connection:
        connection.execute(sa.text("ALTER TABLE gap ADD COLUMN forgotten INTEGER"))
        context = MigrationContext.configure(connection, opts={"include_object": told_by_tables})
        assert [difference[0] for difference in compare_metadata(context, Base.metadata)] == ["remove_column"]


def test_migrations_make_the_checks_that_the_tables_declare(own: str, tmp_path: Path) -> None:
    """Alembic compares no checks and no cascades, so the tables made from the declarations stand beside the migrated."""
    migrated = sa.inspect(engine(writer=True))
    if migrated.dialect.name == "sqlite":
        other = sa.create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
        schema_of_other = None
    else:
        other, schema_of_other = engine(writer=True), "declared"
        with other.begin() as connection:
            connection.execute(sa.text("CREATE SCHEMA declared"))
            connection.execute(sa.text("SET LOCAL search_path TO declared"))
            Base.metadata.create_all(connection, checkfirst=False)
    if schema_of_other is None:
        Base.metadata.create_all(other)
    declared = sa.inspect(other)
    found = wanted = 0
    for table in Base.metadata.tables:
        of_migrated = _promises(migrated, table, None)
        of_declared = _promises(declared, table, schema_of_other)
        assert of_migrated == of_declared, table
        found += len(of_migrated)
        wanted += len(of_declared)
    assert found == wanted > 60
    if schema_of_other is None:
        other.dispose()


def _promises(inspector: sa.Inspector, table: str, where: str | None) -> set[tuple[str, str]]:
    checks = {
        (str(found["name"]), " ".join(found["sqltext"].split()))
        for found in inspector.get_check_constraints(table, schema=where)
    }
    keys = {
        (str(found["constrained_columns"]), f"{found['referred_table']} {found['options'].get('ondelete')}")
        for found in inspector.get_foreign_keys(table, schema=where)
    }
    return checks | keys


def test_create_says_what_it_did(empty: str) -> None:
    assert schema.create() is SchemaState.CREATED
    assert schema.create() is SchemaState.CURRENT
    assert rows("data_state") == [(1, 0, False)]


def test_an_older_schema_is_upgraded_with_its_data(empty: str) -> None:
    """A database of the first schema: one record of one row, one of two rows."""
    with migrating() as connection:
        schema.command.upgrade(schema._alembic(connection), "0001")
        for statement in FIRST_SCHEMA:
            connection.execute(sa.text(statement))
    assert schema.create() is SchemaState.UPGRADED
    assert rows("gap", "key", "severity", "batch_id", "row") == [("g", 1, 1, 2), ("h", 2, 2, 3)]
    assert rows("sighting", "key", "batch_id") == [("h", 1), ("h", 2)]
    assert rows("post", "key", "batch_id", "row", "scored_by") == [("x:1", 1, 9, "lexicon")]
    undo(2)
    assert rows("gap", "key", "severity", "batch_id", "row") == [("g", 1, 1, 2), ("h", 1, 1, 3)]
    undo(1)
    assert (rows("gap"), rows("sighting"), rows("post")) == ([], [], [])


FIRST_SCHEMA = (
    "INSERT INTO data_state (id, version, sample) VALUES (1, 2, false)",
    *(
        f"INSERT INTO batch (id, file, sha256, fingerprint, size, options, status, imported_at, imported_by)"
        f" VALUES ({n}, 'f', 's', 'p{n}', 1, '{{}}', 'applied', '2026-03-02 12:00:00', 'test')"
        for n in (1, 2)
    ),
    *(
        f"INSERT INTO gap (id, key, batch_id, row, code, title, section, severity, status, version)"
        f" VALUES ({n}, '{key}', {batch}, {row}, '{key}', 't', 's', {severity}, 'open', 1)"
        for n, key, batch, row, severity in ((1, "g", 1, 2, 1), (2, "h", 2, 3, 2))
    ),
    (
        "INSERT INTO post (key, batch_id, row, platform, posted_on, topic, kind, sentiment, polarity, scored_by)"
        " VALUES ('x:1', 1, 9, 'X', '2026-03-02', '', 'mention', 0.5, 1, 'lexicon')"
    ),
    "INSERT INTO sighting (batch_id, row, record, key, effect) VALUES (1, 2, 'gap', 'g', 'new')",
    *(
        f"INSERT INTO sighting (batch_id, row, record, key, effect, carried) VALUES ({batch}, 3, 'gap', 'h', '{effect}',"
        f' \'{{"code": "h", "title": "t", "section": "s", "severity": {severity}}}\')'
        for batch, effect, severity in ((1, "new", 1), (2, "updated", 2))
    ),
)


def test_a_newer_schema_is_left_alone(own: str) -> None:
    with engine(writer=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match=r"9999.*update Aftermath"):
        schema.create()


def test_processes_that_start_at_once_make_one_schema(empty: str) -> None:
    environment = os.environ | {"AFTERMATH_DATABASE_URL": empty}
    command = [sys.executable, "-c", "from data import schema; print(schema.create().value)"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0, 0], told
    assert sorted(out.strip() for out, _ in told) == ["created", "current"]
    assert rows("data_state") == [(1, 0, False)]


def test_threads_that_start_at_once_make_one_schema(empty: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        states = list(pool.map(lambda _: schema.create().value, range(6)))
    assert sorted(states) == ["created", *["current"] * 5]


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(own: str) -> None:
    """SQLite alters a table by dropping it, and a drop cascades while foreign keys are on."""
    imported(Gap, gap("G1"), gap("G1", row=3))
    with migrating() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("batch", recreate="auto") as batch:
            batch.alter_column("file", existing_type=sa.String(), nullable=True)
    assert len(rows("sighting")) == 2
    assert len(rows("gap")) == 1
    with pytest.raises(sa.exc.IntegrityError), writing() as session:  # and they are on again
        session.execute(sa.text("UPDATE gap SET batch_id = 999"))


@pytest.mark.parametrize("column", ["audience", "scored_by"])
def test_a_word_that_is_not_of_the_list_is_refused(own: str, column: str) -> None:
    imported(Post, post("p", NOON))
    with pytest.raises(sa.exc.IntegrityError), writing() as session:
        session.execute(sa.text(f"UPDATE post SET {column} = 'nobody'"))


def test_the_labels_of_posts_outlive_a_step_back_and_forth(own: str) -> None:
    """SQLite writes the table of posts anew, and labels go with the posts that go."""
    imported(Post, post("p", NOON))
    with writing() as session:
        session.add(PostLabel(post_key="p", polarity=1, labelled_at=NOON, labelled_by="test"))
    for step, to in ((schema.command.downgrade, "0002"), (schema.command.upgrade, "head")):
        with migrating() as connection:
            step(schema._alembic(connection), to)
    assert rows("post_label", "post_key") == [("p",)]


def test_version_is_none_before_the_schema(empty: str) -> None:
    with reading() as session:
        assert schema.version(session.connection()) is None


def test_an_upgrade_forgets_the_zeros_of_exports_that_count_no_posts(empty: str) -> None:
    """Day 1: a file without a count alone; day 2: after one with a count; day 3: a count of 0."""
    with migrating() as connection:
        schema.command.upgrade(schema._alembic(connection), "0002")
        for statement in UNCOUNTED:
            connection.execute(sa.text(statement))
    assert schema.create() is SchemaState.UPGRADED
    assert rows("daily_total", "key", "posts") == [("d1", None), ("d2", 3), ("d3", 0)]
    assert sorted(rows("day_rollup", "day", "posts"), key=str) == [
        (date(2026, 3, 1), None), (date(2026, 3, 2), 3), (date(2026, 3, 3), 0),
    ]  # fmt: skip
    undo(1)
    assert rows("daily_total", "key", "posts") == [("d1", None), ("d2", None)], "a 0 would come back"


_TOTAL = "'X', '', '', 'owned'"
UNCOUNTED = (
    *FIRST_SCHEMA[:3],
    "INSERT INTO batch_issue (batch_id, code, severity, message) VALUES (2, 'posts-not-counted', 'info', 'm')",
    *(
        f"INSERT INTO daily_total (id, key, batch_id, row, day, platform, source, topic, kind, posts)"
        f" VALUES ({n}, 'd{n}', {batch}, {n}, '2026-03-0{n}', {_TOTAL}, 0)"
        for n, batch in ((1, 2), (2, 2), (3, 1))
    ),
    *(
        f"INSERT INTO sighting (batch_id, row, record, key, effect, carried) VALUES ({batch}, 2, 'daily_total', 'd2',"
        f' \'{effect}\', \'{{"day": "2026-03-02", "platform": "X", "kind": "owned", "posts": {posts}}}\')'
        for batch, effect, posts in ((1, "new", 3), (2, "updated", 0))
    ),
    *(
        f"INSERT INTO day_rollup (day, grain, platform, kind, topic, posts, positive, neutral, negative, unscored,"
        f" unscorable, lexicon, scores) VALUES ('2026-03-0{n}', 'daily_total', 'X', 'owned', '', 0, 0, 0, 0, 0, 0, 0, '{{}}')"
        for n in (1, 2, 3)
    ),
)


def test_a_label_by_hand_survives_the_upgrade_and_then_its_post(empty: str) -> None:
    with migrating() as connection:
        schema.command.upgrade(schema._alembic(connection), "0002")
        for statement in (
            *FIRST_SCHEMA[:3],
            LABELLED,
            "INSERT INTO post_label VALUES ('x:1', -1, '2026-03-02', 'ann')",
        ):
            connection.execute(sa.text(statement))
    schema.create()
    undo(1)
    assert rows("post", "key") == []
    assert rows("post_label", "post_key", "polarity", "labelled_by") == [("x:1", -1, "ann")]


LABELLED = (
    "INSERT INTO post (key, batch_id, row, platform, topic, kind, posted_on)"
    " VALUES ('x:1', 1, 2, 'X', '', 'mention', '2026-03-02')"
)
