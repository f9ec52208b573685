"""What a metric is called and means: declared beside the code that computes it, gathered in `metrics.catalogue`."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.estimate import Better


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric as the Methods page shows it.

    Attributes
    ----------
    id : str
        The contract's id; it never changes.
    label : str
        Plain words in sentence case.
    unit : str
        Unit of the estimate's value, such as ``"hours"``, ``"days"`` or ``"share"`` (0–1).
    definition : str
        One or two sentences: what is counted, from where to where.
    source : str
        The publication behind the method, or ``"house"`` for a choice of this project.
    formula : str
        How the value and its interval are computed, where the definition does not say it all.
    edge_cases : str
        When there is no value, and what stands there instead.
    """

    id: str
    label: str
    unit: str
    better: Better
    definition: str
    source: str = "house"
    formula: str = ""
    edge_cases: str = ""
