"""What a start of the app loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, URL_VARIABLE

_LOADED = "import sys, app, reports.sections.pack; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def test_importing_the_app_loads_neither_scipy_nor_statsmodels(tmp_path: Path) -> None:
    """They take 1 to 2 s, which the first visitor would wait for."""
    environment = os.environ | {URL_VARIABLE: f"sqlite:///{tmp_path / 'aftermath.db'}"}
    started = subprocess.run(
        [sys.executable, "-c", _LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(started.stdout.split())
    assert {"app", "streamlit", "pandas", "metrics", "reports"} <= loaded
    assert loaded.isdisjoint({"scipy", "statsmodels", "holidays"})
