from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from reports.documents import as_json
from reports.documents.saving import save

PACK = {"crisis": {"title": "Größe ☂"}, "metrics": [{"value": 9.2, "lo": None}]}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    save(as_json.text(PACK), tmp_path / "pack.json")
    assert json.loads((tmp_path / "pack.json").read_text(encoding="utf-8")) == PACK
    assert [path.name for path in tmp_path.iterdir()] == ["pack.json"]


def test_a_failure_leaves_the_old_document_and_no_half_file(tmp_path: Path) -> None:
    save(as_json.text(PACK), tmp_path / "pack.json")
    with pytest.raises(ValueError, match="JSON compliant"):
        save(as_json.text({"value": math.nan}), tmp_path / "pack.json")
    assert json.loads((tmp_path / "pack.json").read_text(encoding="utf-8")) == PACK
    assert [path.name for path in tmp_path.iterdir()] == ["pack.json"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        save(as_json.text(PACK), tmp_path / "nowhere" / "pack.json")
