"""Posts that are met by their address: the same post told by two tools, of which at most one knows its native id."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import bulk
from data.keys import OF_NO_ID, folded

#: What lies at one platform's address: native id, as the key that it makes, or None → the key of the post.
_There = dict[str | None, str]


def by_address(
    session: Session,
    table: sa.Table,
    addresses: Sequence[str | None],
    platforms: Sequence[str],
    own: Sequence[str | None],
    keys: list[str],
    known: set[str],
) -> list[str]:
    """The key of the post that each row speaks of; the posts that are stored at these addresses are added to `known`.

    Two native ids are two posts, whatever their address. A row without one speaks of the post at its address; where
    there are several, of the one that was made from the address, else of a stored one, else of the first by its key.
    An id that is new takes over the post at its address that has none yet; of several, the first by its key does. So
    the order of the rows changes nothing.

    Parameters
    ----------
    addresses, platforms, own, keys
        One a row: canonical address, folded platform, the key that its native id makes (None without one), and the key
        that the row has by itself.
    known
        Keys of posts that are stored.
    """
    times = Counter(addresses)
    wanted = [url for url in times if url is not None]
    there: dict[tuple[str, str], _There] = defaultdict(dict)
    for url, platform, key, native in bulk.holding(
        session, table.c.url, wanted, table.c.platform, table.c.key, table.c.external_id
    ):
        name = folded(platform)
        place, who = there[name, url], f"{name}:{native}" if native else None
        place[who] = min(key, place.get(who, key))
        known.add(key)
    stored = {url for _, url in there}
    found = list(keys)
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, url in enumerate(addresses):
        if url is not None and (times[url] > 1 or url in stored):
            rows[platforms[at], url].append(at)
    for where, places in rows.items():
        _settle(there[where], places, own, found, known)
    return found


def taken_over(
    session: Session,
    table: sa.Table,
    natives: Sequence[str | None],
    own: Sequence[str | None],
    keys: list[str],
    known: set[str],
) -> list[str]:
    """The keys, where a post that was first met by its address, and then took a native id, is meant by that id wherever
    it stands: also in rows without the address. Parameters are those of `by_address`; `natives` are the ids as written.
    """
    there = {name: key for name, key in zip(own, keys, strict=True) if name is not None and key != name}
    for among in bulk.among(session, table.c.external_id, list(dict.fromkeys(filter(None, natives)))):
        statement = sa.select(table.c.platform, table.c.external_id, table.c.key)
        for platform, native, key in session.execute(statement.where(among, table.c.key.like(OF_NO_ID))):
            there[f"{folded(platform)}:{native}"] = key
            known.add(key)
    return [there.get(name, key) if name is not None else key for name, key in zip(own, keys, strict=True)]


def _settle(there: _There, places: list[int], own: Sequence[str | None], keys: list[str], known: set[str]) -> None:
    """Give the rows at one address their keys, in place: those with an id first."""
    for native in sorted({native for at in places if (native := own[at]) is not None} - there.keys()):
        there[native] = there.pop(None) if None in there and native not in known else native
    for at in places:
        native = own[at]
        if native is not None:
            keys[at] = there[native]
        elif keys[at] not in known:
            keys[at] = _first(there.values(), known) or keys[at]


def _first(keys: Iterable[str], known: set[str]) -> str | None:
    return min(keys, key=lambda key: (key not in known, key), default=None)
