"""What the sheets of an import speak of: enough to tell which crises they may concern, small enough to keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from data.enums import PostKind, Stream
from data.keys import folded
from importers.check import Checked
from importers.context import Options

_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when (days, a day wider than the rows, as no zone is known) a file tells of some posts, and of
    which topics.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    topics: frozenset[str] = frozenset()

    def __or__(self, other: Span) -> Span:
        return Span(min(self.first, other.first), max(self.last, other.last), self.topics | other.topics)

    def meets(self, first: pd.Timestamp, last: pd.Timestamp) -> bool:
        """Whether a day lies in both."""
        return self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True)
class Touched:
    """What an import speaks of; ``one | other`` is what both do, so that the files of a set can be taken together.

    `crises` are folded codes; `posts` goes by platform and kind; `plan` and `register` (gaps, lessons) and `surveys`
    say whether there is any row of them.
    """

    crises: frozenset[str] = frozenset()
    posts: Mapping[tuple[str, str], Span] = field(default_factory=dict)
    scores: Span | None = None
    surveys: bool = False
    plan: bool = False
    register: bool = False

    def __bool__(self) -> bool:
        return bool(self.crises or self.posts or self.scores or self.surveys or self.plan or self.register)

    def __or__(self, other: Touched) -> Touched:
        posts = {
            key: self.posts[key] | other.posts[key]
            if key in self.posts and key in other.posts
            else (self.posts.get(key) or other.posts[key])
            for key in self.posts.keys() | other.posts.keys()
        }
        return Touched(
            self.crises | other.crises,
            posts,
            self.scores | other.scores if self.scores and other.scores else self.scores or other.scores,
            self.surveys or other.surveys,
            self.plan or other.plan,
            self.register or other.register,
        )


def touched(sheets: Iterable[Checked], options: Options) -> Touched:
    """What these sheets speak of; `options` may name the crisis of events that name none."""
    found = Touched()
    for checked in sheets:
        if len(checked.rows):
            found = found | _by(checked, options)
    return found


def _by(checked: Checked, options: Options) -> Touched:
    rows, stream = checked.rows, checked.match.layout.stream
    found = Touched(
        surveys=stream is Stream.SURVEY,
        plan=stream is Stream.PLAN,
        register=stream in (Stream.GAPS, Stream.LESSONS),
    )
    if stream is Stream.INCIDENTS:
        named = [*rows.get("crisis", pd.Series(dtype=object)).dropna().unique(), *filter(None, [options.crisis])]
        found = Touched(crises=frozenset(folded(code) for code in named))
    elif stream is Stream.ENGAGEMENT:
        found = Touched(posts=_spans(rows))
    elif stream is Stream.REPUTATION:
        found = Touched(scores=Span(rows["date"].min(), rows["date"].max()))
    return found


def _spans(rows: pd.DataFrame) -> dict[tuple[str, str], Span]:
    """The span of each platform and kind; a post without a kind is a mention."""
    days = rows["date"] if "date" in rows else rows["posted_at"].dt.tz_localize(None)
    names = {name: rows[name].fillna("") for name in ("platform", "kind", "topic") if name in rows}
    codes = {name: pd.factorize(column) for name, column in names.items()}
    numbers = pd.DataFrame({name: code for name, (code, _) in codes.items()} | {"day": days.array})
    ends = numbers.groupby(list(codes), sort=False)["day"].agg(["min", "max"]).reset_index()
    found: dict[tuple[str, str], Span] = {}
    for row in ends.to_dict("records"):
        said = {name: str(known[row[name]]) for name, (_, known) in codes.items()}
        key = said["platform"], said.get("kind") or PostKind.MENTION.value
        topics = frozenset({said["topic"]} if said.get("topic") else ())
        span = Span(row["min"].normalize() - _DAY, row["max"].normalize() + _DAY, topics)
        found[key] = found[key] | span if key in found else span
    return found
