"""The id that a platform itself gives a post, however a tool writes it: by it, two tools tell of the same post."""

from __future__ import annotations

import re

import pandas as pd

from importers.formats.combine import first_given

#: Where an address holds the id of a post or of a comment.
_IN_ADDRESS = {
    "X": re.compile(r"/status(?:es)?/(?P<id>\d+)"),
    "LinkedIn": re.compile(r"urn:li:(?:activity|share|ugcPost):(?P<id>\d+)|-activity-(?P<other>\d+)"),
    "Reddit": re.compile(r"/comments/(?P<other>\w+)(?:/[^/?#]+/(?P<id>\w+))?"),
    "YouTube": re.compile(r"[?&]lc=(?P<id>[\w.-]+)|[?&]v=(?P<other>[\w-]+)(?!.*[?&]lc=)"),
}
#: How tools write an id.
_AS_WRITTEN = {
    "X": re.compile(r"\D*(?P<id>\d{2,})\D*"),
    "LinkedIn": re.compile(r"urn:li:\w+:(?P<id>\d+)"),
    "Facebook": re.compile(r"\d+_(?P<id>\d+)"),  # the page's id comes first
}


def native_ids(rows: pd.DataFrame, platform: pd.Series) -> pd.Series:
    """Of each row, the id that it names, else the one in its address; None without either."""
    said, address = first_given(rows, "post_id"), first_given(rows, "url")
    found = [
        _written(where, identity) or _in(where, url)
        for where, identity, url in zip(platform, said, address, strict=True)
    ]
    return pd.Series(found, index=rows.index, dtype=object)


def _written(platform: str, identity: str | None) -> str | None:
    if not identity:
        return None
    pattern = _AS_WRITTEN.get(platform)
    match = pattern.fullmatch(identity) if pattern else None
    return match["id"] if match else identity


def _in(platform: str, address: str | None) -> str | None:
    pattern = _IN_ADDRESS.get(platform)
    match = pattern.search(address) if pattern and address else None
    return next((group for group in (match["id"], match.groupdict().get("other")) if group), None) if match else None
