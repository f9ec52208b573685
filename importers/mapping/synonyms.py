"""What other tools call our fields: English, German, French, Spanish, Portuguese."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from importers.mapping.vocabulary import plain

_MOMENT = "date, time, timestamp, datum, uhrzeit, zeitpunkt, zeitstempel, heure, horodatage, fecha, hora, data"
_TITLE = "name, headline, titel, überschrift, bezeichnung, titre, título"
_TEXT = "notes, comment, details, beschreibung, bemerkung, notiz, commentaire, descripción, descrição, detalle"
_NAMES: dict[str, str] = {
    "posted_at": f"{_MOMENT}, published, publish time, created, created at, veröffentlicht, veröffentlicht am, erstellt am, "
    "publié le, date de publication, publicado, fecha de publicación, data de publicação, publicado em",
    "occurred_at": f"{_MOMENT}, at, when, event time, happened, ereigniszeit, aufgetreten am, wann, survenu le, quand, ocurrido, "
    "cuándo, ocorrido em, quando",
    "started_at": "started, start, start date, begin, opened, beginn, begonnen am, début, inicio, início",
    "answered_at": f"{_MOMENT}, submitted, completed at, completion time, end date, recorded date, response date, ausgefüllt am, "
    "eingereicht am, répondu le, respondido, fecha de respuesta, respondido em",
    "date": "day, week, month, period, time, tag, datum, zeitraum, woche, monat, jour, semaine, mois, fecha, día, semana, mes, "
    "data, dia, mês",
    "platform": "network, channel, social network, site, plattform, netzwerk, kanal, plateforme, réseau, réseau social, canal, "
    "plataforma, red social, rede social, canal",
    "post_id": "id, tweet id, message id, status id, content id, beitrags id, beitragsnummer, identifiant, id de la publication, "
    "id de publicación, id da publicação",
    "source": "tool, origin, provider, publisher, quelle, anbieter, portal, source, fuente, origen, fonte, origem",
    "topic": "query, query name, campaign, subject, tag, thema, kampagne, suchanfrage, sujet, thème, campagne, tema, campaña, "
    "assunto, campanha",
    "language": "lang, sprache, langue, idioma, língua",
    "kind": "type, post type, category, art, typ, kategorie, genre, tipo, categoría",
    "audience": "addressed to, target group, recipients, zielgruppe, empfänger, an wen, public cible, destinataires, público, "
    "audiencia, destinatarios, público alvo",
    "text": "message, content, body, full text, post text, caption, snippet, inhalt, beitrag, nachricht, beitragstext, texte, "
    "contenu, texto, contenido, mensaje, conteúdo, mensagem",
    "impressions": "views, displays, seen, impressionen, aufrufe, einblendungen, ansichten, vues, affichages, impresiones, vistas, "
    "impressões, visualizações",
    "reach": "people reached, users reached, reichweite, portée, alcance",
    "likes": "reactions, favorites, favourites, hearts, gefällt mir, gefällt mir angaben, reaktionen, j'aime, mentions j'aime, "
    "me gusta, reacciones, curtidas, gostos",
    "comments": "replies, answers, kommentare, antworten, commentaires, réponses, comentarios, respuestas, comentários, respostas",
    "shares": "reposts, retweets, shared, geteilt, weiterleitungen, geteilte inhalte, partages, compartidos, veces compartido, "
    "compartilhamentos, partilhas",
    "sentiment": "sentiment score, polarity, tonality, stimmung, tonalität, stimmungswert, polarité, sentimiento, sentimento, tono",
    "sentiment_label": "sentiment, tone, tonality, mood, stimmung, tonalität, tonalité, sentimiento, sentimento, tono, tom",
    "url": "link, permalink, address, web address, adresse, lien, enlace, ligação",
    "posts": "mentions, number of posts, volume, count, beiträge, anzahl, anzahl beiträge, erwähnungen, publications, nombre, "
    "publicaciones, menciones, publicações, menções",
    "positive": "positiv, positif, positivo, positivos",
    "neutral": "neutre, neutro, neutros",
    "negative": "negativ, négatif, negativo, negativos",
    "crisis": "incident, case, incident id, case number, ticket, krise, vorfall, fall, vorgang, vorfallnummer, crise, incident, "
    "crisis, incidente, caso, ocorrência",
    "milestone": "status, state, event, step, action, phase, stand, ereignis, meilenstein, maßnahme, statut, état, étape, "
    "événement, estado, hito, evento, etapa, marco, situação",
    "function": "team, department, owner, who, abteilung, bereich, zuständig, équipe, service, equipo, área, responsable, equipe, "
    "responsável",
    "detected_by": "reported by, found by, source of detection, entdeckt durch, gemeldet von, détecté par, signalé par, "
    "detectado por, reportado por",
    "description": f"{_TEXT}, message, text, update, meldung, nachricht, mensaje, mensagem",
    "title": f"{_TITLE}, summary, subject, short description, kurzbeschreibung, betreff",
    "category": "type, class, kategorie, klasse, catégorie, categoría, categoria",
    "severity": "priority, impact, urgency, level, schweregrad, priorität, dringlichkeit, gravité, priorité, gravedad, prioridad, "
    "gravidade, prioridade",
    "status": "state, stand, zustand, statut, état, estado, situação",
    "timezone": "time zone, tz, zeitzone, fuseau horaire, zona horaria, fuso horário",
    "restricted_to": "visible to, roles, sichtbar für, visible pour, visible para",
    "summary": f"{_TEXT}, abstract, zusammenfassung, résumé, resumen, resumo",
    "topics": "tags, keywords, themen, schlagworte, thèmes, temas, assuntos",
    "wave": "survey, survey name, round, cycle, umfrage, welle, befragung, enquête, vague, encuesta, ola, pesquisa, onda",
    "question": "item, statement, question text, frage, aussage, fragetext, énoncé, pregunta, pergunta",
    "answer": "response, value, rating, antwort, wert, bewertung, réponse, valeur, respuesta, valor, resposta",
    "respondent": "respondent id, response id, participant, id, user id, teilnehmer, teilnehmer id, befragter, répondant, "
    "participante, encuestado, respondente",
    "department": "team, unit, division, business unit, abteilung, bereich, service, département, departamento, área, setor",
    "location": "site, office, country, region, city, standort, ort, land, lieu, pays, ubicación, país, localização, local",
    "tenure": "length of service, seniority, years of service, betriebszugehörigkeit, dienstjahre, ancienneté, antigüedad, "
    "tempo de casa",
    "scale_min": "minimum, lowest, min, skala von, kleinster wert, mínimo",
    "scale_max": "maximum, highest, max, scale, skala, skala bis, größter wert, échelle, escala, máximo",
    "comment": "free text, open answer, remark, kommentar, anmerkung, freitext, commentaire, remarque, comentario, comentário",
    "invited": "sent, invitations, eingeladen, verschickt, invités, invitados, convidados",
    "opened_on": "opened, start, start date, open date, eröffnet am, beginn, ouvert le, abierto, abierto el, aberto em",
    "closed_on": "closed, end, end date, close date, geschlossen am, ende, fermé le, cerrado, cerrado el, fechado em",
    "favourable": "favorable, percent favourable, percent favorable, positive, agree, zustimmung, zustimmungsquote, zustimmung in "
    "prozent, anteil positiv, avis favorables, part favorable, favorables, porcentaje favorable, favoráveis, percentagem favorável",
    "unit": "department, team, group, segment, org unit, abteilung, bereich, einheit, organisationseinheit, service, département, "
    "unité, departamento, unidad, área, unidade, setor",
    "cut": "dimension, breakdown, demographic, merkmal, gliederung, critère, dimensión, dimensão",
    "mean": "average, avg, mean score, mittelwert, durchschnitt, moyenne, media, promedio, média",
    "score": "rating, value, points, index, stars, note, bewertung, punkte, wert, punktzahl, notation, puntuación, valor, "
    "pontuação, nota",
    "company": "brand, organisation, organization, firm, competitor, unternehmen, firma, marke, entreprise, société, marque, "
    "empresa, compañía, marca",
    "n": "number of ratings, number of responses, respondents, anzahl antworten, teilnehmende, nombre de réponses, número de "
    "respuestas, número de respostas, reviews, base, sample size, responses, anzahl, anzahl bewertungen, stichprobe, nombre d'avis, "
    "número de reseñas, número de avaliações",
    "plan_version": "version, plan, revision, planversion, versión, versão",
    "section": "chapter, area, abschnitt, kapitel, bereich, chapitre, sección, capítulo, seção",
    "step": "action, task, measure, schritt, aufgabe, maßnahme, étape, tâche, mesure, paso, tarea, medida, passo, tarefa",
    "role": "responsible, owner, function, rolle, zuständig, verantwortlich, rôle, responsable, rol, papel, responsável",
    "contact": "person, responsible person, email, kontakt, ansprechpartner, personne, contacto, contato, persona",
    "target_minutes": "target, deadline minutes, minutes, zielzeit, minuten, délai, objetivo minutos, minutos",
    "gap": "gap id, id, code, finding, number, lücke, nummer, écart, constat, brecha, hallazgo, lacuna, código",
    "root_cause": "cause, reason, why, ursache, grundursache, cause racine, causa, causa raíz, causa raiz",
    "corrective_action": "action, measure, remedy, fix, maßnahme, korrekturmaßnahme, mesure corrective, action corrective, acción "
    "correctiva, medida, ação corretiva",
    "responsible_function": "owner, responsible, department, team, zuständig, verantwortlich, abteilung, responsable, "
    "responsável, área",
    "due_on": "due, due date, deadline, target date, fällig, fällig am, frist, termin, échéance, vencimiento, fecha límite, prazo",
    "start_on": "planned start, start, beginn, geplanter beginn, début prévu, inicio previsto, início previsto",
    "completed_on": "completed, done on, finished, closed on, erledigt am, abgeschlossen am, terminé le, completado el, "
    "concluído em",
    "lesson": "lesson id, id, code, number, lektion, nummer, leçon, lección, lição, código",
    "observation": "finding, what happened, beobachtung, feststellung, constat, observación, observação",
    "recommendation": "advice, proposal, empfehlung, vorschlag, recommandation, recomendación, recomendação",
    "assigned": "invited, enrolled, planned participants, zugewiesen, eingeladen, angemeldet, assignés, inscrits, asignados, "
    "inscritos, designados",
    "completed": "participants, attended, finished, done, abgeschlossen, teilgenommen, teilnehmer, terminés, completados, "
    "asistentes, concluídos, participantes",
    "employees": "headcount, staff, mitarbeiter, mitarbeitende, belegschaft, effectif, employés, empleados, plantilla, "
    "funcionários",
    "note": f"{_TEXT}, remark, nota, observaciones, observações",
}  # fmt: skip
_ALIKE = 82  # of 100, from which a heading resembles a name
_SHORTEST = 4  # letters from which names are compared by likeness


@lru_cache(maxsize=256)
def names(field: str) -> tuple[tuple[str, str], ...]:
    """The names a field goes by, as they are compared and as they are shown; its own first."""
    listed = [field.replace("_", " "), *_NAMES.get(field, "").split(", ")]
    return tuple((plain(name), name) for name in dict.fromkeys(listed) if name)


@lru_cache(maxsize=65_536)
def likeness(label: str, field: str) -> tuple[float, str]:
    """How much a heading resembles a name of a field, 0 to 1 (less than 0.82 is 0), and which."""
    said = _compared(label)
    best = max(((_alike(said, key), shown) for key, shown in names(field)), key=lambda pair: pair[0])
    own = 0.02 if best[1] == names(field)[0][1] else 0.0  # of two fields with the same name, the one that bears it
    return (min(1.0, best[0] / 100 - 0.02 + own), best[1]) if best[0] >= _ALIKE else (0.0, "")


def _alike(said: str, name: str) -> float:
    """0 to 100; a name that is a part of the heading counts by its share."""
    if said == name:
        return 100
    if " " not in said:
        return fuzz.ratio(said, name, score_cutoff=_ALIKE) if min(len(said), len(name)) >= _SHORTEST else 0.0
    part = len(name) >= _SHORTEST - 1 and f" {name} " in f" {said} "
    return max(fuzz.token_sort_ratio(said, name, score_cutoff=_ALIKE), 78 + 20 * len(name) / len(said) if part else 0.0)


@lru_cache(maxsize=4_096)
def _compared(label: str) -> str:
    """A heading as it is compared; PostedAt is two words."""
    return plain("".join(f" {c}" if c.isupper() and i and label[i - 1].islower() else c for i, c in enumerate(label)))


@lru_cache(maxsize=1)
def every_name() -> frozenset[str]:
    """All names of all fields, as they are compared."""
    return frozenset(key for field in _NAMES for key, _ in names(field))
