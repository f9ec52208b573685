"""Protected terms are masked in every text: at import, in what is stored, and where text is shown or exported.

What identifies a record stays as it is: codes, native ids, platforms, names of waves and plan versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from data.keys import folded
from data.whole_words import column, holding, whole, words

WITHHELD = "[name withheld]"
#: The mask in a web address, which nothing encodes.
IN_ADDRESS = "name-withheld"

#: Fields that say which record is meant.
IDENTITIES = frozenset(
    {"key", "code", "crisis", "gap", "lesson", "post_id", "external_id", "wave", "version", "plan_version", "platform"}
)
#: Fields that no mask touches, in any table and in any file: identities, vocabularies, and who used Aftermath.
KEPT = IDENTITIES | {
    "respondent", "salt", "language", "timezone", "metric", "restricted_to", "status", "kind", "milestone", "audience",
    "detected_by", "origin", "element", "confidence", "fulfilled_by", "clock_starts", "scored_by", "sentiment_label",
    "severity", "sha256", "fingerprint", "set_id", "signature", "post_key", "record", "format", "actor", "role",
    "action", "target", "imported_by", "saved_by", "signed_by", "countersigned_by", "labelled_by", "options", "mapping",
    "content", "scores", "term", "impact", "metrics", "events", "reviewed_by",
}  # fmt: skip
_AT_ONCE = 50_000


#: Fields that identify in one table alone.
_IDENTITIES = {("wave", "name"), ("plan", "version"), ("edit", "field")}

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


class TermError(ValueError):
    """A term that cannot be masked; the message says why, without repeating it."""


def is_text(column: sa.Column[Any]) -> bool:
    """Whether a table's column may hold a text that somebody wrote, alone or in JSON."""
    kind = column.type.impl_instance if isinstance(column.type, sa.types.TypeDecorator) else column.type
    written = isinstance(kind, (sa.String, sa.JSON)) and not isinstance(kind, sa.Enum)
    identifies = column.name in KEPT or (column.table.name, column.name) in _IDENTITIES
    return written and not identifies and not column.primary_key


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a value as JSON holds it, but those of the fields that are `KEPT`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if name not in KEPT:
                yield from texts_of(one)


def usable(term: str) -> str:
    """The term with outer blanks and marks gone.

    Raises
    ------
    TermError
        If it is too short to be a name, or a word of the mask itself.
    """
    found = words(term)
    if sum(map(len, found)) < 2:
        raise TermError("A protected term needs at least two letters or digits.")
    if len(term) > 200:
        raise TermError("A protected term has at most 200 characters.")
    if Masker([term]).changed([WITHHELD]):
        raise TermError(f"The words of {WITHHELD} itself can't be protected.")
    return bare(term)


def bare(term: str) -> str:
    """The term without outer blanks and the mark of a handle."""
    return term.strip().lstrip("@#").strip()


@dataclass(frozen=True, slots=True, init=False)
class Masker:
    """Puts `WITHHELD` for each of some terms, wherever one stands as a whole word."""

    patterns: tuple[str, ...]

    def __init__(self, terms: Iterable[str]) -> None:
        object.__setattr__(self, "patterns", tuple(whole(terms)))

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def changed(self, texts: Sequence[str | None]) -> dict[int, str]:
        """Position → masked text, of the texts that hold a term."""
        if not self.patterns or not texts:
            return {}
        arrow = column(texts)
        where = holding(arrow, self.patterns).nonzero()[0]
        if not len(where):
            return {}
        return dict(zip(where.tolist(), self._masked(arrow.take(pa.array(where))).to_pylist(), strict=True))

    def texts(self, texts: Sequence[str]) -> list[str]:
        """All the texts, masked."""
        found = list(texts)
        for position, masked in self.changed(texts).items():
            found[position] = masked
        return found

    def text(self, text: str) -> str:
        return self.changed([text]).get(0, text)

    def names(
        self, names: Iterable[str], *, addresses: bool = False, known: dict[str, str] | None = None
    ) -> dict[str, str]:
        """Name → masked name, of the names that hold a term; two that were different stay so, by a number.

        `known` are those masked before, which keep their mask; those of now are added to it.
        """
        known = {} if known is None else known
        mask, numbered = (IN_ADDRESS, "{}-{}") if addresses else (WITHHELD, "{} ({})")
        changed: dict[str, str] = {}
        taken: set[str] = {folded(own) for own in known.values()}
        for some in batched(names, _AT_ONCE):
            changed |= {some[at]: masked.replace(WITHHELD, mask) for at, masked in self.changed(some).items()}
            taken |= {folded(name) for name in some if mask in name} if self.patterns else set()
        for name in sorted(changed.keys() - known.keys()):
            number, own = 1, changed[name]
            while folded(own) in taken:
                number += 1
                own = numbered.format(changed[name], number)
            taken.add(folded(own))
            known[name] = own
        return {name: known[name] for name in changed}

    def nested(self, value: Any) -> Any:
        """A value as JSON holds it, every text in it masked but the keys and the fields that are `KEPT`."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.nested(one) for one in value]
        if isinstance(value, Mapping):
            return {name: one if name in KEPT else self.nested(one) for name, one in value.items()}
        return value

    def _masked(self, texts: pa.Array) -> pa.Array:
        """The texts with every term masked; twice, for the blank between two terms belongs to the first of them."""
        for pattern in self.patterns * 2:
            texts = pc.replace_substring_regex(texts, pattern=pattern, replacement=rf"\1{WITHHELD}\2")
        return texts
