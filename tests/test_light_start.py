"""The app starts without the packages that only some numbers need: they take one to two seconds to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = ("scipy", "statsmodels", "holidays")


@pytest.mark.usefixtures("small")
def test_importing_the_app_loads_neither_scipy_nor_statsmodels() -> None:
    script = (
        "import sys, app, reports.sections.pack, benchmarks.coverage\n"
        f"print('loaded:', [name for name in {HEAVY} if name in sys.modules], 'metrics.catalogue' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "loaded: [] True" in done.stdout
