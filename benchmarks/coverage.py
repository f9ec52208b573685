"""How often the intervals hold the truth where it is known, against what Methods claims of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.simulations import Coverage, interrupted, sentiment, volume


@dataclass(frozen=True, slots=True)
class Claim:
    """What is simulated, the share of intervals that should hold the truth (from, to), and whether they are labelled."""

    what: str
    simulate: Callable[[int], Coverage]
    least: float
    most: float
    labelled: bool = False


CLAIMS: tuple[Claim, ...] = (
    Claim("level change, 60 days, ρ = .6", interrupted.level_change, 0.90, 0.97),
    Claim("net sentiment, 28 independent days", sentiment.independent, 0.91, 0.97),
    Claim("net sentiment, 28 days with ρ̂ > .2, labelled", sentiment.alike, 0.68, 0.82, labelled=True),
    Claim("rate ratio, 28 days against 28, overdispersed", volume.rate_ratio, 0.90, 0.97),
)


def measure(runs: int) -> tuple[str, bool]:
    """One line a claim, and whether all of them hold."""
    lines, good = [], True
    for claim in CLAIMS:
        found = claim.simulate(runs)
        holds = claim.least <= found.share <= claim.most
        holds &= not claim.labelled or found.labelled == found.intervals
        good &= holds
        lines.append(
            f"{claim.what}: {found.share:.1%} of {found.intervals:,} intervals hold the truth "
            f"(claimed {claim.least:.0%} to {claim.most:.0%}), {found.labelled / found.intervals:.0%} called too narrow"
            f"{'' if holds else ': the claim does not hold'}"
        )
    return "\n".join(lines), good
