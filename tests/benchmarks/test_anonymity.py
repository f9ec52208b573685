from __future__ import annotations

import re

from benchmarks import anonymity


def test_small_tables_hide_the_least_there_is() -> None:
    told, good = anonymity.measure(waves=1, questions=2, small=4)
    assert good
    hidden, least = re.findall(r"([\d,]+) answers hidden where ([\d,]+) are the least", told)[0]
    assert hidden == least
    assert "40 departments, 8 locations" in told
