"""Who keeps protected terms, what the audit trail says of it, and the command."""

from __future__ import annotations

import io

import pytest

from data.__main__ import main
from data.access import LOCAL, Viewer
from data.commands import protected
from data.engine import reading, writing
from data.enums import Role
from data.masking import TermError
from data.queries.protected import KEEPERS, NotAllowed, masker, terms
from data.tables import AuditEntry, Crisis, ProtectedTerm
from tests.data.world import crisis, imported, rows

OTHERS = sorted(set(Role) - KEEPERS)


def add(*new: str, viewer: Viewer = LOCAL, code: str = "C-1") -> int:
    with writing() as session:
        return protected.add(session, viewer, code, new)


@pytest.fixture(autouse=True)
def _crisis(database: str) -> None:
    imported(Crisis, crisis("C-1", summary="Of Quilla Vantry"), crisis("C-2"))


@pytest.mark.parametrize("role", sorted(KEEPERS))
def test_keepers_add_read_and_remove(role: Role) -> None:
    viewer = Viewer("keeper", role)
    assert add("Quilla Vantry", "@zeborun", viewer=viewer, code="c-1") == 1
    with reading() as session:
        assert terms(session, viewer, "C-1") == ["Quilla Vantry", "zeborun"]
        assert terms(session, viewer, "C-2") == []
    with writing() as session:
        assert protected.remove(session, viewer, "C-1", ["quilla vantry", "never there"]) == 1
    assert rows(ProtectedTerm, "term") == [("zeborun",)]
    assert rows(Crisis, "code", "summary")[0] == ("C-1", "Of [name withheld]")


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_neither_read_nor_change_but_their_texts_are_masked(role: Role) -> None:
    add("Quilla Vantry")
    viewer = Viewer("other", role)
    for deed in (protected.add, protected.remove):
        with pytest.raises(NotAllowed), writing() as session:
            deed(session, viewer, "C-1", ["Quilla Vantry"])
    with reading() as session:
        with pytest.raises(NotAllowed):
            terms(session, viewer, "C-1")
        assert masker(session).text("quilla-vantry!") == "[name withheld]!"


def test_a_crisis_that_the_keeper_does_not_see_does_not_exist() -> None:
    imported(Crisis, crisis("C-3", restricted_to=["legal"]))
    with pytest.raises(NotAllowed, match="There is no crisis"):
        add("zeborun", viewer=Viewer("hr", Role.HR), code="C-3")
    add("zeborun", viewer=Viewer("legal", Role.LEGAL), code="C-3")


def test_the_audit_trail_names_the_crisis_and_never_the_term() -> None:
    add("Quilla Vantry", "zeborun")
    with writing() as session:
        protected.remove(session, LOCAL, "C-1", ["zeborun"])
    told = [entry for entry in rows(AuditEntry, "action", "target", "actor") if "protected" in entry[0]]
    assert sorted(told) == [
        ("terms no longer protected", "crisis C-1: 1", "local user"),
        ("terms protected", "crisis C-1: 2", "local user"),
    ]


def test_the_same_term_is_kept_once_in_a_crisis_and_may_be_in_several() -> None:
    add("zeborun", "@ZEBORUN")
    assert add("Zeborun") == 0
    add("zeborun", code="C-2")
    assert len(rows(ProtectedTerm)) == 2


def test_a_refused_term_changes_nothing() -> None:
    with pytest.raises(TermError):
        add("Quilla Vantry", "x")
    assert rows(ProtectedTerm) == []
    assert rows(Crisis, "summary")[0] == ("Of Quilla Vantry",) or ("Of Quilla Vantry",) in rows(Crisis, "summary")


def test_the_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        told = capsys.readouterr()
        return status, told.out, told.err

    assert run("protect", "C-1", "Quilla Vantry") == (0, "Masked in 1 stored rows.\n", "")
    monkeypatch.setattr("sys.stdin", io.StringIO("zeborun\n\n@other one\n"))
    assert run("protect", "C-1", "-") == (0, "Masked in 0 stored rows.\n", "")
    assert run("protect", "--list", "C-1") == (0, "Quilla Vantry\nother one\nzeborun\n", "")
    assert run("protect", "--remove", "C-1", "zeborun") == (0, "1 terms are protected no longer.\n", "")
    assert run("protect", "C-9", "zeborun") == (1, "", "There is no crisis “C-9”.\n")
    assert run("protect", "C-1", "x") == (1, "", "A protected term needs at least two letters or digits.\n")
    with pytest.raises(SystemExit):
        main(["protect", "C-1"])
