"""Words of English by class: as many as the rules for homographs look at."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES: Final = _words("the a an")
POSSESSIVES: Final = _words("my your his her its our their whose one's everyone's")
COUNT_WORDS: Final = _words(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty"
    " fifty sixty hundred first second third fourth fifth last next other half"
)
QUANTITIES: Final = _words(
    "this that these those each every any some no another either neither both all many most few"
    " several more less much enough such same little what which"
)
DETERMINERS: Final = ARTICLES | POSSESSIVES | COUNT_WORDS | QUANTITIES
ALSO_PRONOUNS: Final = _words(
    "this that these those each any some both all many most few several one two three her what"
    " which others"
)
"""Determiners that also stand alone."""

SUBJECTS: Final = _words("i you we they who people everyone")
"""Pronouns before a verb in its base form."""
THIRD_PERSON: Final = _words(
    "he she it this that which who one everyone everything nothing something someone nobody"
    " anyone anything each"
)
OBJECTS: Final = _words(
    "it them me him us you yourself yourselves itself themselves ourselves myself himself herself"
    " everything something anything nothing someone everyone"
)
QUESTION_WORDS: Final = _words("how what where when why who whom which whether whatever wherever")
SUBORDINATORS: Final = QUESTION_WORDS | _words(
    "if that because while until till once unless whenever though although so as since before"
    " after than"
)
CONJUNCTIONS: Final = _words("and or but nor")
PREPOSITIONS: Final = _words(
    "of in on at by with from into onto for over under between through across along behind beside"
    " besides above below near toward towards against without within about around during upon off"
    " out up down inside outside beyond among via per despite like than as except past"
)
FREE_ADVERBS: Final = _words(
    "not never now then please just also always often sometimes only still again even soon"
    " already once twice instead together first finally next later maybe perhaps simply kindly"
    " half here there today tomorrow tonight afterwards meanwhile usually rarely ever both too"
    " don't either else almost barely carefully consciously"
)
"""Adverbs that stand before a verb without changing what it is."""
DEGREES: Final = _words("very so too as more most quite rather fairly how less really pretty")
"""Adverbs that stand before adjectives."""

MODALS: Final = _words(
    "can could may might must shall should will would cannot can't couldn't may mightn't mustn't"
    " shouldn't won't wouldn't needn't i'll you'll we'll they'll it'll she'll he'll i'd you'd we'd"
    " they'd let's"
)
DO: Final = _words("do does did don't doesn't didn't")
BE: Final = _words(
    "is are was were be been being am isn't aren't wasn't weren't it's that's there's i'm you're"
    " we're they're he's she's what's who's"
)
HAVE: Final = _words("have has had having haven't hasn't hadn't i've you've we've they've")
LINKING: Final = BE | _words(
    "feel feels felt feeling seem seems seemed stay stays staying stayed remain remains remaining"
    " become becomes became becoming look looks looked get gets getting grow grows sound sounds"
    " sit sits lie lies rest rests come comes coming came keep keeps stand stands"
)
"""Verbs before an adjective that tells of the subject."""
CAUSATIVES: Final = _words(
    "let lets letting make makes making made help helps helping helped watch watches watching see"
    " sees seeing hear hears hearing feel feels feeling felt notice notices noticing sense senses"
    " sensing have having observe observing"
)
"""Verbs before a noun and what it does: ``let the head bow``."""
HOLDING: Final = _words(
    "keep keeps keeping kept hold holds holding leave leaves make makes making made place bring"
    " brings draw find finds get gets put set have having stand sit lay rest pull press move stack"
    " consider render want"
)
"""Verbs before a noun and how it is: ``keep the feet separate``."""
BEFORE_BARE_VERB: Final = _words("go come help helps let's let dare to and or")
FINITE: Final = (
    BE - _words("be been being")
    | MODALS
    | DO
    | _words(
        "has had hasn't hadn't means comes goes needs makes takes gives shows lets keeps begins"
    )
    | _words("brings becomes remains seems tells grows flows passes heals hurts feels matters")
    | _words("happens follows arrives appears belongs depends requires includes continues allows")
)
"""Verbs with a subject before them."""
FINITE_OR_PLURAL: Final = _words(
    "moves plays works rests turns changes stops holds ends starts helps rises falls sits stands"
    " runs opens closes supports eases softens stirs carries blows calms warms cools whispers fades"
    " lies returns leads lasts sounds looks hangs drifts slows rolls ebbs settles washes sweeps"
    " howls lifts drops slips fills"
)
"""The same if what follows can't belong to a plural noun."""

