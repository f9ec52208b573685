"""What an import did or would do: one element per recognised table of a sheet, or one for a refused file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from data.enums import Effect, Stream
from data.masking import IDENTITIES
from importers.check import Checked
from importers.issues import Issue, Severity
from importers.sheet import Cell, Sheet
from importers.streams.base import Outcome, cells
from importers.table import heading


class FileStatus(StrEnum):
    APPLIED = "applied"
    PREVIEWED = "previewed"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


#: Accepted rows that a preview shows as they will be stored.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Rejected:
    """The rejected rows of one sheet as they stood in the file, blank where people stood. Of a survey only their
    numbers: header and cells are empty.
    """

    sheet: str | None
    header: list[Cell] = field(default_factory=list, repr=False)
    rows: dict[int, list[Cell]] = field(default_factory=dict, repr=False)
    identities: frozenset[int] = frozenset()


@dataclass(slots=True)
class SheetResult:
    """One element of the JSON that INTERFACES describes; `new` … `skipped` add up to `rows`.

    `table` is the row of the header, where the sheet holds tables of several formats; each has a result of its own.
    `rejects` and `first` (accepted rows as they will be stored, by field; None for surveys) are for the page and the
    workbook of rejected rows, not part of the JSON.
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
    rejects: list[Rejected] = field(default_factory=list, repr=False)
    first: list[dict[str, Any]] | None = field(default=None, repr=False)
    table: int | None = None

    def as_dict(self) -> dict[str, Any]:
        names = ("file", "kind", "format", "sheet", "status", "batch", "rows", "new", "updated", "duplicate")
        found: dict[str, Any] = {name: getattr(self, name) for name in (*names, "rejected", "skipped")}
        found["status"] = self.status.value
        if self.table is not None:
            found["table"] = self.table
        return found | {"issues": [i.as_dict() for i in self.issues], "effects": self.effects}


def refused(file: str, issues: list[Issue], rejects: list[Rejected] | None = None) -> SheetResult:
    """A file of which nothing was written, and why."""
    return SheetResult(file, FileStatus.REFUSED, issues=issues, rejects=rejects or [])


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
        rejects=[_as_they_stood(checked, rejected)] if rejected else [],
        first=None if layout.stream is Stream.SURVEY else _first(checked, rejected),
        table=next(iter(checked.match.begins), None),
    )


def _as_they_stood(checked: Checked, rejected: set[int]) -> Rejected:
    layout, sheet = checked.match.layout, checked.match.sheet
    header = list(sheet.rows[checked.match.header])
    if layout.stream is Stream.SURVEY:
        return Rejected(sheet.name, rows={row: [] for row in sorted(rejected)})
    people = {heading(name) for name in layout.personal}
    blanked = {position for position, title in enumerate(header) if heading(title) in people}
    known = {name for column in layout.columns if column.field in IDENTITIES for name in column.headings}
    identities = frozenset(position for position, title in enumerate(header) if heading(title) in known)
    rows = {row: _as_shown(sheet, row, len(header), blanked) for row in sorted(rejected)}
    return Rejected(sheet.name, header, rows, identities)


def _as_shown(sheet: Sheet, row: int, width: int, blanked: set[int]) -> list[Cell]:
    """A row as the person sees it, people's columns blank: with the errors in place of values, and = for a formula that
    was never computed.
    """
    cells = enumerate(sheet.rows[row - 1][:width])
    return [None if position in blanked else sheet.odd.get((row, position), cell) for position, cell in cells]


def _first(checked: Checked, rejected: set[int]) -> list[dict[str, Any]]:
    taken = checked.rows[~checked.rows.index.isin(rejected)].head(SHOWN)
    return [
        {"row": row} | {name: value for name, value in values.items() if value is not None}
        for row, values in cells(taken)
    ]
