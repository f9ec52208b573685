"""Loading the sample company through the importers, as an analyst would load the same files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from data import samples
from data.access import Viewer
from data.commands import markers
from data.commands.company import mark_as_sample
from data.commands.settings import change
from data.engine import reading, writing
from data.enums import Audience
from data.queries.markers import markers as known_markers
from data.queries.state import is_empty
from importers.context import Options
from importers.result import SheetResult
from importers.scoring import score_unscored
from importers.sets import Asked, apply
from importers.upload import Upload


class NotEmpty(RuntimeError):
    """The database holds data already."""


def load(viewer: Viewer, *, force: bool = False, progress: Callable[[str], None] | None = None) -> list[SheetResult]:
    """Set the sample's settings, import its files in order, score the texts that came without a score, and enter
    the context markers.

    Raises
    ------
    NotEmpty
        If there are data already and `force` is not set.
    """
    with reading() as session:
        if not (force or is_empty(session)):
            raise NotEmpty("The database holds data already. Add the sample to them with --force, or empty it first.")
    with writing() as session:
        for name, value in samples.SETTINGS.items():
            change(session, viewer, name, value)
        change(session, viewer, "sample.as_of", samples.AS_OF.isoformat())
        mark_as_sample(session)
    asked = [
        Asked(
            Upload(name, (samples.FOLDER / name).read_bytes()),
            Options(wave=chosen.get("wave"), audience=Audience(chosen["audience"]) if "audience" in chosen else None),
        )
        for name, chosen in samples.FILES
    ]
    told = (lambda name, _done, _total: progress(name)) if progress else None
    loaded = apply(asked, viewer, told, tell_effects=False)
    score_unscored()
    with writing() as session:
        there = set(known_markers(session, viewer, date.max)["title"])
        for day, title in samples.MARKERS:
            if title not in there:
                markers.enter(session, viewer, {"happened_on": day, "title": title})
    return [result for results in loaded.files for result in results]
