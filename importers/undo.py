"""Taking an import back, and scoring what lost its score with it."""

from __future__ import annotations

from data.access import Viewer
from data.commands import batches
from data.engine import writing
from importers.scoring import score_unscored


def undo(batch_id: int, viewer: Viewer) -> None:
    """Leave the database as if the batch had never been imported; later batches stay.

    Raises
    ------
    data.commands.batches.UndoRefused
        If the batch can't be taken back; nothing has changed then.
    """
    with writing() as session:
        batches.undo(session, viewer, batch_id)
    score_unscored()
