"""A long file of posts, stored chunk by chunk in the transaction of the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session

from data.commands.records import Origin
from data.masking import Masker
from importers import effects
from importers.chunked.checking import Chunks, same_top
from importers.chunked.decided import decided, deciding, wanted
from importers.chunked.merging import Merged
from importers.chunked.scan import scanned
from importers.chunked.text import LongText
from importers.context import Context
from importers.identify import Match
from importers.issues import Refused, issue
from importers.masking import Known, mask_rows
from importers.pace import Steps
from importers.result import FileStatus, SheetResult, told
from importers.streams import STORE
from importers.streams.told import Told
from importers.topics import name_topics
from importers.traps.gathered import Gathered

#: The one kind of record that comes by the million.
_RECORD = "posts"


def plan(text: LongText, matches: list[Match], context: Context, steps: Steps) -> Chunks | None:
    """How to read a long text in chunks; None where it must be read as a whole.

    Raises
    ------
    Refused
        As a reading of the whole would, where a column cannot be read before someone says how, or the text is broken.
    """
    match = matches[0]
    if len(matches) != 1 or match.layout.record != _RECORD:
        return None
    columns = deciding(match, context)
    scan = scanned(text, wanted(match, columns), steps.looked)
    if scan.is_stacked or not same_top(text, match, scan):
        return None
    if scan.records <= match.header + 1:
        raise Refused(issue("no-rows", sheet=match.sheet.name))
    found = decided(match, columns, scan)
    return None if found is None else Chunks(text, match, scan, found)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the rows go: into which batch, of a file under which name, and whether that is a preview."""

    file: str
    batch: int
    status: FileStatus

    @property
    def number(self) -> int | None:
        """The batch as it is told; a preview leaves none."""
        return self.batch if self.status is FileStatus.APPLIED else None


def store(
    session: Session, target: Target, chunks: Chunks, context: Context, masker: Masker, steps: Steps
) -> tuple[SheetResult, effects.Touched]:
    """Check and store every chunk; returns the result of the sheet, and what its rows speak of."""
    context = replace(context, told=Told())
    merged, traps, known = Merged(), Gathered(context), Known()
    touched = effects.Touched()
    start = chunks.match.header + 1
    for rows in chunks:
        checked = chunks.checked(rows, start, context)
        mask_rows([checked], masker, known)
        name_topics([checked], context.topics, masker)
        traps.add(checked)
        origin = Origin(target.batch, checked.match.sheet.name, over_hand=context.options.over_hand)
        outcome = STORE[_RECORD](session, checked.rows, origin, context)
        merged.add(told(target.file, target.status, target.number, checked, outcome))
        touched |= effects.touched([checked], context.options)
        start += len(rows)
        steps.stored(start, chunks.scan.records)
    return merged.result([*chunks.decided.issues, *traps.warnings()]), touched
