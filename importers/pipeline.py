"""One file from bytes to stored records, or what that would do."""

from __future__ import annotations

from data.access import Viewer
from importers import sets
from importers.context import Options
from importers.result import SheetResult
from importers.upload import Upload

__all__ = ["Upload", "apply", "preview"]


def apply(upload: Upload, options: Options, viewer: Viewer) -> list[SheetResult]:
    """Import one file: all of it, or nothing."""
    (results,) = sets.apply([sets.Asked(upload, options)], viewer).files
    return results


def preview(upload: Upload, options: Options, viewer: Viewer) -> list[SheetResult]:
    """What `apply` would do, by doing it in a transaction that is rolled back."""
    (results,) = sets.preview([sets.Asked(upload, options)], viewer).files
    return results
