"""What people find that posts say, to measure the scorer against."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from data.access import Viewer, streams
from data.commands import audit
from data.enums import ScoredBy, Stream
from data.tables import Post, PostLabel

POLARITIES = frozenset({-1, 0, 1})


class LabelRefused(ValueError):
    """The label cannot be given or taken back; the message says why."""


def label(session: Session, viewer: Viewer, key: str, polarity: int) -> None:
    """Keep what a person finds a post to say: −1, 0 or 1; a later label replaces the earlier.

    Raises
    ------
    LabelRefused
        If the viewer's role may not import engagement, the polarity is none, or the lexicon did not score the post.
    """
    _check(viewer)
    if polarity not in POLARITIES:
        raise LabelRefused("A post is negative (−1), neutral (0) or positive (1).")
    post = session.get(Post, key)
    if post is None or post.scored_by is not ScoredBy.LEXICON:
        raise LabelRefused("This post is no longer here with a score from the lexicon; nothing was kept.")
    session.merge(PostLabel(post_key=key, polarity=polarity, labelled_at=datetime.now(UTC), labelled_by=viewer.name))
    audit.record(session, viewer, "post labelled", key)


def clear(session: Session, viewer: Viewer, key: str) -> None:
    """Take a post's label back; without one nothing happens.

    Raises
    ------
    LabelRefused
        If the viewer's role may not import engagement.
    """
    _check(viewer)
    present = session.get(PostLabel, key)
    if present is not None:
        session.delete(present)
        session.flush()
        audit.record(session, viewer, "post label cleared", key)


def _check(viewer: Viewer) -> None:
    if Stream.ENGAGEMENT not in streams(viewer):
        raise LabelRefused("Your role can't label posts.")
