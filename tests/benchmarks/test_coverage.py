"""The simulations run, and say so when a claim does not hold; the figures themselves are for the command."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import coverage
from benchmarks.__main__ import main
from benchmarks.simulations import Coverage
from metrics.estimate import Estimate, Status, absent


def test_only_intervals_count() -> None:
    found = Coverage()
    for lo, hi, basis in ((0.1, 0.3, None), (0.4, 0.6, "interval likely too narrow, as …"), (None, None, None)):
        found.add(Estimate(value=0.2, lo=lo, hi=hi, unit="share", basis=basis), 0.2)
    found.add(absent(Status.UNDEFINED, "nothing", unit="share"), 0.2)
    assert (found.held, found.intervals, found.labelled, found.share) == (1, 2, 1, 0.5)


@pytest.mark.parametrize("claim", coverage.CLAIMS, ids=lambda claim: claim.what)
def test_each_simulation_gives_intervals(claim: coverage.Claim) -> None:
    found = claim.simulate(40)
    assert found.intervals == 40
    assert 0.5 < found.share <= 1
    assert (found.labelled == 40) >= claim.labelled


def test_a_claim_that_does_not_hold_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = replace(coverage.CLAIMS[1], least=0.0, most=1.0)
    monkeypatch.setattr(coverage, "CLAIMS", (claim,))
    assert main(["coverage", "--runs", "10"]) == 0
    monkeypatch.setattr(coverage, "CLAIMS", (claim, replace(claim, least=1.0, most=1.0, labelled=True)))
    assert main(["coverage", "--runs", "10"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "(claimed" in line]
    assert [line.endswith("the claim does not hold") for line in lines] == [False, False, True]
