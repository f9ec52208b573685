"""Taking one file or a whole set back, and scoring what lost its score with it."""

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


def undo_set(set_id: str, viewer: Viewer) -> None:
    """Take back every file of a set that is still applied, the last one first; all of them, or none.

    Raises
    ------
    data.commands.batches.UndoRefused
        If one of them can't be taken back; nothing has changed then.
    """
    with writing() as session:
        for batch_id in batches.of_set(session, set_id):
            batches.undo(session, viewer, batch_id)
    score_unscored()
