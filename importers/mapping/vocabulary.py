"""What the words of other tools mean in our vocabularies: English, German, French, Spanish, Portuguese."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from data.enums import (
    Audience,
    Confidence,
    CrisisStatus,
    CultureKind,
    Detector,
    Element,
    GapStatus,
    LessonKind,
    LessonStatus,
    Milestone,
    Origin,
    PostKind,
    SentimentLabel,
)  # fmt: skip
from importers.values.words import fold

#: Record and field → the words it takes.
VOCABULARIES: dict[tuple[str, str], type[StrEnum]] = {
    ("posts", "kind"): PostKind,
    ("posts", "audience"): Audience,
    ("posts", "sentiment_label"): SentimentLabel,
    ("daily", "kind"): PostKind,
    ("events", "milestone"): Milestone,
    ("events", "audience"): Audience,
    ("events", "detected_by"): Detector,
    ("crises", "status"): CrisisStatus,
    ("answers", "audience"): Audience,
    ("respondents", "audience"): Audience,
    ("summaries", "audience"): Audience,
    ("steps", "fulfilled_by"): Milestone,
    ("steps", "clock_starts"): Milestone,
    ("steps", "audience"): Audience,
    ("gaps", "origin"): Origin,
    ("gaps", "element"): Element,
    ("gaps", "status"): GapStatus,
    ("lessons", "kind"): LessonKind,
    ("lessons", "status"): LessonStatus,
    ("lessons", "confidence"): Confidence,
    ("activities", "kind"): CultureKind,
}
_MILESTONES = {
    "posted": "published, veröffentlicht, publié, publicado",
    "detected": "new, reported, opened, created, triggered, noticed, neu, gemeldet, entdeckt, erkannt, nouveau, détecté, "
    "signalé, nuevo, detectado, novo, reportado",
    "acknowledged": "investigating, in review, accepted, bestätigt, angenommen, pris en compte, reconnu, reconocido, reconhecido",
    "assessed": "identified, triaged, analysed, analyzed, in progress, bewertet, in bearbeitung, in arbeit, évalué, en cours, "
    "evaluado, en curso, avaliado, em andamento",
    "team_assembled": "team formed, war room, team einberufen, krisenstab, cellule de crise, comité de crisis, comitê de crise",
    "decision": "decided, entscheidung, entschieden, décision, decisión, decisão",
    "drafted": "draft, entwurf, entworfen, brouillon, rédigé, borrador, redactado, rascunho, redigido",
    "approved": "approval, signed off, freigegeben, genehmigt, approuvé, validé, aprobado, aprovado",
    "statement": "public statement, press release, stellungnahme, pressemitteilung, communiqué, déclaration, comunicado, "
    "declaración, declaração",
    "update": "updated, aktualisierung, aktualisiert, mise à jour, actualización, actualizado, atualização, atualizado",
    "internal_message": "internal communication, interne mitteilung, message interne, mensaje interno, mensagem interna",
    "contained": "monitoring, mitigated, workaround, eingedämmt, contenu, atténué, contenido, mitigado, contido",
    "resolved": "closed, done, fixed, completed, gelöst, behoben, geschlossen, erledigt, abgeschlossen, résolu, fermé, clos, "
    "terminé, resuelto, cerrado, finalizado, resolvido, fechado, concluído",
    "reviewed": "postmortem, post mortem, review, nachbereitet, überprüft, revu, révisé, revisado",
    "other": "sonstiges, autre, otro, outro",
}
_AUDIENCES = {
    "public": "general public, öffentlichkeit, öffentlich, grand public, público",
    "employees": "employee, staff, internal, mitarbeiter, mitarbeitende, beschäftigte, intern, employés, salariés, collaborateurs, "
    "empleados, funcionários, colaboradores",
    "customers": "customer, clients, client, users, kunden, kunde, nutzer, clientes, utilisateurs, usuarios",
    "press": "media, journalists, presse, medien, journalisten, médias, prensa, medios, imprensa, mídia",
    "regulators": "regulator, authorities, behörde, behörden, aufsicht, autorités, régulateur, reguladores, autoridades",
    "partners": "partner, suppliers, lieferanten, partenaires, fournisseurs, socios, proveedores, parceiros, fornecedores",
}
_SYNONYMS: dict[type[StrEnum], dict[str, str]] = {
    Milestone: _MILESTONES,
    Audience: _AUDIENCES,
    Detector: {
        "own_monitoring": "monitoring, alert, social listening, eigenes monitoring, veille, monitoreo, monitoramento",
        "employee": "staff, mitarbeiter, employé, salarié, empleado, funcionário",
        "customer": "client, user, kunde, cliente, utilisateur",
        "press": "media, presse, medien, prensa, imprensa",
        "public": "öffentlichkeit, grand public, público",
        "other": "sonstige, autre, otro, outro",
    },
    CrisisStatus: {
        "open": "new, ongoing, active, offen, aktiv, laufend, ouvert, en cours, abierto, aberto",
        "resolved": "closed, done, geschlossen, gelöst, erledigt, résolu, fermé, cerrado, resuelto, fechado, resolvido",
        "reviewed": "postmortem, nachbereitet, überprüft, revu, revisado",
    },
    PostKind: {
        "owned": "own, own post, brand, eigene, eigener beitrag, propre, marque, propio, marca, próprio",
        "mention": "earned, third party, erwähnung, mención, menção",
    },
    SentimentLabel: {
        "positive": "pos, good, positiv, gut, positif, positivo",
        "neutral": "neu, mixed, none, neutre, neutro",
        "negative": "neg, bad, negativ, schlecht, négatif, negativo",
    },
    GapStatus: {
        "open": "new, to do, offen, neu, ouvert, abierto, aberto",
        "planned": "scheduled, geplant, planifié, planificado, planejado",
        "in_progress": "ongoing, doing, in arbeit, in bearbeitung, en cours, en curso, em andamento",
        "implemented": "done, closed, fixed, umgesetzt, erledigt, mis en œuvre, implementado, hecho, concluído",
        "validated": "verified, checked, geprüft, validiert, validé, verificado, validado",
        "accepted": "risk accepted, won't fix, akzeptiert, accepté, aceptado, aceito",
    },
    LessonKind: {
        "strength": "went well, keep, positive, stärke, gut gelaufen, force, point fort, fortaleza, força",
        "improvement": "weakness, went badly, negative, verbesserung, schwäche, amélioration, mejora, melhoria",
    },
}
_SHORTEST, _ALIKE = 4, 87  # letters from which words are compared by likeness, and how alike they must be (of 100)


def plain(text: str) -> str:
    """Small letters and digits without accents, the rest as single blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


