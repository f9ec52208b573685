"""What stands where a number would, for each standing of an estimate: in the documents and on the Methods page."""

from __future__ import annotations

from metrics.estimate import Better, Status

#: Standing → what is shown, and what that means.
STANDINGS: dict[Status, tuple[str, str]] = {
    Status.OK: ("a value", "as computed"),
    Status.LOWER_BOUND: ("at least …", "still running: the value grows until the step is recorded"),
    Status.NOT_REACHED: ("not yet", "the step has not come, and may still"),
    Status.INSUFFICIENT_N: ("too few", "not enough observations for a number"),
    Status.UNDEFINED: (
        "not recorded", "what the number is made of was never recorded; “missed” once the crisis is over",
    ),
    Status.SUPPRESSED: ("hidden", "so few people answered that one of them could be recognised"),
    Status.CODED: (
        "at most … or at least …",
        "nearly all or nearly none answered so; the exact share would give them away",
    ),
    Status.INVALID_ORDER: ("times contradict", "the recorded times run backwards"),
    Status.NOT_APPLICABLE: ("does not apply", "the question makes no sense here"),
}  # fmt: skip

#: In which direction an improvement goes, as a table says it.
BETTER: dict[Better, str] = {Better.LOWER: "lower", Better.HIGHER: "higher", Better.NONE: "neither"}
