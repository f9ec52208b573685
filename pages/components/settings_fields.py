"""The fields of Settings. Each shows what is set and gives the text that the key's own reader takes; where it could not
be taken, why stands below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from data.settings import KEYS, countries
from pages.components.text import plain

#: What an empty choice reads as.
_EMPTY = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """One drawing of the form. `shown`: the values that it shows; `wrong`: key → why it was refused at the last saving;
    `turn` tells one drawing's widgets from the next one's; `texts` gathers what the fields hold, `conflicts` what they hold
    twice.
    """

    shown: Mapping[str, Any]
    wrong: Mapping[str, str]
    turn: int
    texts: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        return f"setting_{self.turn}_{name}"

    def words(self, name: str, label: str, **look: Any) -> None:
        """A line of text."""
        typed = st.text_input(label, self.shown[name] or _EMPTY, key=self.key(name), help=KEYS[name].help, **look)
        self._taken(name, typed or _EMPTY)

    def count(self, name: str, label: str, unit: str) -> None:
        """A whole number within the bounds of its key."""
        lo, hi = KEYS[name].bounds or (0, 0)
        about = f"{KEYS[name].help}: {lo} to {hi:,}."
        chosen = st.number_input(f"{label}, {unit}", lo, hi, self.shown[name], 1, key=self.key(name), help=about)
        self._taken(name, _EMPTY if chosen is None else str(chosen))

    def switch(self, name: str, label: str) -> None:
        chosen = st.toggle(label, self.shown[name], key=self.key(name), help=KEYS[name].help)
        self._taken(name, "on" if chosen else "off")

    def hour(self, name: str, label: str) -> None:
        """A time of day, typed: the fields of a clock are too small to be hit."""
        typed = st.text_input(label, self.shown[name], key=self.key(name), help=KEYS[name].help, placeholder="09:00")
        self._taken(name, typed or _EMPTY)

    def choice(
        self, name: str, label: str, options: Sequence[str], told: Callable[[str], str], empty: str | None = None
    ) -> None:
        """One of many, or none of them where there is a word for that."""
        present = self.shown[name]
        listed = [*options, *([present] if present and present not in options else [])]
        at = listed.index(present) if present else None
        chosen = st.selectbox(
            label, listed, at, told, key=self.key(name), help=KEYS[name].help, placeholder=empty or "Choose one"
        )
        self._taken(name, chosen or _EMPTY)

    def refused(self, *names: str) -> None:
        """Why these could not be taken, if they were not."""
        for name in names:
            if name in self.wrong:
                sentence = self.wrong[name]
                st.error(plain(sentence[:1].upper() + sentence[1:] + "."), icon=":material/error:")

    def _taken(self, name: str, text: str) -> None:
        self.texts[name] = text
        self.refused(name)


def company(fields: Fields, sources: Sequence[str]) -> None:
    """What the company is called, when it works, and which of the sources speaks for its reputation."""
    st.subheader("Company", anchor=False)
    name, zone, country = st.columns(3)
    with name:
        fields.words("company.name", "Name", placeholder="Not set", max_chars=200)
    with zone:
        fields.choice("company.timezone", "Time zone", sorted(available_timezones()), str)
    with country:
        known = countries()
        fields.choice(
            "company.holidays", "Public holidays of", list(known), lambda code: f"{known.get(code, code)} ({code})",
            "None: only weekends are free",
        )  # fmt: skip
    opens, closes, source = st.columns(3)
    with opens:
        fields.hour("company.opens", "Business hours from")
    with closes:
        fields.hour("company.closes", "Business hours to")
    with source:
        fields.choice(
            "reputation.primary_source", "Reputation on Overview from", sources, str, "The source with most scores"
        )


def reviews(fields: Fields) -> None:
    """When things are due."""
    st.subheader("Reviews and gaps", anchor=False)
    columns = st.columns(3)
    with columns[0]:
        fields.count("review.deadline_days", "Review held within", "days")
    with columns[1]:
        fields.count("baseline.days", "Baseline", "days before")
    for severity, column in enumerate(st.columns(4), 1):
        with column:
            fields.count(f"sla.{severity}_days", f"Close severity {severity} in", "days")


def surveys(fields: Fields) -> None:
    """From how many answers on a group is shown."""
    st.subheader("Surveys and anonymity", anchor=False)
    answers, comments, paired = st.columns(3, vertical_alignment="bottom")
    with answers:
        fields.count("anonymity.k", "Smallest group", "answers")
    with comments:
        fields.count("anonymity.comment_k", "Smallest group", "comments")
    with paired:
        fields.switch("surveys.paired", "Recognise respondents across waves")
    st.caption(
        "A wave keeps the smallest group with which it was imported. Lowering this number never reopens earlier waves; raising "
        "it protects the waves to come. It cannot be lower than 3, and every change of it stays on record."
    )


def retention(fields: Fields) -> None:
    """How long personal data are kept."""
    st.subheader("Retention", anchor=False)
    posts, comments, _ = st.columns(3)
    with posts:
        fields.count("retention.posts_months", "Posts are kept", "months")
    with comments:
        fields.count("retention.comments_months", "Survey comments are kept", "months")
    st.caption("A legal hold on a crisis stops this for what belongs to it.")