@lru_cache(maxsize=32)
def spellings(vocabulary: type[StrEnum]) -> dict[str, str]:
    """Every known spelling, plain → the word it stands for."""
    known = {plain(member.value): member.value for member in vocabulary}
    for word, said in _SYNONYMS.get(vocabulary, {}).items():
        for spelling in said.split(", "):
            known.setdefault(plain(spelling), word)
    return known


def meaning(said: str, vocabulary: type[StrEnum]) -> str | None:
    """The word that another tool's word stands for: known, or alike to one that is."""
    known, key = spellings(vocabulary), plain(said)
    if key in known or len(key) < _SHORTEST:
        return known.get(key)
    likeness, best = max((fuzz.ratio(key, spelling), spelling) for spelling in known)
    return known[best] if likeness >= _ALIKE else None


def meanings(said: Iterable[str], vocabulary: type[StrEnum]) -> dict[str, str]:
    """What has to be told: words that the reader would not take as they are → what they seem to mean."""
    taken = {fold(member.value) for member in vocabulary}
    found = {word: meaning(word, vocabulary) for word in said if fold(word) not in taken}
    return {word: meant for word, meant in found.items() if meant is not None}


#: Labels of agreement, satisfaction and frequency in other languages than English → their place on a scale of 5.
SCALE_LABELS: dict[str, int] = {
    plain(label): place
    for place, said in {
        1: "stimme überhaupt nicht zu, trifft überhaupt nicht zu, sehr unzufrieden, nie, pas du tout d'accord, "
        "très insatisfait, jamais, totalmente en desacuerdo, muy insatisfecho, nunca, discordo totalmente, muito insatisfeito",
        2: "stimme nicht zu, stimme eher nicht zu, trifft eher nicht zu, unzufrieden, selten, pas d'accord, plutôt pas d'accord, "
        "insatisfait, rarement, en desacuerdo, insatisfecho, rara vez, discordo, insatisfeito, raramente",
        3: "teils teils, weder noch, unentschieden, manchmal, ni d'accord ni pas d'accord, parfois, "
        "ni de acuerdo ni en desacuerdo, a veces, nem concordo nem discordo, às vezes",
        4: "stimme zu, stimme eher zu, trifft eher zu, zufrieden, oft, d'accord, plutôt d'accord, satisfait, souvent, "
        "de acuerdo, satisfecho, a menudo, concordo, satisfeito, frequentemente",
        5: "stimme voll zu, stimme voll und ganz zu, trifft voll zu, sehr zufrieden, immer, tout à fait d'accord, très satisfait, "
        "toujours, totalmente de acuerdo, muy satisfecho, siempre, concordo totalmente, muito satisfeito, sempre",
    }.items()
    for label in said.split(", ")
}  # fmt: skip
