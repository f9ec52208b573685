"""Who was asked: the audiences that the plan names, and those from which something was heard."""

from __future__ import annotations

from collections.abc import Collection

from metrics.definition import Metric
from metrics.estimate import Better, Estimate, Status, absent
from metrics.names import plain
from metrics.words import listed, plural

METRICS: tuple[Metric, ...] = (
    Metric(id="parties_heard", label="Parties heard", unit="share", better=Better.HIGHER, definition="Audiences with any answer or recorded feedback since the crisis began ÷ audiences that the plan in force names.", formula="Count ÷ count, without an interval: it is a full count. A survey wave during or after the crisis counts, however few answered it; so does a feedback session with employees.", edge_cases="No plan in force, or one that names no audience: does not apply. Those not heard are listed in the basis."),
)  # fmt: skip


def parties_heard(named: Collection[str], heard: Collection[str]) -> Estimate:
    """Share of the audiences named by the plan that were heard; the missing ones stand in the basis.

    Parameters
    ----------
    named : collection of str
        Audiences of the plan's steps.
    heard : collection of str
        Audiences with any answer or recorded feedback; those that the plan doesn't name don't count.
    """
    wanted = _words(named)
    if not wanted:
        why = "the plan in force names no audience"
        return absent(Status.NOT_APPLICABLE, why, unit="share", better=Better.HIGHER)
    missing = missing_parties(named, heard)
    n = len(wanted)
    basis = f"{n - len(missing)} of {plural(n, 'audience')} the plan names"
    basis += f"; not heard: {listed(missing)}" if missing else ""
    return Estimate(value=(n - len(missing)) / n, unit="share", n=n, basis=basis, better=Better.HIGHER)


def missing_parties(named: Collection[str], heard: Collection[str]) -> list[str]:
    """The audiences named but not heard, in order of the alphabet."""
    return sorted(_words(named) - _words(heard))


def _words(audiences: Collection[str]) -> set[str]:
    return {plain(audience) for audience in audiences} - {""}
