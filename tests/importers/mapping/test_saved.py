"""Saved mappings: by name and by header, and nobody's change lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from data.access import LOCAL, Viewer
from data.commands.mappings import MappingRefused
from data.engine import reading, writing
from data.enums import Role, Stream
from data.queries import mappings as queries
from data.tables import Base
from importers.issues import Refused
from importers.mapping import saved
from importers.mapping.model import Mapping
from tests.importers.files import on_sqlite, stored
from tests.importers.mapping.files import table

SCORES = Mapping(
    "Portal", Stream.REPUTATION, "scores", headings=("Tag", "Wert"), columns={"date": "Tag", "score": "Wert"},
    constants={"source": "Portal"},
)  # fmt: skip
SURVEY = Mapping("Puls", Stream.SURVEY, "respondents", headings=("Stolz?",), items=("Stolz?",))
HUMAN, LEADER = Viewer("h", Role.HR), Viewer("l", Role.LEADERSHIP)


def made_for(*header: str) -> list[str]:
    with reading() as session:
        return [one.name for one in saved.made_for(session, [table([*header])])]


def test_a_mapping_is_saved_changed_and_deleted(database: str) -> None:
    assert saved.save(replace(SCORES, name=" Portal "), LOCAL) == 1
    assert saved.save(replace(SCORES, decimal="comma"), LOCAL, version=1) == 2
    with reading() as session:
        assert saved.named(session, "Portal", LOCAL) == replace(SCORES, decimal="comma")
        (one,) = saved.listed(session, LOCAL)
    assert (one.version, one.saved_by, one.signature) == (2, LOCAL.name, SCORES.signature)
    saved.delete("Portal", 2, LOCAL)
    assert stored("mapping", "name") == []
    assert [entry for entry in stored("audit_entry", "action", "target") if "mapping" in entry[0]] == [
        ("mapping saved", "Portal"), ("mapping saved", "Portal"), ("mapping deleted", "Portal"),
    ]  # fmt: skip


def test_nobody_overwrites_what_they_have_not_seen(database: str) -> None:
    saved.save(SCORES, LOCAL)
    with pytest.raises(MappingRefused, match="already"):
        saved.save(replace(SCORES, decimal="comma"), LOCAL)
    saved.save(replace(SCORES, decimal="comma"), Viewer("first", Role.ANALYST), version=1)
    with pytest.raises(MappingRefused, match="changed meanwhile by first"):
        saved.save(replace(SCORES, decimal="point"), LOCAL, version=1)
    with pytest.raises(MappingRefused, match="changed meanwhile"):
        saved.delete("Portal", 1, LOCAL)
    saved.delete("Portal", 2, LOCAL)
    with pytest.raises(MappingRefused, match="deleted meanwhile"):
        saved.save(SCORES, LOCAL, version=2)
    with pytest.raises(MappingRefused, match="no saved mapping"):
        saved.delete("Portal", 2, LOCAL)


@on_sqlite
def test_roles_keep_the_mappings_of_their_kinds(database: str) -> None:
    saved.save(SCORES, LOCAL)
    saved.save(SURVEY, HUMAN)
    with reading() as session:
        assert [one.name for one in saved.listed(session, HUMAN)] == ["Puls"]
        assert saved.listed(session, LEADER) == []
        with pytest.raises(Refused, match="Saved are: Puls"):
            saved.named(session, "Portal", HUMAN)
    for attempt in (
        lambda: saved.save(SURVEY, LEADER, version=1),
        lambda: saved.save(SCORES, HUMAN, version=1),
        lambda: saved.save(replace(SURVEY, name="Portal"), HUMAN, version=1),
        lambda: saved.delete("Portal", 1, HUMAN),
    ):
        with pytest.raises(MappingRefused, match="Your role"):
            attempt()


def test_a_header_finds_the_mappings_made_for_it_the_last_saved_first(database: str) -> None:
    saved.save(SCORES, LOCAL)
    saved.save(replace(SCORES, name="Neuer"), LOCAL)
    assert made_for("WERT", "tag") == ["Neuer", "Portal"]
    saved.save(SCORES, LOCAL, version=1)
    assert made_for("Tag", "Wert", "") == ["Portal", "Neuer"]
    assert made_for("Tag", "Wert", "n") == []


@on_sqlite
def test_what_is_not_complete_is_not_saved(database: str) -> None:
    with pytest.raises(Refused, match="nothing fills “source”"):
        saved.save(replace(SCORES, constants={}), LOCAL)
    assert stored("mapping", "name") == []


@on_sqlite
def test_what_an_earlier_release_saved_and_this_one_cannot_use_is_told_or_passed_over(database: str) -> None:
    saved.save(SCORES, LOCAL)
    target = Base.metadata.tables["mapping"]
    with writing() as session:
        session.execute(sa.update(target).values(content=SCORES.to_dict() | {"record": "stars"}))
    assert made_for("Tag", "Wert") == []
    with reading() as session:
        with pytest.raises(Refused, match="no record “stars”"):
            saved.named(session, "Portal", LOCAL)
        assert queries.named(session, "Nobody") is None
