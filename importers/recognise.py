"""Which sheets of a file are of a known format, in the order of storing, and whether the viewer may import them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from data.access import Viewer, streams
from data.keys import folded
from data.settings import load
from data.tables import Alias, Crisis
from importers.check import Checked, NoRows, check
from importers.context import Context, Options, zone_name
from importers.identify import Match, explain, identify
from importers.issues import Issue, Refused, Severity, issue
from importers.mapping.hints import hints
from importers.mapping.saved import asked_for, made_for
from importers.sheet import Sheet
from importers.stacked import apart, with_headers
from importers.streams import STORE


def context(session: Session, options: Options, sheets: list[Sheet], viewer: Viewer) -> Context:
    """What reading these sheets needs to know of the database.

    Raises
    ------
    Refused
        `zone-unknown` if the time zone asked for is none; or if there is no such mapping.
    """
    if options.timezone and zone_name(options.timezone) is None:
        raise Refused(issue("zone-unknown", value=options.timezone))
    settings = load(session)
    zones = session.execute(select(Crisis.code, Crisis.timezone).where(col(Crisis.timezone).is_not(None)))
    stands_still = settings["sample.as_of"]  # the sample company's last day may lie after today
    return Context(
        options,
        company=settings["company.name"],
        company_zone=settings["company.timezone"],
        today=max([datetime.now(UTC), *([datetime.fromisoformat(stands_still)] if stands_still else [])]).date(),
        k=settings["anonymity.k"],
        paired=settings["surveys.paired"],
        crisis_zones=_with_former_codes(session, {folded(code): zone for code, zone in zones}),
        mapping=asked_for(session, options.mapping, viewer),
        mappings=made_for(session, with_headers(sheets)),
        topics=settings.topics,
    )


def _with_former_codes(session: Session, zones: dict[str, str]) -> dict[str, str]:
    """The zones of crises by code; also by the codes of those that were merged into them."""
    other = session.execute(select(Alias.alias, Alias.key).where(col(Alias.record) == "crisis"))
    return zones | {alias: zones[key] for alias, key in other if key in zones}


def recognise(sheets: list[Sheet], context: Context) -> tuple[list[Match], list[Issue]]:
    """The sheets whose format is known, in the order of storing, and a warning for each other one.

    A sheet with tables of several known formats is there once for each of them.

    Raises
    ------
    Refused
        If there is none, or no sheet of the name asked for.
    """
    asked = context.options.sheet
    wanted = [sheet for sheet in sheets if asked in {None, sheet.name}]
    if not wanted:
        names = ", ".join(sheet.name for sheet in sheets if sheet.name) or "none, it is a text file"
        raise Refused(issue("sheet-unknown", value=asked, sheets=names))
    found = [(sheet, identify(sheet, context)) for sheet in wanted]
    matches = [part for _, match in found if match is not None for part in apart(match, context)]
    if not matches:
        why = [(explain(sheet, context), sheet) for sheet in wanted]
        first, sheet = min(why, key=lambda pair: pair[0].code == "format-unknown")
        raise Refused(first, *(hints(sheet, context) if first.code == "format-unknown" else []))
    matches.sort(key=turn)
    return matches, [_ignored(sheet, context) for sheet, match in found if match is None]


def turn(match: Match) -> int:
    """The place of a sheet's records in the order of storing: what others refer to comes first."""
    return list(STORE).index(match.layout.record)


def _ignored(sheet: Sheet, context: Context) -> Issue:
    """Why a sheet beside recognised ones is left out."""
    why = explain(sheet, context, Severity.WARNING)
    if why.code != "format-unknown":
        return why
    return issue("sheet-ignored", severity=Severity.WARNING, sheet=sheet.name, sheet_name=sheet.name)


def allow(matches: list[Match], viewer: Viewer) -> None:
    """Refuse what the viewer's role may not import."""
    allowed = streams(viewer)
    for match in matches:
        if match.layout.stream not in allowed:
            names = " and ".join(sorted(allowed)) or "nothing"
            raise Refused(
                issue("kind-forbidden", sheet=match.sheet.name, allowed=names, found=match.layout.stream.value)
            )


def check_all(matches: list[Match], context: Context) -> list[Checked]:
    """Check every sheet; one without rows is left out, unless none has any."""
    filled, empty = [], []
    for match in matches:
        try:
            filled.append(check(match, context))
        except NoRows as nothing:
            empty.append(nothing)
    if not filled:
        raise empty[0]
    return filled
