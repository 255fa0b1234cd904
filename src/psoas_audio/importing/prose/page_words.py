"""Words that tell what a line of a page is, in English, German, Spanish and French."""

from __future__ import annotations

import re

_METADATA_KEYS = (
    "duration|length|total time|total|total duration|time needed|time|read time"
    "|reading time|running time|estimated time"
    "|voice|tone|pace|speed|props?|equipment|you will need|materials?|teacher"
    "|instructor|author|written by|by|narrated by"
    "|music|background(?: music| sound)?|level|date|source|version|script|copyright"
    "|licen[cs]e|reader|narrator|audience|for"
    "|focus|theme|type|style|tags|keywords|language|format|word count|target|goal"
    "|purpose|position|setting|preparation|notes?|note to (?:the )?(?:reader|teacher"
    "|narrator|self)"
    "|reading note|voice notes?|production notes?|recorded by|draft|status|contact"
    "|website|email|session|page|contents"
    "|kursleitung|kursleiter(?:in)?|leitung|dauer der \\w+|hinweis(?:e)? für (?:die|den|das) \\w+"
    "|duration of the \\w+|duración de la \\w+|durée (?:du|de la) \\w+"
    "|dauer|länge|gesamtdauer|gesamtzeit|vorlesezeit|lesezeit|sprechzeit|stimme|ton|tempo|material|hilfsmittel|lehrerin|lehrer|autorin?|von|text|musik|hintergrund|niveau|stufe|datum|quelle|stand|hinweise?|anmerkung(?:en)?|zielgruppe|thema|sprecher(?:in)?|vorbereitung|ort|sprache|ziel|position|ausgangsposition|regie"
    "|duración(?: total)?|tiempo(?: total)?|tiempo de lectura|voz|tono|ritmo|materiales"
    "|profesora?|autora?|instructora?|música|fondo|nivel|fecha|fuente|notas?"
    "|nota para (?:el|la) \\w+|versión|guion|idioma|objetivo|tema|público|posición"
    "|locuci[oó]n|preparación"
    "|durée(?: totale)?|temps(?: total)?|temps de lecture|voix|ton|rythme|matériel"
    "|professeure?|auteure?|autrice|animatrice|animateur|musique|fond(?: sonore)?"
    "|niveau|date|source|remarques?|note pour .{2,20}|version|langue|objectif|thème"
    r"|public|préparation|note to (?:the )?[^\W\d_]+"
)
_WHOSE = r"(?:class|session|course|workout|programme?|overall|estimated|approx\.?|kurs|clase|cours)"
_NEEDED = r"(?:needed|required|benötigt|necesarios?|nécessaires?)"
METADATA = re.compile(
    rf"^\W*(?P<key>(?:{_WHOSE}\s+)?(?:{_METADATA_KEYS})(?:\s+{_NEEDED})?)\s*[:：=]"
    r"\W*(?P<value>[^\W_].*)$",
    re.IGNORECASE,
)
"""``Duration: about 9 minutes``."""
TITLE_KEY = re.compile(r"^\W*(?:title|titel|título|titulo|titre)\s*[:：]\s*(\S.*)$", re.IGNORECASE)