ADJECTIVES: Final = _words(
    "small big large little long short slow quick fast soft hard gentle light heavy deep shallow"
    " high low wide narrow warm cool cold hot new old young good bad best better easy even odd"
    " steady still calm quiet loud smooth rough strong weak full empty open wet dry fresh clean"
    " clear dark bright right left upper lower inner outer front rear whole entire main own same"
    " other different similar certain sudden slight mild fair great kind tender sharp dull tight"
    " loose firm stiff rigid flat round straight thick thin equal extra free safe sore tired weary"
    " daily weekly early late present past future final recent common usual normal regular simple"
    " single double triple plain proper real true false rare raw ripe rich poor pure silent sick"
    " healthy happy sad sacred scientific serious severe several special sweet tall tiny ultimate"
    " unusual useful vast vital vivid wise wrong careful further constant correct current chronic"
    " acute minor major hidden modern moderate mutual native natural neutral nice painful patient"
    " perfect physical private public random rapid ready relevant rented repeated skilful slower"
    " faster deeper longer shorter smaller bigger larger greater lighter heavier softer harder"
    " lesser higher wider narrower warmer cooler stronger weaker later earlier old-fashioned mental"
    " emotional spiritual mindful conscious continued increased reduced proper deliberate loaded"
    " written signed personal digital studio weight-bearing measured marked sustained uneven brief"
    " torn broken frozen worn given known chosen lost busy lazy sleepy cozy happy noisy windy sunny"
    " bony sweaty shaky sticky dirty ordinary inward outward upward downward forward backward"
)
_ADJECTIVE_ENDINGS: Final = (
    *("ful", "ous", "ive", "able", "ible", "less", "ish", "est", "ary", "ic", "al", "ed"),
)
_NOT_ADJECTIVES: Final = _words(
    "animal signal interval festival arrival hospital pedestal material journal manual ritual"
    " potential individual mineral crystal capital proposal practice music fabric topic relative"
    " chest guest quest crest request digest protest contest conquest harvest breast"
    " pedal medal petal metal sandal rival meal clinic topic panic picnic attic magic logic traffic"
    " drive archive detective finish dish wish table cable handful spoonful mouthful bible studio"
    " library diary summary boundary interest forest harvest motive native olive"
)
_NOT_PLURAL: Final = _words(
    "this is its his was has does us yes always perhaps less press pass across towards focus"
    " psoas pelvis axis basis bus gas plus thus pulse series iliacus gluteus vagus versus besides"
    " progress stress toes"
) - _words("toes")
_ADVERBS_LIKE_ADJECTIVES: Final = _words(
    "daily weekly monthly yearly early only lively lovely belly"
)
IRREGULAR_PLURALS: Final = _words(
    "feet teeth people men women children hands vertebrae scapulae both"
)


def is_adverb(word: str) -> bool:
    """Whether *word* may stand between a verb and what comes before it."""
    return word in FREE_ADVERBS or (
        word.endswith("ly") and len(word) > 4 and word not in _ADVERBS_LIKE_ADJECTIVES
    )


def is_adjective(word: str) -> bool:
    """Whether *word* is an adjective, as far as it tells by itself."""
    if word in _NOT_ADJECTIVES:
        return False
    return word in ADJECTIVES or (len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS))


def is_plural(word: str) -> bool:
    """Whether *word* looks like a noun in the plural."""
    if word in IRREGULAR_PLURALS:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and word not in _NOT_PLURAL
    )


def begins_object(word: str) -> bool:
    """Whether *word* is how an object of a verb begins, and no noun goes on."""
    return word in (ARTICLES | POSSESSIVES | OBJECTS | COUNT_WORDS | QUANTITIES) - {"half", "her's"}
