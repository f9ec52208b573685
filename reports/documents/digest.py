"""The digest of lessons for employees as one HTML file: it opens without a network and prints on white paper."""

from __future__ import annotations

from html import escape

from metrics.words import date
from reports.sections.digest import HEADINGS, Digest

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; max-width: 42rem;
  margin: 3rem auto; padding: 0 1.25rem; color: #1d2433; background: #fff; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
li { margin: .5rem 0; }
.about { color: #4a5568; margin: 0; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid #cbd5e0; color: #4a5568; font-size: .875rem; }
@media screen and (prefers-color-scheme: dark) { body { color: #e6e9ef; background: #14181f; }
  .about, footer { color: #a9b3c3; } footer { border-color: #3a4353; } }
@media print { body { margin: 0; max-width: none; font-size: 12pt; } li { break-inside: avoid; } h2 { break-after: avoid; } }
"""


def html(found: Digest) -> str:
    """The document; it names no crisis, no person and no group, and asks no other machine for anything."""
    company = f"{escape(found.company)} · " if found.company else ""
    parts = [_under(heading, [line.text for line in found.under(heading)]) for heading in HEADINGS]
    body = "\n".join(part for part in parts if part) or "<p>There is nothing to read here yet.</p>"
    reviewed = max((line.reviewed_on for line in found.lines), default=None)
    by_when = "" if reviewed is None else f" The last review was on {date(reviewed)}."
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What we learned</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>What we learned</h1>
<p class="about">{company}{date(found.day)}</p>
{body}
<footer>Lessons from past crises, in words for everybody. Each was reviewed before it was published.{by_when} No person
and no group is named.</footer>
</body>
</html>
"""


def _under(heading: str, texts: list[str]) -> str:
    if not texts:
        return ""
    items = "\n".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<h2>{escape(heading)}</h2>\n<ul>\n{items}\n</ul>"
