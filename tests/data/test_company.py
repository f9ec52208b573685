"""Starting with one's own data: everything goes but the audit trail."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from data.access import LOCAL, Viewer
from data.commands.company import empty, mark_as_sample
from data.commands.settings import change
from data.engine import reading, writing
from data.enums import Role
from data.queries import state
from data.tables import AuditEntry, Base, Crisis, DailyTotal, Gap, Post, Review, Setting
from tests.data.test_tables import GOOD, statement
from tests.data.world import crisis, gap, imported, post, rows, total


def test_emptying_leaves_the_audit_trail_alone(database: str) -> None:
    with writing() as session:
        for table in GOOD:
            if table is not Setting:
                session.execute(statement(table, {}, identity=True))
        mark_as_sample(session)
        change(session, LOCAL, "baseline.days", "21")
    imported(Post, post("q"))
    imported(DailyTotal, total(date(2026, 4, 1), 4))
    with writing() as session:
        empty(session, Viewer("Ada", Role.ADMIN))
    left = {name for name in Base.metadata.tables if rows(name)}
    assert left == {"audit_entry", "data_state"}
    with reading() as session:
        trail = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert trail[0].action == "setting changed"
        assert (trail[-1].actor, trail[-1].action) == ("Ada", "database emptied")
        assert not state.is_sample(session)
        assert state.is_empty(session)
        assert state.data_version(session) == 4


def test_an_emptied_database_takes_the_same_files_again(database: str) -> None:
    imported(Crisis, crisis("a", restricted_to=["hr"]))
    with writing() as session:
        session.add(Review(crisis_id=rows(Crisis, "id")[0][0]))
    with writing() as session:
        empty(session, LOCAL)
    imported(Crisis, crisis("a"))
    imported(Gap, gap("G"))
    assert (len(rows(Crisis)), len(rows(Gap)), rows("crisis_role")) == (1, 1, [])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_emptying_fails_as_a_whole(database: str) -> None:
    imported(Gap, gap("G"))

    def fail() -> None:
        with writing() as session:
            empty(session, LOCAL)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(rows(Gap)) == 1
