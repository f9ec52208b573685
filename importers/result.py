"""What an import did or would do: one element per recognised sheet, or one for a refused file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from data.enums import Effect
from importers.check import Checked
from importers.identify import Match
from importers.issues import Issue, Severity
from importers.streams.base import Outcome


class FileStatus(StrEnum):
    APPLIED = "applied"
    PREVIEWED = "previewed"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class SheetResult:
    """One element of the JSON that INTERFACES describes; `new` … `skipped` add up to `rows`.

    `matches` keeps the sheets at hand for the workbook of rejected rows; it is not part of the JSON.
    """

    file: str
    status: FileStatus
    kind: str | None = None
    format: str | None = None
    sheet: str | None = None
    batch: int | None = None
    rows: int = 0
    new: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    skipped: int = 0
    issues: list[Issue] = field(default_factory=list)
    effects: list[dict[str, Any]] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list, repr=False)

    def as_dict(self) -> dict[str, Any]:
        names = ("file", "kind", "format", "sheet", "status", "batch", "rows", "new", "updated", "duplicate")
        found: dict[str, Any] = {name: getattr(self, name) for name in (*names, "rejected", "skipped")}
        found["status"] = self.status.value
        return found | {"issues": [i.as_dict() for i in self.issues], "effects": self.effects}


def refused(file: str, issues: list[Issue], matches: list[Match] | None = None) -> SheetResult:
    """A file of which nothing was written, and why."""
    return SheetResult(file, FileStatus.REFUSED, issues=issues, matches=matches or [])


def told(file: str, status: FileStatus, batch: int | None, checked: Checked, outcome: Outcome) -> SheetResult:
    """The fate of each row of one sheet: every row below the header is counted exactly once."""
    late = {i.row for i in outcome.issues if i.row is not None and i.severity is Severity.ERROR}
    rejected = (checked.rejected | late) - checked.skipped
    effects = Counter(effect for row, effect in outcome.effects.items() if row not in rejected)
    counted = {effect: effects[effect] for effect in Effect}
    counted[Effect.NEW] += outcome.new
    layout = checked.match.layout
    return SheetResult(
        file,
        status,
        kind=layout.stream.value,
        format=layout.name,
        sheet=checked.match.sheet.name,
        batch=batch,
        rows=checked.total,
        new=counted[Effect.NEW],
        updated=counted[Effect.UPDATED],
        duplicate=counted[Effect.DUPLICATE],
        rejected=len(rejected),
        skipped=checked.total - len(rejected) - sum(counted.values()),
        issues=checked.issues + outcome.issues,
        matches=[checked.match],
    )
