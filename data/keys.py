"""Natural keys: one text per record, the same for the same record whichever file it came from."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_SEPARATOR = "\x1f"
_PLAIN_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def folded(text: str) -> str:
    """Text as it is compared: normalised, without case, white space run together."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def digest(parts: Iterable[object]) -> str:
    """A 32-digit digest of the parts in order; None and "" are the same, other values go by their text."""
    joined = _SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()


def of_event(crisis: str, event: Mapping[str, Any]) -> str:
    """An event is the same event when crisis, time, milestone, audience, platform and description are the same."""
    when = event["occurred_on"] or event["occurred_at"].isoformat()
    identity = (event["milestone"], event["audience"], event["platform"], event["description"])
    return digest((crisis, when, *identity))


#: Keys of posts that came without a native id, as SQL finds them.
OF_NO_ID = "%:~%"


def of_address(platform: str, address: str) -> str:
    """The key of a post without native id, from its address."""
    return f"{folded(platform)}:~{digest((address,))}"


def of_content(platform: str, when: str, source: str | None, text: str | None) -> str:
    """The key of a post without id and address, but for the ordinal among equal ones that follows after a hyphen."""
    return f"{folded(platform)}:~{digest((folded(platform), when, source, text))}"


def of_day(total: Mapping[str, Any]) -> str:
    """The key of a daily total."""
    return digest(total.get(name) for name in ("day", "platform", "kind", "topic", "source"))


def of_activity(activity: Mapping[str, Any]) -> str:
    """The key of a culture activity, but for the ordinal among equal ones that follows after a hyphen."""
    return digest(activity.get(name) for name in ("held_on", "kind", "department", "assigned", "completed", "note"))


def of_step(plan: str, step: str) -> str:
    """The key of a plan step, from its plan's key and its own name."""
    return digest((plan, folded(step)))


def of_answer(response: str, question: str) -> str:
    """The key of an answer, from the keys of its response and its question."""
    return digest((response, question))


def of_question(text: str) -> str:
    """The key of a question: the same whichever tool's quotation marks and dashes it is written with."""
    return folded(text.translate(_PLAIN_MARKS))


def of_summary(wave: str, question: str, cut: str, unit: str) -> str:
    """The key of a figure that came in added up, from the keys of its wave and question."""
    return digest((wave, question, folded(cut), folded(unit)))
