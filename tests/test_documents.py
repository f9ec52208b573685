"""The documents that repeat the code say what the code says, and the pictures stay small."""

from __future__ import annotations

import re

import pytest

from docs import cells
from docs.written import FOLDER, WRITTEN
from importers.formats import FORMATS
from tests.conftest import ROOT


@pytest.mark.parametrize("name", WRITTEN)
def test_a_document_is_what_the_code_writes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == WRITTEN[name](), "run: make docs"


def test_every_column_s_cells_have_words() -> None:
    said = {cells.says(column.read) for layout in FORMATS for column in layout.columns}
    assert all(said)


def test_a_reader_without_words_is_told() -> None:
    with pytest.raises(LookupError, match="no words"):
        cells.says(lambda series, place, raw, context: None)


def test_pictures_are_shown_and_small() -> None:
    pictures = {path.name: path.stat().st_size for path in (FOLDER / "pictures").iterdir()}
    shown = {
        name
        for path in [ROOT / "README.md", *FOLDER.glob("*.md")]
        for name in re.findall(r"!\[[^\]]{20,}\]\((?:docs/)?pictures/([^)]+)\)", path.read_text(encoding="utf-8"))
    }
    assert set(pictures) == shown
    assert max(pictures.values()) < 250_000
    assert sum(pictures.values()) < 1_500_000
