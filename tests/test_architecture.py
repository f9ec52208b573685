"""The house stands: no import runs up, and what may lie where it lies.

Each rule is a function from a tree to its breaches, and is itself shown to find one in a small made-up tree.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: From the cellar to the roof; a floor may import those before it.
FLOORS = ("metrics", "data", "reports", "importers", "pages", "app")

LONGEST = 300
#: Files that are longer because they do one thing that is long, each with its reason.
LONG_FILES = {
    "data/migrations/versions/0001_the_first_schema.py": "one migration creates every table, as Alembic wrote it",
}


class Import(NamedTuple):
    """One imported name: ``from data.queries import crises`` has the name ``data.queries.crises``."""

    importer: str
    line: int
    name: str
    on_load: bool  # runs when the module is imported, not in a function and not for type checkers alone


Rule = Callable[[Path], list[str]]


def within(name: str, *packages: str) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Dotted name and file of every module of the six floors."""
    for name in ("app", "serve"):
        if (root / f"{name}.py").is_file():
            yield "app", root / f"{name}.py"
    for floor in FLOORS[:-1]:
        for path in sorted((root / floor).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _lazy_nodes(tree: ast.AST) -> set[ast.AST]:
    """Nodes that do not run when the module is loaded."""
    lazy: set[ast.AST] = set()
    for node in ast.walk(tree):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if is_function or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            lazy.update(ast.walk(node))
    return lazy


def _dynamic(node: ast.AST) -> list[str]:
    """The module that ``import_module("x")`` or ``__import__("x")`` names."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return []
    called = ast.unparse(node.func).rpartition(".")[2]
    return [str(node.args[0].value)] if called in {"import_module", "__import__"} else []


def imports(root: Path) -> Iterator[Import]:
    """Every import of the six floors, those inside functions included."""
    for importer, path in modules(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lazy = _lazy_nodes(tree)
        package = importer if path.name == "__init__.py" else importer.rpartition(".")[0]
        for node in ast.walk(tree):
            names = _dynamic(node)
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
                source = ".".join([*above, *([node.module] if node.module else [])])
                names = [f"{source}.{alias.name}" for alias in node.names]
            for name in names:
                yield Import(importer, node.lineno, name, node not in lazy)


def wrong_arrows(root: Path) -> list[str]:
    """A floor imports one above it, tests or benchmarks, or ``data`` more of ``metrics`` than anonymity."""
    found = []
    for one in imports(root):
        target = one.name.partition(".")[0]
        if target in {"tests", "benchmarks"}:
            found.append(f"{one.importer}:{one.line} imports {one.name}")
        elif target in FLOORS:
            floor = one.importer.partition(".")[0]
            up = FLOORS.index(target) > FLOORS.index(floor)
            past_anonymity = floor == "data" and target == "metrics" and not within(one.name, "metrics.anonymity")
            if up or past_anonymity:
                found.append(f"{one.importer}:{one.line} imports {one.name}")
    return found


#: Who must not import what, and why.
FORBIDDEN: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("metrics", ("streamlit", "sqlalchemy", "sqlmodel", "plotly"), "metrics are pure functions over frames"),
    ("data", ("streamlit", "plotly"), "data serves pages and commands alike"),
    ("reports", ("streamlit",), "documents are made without a page"),
    ("importers", ("streamlit", "plotly"), "imports run without a page"),
    ("data.tables", ("data.queries", "data.commands"), "tables know nothing of their readers and writers"),
    ("data.queries", ("data.commands",), "a read never writes"),
    ("reports.sections", ("plotly", "reports.figures", "reports.documents"), "a section is numbers and sentences"),
    ("reports.figures", ("data", "reports.sections", "reports.documents"), "a figure draws the frame it is given"),
    ("importers.formats", ("reports", "data.queries", "data.commands", "data.engine"), "a format is a declaration"),
    ("importers.values", ("reports", "data.queries", "data.commands", "data.engine"), "values are read without a database"),
    ("pages", ("sqlalchemy", "sqlmodel", "data.tables"), "pages ask queries and commands"),
)  # fmt: skip


def forbidden_imports(root: Path) -> list[str]:
    """A package imports what its task has no use for."""
    return [
        f"{one.importer}:{one.line} imports {one.name}: {why}"
        for one in imports(root)
        for package, banned, why in FORBIDDEN
        if within(one.importer, package) and within(one.name, *banned)
    ]


def views_importing_views(root: Path) -> list[str]:
    """A page's script runs when it is imported, so no page imports another."""
    return [f"{one.importer}:{one.line} imports {one.name}" for one in imports(root) if within(one.name, "pages.views")]


def slow_imports(root: Path) -> list[str]:
    """scipy and statsmodels take 1 to 2 s: they are imported inside the function that needs them."""
    return [
        f"{one.importer}:{one.line} imports {one.name} on load"
        for one in imports(root)
        if one.on_load and within(one.name, "scipy", "statsmodels")
    ]


def automatic_pages(root: Path) -> list[str]:
    """Any script directly in pages/ becomes a page that bypasses app.py, and with it sign-in."""
    return [path.name for path in sorted((root / "pages").glob("*.py")) if path.name != "__init__.py"]


def long_files(root: Path, excused: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Files over `LONGEST` lines without a reason, and reasons for files that are not that long."""
    long = {}
    for _, path in modules(root):
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST:
            long[path.relative_to(root).as_posix()] = lines
    return [f"{name} has {lines} lines" for name, lines in long.items() if not excused.get(name)] + [
        f"{name} is excused but not long" for name in excused if name not in long
    ]


def clocks_in_metrics(root: Path) -> list[str]:
    """The as-of moment is an argument: nothing in metrics asks what time it is."""
    asking = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
    clocks = {"datetime", "date", "Timestamp", "time"}
    found = []
    for name, path in modules(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not within(name, "metrics") or not isinstance(node, ast.Call):
                continue
            owner, _, called = ast.unparse(node.func).rpartition(".")
            if called in asking and owner.rpartition(".")[2] in clocks:
                found.append(f"{name}:{node.lineno} calls {ast.unparse(node.func)}")
    return found


def stray_caches(root: Path) -> list[str]:
    """Streamlit's caches are shared by all users: all lie in one place, and ``cache_data`` always has a limit."""
    found = []
    for name, path in modules(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        limited = {
            node.func
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and any(keyword.arg == "max_entries" for keyword in node.keywords)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or node.attr not in {"cache_data", "cache_resource"}:
                continue
            if not within(name, "pages.components.loaders"):
                found.append(f"{name}:{node.lineno} uses {node.attr} outside pages.components.loaders")
            elif node.attr == "cache_data" and node not in limited:
                found.append(f"{name}:{node.lineno} uses cache_data without max_entries")
    return found


RULES: tuple[Rule, ...] = (
    wrong_arrows,
    forbidden_imports,
    views_importing_views,
    slow_imports,
    automatic_pages,
    clocks_in_metrics,
    stray_caches,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


def test_no_file_is_long_without_a_reason() -> None:
    assert long_files(ROOT, LONG_FILES) == []


def test_the_house_was_found() -> None:
    floors = {name.partition(".")[0] for name, _ in modules(ROOT)}
    assert floors == set(FLOORS)


def tree(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


BREACHES: list[tuple[Rule, str, str]] = [
    (wrong_arrows, "metrics/x.py", "import data.queries"),
    (wrong_arrows, "metrics/x.py", "def f():\n    from reports import sections"),
    (wrong_arrows, "metrics/x.py", "from importlib import import_module\nimport_module('data.keys')"),
    (wrong_arrows, "metrics/topic/x.py", "from ...data import keys"),
    (wrong_arrows, "data/x.py", "from metrics import clock"),
    (wrong_arrows, "data/x.py", "from metrics.clock import CrisisClock"),
    (wrong_arrows, "data/x.py", "if TYPE_CHECKING:\n    from importers.sheet import Sheet"),
    (wrong_arrows, "reports/x.py", "import importers"),
    (wrong_arrows, "importers/x.py", "from pages.components import guard"),
    (wrong_arrows, "pages/views/x.py", "import app"),
    (wrong_arrows, "data/x.py", "from tests.conftest import ROOT"),
    (forbidden_imports, "metrics/x.py", "import sqlalchemy as sa"),
    (forbidden_imports, "importers/x.py", "def f():\n    import streamlit as st"),
    (forbidden_imports, "data/queries/x.py", "from data.commands.audit import record"),
    (forbidden_imports, "reports/sections/x.py", "import plotly.graph_objects as go"),
    (forbidden_imports, "reports/sections/x.py", "from reports import figures"),
    (forbidden_imports, "reports/figures/x.py", "from data.enums import Milestone"),
    (forbidden_imports, "importers/formats/x.py", "from data.queries import state"),
    (forbidden_imports, "pages/views/x.py", "import sqlalchemy"),
    (views_importing_views, "pages/views/x.py", "from pages.views import overview"),
    (slow_imports, "metrics/x.py", "from scipy import stats"),
    (slow_imports, "metrics/x.py", "class A:\n    import statsmodels.api as sm"),
    (automatic_pages, "pages/overview.py", ""),
    (long_files, "data/x.py", "x = 1\n" * (LONGEST + 1)),
    (clocks_in_metrics, "metrics/x.py", "import datetime as dt\ndef f():\n    return dt.datetime.now(dt.UTC)"),
    (clocks_in_metrics, "metrics/x.py", "import pandas as pd\nT = pd.Timestamp.today()"),
    (stray_caches, "pages/views/x.py", "@st.cache_data(max_entries=9)\ndef f(): ..."),
    (stray_caches, "pages/components/loaders.py", "@st.cache_data\ndef f(): ..."),
    (stray_caches, "pages/components/loaders.py", "@st.cache_data(ttl=9)\ndef f(): ..."),
]


@pytest.mark.parametrize(("rule", "name", "text"), BREACHES, ids=lambda value: getattr(value, "__name__", None))
def test_the_rule_finds_its_breach(rule: Rule, name: str, text: str, tmp_path: Path) -> None:
    assert len(rule(tree(tmp_path, {name: text}))) == 1


def test_what_is_allowed_is_let_through(tmp_path: Path) -> None:
    house = tree(
        tmp_path,
        {
            "app.py": "import streamlit as st\nfrom pages.components import menu",
            "pages/__init__.py": "",
            "pages/views/x.py": "import streamlit as st\nfrom reports.sections import response",
            "pages/components/loaders.py": "@st.cache_data(max_entries=9)\ndef f(): ...",
            "importers/apply.py": "from reports.sections import response\nfrom data.commands import records",
            "reports/sections/x.py": "from data.queries import crises\nfrom metrics import clock",
            "reports/figures/x.py": "import plotly.graph_objects as go\nfrom metrics.estimate import Estimate",
            "data/queries/x.py": "from metrics.anonymity import safe\nimport data.engine",
            "metrics/x.py": "def f():\n    from scipy import stats\n    return pd.Timestamp(0), frame.time.now",
            "metrics/y.py": "if TYPE_CHECKING:\n    import statsmodels.api",
            "metrics/z.py": "x = 1\n" * LONGEST,
        },
    )
    breaches = [breach for rule in (*RULES, long_files) for breach in rule(house)]
    assert breaches == []


def test_an_excuse_needs_a_reason_and_a_long_file(tmp_path: Path) -> None:
    house = tree(tmp_path, {"data/long.py": "x = 1\n" * (LONGEST + 1), "data/short.py": ""})
    assert long_files(house, {"data/long.py": "one table a section"}) == []
    assert long_files(house, {"data/long.py": ""}) == [f"data/long.py has {LONGEST + 1} lines"]
    assert long_files(house, {"data/long.py": "x", "data/short.py": "y"}) == ["data/short.py is excused but not long"]
