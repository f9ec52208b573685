"""``python -m reports``: the review of one crisis, or of all, as a document."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from data import schema
from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries.reviews import NoReview, signed_pack
from data.queries.state import as_of as present
from data.settings import load
from reports.documents import as_json
from reports.documents.digest import html
from reports.documents.saving import save
from reports.sections.digest import digest
from reports.sections.pack import crisis_pack
from reports.sections.portfolio import portfolio_pack
from reports.sections.scope import UnknownCrisis, portfolio


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="What a review says, as a document.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--crisis", metavar="CODE")
    what.add_argument("--portfolio", action="store_true", help="all crises and every survey wave")
    what.add_argument("--pack", metavar="ID", type=int, help="the review of this number as it was signed")
    what.add_argument("--digest", action="store_true", help="what employees may read of the lessons, as html")
    parser.add_argument("--format", choices=["json", "html"], help="json; of the digest html")
    parser.add_argument("--output", metavar="FILE", type=Path, help="default: standard output")
    parser.add_argument(
        "--as-of", metavar="ISO", type=_moment, help="look from this moment (without an offset: in the company's zone)"
    )
    parser.add_argument(
        "--role", type=Role, choices=list(Role), default=Role.LEADERSHIP, metavar="ROLE", help=", ".join(Role)
    )
    return parser


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a moment; write it as 2026-11-20T18:00+00:00") from None


def main(arguments: list[str] | None = None) -> int:
    """Run one call and return its exit status: 0 done, 1 refused, 2 usage."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.format and (asked.format == "html") is not asked.digest:
        parser.error("the digest is made as html, everything else as json")
    schema.create()
    viewer = Viewer("command line", asked.role)
    with reading() as session:
        as_of = asked.as_of or present(session)
        if as_of.tzinfo is None:
            as_of = as_of.replace(tzinfo=load(session).zone)
        try:
            text = _text(session, viewer, asked, as_of)
        except (UnknownCrisis, NoReview) as refusal:
            print(refusal, file=sys.stderr)
            return 1
    if asked.output is None:
        print(text)
        return 0
    try:
        save(f"{text}\n", asked.output)
    except OSError as failure:
        print(f"{asked.output} cannot be written: {failure.strerror}.", file=sys.stderr)
        return 1
    return 0


def _text(session: Session, viewer: Viewer, asked: argparse.Namespace, as_of: datetime) -> str:
    """The document that was asked for."""
    if asked.digest:
        return html(digest(portfolio(session, viewer, as_of)))
    if asked.pack is not None:
        return as_json.text(signed_pack(session, viewer, asked.pack))
    if asked.portfolio:
        return as_json.text(portfolio_pack(session, viewer, as_of))
    return as_json.text(crisis_pack(session, viewer, asked.crisis, as_of))


if __name__ == "__main__":
    sys.exit(main())
