"""A timeline built by hand: every kind of clip and gap that the faces must show."""

from __future__ import annotations

from dataclasses import dataclass, field

from psoas_audio.deliver.details import Details
from psoas_audio.timeline.model import (
    BedSound,
    Breath,
    Clip,
    Gap,
    Marker,
    Sound,
    Take,
    Timeline,
    Track,
)
from psoas_audio.units import seconds_to_samples

DETAILS = Details(
    title="Supine release with a ball",
    artist="Robin",
    album="Ease for the hips",
    language="en-US",
    comment="Stop if you feel sharp pain, numbness or tingling. This is not medical advice.",
    summary="Quiet minutes on the floor for the front of the hips.",
    kind="self-massage",
    equipment=("mat", "soft ball"),
    position="supine",
    avoid=("pregnancy", "recent abdominal surgery", "hernia"),
    version="0.1.0",
    digest="0123456789abcdef",
    variant="12 minutes, full guidance",
)


@dataclass
class Builder:
    """Lays things one after the other; times in seconds."""

    now: float = 0.0
    voice: list[Clip] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    breath: list[Clip] = field(default_factory=list)
    bells: list[Clip] = field(default_factory=list)
    chapters: list[tuple[str, float, str, str]] = field(default_factory=list)

    def chapter(self, title: str, position: str, side: str = "") -> None:
        self.chapters.append((title, self.now, position, side))

    def say(
        self,
        text: str,
        *,
        at: float | None = None,
        rate: float = 12.0,
        language: str = "",
        words_at: tuple[float, ...] = (),
    ) -> None:
        """Speak at *rate* characters a second, now or inside what came before.

        *words_at*: seconds from its start at which its words are heard, if they are known.
        """
        start = self.now if at is None else at
        length = max(0.4, len(text) / rate)
        take = Take(
            f"t{len(self.voice)}",
            text,
            "pyttsx3",
            "english-us",
            115,
            14,
            language=language,
            word_starts=tuple(map(seconds_to_samples, words_at)),
        )
        self.voice.append(_clip(f"v{len(self.voice)}", start, length, take))
        if at is None:
            self.now += length

    def gap(self, kind: str, length: float, label: str = "") -> float:
        """Returns where it starts, in seconds."""
        start = self.now
        self.gaps.append(Gap(seconds_to_samples(start), seconds_to_samples(length), kind, label))
        self.now += length
        return start

    def bell(self, sound: str = "bowl", length: float = 3.0) -> None:
        self.bells.append(_clip(f"b{len(self.bells)}", self.now, 6.0, Sound(sound)))
        self.gap("bell", length)

    def breathe(self, cycles: list[list[tuple[str, float]]], label: str = "") -> float:
        """Returns where it starts, in seconds."""
        at = self.now
        for number, cycle in enumerate(cycles):
            for kind, length in cycle:
                phase = Breath(kind, "wave", number)  # type: ignore[arg-type]
                self.breath.append(_clip(f"r{len(self.breath)}", at, length, phase))
                at += length
        return self.gap("breathe", at - self.now, label)

    def build(self, name: str = "supine-ball-release", title: str = DETAILS.title) -> Timeline:
        length = seconds_to_samples(self.now)
        starts = [seconds_to_samples(start) for _, start, _, _ in self.chapters]
        markers = tuple(
            Marker(f"m{i}", text, start, end - start, side, position)
            for i, ((text, _, position, side), start, end) in enumerate(
                zip(self.chapters, starts, [*starts[1:], length], strict=False)
            )
        )
        bed = Clip("bed", 0, length, BedSound("soft-rain"))
        return Timeline(
            name,
            title,
            "en-US",
            1,
            length,
            (
                Track("voice", tuple(sorted(self.voice, key=lambda c: c.start)), tuple(self.gaps)),
                Track("breath", tuple(self.breath), level=-12.0),
                Track("bells", tuple(self.bells), level=-8.0),
                Track("bed", (bed,), level=-24.0),
            ),
            markers,
        )


def example() -> Timeline:
    """Three minutes with speech, breathing, a hold with coaching, bells and both sides."""
    b = Builder()
    b.chapter("Arrive", "supine")
    b.gap("lead-in", 1.0)
    b.say(
        "Welcome. Come down onto your back, with your knees bent and both feet flat on the floor."
    )
    b.gap("move", 12.0)
    b.say("Let the weight of the legs go.")
    b.gap("pause", 2.0)
    b.say("We breathe in for four, and out for six.")
    start = b.breathe([[("in", 4.0), ("out", 6.0)]] * 3, "belly")
    b.say("Breathe in.", at=start)
    b.say("And out.", at=start + 4.0)
    for side, other in (("right", "left"), ("left", "right")):
        b.chapter(f"{side.capitalize()} side", "supine", side)
        b.say(
            f"Rest the ball beside the navel, on the {side}, halfway towards the bone at the front "
            f"of the hip; the {other} leg stays where it is, long or bent, as you like."
        )
        b.gap("pause", 1.5)
        start = b.gap("hold", 45.0, "sink")
        b.say("Let the breath stay slow.", at=start + 12.0)
        b.say("Halfway. Soften the jaw.", at=start + 22.5)
        b.bell()
    b.chapter("Close", "side-lying")
    b.say("Roll to one side, and rest there.")
    b.gap("rest", 10.0)
    b.bell(length=4.0)
    b.gap("lead-out", 2.0)
    return b.build()


def _clip(name: str, start: float, length: float, media: Take | Sound | Breath) -> Clip:
    return Clip(name, seconds_to_samples(start), seconds_to_samples(length), media)
