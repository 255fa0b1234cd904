"""The words that the faces of a session put in by themselves, in four languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from psoas_audio.units import SAMPLE_RATE

LANGUAGES = ("en", "de", "es", "fr")
"""What each row has, in this order."""

_ROWS: dict[str, tuple[str, str, str, str]] = {
    # What silences are called.
    "hold": ("Hold", "Halten", "Mantén", "Tenez"),
    "rest": ("Rest", "Ausruhen", "Descansa", "Repos"),
    "move": ("Move into place", "Position wechseln", "Colócate", "Mettez-vous en place"),
    "pause": ("Pause", "Pause", "Pausa", "Pause"),
    "breathe": ("Breathe", "Atmen", "Respira", "Respirez"),
    "bell": ("Bell", "Glocke", "Campana", "Cloche"),
    "to standing": ("Come to standing", "Aufstehen", "Ponte de pie", "Mettez-vous debout"),
    "to sitting": ("Come to sitting", "Zum Sitzen kommen", "Siéntate", "Asseyez-vous"),
    "to half-kneeling": ("Come onto one knee", "Auf ein Knie gehen", "Apoya una rodilla",
                         "Posez un genou au sol"),
    "to all-fours": ("Come onto hands and knees", "In den Vierfüßlerstand kommen",
                     "Ponte a cuatro patas", "Mettez-vous à quatre pattes"),
    "to supine": ("Move onto your back", "Auf den Rücken legen", "Túmbate boca arriba",
                  "Allongez-vous sur le dos"),
    "to prone": ("Move onto your front", "Auf den Bauch legen", "Túmbate boca abajo",
                 "Allongez-vous sur le ventre"),
    "to side-lying": ("Move onto your side", "Auf die Seite drehen", "Ponte de lado",
                      "Tournez-vous sur le côté"),
    # How they are told.
    "for": ("{what}, {time}", "{what}, {time}", "{what}, {time}", "{what}, {time}"),
    "left": ("{what}, {time} left", "{what}, noch {time}", "{what}, quedan {time}",
             "{what}, encore {time}"),
    "cycle": ("Breathe {phases}", "Atmen: {phases}", "Respira: {phases}", "Respirez : {phases}"),
    "cycles": ("{what}, for {time}", "{what}, {time} lang", "{what}, durante {time}",
               "{what}, pendant {time}"),
    "slowing": (", slowing", ", immer langsamer", ", cada vez más lento", ", de plus en plus lent"),
    "in": ("in", "ein", "inhala", "inspirez"),
    "sip": ("sip", "noch etwas ein", "un poco más", "encore un peu"),
    "full": ("hold", "halten", "retén", "retenez"),
    "out": ("out", "aus", "exhala", "expirez"),
    "empty": ("hold", "ruhen", "pausa", "pause"),
    "second": ("second", "Sekunde", "segundo", "seconde"),
    "seconds": ("seconds", "Sekunden", "segundos", "secondes"),
    "minute": ("minute", "Minute", "minuto", "minute"),
    "minutes": ("minutes", "Minuten", "minutos", "minutes"),
    "point": (".", ",", ",", ","),
    # What a session is.
    "supine": ("on your back", "auf dem Rücken", "boca arriba", "sur le dos"),
    "prone": ("on your front", "auf dem Bauch", "boca abajo", "sur le ventre"),
    "side-lying": ("on your side", "auf der Seite", "de lado", "sur le côté"),
    "standing": ("standing", "im Stehen", "de pie", "debout"),
    "sitting": ("sitting", "im Sitzen", "sentado o sentada", "en position assise"),
    "half-kneeling": ("kneeling on one knee", "auf einem Knie", "con una rodilla apoyada",
                      "un genou au sol"),
    "all-fours": ("on hands and knees", "im Vierfüßlerstand", "a cuatro patas", "à quatre pattes"),
    "self-massage": ("self-massage", "Selbstmassage", "automasaje", "automassage"),
    "stretch": ("stretch", "Dehnung", "estiramiento", "étirement"),
    "strength": ("strength", "Kraft", "fuerza", "renforcement"),
    "breathing": ("breathing", "Atmung", "respiración", "respiration"),
    "relaxation": ("relaxation", "Entspannung", "relajación", "détente"),
    "talk": ("talk", "Vortrag", "charla", "causerie"),
    "beginner": ("for beginners", "für den Einstieg", "para empezar", "pour débuter"),
    "some experience": ("with some experience", "mit etwas Erfahrung", "con algo de experiencia",
                        "avec un peu d’expérience"),
    "experienced": ("for regulars", "für Geübte", "para practicantes habituales",
                    "pour pratiquants réguliers"),
    "min": ("min", "Min.", "min", "min"),
    "need": ("You need: {things}", "Du brauchst: {things}", "Necesitas: {things}",
             "Il vous faut : {things}"),
    "avoid": ("Ask first, or leave it: {things}", "Vorher fragen oder weglassen: {things}",
              "Pregunta antes, o no la hagas: {things}",
              "Demandez d’abord conseil, ou abstenez-vous : {things}"),
    "note": ("Please note: {things}", "Bitte beachten: {things}", "Ten en cuenta: {things}",
             "À noter : {things}"),
    "voice": ("Voice: {things}", "Stimme: {things}", "Voz: {things}", "Voix : {things}"),
    "safety": (
        "For ease and wellbeing; not medical advice. Ask a professional first if you are unsure,"
        " and stop if anything hurts.",
        "Für Wohlbefinden und Entspannung, kein medizinischer Rat. Frage im Zweifel zuerst eine"
        " Fachperson, und höre auf, wenn etwas wehtut.",
        "Para sentirte bien; no es consejo médico. Si tienes dudas, consulta antes con un"
        " profesional, y para si algo te duele.",
        "Pour le bien-être ; ceci n’est pas un avis médical. En cas de doute, consultez d’abord"
        " un professionnel, et arrêtez si quelque chose fait mal.",
    ),
    # The page.
    "opening": ("Ready when you are", "Bereit, wenn du es bist", "Cuando quieras",
                "Quand vous voulez"),
    "resume": ("Continue at {time}", "Weiter bei {time}", "Seguir en {time}", "Reprendre à {time}"),
    "done": ("All done", "Geschafft", "Hemos terminado", "C’est terminé"),
    "stay": ("Stay as long as you like.", "Bleib, so lange du magst.",
             "Quédate el tiempo que quieras.", "Restez aussi longtemps que vous voulez."),
    "next": ("Next", "Danach", "Después", "Ensuite"),
    "end": ("the end", "das Ende", "el final", "la fin"),
    "remaining": ("{time} left", "noch {time}", "quedan {time}", "encore {time}"),
    "play": ("Play", "Abspielen", "Reproducir", "Lire"),
    "continue": ("Continue", "Weiter", "Seguir", "Reprendre"),
    "stop": ("Pause", "Anhalten", "Pausar", "Pause"),
    "phase in": ("In", "Ein", "Inhala", "Inspirez"),
    "phase sip": ("Sip in", "Noch ein", "Un poco más", "Encore"),
    "phase full": ("Hold", "Halten", "Retén", "Retenez"),
    "phase out": ("Out", "Aus", "Exhala", "Expirez"),
    "phase empty": ("Hold", "Ruhen", "Pausa", "Pause"),
    "trouble play": (
        "This browser could not play the sound. Try the player below, or another browser.",
        "Dieser Browser konnte den Ton nicht abspielen. Versuche es mit dem Regler unten oder"
        " mit einem anderen Browser.",
        "Este navegador no pudo reproducir el sonido. Prueba con los controles de abajo o con"
        " otro navegador.",
        "Ce navigateur n’a pas pu lire le son. Essayez avec le lecteur ci-dessous ou avec un"
        " autre navigateur.",
    ),
    "trouble file": ("The sound in this file could not be read.",
                     "Der Ton in dieser Datei ließ sich nicht lesen.",
                     "No se pudo leer el sonido de este archivo.",
                     "Le son de ce fichier n’a pas pu être lu."),
    "skip": ("Skip to the player", "Zum Abspielen springen", "Ir al reproductor",
             "Aller au lecteur"),
    "now": ("Now", "Jetzt", "Ahora", "Maintenant"),
    "player": ("Player", "Abspielen", "Reproductor", "Lecteur"),
    "dark": ("Dark colours", "Dunkle Farben", "Colores oscuros", "Couleurs sombres"),
    "again": ("Start again from the beginning", "Von vorn beginnen", "Empezar de nuevo",
              "Reprendre depuis le début"),
    "chapter back": ("Chapter before", "Voriges Kapitel", "Capítulo anterior",
                     "Chapitre précédent"),
    "chapter on": ("Chapter after", "Nächstes Kapitel", "Capítulo siguiente", "Chapitre suivant"),
    "back": ("Back 10 seconds", "10 Sekunden zurück", "10 segundos atrás",
             "10 secondes en arrière"),
    "forward": ("Forward 10 seconds", "10 Sekunden vor", "10 segundos adelante",
                "10 secondes en avant"),
    "more": ("Chapters and notes", "Kapitel und Hinweise", "Capítulos y notas",
             "Chapitres et notes"),
    "captions": ("Captions", "Untertitel", "Subtítulos", "Sous-titres"),
    "before": ("Before you begin", "Bevor du beginnst", "Antes de empezar",
               "Avant de commencer"),
    "ask": ("Ask a professional first, or leave it out, with",
            "Frage zuerst eine Fachperson, oder lass es aus, bei",
            "Consulta antes con un profesional, o no la hagas, en caso de",
            "Demandez d’abord conseil à un professionnel, ou abstenez-vous, en cas de"),
    "chapters": ("Chapters", "Kapitel", "Capítulos", "Chapitres"),
    "index": ("In this talk", "In diesem Vortrag", "En esta charla", "Dans cette causerie"),
    "read": ("To read", "Zum Lesen", "Para leer", "À lire"),
    "text": ("Every word of this session", "Jedes Wort dieser Einheit",
             "Todas las palabras de esta sesión", "Tous les mots de cette séance"),
    "keys": (
        "Keys: Space plays and pauses, the left and right arrows go 10 seconds, with Shift a"
        " chapter.",
        "Tasten: Die Leertaste spielt ab und hält an, die Pfeile links und rechts gehen"
        " 10 Sekunden, mit der Umschalttaste ein Kapitel.",
        "Teclas: Espacio reproduce y pausa, las flechas izquierda y derecha mueven 10 segundos,"
        " con Mayúsculas un capítulo.",
        "Touches : Espace lit et met en pause, les flèches gauche et droite avancent ou reculent"
        " de 10 secondes, avec Maj d’un chapitre.",
    ),
    "noscript": (
        "The player works without scripts; the breathing circle and the step shown need them.",
        "Der Ton spielt auch ohne Skripte; der Atemkreis und die Anzeige der Schritte brauchen"
        " sie.",
        "El reproductor funciona sin scripts; el círculo de la respiración y los pasos los"
        " necesitan.",
        "Le lecteur fonctionne sans scripts ; le cercle de respiration et l’étape affichée en ont"
        " besoin.",
    ),
    # The catalogue.
    "site": ("Sessions to listen to", "Einheiten zum Anhören", "Sesiones para escuchar",
             "Séances à écouter"),
    "site about": ("Guided sessions with voice, breath and bells.",
                   "Geführte Einheiten mit Stimme, Atem und Glocken.",
                   "Sesiones guiadas con voz, respiración y campanas.",
                   "Séances guidées avec voix, souffle et cloches."),
    "to sessions": ("Skip to the sessions", "Zu den Einheiten springen", "Ir a las sesiones",
                    "Aller aux séances"),
    "filters": ("Filters", "Auswahl", "Filtros", "Filtres"),
    "time": ("Time you have", "Zeit, die du hast", "Tiempo que tienes", "Temps disponible"),
    "any": ("any", "egal", "cualquiera", "peu importe"),
    "position": ("Position", "Haltung", "Posición", "Position"),
    "level": ("Made", "Gemacht", "Hecha", "Conçue"),
    "anyone": ("for anyone", "für alle", "para cualquiera", "pour tout le monde"),
    "things": ("You have", "Du hast", "Tienes", "Vous avez"),
    "see": ("See them", "Anzeigen", "Verlas", "Les voir"),
    "all": ("Show all", "Alle zeigen", "Mostrar todas", "Tout afficher"),
    "sessions": ("Sessions", "Einheiten", "Sesiones", "Séances"),
    "count": ("{all} sessions", "{all} Einheiten", "{all} sesiones", "{all} séances"),
    "counted": ("{shown} of {all} sessions", "{shown} von {all} Einheiten",
                "{shown} de {all} sesiones", "{shown} séances sur {all}"),
    "no thing": ("nothing needed", "nichts nötig", "no hace falta nada", "rien à prévoir"),
    "sound": ("Sound, {size} MB", "Ton, {size} MB", "Sonido, {size} MB", "Son, {size} Mo"),
    "under": ("under {number}", "unter {number}", "menos de {number}", "moins de {number}"),
    "keep": ("Keep for offline", "Für unterwegs behalten", "Guardar sin conexión",
             "Garder hors ligne"),
    "keeping": ("Keeping…", "Wird gespeichert …", "Guardando…", "Enregistrement…"),
    "kept": ("Kept for offline ✓", "Für unterwegs da ✓", "Guardada sin conexión ✓",
             "Gardée hors ligne ✓"),
    "not kept": ("No room or no network: try again", "Kein Platz oder kein Netz: noch einmal",
                 "Sin espacio o sin red: inténtalo otra vez",
                 "Pas de place ou pas de réseau : réessayez"),
    "none": ("No session fits all of this. Allow a little more time, or another position.",
             "Keine Einheit passt zu allem. Nimm dir etwas mehr Zeit, oder eine andere Haltung.",
             "Ninguna sesión encaja con todo. Prueba con algo más de tiempo u otra posición.",
             "Aucune séance ne convient à tout. Prenez un peu plus de temps, ou une autre"
             " position."),
    "feed": ("Podcast feed", "Podcast-Feed", "Canal del pódcast", "Flux du podcast"),
    "feed use": (": paste its address into your podcast app.",
                 ": Füge seine Adresse in deine Podcast-App ein.",
                 ": pega su dirección en tu aplicación de pódcast.",
                 " : collez son adresse dans votre application de podcasts."),
    "offline": ("You are offline: what you visited or kept is here.",
                "Du bist offline: Was du besucht oder behalten hast, ist hier.",
                "Sin conexión: aquí está lo que visitaste o guardaste.",
                "Hors ligne : ce que vous avez visité ou gardé est ici."),
    # A programme.
    "week": ("Week {number}", "Woche {number}", "Semana {number}", "Semaine {number}"),
    "day": ("Day {number}", "Tag {number}", "Día {number}", "Jour {number}"),
    "programme day": ("{title}: week {week}, day {day}", "{title}: Woche {week}, Tag {day}",
                      "{title}: semana {week}, día {day}", "{title} : semaine {week}, jour {day}"),
    "fewer words": ("fewer words", "weniger Worte", "menos palabras", "moins de paroles"),
    "bells only": ("bells", "Glocken", "campanas", "cloches"),
    "to calendar": ("Add it to your calendar", "In den Kalender übernehmen",
                    "Añadir a tu calendario", "Ajouter à votre agenda"),
    "play day": ("Play this day", "Diesen Tag abspielen", "Reproducir este día",
                 "Lire ce jour"),
    "date": ("{weekday} {day} {month}", "{weekday}, {day}. {month}", "{weekday} {day} {month}",
             "{weekday} {day} {month}"),
    "weekdays": ("Mon Tue Wed Thu Fri Sat Sun", "Mo Di Mi Do Fr Sa So",
                 "lun mar mié jue vie sáb dom", "lun. mar. mer. jeu. ven. sam. dim."),
    "months": ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
               "Jan. Feb. März April Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
               "ene feb mar abr may jun jul ago sep oct nov dic",
               "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    "side left": ("left side", "linke Seite", "lado izquierdo", "côté gauche"),
    "side right": ("right side", "rechte Seite", "lado derecho", "côté droit"),
}  # fmt: skip

PAGE = ("resume", "done", "stay", "next", "end", "remaining", "play", "continue", "stop",
        "phase in", "phase sip", "phase full", "phase out", "phase empty", "trouble play",
        "trouble file", "second", "seconds", "minute", "minutes")  # fmt: skip
"""Those that the page's script says."""
CATALOGUE = ("count", "counted", "offline", "keep", "keeping", "kept", "not kept")
"""Those that the catalogue's script says."""


def column(language: str) -> int:
    """Which of :data:`LANGUAGES` serves a BCP 47 *language*; English where none does."""
    primary = language.replace("_", "-").split("-")[0].lower()
    return LANGUAGES.index(primary) if primary in LANGUAGES else 0


@cache
def words(language: str) -> Mapping[str, str]:
    """The words of a BCP 47 *language* by name; English where it isn't one of ours."""
    number = column(language)
    return {name: row[number] for name, row in _ROWS.items()}


def spoken_length(samples: int, language: str) -> str:
    """*samples* in words for a caption: ``45 seconds``, ``1 Minute 30 Sekunden``."""
    say = words(language)
    minutes, seconds = divmod((samples + SAMPLE_RATE // 2) // SAMPLE_RATE, 60)
    parts = []
    if minutes:
        parts.append(f"{minutes} {say['minute' if minutes == 1 else 'minutes']}")
    if seconds or not minutes:
        parts.append(f"{seconds} {say['second' if seconds == 1 else 'seconds']}")
    return " ".join(parts)
