"""What pages keep between reruns is named by the data's version: a write in any process is seen at the next rerun."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.pages.conftest import ROOT
from tests.pages.looking import frames, healthy, said, title
from tests.small import event, log, table


def import_elsewhere(url: str, file: Path) -> None:
    environment = os.environ | {"AFTERMATH_DATABASE_URL": url}
    command = [sys.executable, "-m", "importers", str(file)]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)


def test_every_page_sees_what_another_process_imported_after_one_rerun(
    small: str, tmp_path: Path, open_page: Any
) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected")
    overview, history = healthy(open_page("overview")), healthy(open_page("history"))
    review = healthy(open_page("crisis_review", crisis="thread", section="Speed"))
    assert title(overview).startswith("1 crisis;")
    assert "No public statement yet" in said(review)
    assert len(frames(history)[0]) == 1
    file = tmp_path / "more.csv"
    file.write_bytes(
        table([event("thread", "2026-03-02 12:00 statement audience=public"), event("b", "2026-04-02 08:00 posted")])
    )
    import_elsewhere(small, file)
    assert title(healthy(overview.run())).startswith("2 crises;")
    assert "The first public statement came 3 h after detection" in said(healthy(review.run()))
    assert len(frames(healthy(history.run()))[0]) == 2


def test_every_cache_is_named_by_the_data_s_version_and_has_an_end() -> None:
    kept = {}
    for path in [*(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                marks = [ast.unparse(mark) for mark in node.decorator_list if "cache_data" in ast.unparse(mark)]
                if marks:
                    kept[node.name] = (path.parent.name, [argument.arg for argument in node.args.args], marks[0])
    assert len(kept) > 5
    for name, (file, arguments, mark) in kept.items():
        assert file == "loaders", name
        assert "data_version" in arguments, name
        assert "max_entries" in mark, name


#: Functions that read the database by themselves; a page asks `loaders` instead.
READS = ("reading", "load", "portfolio", "overview", "crisis_pack", "sheets", "issues", "of_batch")


def test_no_page_reads_the_database_past_the_loaders() -> None:
    past = []
    for path in [*(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and path.parent.name != "loaders":
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                past += [(path.name, name) for name in names if name == "data.engine.reading"]
                past += [(path.name, n) for n in names if n.startswith("data.queries") and n.split(".")[-1] in READS]
    assert past == []
