"""Real layouts of incident logs, surveys and reviews are told by their content, whatever the file is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from importers.context import Context, Options
from importers.identify import identify
from importers.read import read

NAMELESS = "zzz"


def context() -> Context:
    return Context(Options(), company=None, company_zone="UTC", today=date(2026, 11, 1), k=5, paired=False)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("jira/export_all_fields_sample.csv", "jira"),
        ("jira/real_corpus_rows.csv", "jira"),
        ("pagerduty/incidents_csv_header.csv", "pagerduty"),
    ],
)
def test_a_sample_is_recognised(sample: str, expected: str, shared: Path) -> None:
    (sheet,) = read(NAMELESS, (shared / "formats" / sample).read_bytes(), limit_mb=1)
    match = identify(sheet, context())
    assert match is not None
    assert match.layout.name == expected
