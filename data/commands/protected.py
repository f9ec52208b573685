"""Protecting names and handles. The audit trail says that it was done, never which."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from data.access import Viewer
from data.commands import audit
from data.commands.withholding import withhold
from data.keys import folded
from data.masking import Masker, bare, usable
from data.queries.protected import crisis_id, terms
from data.tables import ProtectedTerm


def add(session: Session, viewer: Viewer, crisis: str, new: Iterable[str]) -> int:
    """Protect terms from now on, mask them in what is stored already, and return how many rows held one.

    Raises
    ------
    data.queries.protected.NotAllowed
        If the viewer's role keeps no terms, or sees no such crisis.
    data.masking.TermError
        If a term cannot be masked; nothing has changed then.
    """
    number = crisis_id(session, viewer, crisis)
    known = {folded(term) for term in terms(session, viewer, crisis)}
    wanted = {folded(term): term for term in map(usable, new)}
    fresh = [term for name, term in wanted.items() if name not in known]
    if not fresh:
        return 0
    session.add_all(ProtectedTerm(crisis_id=number, term=term) for term in fresh)
    audit.record(session, viewer, "terms protected", f"crisis {crisis}: {len(fresh)}")
    session.flush()
    return withhold(session, Masker(fresh))


def remove(session: Session, viewer: Viewer, crisis: str, old: Iterable[str]) -> int:
    """Protect terms no longer, and return how many there were. What was masked stays masked: the words are gone.

    Raises
    ------
    data.queries.protected.NotAllowed
        If the viewer's role keeps no terms, or sees no such crisis.
    """
    number = crisis_id(session, viewer, crisis)
    wanted = {folded(bare(term)) for term in old}
    gone = [term for term in terms(session, viewer, crisis) if folded(term) in wanted]
    for term in gone:
        session.delete(session.get(ProtectedTerm, (number, term)))
    if gone:
        audit.record(session, viewer, "terms no longer protected", f"crisis {crisis}: {len(gone)}")
    return len(gone)
