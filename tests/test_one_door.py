"""Survey answers are read through one door: no module but those listed here names a table that holds them.

And what goes on behind the door, before it is decided what may be shown, is imported by nothing outside it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.test_architecture import ROOT, imports, modules, tree, within

DOOR = "data.queries.surveys"
TABLES = {"Answer", "Response", "SurveySummary", "SurveyFigure"}
NAMES = {"answer", "response", "survey_summary", "survey_figure"}
#: Who may name these tables beside the door, each with what it does there.
OTHERS = {
    "data.tables": "declares them",
    "data.migrations": "makes them",
    "importers.streams.surveys": "writes answers",
    "importers.streams.survey_attributes": "writes the groups of people",
    "importers.streams.survey_summaries": "writes what a tool had added up",
    "data.queries.provenance": "names the files behind a wave, never a row",
    "data.queries.state": "counts the rows of every table",
    "data.commands.rekeying": "makes keys anew where names are masked",
    "data.commands.survey_figures": "keeps what the door decided, and asks which waves a batch touched",
}
#: What lies behind the door and gives raw numbers.
BEHIND = tuple(f"{DOOR}.{name}" for name in ("reading", "figures", "everybody", "asked", "later", "shown"))
KEEPER = "data.commands.survey_figures"


def named(root: Path) -> list[str]:
    """Modules that name a table of answers without a reason to."""
    allowed = (DOOR, *OTHERS)
    found = [
        f"{one.importer}:{one.line} imports {one.name}"
        for one in imports(root)
        if within(one.name, "data.tables")
        and one.name.rpartition(".")[2] in TABLES
        and not within(one.importer, *allowed)
    ]
    for name, path in modules(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if within(name, *allowed) or not isinstance(node, ast.Subscript | ast.Call):
                continue
            if _asks_for(node):
                found.append(f"{name}:{node.lineno} names a table of answers")
    return found


def _asks_for(node: ast.Subscript | ast.Call) -> bool:
    """``metadata.tables["answer"]``, ``sa.table("answer")`` or statements in words about such a table."""
    if isinstance(node, ast.Subscript):
        key = node.slice
        return ast.unparse(node.value).endswith(".tables") and isinstance(key, ast.Constant) and key.value in NAMES
    called = ast.unparse(node.func).rpartition(".")[2]
    if called not in {"text", "table", "Table"} or not node.args or not isinstance(node.args[0], ast.Constant):
        return False
    return bool(NAMES & set(str(node.args[0].value).lower().replace('"', " ").replace(",", " ").split()))


def reached_behind(root: Path) -> list[str]:
    """Modules outside the door that import what lies behind it."""
    return [
        f"{one.importer}:{one.line} imports {one.name}"
        for one in imports(root)
        if within(one.name, *BEHIND) and not within(one.importer, DOOR, KEEPER)
    ]


def test_answers_are_read_through_one_door() -> None:
    assert named(ROOT) == []
    assert reached_behind(ROOT) == []


def test_whoever_is_excused_has_need_of_it() -> None:
    using = {
        one.importer
        for one in imports(ROOT)
        if within(one.name, "data.tables") and one.name.rpartition(".")[2] in TABLES and not within(one.importer, DOOR)
    }
    assert {name for name in OTHERS if name not in {"data.tables", "data.migrations"}} <= using


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("reports/sections/x.py", "from data.tables import Answer"),
        ("data/queries/x.py", "from data.tables.surveys import Response"),
        ("data/commands/x.py", "def f():\n    from data.tables import SurveyFigure"),
        ("data/queries/x.py", "T = Base.metadata.tables['answer']"),
        ("data/x.py", "sa.text('SELECT value FROM answer, wave')"),
    ],
)
def test_a_second_door_is_found(name: str, text: str, tmp_path: Path) -> None:
    assert len(named(tree(tmp_path, {name: text}))) == 1


def test_a_way_behind_the_door_is_found(tmp_path: Path) -> None:
    house = tree(tmp_path, {"reports/x.py": "from data.queries.surveys.reading import asked"})
    assert len(reached_behind(house)) == 1
