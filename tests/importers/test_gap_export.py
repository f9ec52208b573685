"""The register leaves as a file and comes back as it was."""

from __future__ import annotations

import random
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.access import Viewer
from data.commands import gaps, hand
from data.engine import reading, writing
from data.enums import Element, GapStatus, Origin, Role
from importers import gap_export
from importers.__main__ import main
from importers.context import Options
from importers.formats.template_gaps import GAPS
from importers.pipeline import Upload, apply
from importers.result import FileStatus
from tests.data import world

ADMIN = Viewer("test", Role.ADMIN)
ROWS = 200
#: Texts that files have trouble with.
TEXTS = (
    "=1+1", "+49 30 1", "-", "@here", "Zeile 1\nZeile 2", 'He said: "no"', "a;b,c", "’“”–… ✓ 日本語", "N/A", "007", "1,5",
    "2026-03-02", "true", "x" * 2_000,
)  # fmt: skip


def enter_register() -> None:
    """200 gaps with every field filled here and there, in two crises and in none."""
    dice = random.Random(6)
    statuses = list(GapStatus)
    with writing() as session:
        for code in ("thread", "ticket"):
            hand.enter_crisis(session, ADMIN, code, {"title": code})
        for number in range(ROWS):
            gaps.enter_gap(session, ADMIN, _gap(number, statuses[number % 6], dice), code=f"G-{number:03}")


def _gap(number: int, status: GapStatus, dice: random.Random) -> dict[str, Any]:
    opened = date(2026, 1, 1) + timedelta(days=number % 90)
    done = status in {GapStatus.IMPLEMENTED, GapStatus.VALIDATED}
    text = TEXTS[number % len(TEXTS)]
    some: dict[str, Any] = {
        "crisis": dice.choice(["thread", "ticket", None]), "step": text[:100], "origin": dice.choice(list(Origin)),
        "element": dice.choice(list(Element)), "severity": dice.choice([1, 2, 3, 4]), "root_cause": text,
        "corrective_action": text[::-1].strip() or None, "responsible_function": "PR", "contact": "pr@example.com",
        "start_on": opened, "due_on": opened + timedelta(days=400), "metric": "time_to_detect",
        "target": dice.choice([1.5, 0.125, 1234.0, 1e-05, 3.0, 1.125]),
    }  # fmt: skip
    kept = {name: value for name, value in some.items() if dice.random() < 0.7}
    fixed = {"completed_on": opened + timedelta(days=20), "evidence": text} if done else {}
    return {"title": text[:200], "section": "Respond", "opened_on": opened, "status": status} | kept | fixed


def exported(kind: str, viewer: Viewer = ADMIN) -> bytes:
    with reading() as session:
        return gap_export.content(session, viewer, kind)


def register() -> list[tuple[Any, ...]]:
    names = [column.field for column in GAPS.columns if column.field not in {"gap", "crisis"}]
    return world.rows("gap", "code", "key", *names)


def crises_of_gaps() -> dict[str, str | None]:
    codes = dict(world.rows("crisis", "id", "code"))
    return {code: codes.get(number) for code, number in world.rows("gap", "code", "crisis_id")}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("kind", gap_export.KINDS)
def test_a_register_of_200_gaps_comes_back_without_loss(kind: str) -> None:
    enter_register()
    before, found_in, content = register(), crises_of_gaps(), exported(kind)
    (again,) = apply(Upload(f"gaps.{kind}", content), Options(), ADMIN)
    assert (again.status, again.duplicate, again.rejected) == (FileStatus.APPLIED, ROWS, 0), again.issues[:3]
    assert register() == before

    world.wipe()
    with writing() as session:
        for code in ("thread", "ticket"):
            hand.enter_crisis(session, ADMIN, code, {"title": code})
    (fresh,) = apply(Upload(f"gaps.{kind}", content), Options(), ADMIN)
    assert (fresh.status, fresh.format, fresh.new) == (FileStatus.APPLIED, "template_gaps", ROWS), fresh.issues[:3]
    assert len(before) == ROWS
    assert register() == before
    assert crises_of_gaps() == found_in
    assert exported(kind) == content or kind == "xlsx"  # a workbook carries the moment at which it was made


@pytest.mark.usefixtures("database")
def test_a_spreadsheet_program_takes_no_text_for_a_formula() -> None:
    with writing() as session:
        gaps.enter_gap(session, ADMIN, {"title": "=HYPERLINK(1)", "section": "Respond"})
    (cell,) = [c for c in load_workbook(BytesIO(exported("xlsx")))["gaps"][2] if c.value == "=HYPERLINK(1)"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert b",=HYPERLINK" not in exported("csv")


@pytest.mark.usefixtures("database")
def test_an_export_holds_what_its_reader_may_see() -> None:
    with writing() as session:
        hand.enter_crisis(session, ADMIN, "secret", {"title": "Secret"})
        hand.restrict(session, ADMIN, "secret", [Role.LEGAL])
        gaps.enter_gap(session, ADMIN, {"title": "Hidden gap", "section": "Respond", "crisis": "secret"})
        gaps.enter_gap(session, ADMIN, {"title": "Open gap", "section": "Respond"})
    told = exported("csv", Viewer("ana", Role.ANALYST)).decode()
    assert "Open gap" in told
    assert "Hidden gap" not in told
    assert "Hidden gap" in exported("csv", Viewer("leo", Role.LEGAL)).decode()


@pytest.mark.usefixtures("database")
def test_the_command_writes_the_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with writing() as session:
        gaps.enter_gap(session, ADMIN, {"title": "Open gap", "section": "Respond"})
    assert main(["--register", str(tmp_path / "gaps.csv")]) == 0
    assert "Open gap" in (tmp_path / "gaps.csv").read_text(encoding="utf-8-sig")
    assert main(["--register", str(tmp_path / "gaps.pdf")]) == 2
    assert "xlsx or csv" in capsys.readouterr().err