_READER = (
    r"read(?:er|ing)?|aloud|narrat(?:or|ion)|speak(?:er)?|voice|script|participants?|clients?|students?|group|listeners?|people|facilitators?|teacher|instructor|recording|record|recorded|music|volume|microphone|room|lights?|demonstrate|handout|copy"
    r"|vorlesen|vorgelesen|lesen|sprechtext|sprechen|sprecher(?:in)?|stimme|teilnehmer(?:innen|nde)?|teilnehmenden?|gruppe|person|personen|klient(?:in|en)?|musik|anleitung|raum|licht|aufnahme|lautstärke|vormachen"
    r"|leer|lea|lectura|lectora?|voz|hablar|participantes?|grupo|persona|personas|cliente|alumn[oa]s?|música|sala|luz|grabar|grabación|volumen|locutora?"
    r"|lire|lecture|lecteur|lectrice|voix|parler|participante?s|groupe|personnes?|client|patient|élèves?|musique|salle|lumière|enregistr\w+|volume|installer"
)
_SECOND_PERSON = (
    r"you|your|yours|yourself|you['’]\w+"
    r"|du|dich|dir|dein\w*|euch|eure?\w*|ihr"
    r"|tú|te|ti|tu|tus|contigo|usted|ustedes|su|sus"
    r"|vous|votre|vos|tes|ton|toi"
)
_ADDRESSES_READER = re.compile(rf"\b(?:{_READER})\b", re.IGNORECASE)
_ADDRESSES_LISTENER = re.compile(rf"\b(?:{_SECOND_PERSON})\b", re.IGNORECASE)
_INFINITIVE = re.compile(
    r"^\W*(?:\w+er|\w+ir|\w+re|\w+ar)\b(?=.*\b(?:la|le|les|el|los|las|un|une|una)\b)|\b\w+en\W*$"
)
_PLAIN_NOTE = re.compile(
    r"\b(?:(?:do not|don't|don’t) read|read (?:this|it|the \w+|aloud|slowly|out|in a)"
    r"|to be read|not (?:to be )?read|reader|facilitator|participants|for the teacher"
    r"|this script|the script"
    r"|nicht (?:vor)?lesen|nicht mitlesen|nicht vorgelesen|langsam (?:vor)?lesen"
    r"|ruhig lesen|sprechtext|vorlesen|teilnehmer\w*|teilnehmenden"
    r"|no leer|no se lee|leer (?:despacio|lento|en voz)|participantes|este guion"
    r"|ne pas lire|lire (?:lentement|à voix)|à lire|participants|ce texte)\b",
    re.IGNORECASE,
)


def addresses_reader(text: str) -> bool:
    """Whether *text*, which is marked as something apart, speaks to whoever reads it aloud."""
    return _ADDRESSES_READER.search(text) is not None


def addresses_listener(text: str) -> bool:
    """Whether *text* says *you* or *your*."""
    return _ADDRESSES_LISTENER.search(text) is not None


def is_reader_note(text: str) -> bool:
    """Whether a line without any marks is a note to whoever reads the text aloud."""
    return _PLAIN_NOTE.search(text) is not None and len(text) < 200


def begins_with_infinitive(text: str) -> bool:
    """Whether *text* tells what is to be done in the infinitive, as French and Spanish notes do."""
    return _INFINITIVE.match(text.lower()) is not None


_OF_ASSISTANT = re.compile(
    r"^\W*(?:would you like me to|do you want me to|let me know (?:if|how)"
    r"|feel free to (?:ask|adjust|adapt|modify)|i hope (?:this|you)"
    r"|(?:sure|certainly|absolutely|of course)[,!]"
    r"|here(?:['’]s| is) (?:a|an|your|the) .*(?:script|plan|meditation|session|routine)"
    r"|soll ich|möchtest du, dass ich|möchten sie, dass ich|gerne[,!]|hier ist (?:ein|dein|ihr)"
    r"|¿?quieres que|¿?te gustaría que|¡?claro[,!]|aquí tienes"
    r"|souhaite[sz][ -](?:vous|tu) que|voule[sz][ -]vous que je|veux-tu que je|bien sûr[,!]"
    r"|voici (?:un|votre))",
    re.IGNORECASE,
)
_FORM_TO_FILL = re.compile(r"_{3,}|\.{12,}")


def is_of_assistant(text: str) -> bool:
    """Whether *text* at the begin or end of a page is what an assistant said around it."""
    return _OF_ASSISTANT.match(text) is not None


def is_form_to_fill(text: str) -> bool:
    """Whether *text* has blanks to write in: ``Name: ____``."""
    return _FORM_TO_FILL.search(text) is not None


