"""The words of stage directions in English, German, Spanish and French, by what they mean.

Each entry is a regular expression for whole words in lower case. A text is a direction only if it
consists of nothing but such words, lengths and numbers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

WordClass = Literal[
    "pause", "hold", "rest", "bell", "breath", "repeat", "side", "sets", "note",
    "moments", "minutes", "short", "medium", "long", "times", "filler",
]  # fmt: skip

_WORDS: dict[WordClass, str] = {
    "pause": r"""
        pause[sd]? | pausing | paused | silences? | silent | break | breaks | wait | waits
        | waiting | quiet time | beat | sprechpause | atempause | stille | schweigen | innehalten
        | warten | warte | nachspürpause | nachspüren | pausas? | silencios? | esperar | espera
        | espere | esperamos | temps de silence | temps de pause | attendre | attendez
        | stille zeit | gap | delay | sleep | pausieren
    """,
    "hold": r"""
        holds? | holding | stay | stays | remain | keep | halten | halte | haltezeit | bleiben
        | bleib | verweilen | mantener | mantén | manten | mantenga | sostener | aguantar
        | aguanta | quedarse | tenir | tenez | maintenir | maintenez | rester | restez | garder
        | posture | work | belastung | arbeit | trabajo | effort
    """,
    "rest": r"""
        rests? | resting | relax | recover | recovery | ruhe | ausruhen | ruhen | erholung
        | entspannen | descanso | descansar | descansa | descanse | reposo | recuperación | repos
        | se reposer | récupération
    """,
    "bell": r"""
        bells? | small bell | gongs? | chimes? | chiming | (?:singing )?bowls? | tingshas? | ding
        | ping | klangschalen? | glocken? | glöckchen | zimbeln? | gongschlag | gongschläge
        | glockenton | campanas? | campanillas? | cuencos?(?: tibetanos?)? | toques? | cloches?
        | clochettes? | bols?(?: tibétains?| chantants?)? | carillons? | tingchas? | sonnerie
    """,
    "breath": r"""
        breaths? | breath cycles? | full breaths? | deep breaths? | slow breaths? | cycles?
        | (?:tiefe |ruhige |volle )?atemzügen? | (?:tiefer |ruhiger )?atemzug | zyklen
        | atemzyklen | respiraciones | respiración | ciclos? | respirations?
    """,
    "repeat": r"""
        repeat(?:ed|s)? | continue[sd]? | again | rounds? | times more | more like this
        | like this | more rounds? | reps? | repetitions? | guide through | lead through
        | wiederholen | wiederhole | wiederholungen? | wdh | weiter | runden? | noch einmal
        | fortsetzen | repetir | repita | repite | repeticiones | rondas? | vueltas? | continuar
        | seguir | répéter | répétez | répétitions? | tours? | continuer | continuez | encore
    """,
    "side": r"""
        (?:(?:on|for|to|with) )?(?:the )?(?:each|every|both|other|second|opposite) {part}s?
        | per {part} | (?:switch|change|swap)(?: the)? (?:sides?|legs?|arms?)
        | / ?(?:side|seite|lado|côté|leg|bein) | each
        | (?:auf )?(?:jeder|beiden|der anderen|anderen) seiten? | je(?: |weils )?seite
        | pro seite | pro bein | je bein | (?:die )?seiten? wechseln | seitenwechsel
        | {spanish}(?:cada|ambos|ambas|otro|el otro|la otra|los dos) (?:lados?|piernas?|brazos?)
        | por lado | por pierna
        | cambiar de (?:lado|pierna) | cambio de lado | cambia de lado
        | (?:de |sur )?(?:chaque|l'autre) (?:côté|jambe) | par (?:côté|jambe) | (?:des )?deux côtés
        | chang(?:er|ez) de (?:côté|jambe) | changement de côté
    """.format(
        part="(?:side|leg|arm|foot|hip|hand|direction)",
        spanish="(?:(?:de|por|en|a|con|hacia) )?",
    ),
    "sets": r"""
        sets? | sätzen? | satz | serien? | durchgänge? | series | serie | tandas? | séries? | série
    """,
    "note": r"""
        music | music (?:fades?|starts?|stops?|ends?) | fade | fades | fading | fade in
        | fade out | soft music | background | ambient | sounds? | sound effects? | sfx | volume
        | louder | nature | rain | waves | ocean | birds | birdsong | warm(?:ly)? | warmer
        | inviting | tone | voice | whisper(?:s|ed|ing)? | soft(?:ly|er)? | gentle | gently
        | slow(?:ly|er)? | calm(?:ly|er|ing)? | low(?:er)? | soothing | smil(?:e|es|ing) | sighs?
        | sighing | exhales? | inhales? | laughs? | laughing | chuckles? | clears throat
        | quiet(?:ly|er)? | tender(?:ly)? | kind(?:ly)? | neutral | reassuring | encouraging
        | thoughtful(?:ly)? | relaxed | pace | reading | excited(?:ly)? | serious | deep breath
        | takes? a(?: deep)? breath | breathes (?:in|out|deeply) | end | the end | fin | ende
        | begin | start | intro | outro | musik | musik (?:ein|aus|an) | einblenden | ausblenden
        | leise | leiser | ruhig | langsam | langsamer | sanft | flüstern | flüsternd | stimme
        | warm | lächelnd | ton | tonfall | seufzt | música | musica | suave(?:mente)? | despacio
        | lento | lentamente | susurra(?:r|ndo)? | voz | baja | tono | cálid[oa] | tranquil[oa]
        | suspira | musique | doucement | lentement | douce | doux | voix | basse
        | chuchot(?:er|é|ant|ements?) | ton | chaleureux | chaleureuse | calme | fondu | soupir
    """,
    "moments": r"""
        a moment | moments | a few moments | few moments | a while | some time | a few breaths
        | a few seconds | few seconds
        | einen moment | einen augenblick | augenblick | ein paar augenblicke | einige sekunden
        | ein paar sekunden | einige atemzüge | ein paar atemzüge
        | un momento | unos momentos | unos segundos | unas respiraciones
        | un moment | un instant | quelques instants | quelques secondes | quelques respirations
    """,
    "minutes": r"""
        a minute or so | a few minutes | few minutes | einige minuten | ein paar minuten
        | unos minutos | quelques minutes
    """,
    "short": r"""
        short | brief | quick | small | little | weak | x-weak | kurz(?:e[rsnm]?)?
        | klein(?:e[rsnm]?)? | breve | cort[oa] | pequeñ[oa] | brève | bref | courte? | petite?
    """,
    "medium": r"""
        medium | moderate | mittel | mittlere | mittellange? | media | mediana | moyenne?
    """,
    "long": r"""
        long | longer | extended | strong | x-strong | lang(?:e[rsnm]?)? | längere?r? | larg[oa]
        | prolongad[oa] | longue | prolongée? | grande
    """,
    "times": r"""
        once | twice | thrice | one time | x\s?\d{1,3} | \d{1,3}\s?[x×](?![^\W_])
        | \d{1,3} times?
        | (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty) times
        | (?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|fünfzehn|zwanzig)\s?mal
        | \d{1,3} ?-?mal | una vez | \d{1,3} veces
        | (?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte) veces
        | une fois | \d{1,3} fois
        | (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt) fois
    """,
    "filler": r"""
        x | à | for | of | in | a | an | the | here | and | then | with | without | about | now | to
        | at least | please | let | leave | allow | give | take | make | insert | more | full
        | at | on | as | this | like | ring(?:s)? | sounds? | strike | tap | play(?:s)? | hit
        | of silence | total | complete | between | into | minimum | min | für | von
        | eine?[rnms]? | der | die | das | den | dem | hier | und | dann | mit | ohne | etwa | ca
        | noch | lassen | ertönen(?: lassen)? | anschlagen | schlagen | läuten | klingt | ertönt
        | mindestens | ungefähr | jeweils | machen | zeit | de | del | durante | un[oa]? | el
        | la | los | las | aquí | y | luego | con | sin | unos | unas | al menos
        | aproximadamente | tocar | toca | suena | hacer | sonar | hacer sonar | dejar | deja
        | pendant | d'une? | le | les | l' | ici | et | puis | avec | sans | des | environ
        | au moins | faire | sonner | faire sonner | frapper | laisser | marquer | observer
        | tinter
    """,
}
"""Alternatives between ``|``."""


def match_words(text: str, position: int) -> tuple[int, WordClass] | None:
    """The longest entry that begins at *position* of the lower-case *text*: its end and class."""
    best: tuple[int, WordClass] | None = None
    for name, pattern in _patterns().items():
        match = pattern.match(text, position)
        if match and (best is None or match.end() > best[0]):
            best = match.end(), name
    return best


@cache
def _patterns() -> dict[WordClass, re.Pattern[str]]:
    return {
        name: re.compile(
            rf"(?:{'|'.join(sorted(_entries(words), key=len, reverse=True))})(?![^\W_])"
        )
        for name, words in _WORDS.items()
    }


def _entries(words: str) -> list[str]:
    """The alternatives at the top level of the expression *words*."""
    entries, depth = [""], 0
    for character in words:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and not depth:
            entries.append("")
        else:
            entries[-1] += character
    return [entry.strip() for entry in entries]
