"""Files of tools that no format knows, and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from importers.context import Context, Options
from importers.mapping.suggest import Suggestion, suggest
from importers.read import read
from importers.sheet import Sheet

HEADER = "Veröffentlicht;Netzwerk;Beitragstext;Reichweite;Gefällt mir;Stimmungswert;Art"
MAY = (
    "Monatsbericht\n\n" + HEADER + "\n"
    "03.05.2026 10:00;Facebook;Der Zug kam wieder zu spät und niemand hat etwas gesagt.;1.234;12;-0,25;Erwähnung\n"
    "14.05.2026 11:30;X;Danke für die schnelle Hilfe am Telefon, das war gut.;2.345;7;0,5;Erwähnung\n"
    "31.05.2026 12:00;X;Ein Hinweis in eigener Sache: Wir sind auch morgen da.;10;0;0;Hausbeitrag\n"
)
#: The next month: other order of columns, and the title is gone.
JUNE = (
    "Netzwerk;Art;Gefällt mir;Reichweite;Stimmungswert;Veröffentlicht;Beitragstext\n"
    "X;Hausbeitrag;3;1.500;0,75;15.06.2026 09:00;Heute beginnt unser Sommerfest.\n"
)
SURVEY = (
    "Zeitstempel,Nachname,Abteilung,Ich bin stolz hier zu arbeiten,Würden Sie uns als Arbeitgeber empfehlen?,Was soll sich ändern?\n"
    "2026-05-01 10:00,Mustermann,Werk,Stimme zu,9,Mehr Pausen\n"
    "2026-05-02 10:00,Musterfrau,Büro,Stimme voll zu,8,\n"
)


def sheet(content: str) -> Sheet:
    (found,) = read("file.csv", content.encode(), limit_mb=1)
    return found


def table(*rows: Sequence[Any]) -> Sheet:
    return Sheet(None, [list(row) for row in rows])


def suggested(content: str | Sheet, **known: Any) -> Suggestion:
    return suggest(sheet(content) if isinstance(content, str) else content, today=date(2026, 11, 1), **known)


def context(**options: Any) -> Context:
    chosen = Options(**options)
    return Context(chosen, company=None, company_zone="Europe/Berlin", today=date(2026, 11, 1), k=5, paired=False)