NOTES_HEADING = re.compile(
    r"^\W*(?:(?:reader|teacher|production|recording|voice)['’]?s? notes?|notes?(?: (?:to"
    r"|for) (?:the )?\w+)?|set(?:ting)?[ -]?up|how to (?:use|read) this.*"
    r"|instructions (?:for|to) (?:the )?(?:reader|facilitator|teacher|narrator)"
    r"|hinweise?(?: (?:für|zum|zur) .*)?|anmerkung(?:en)?|regieanweisung(?:en)?"
    r"|notas?(?: para .*)?|indicaciones(?: para .*)?|notes? pour .*|consignes? (?:pour"
    r"|de lecture).*|remarques?)\W*$",
    re.IGNORECASE,
)
"""A heading whose section is for the reader."""
CONTENTS_HEADING = re.compile(
    r"^\W*(?:(?:table of )?contents|inhalt(?:sverzeichnis)?|índice|contenido|sommaire"
    r"|table des matières)\W*$",
    re.IGNORECASE,
)
KEY_HEADING = re.compile(
    r"^\W*(?:key|legend|symbols?|marks?|signs?|zeichen(?:erklärung)?|legende|leyenda"
    r"|clave|signos|símbolos|légende|signes|symboles)(?: [^:]{1,40})?\s*[:：]",
    re.IGNORECASE,
)
PART_NUMBER = re.compile(
    r"^\W*(?:part|teil|parte|partie|section|abschnitt|sección|chapter|kapitel|capítulo|chapitre|phase|fase|stage|step|schritt|paso|étape)"
    r"\s+(?:\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six|eins|zwei|drei|vier|uno|dos|tres|cuatro|deux|trois|quatre)\b\s*[:.)–—-]*\s*",
    re.IGNORECASE,
)
ROLES = re.compile(
    r"narrator|guide|speaker|voice|teacher|host|therapist|coach|reader|man|woman"
    r"|instructor|facilitator|leader|spoken|vo|v\.?o\.?|v\d|voice ?\d|speaker ?\d"
    r"|sprecher(?:in)?|sprecher ?\d|stimme(?: ?\d)?|erzähler(?:in)?|leitung"
    r"|lehrer(?:in)?|trainer(?:in)?"
    r"|guía|narrador|narradora|voz(?: ?\d)?|locutora?|profesora?|instructora?|maestr[oa]"
    r"|narrateur|narratrice|voix(?: ?\d)?|animateur|animatrice|guide|prof|professeure?",
    re.IGNORECASE,
)
"""Who a label such as ``NARRATOR:`` may name."""
SOUND_LABEL = re.compile(
    r"^\W*(?:sfx|fx|sound(?: effects?)?|sounds|music(?: cue)?|audio|ambien(?:ce|t)|musik"
    r"|geräusch(?:e)?|klang|ton|son|sons|bruitages?|musique|sonido|sonidos"
    r"|efecto(?: de sonido)?|música)\s*[:：]\s*(.*)$",
    re.IGNORECASE,
)
BELL_WORD = re.compile(
    r"\b(?:bells?|gongs?|chimes?|singing bowls?|bowls?|tingshas?|klangschalen?|glocken?"
    r"|glöckchen|zimbeln?|campanas?|campanillas?|cuencos?|cloches?|clochettes?"
    r"|bols? (?:tibétain|chantant)s?|carillon)\b",
    re.IGNORECASE,
)
SIDE_WORDS = {
    "left": re.compile(r"\b(?:left|link(?:s|e[rnsm]?)|izquierd[oa]s?|gauche)\b", re.IGNORECASE),
    "right": re.compile(
        r"\b(?:right(?! (?:now|away|here|there|to|at|in|on|up|down|back))|rechts"
        r"|rechte[rnsm]?|derech[oa]s?|droite?s?)\b",
        re.IGNORECASE,
    ),
}
"""Each side, as texts name it."""


def sides_named(text: str) -> tuple[str, str] | None:
    """Both sides, the one that *text* names first in front; ``None`` if it names none."""
    places = {side: match.start() for side, p in SIDE_WORDS.items() if (match := p.search(text))}
    if not places:
        return None
    first = min(places, key=lambda side: places[side])
    return (first, "right" if first == "left" else "left")
