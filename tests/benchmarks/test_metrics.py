from __future__ import annotations

import os

import pytest

from benchmarks.__main__ import main
from data.config import config
from data.engine import dispose


def test_all_numbers_of_a_crisis_are_timed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("AFTERMATH_DATABASE_URL", os.environ["AFTERMATH_DATABASE_URL"])
    assert main(["metrics", "--posts", "5000", "--runs", "1"]) == 0
    dispose()
    config.cache_clear()
    told = capsys.readouterr().out
    assert told.startswith("All numbers of a crisis with 5,000 posts, median of 1: ")
    assert "reaction" in told
