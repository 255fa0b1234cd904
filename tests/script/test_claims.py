"""Promises of a cure and pressure on the throat are found; denials, questions, warnings are not."""

from __future__ import annotations

import pytest

from psoas_audio.script.rules.claims import find_claims, find_throat_pressure

HARMLESS = """
This does not treat or cure anything.
This session does not diagnose, treat, cure or heal any condition.
It is not medical advice, and it does not treat disease.
None of this heals or cures anything.
Massage is no cure.
It cannot heal an injury.
It isn't a treatment for back pain.
We do not claim that this heals anything.
Can a release cure back pain?
Will it heal my hernia?
Treat yourself to ten quiet minutes without stress or pain.
Treat your body kindly.
Ask the doctor who treats your back pain.
Only a doctor can treat an injury.
If you are being treated for a heart condition, ask first.
Wait until the wound has healed.
Leave this out while a fracture heals.
Give an injury time to heal before you begin.
If a cut is still healing, leave it out.
A healing fracture is a reason to wait.
See someone who can treat the pain.
Secure the ball.
Your heel rests on the mat.
Be healthy and kind.
Nothing here treats an illness.
Rather than a cure, this is a rest.
Accurate and procured obscure manicures.
After surgery, wait until it has healed.
Let it heal first.
You may be under treatment for cancer, so ask.
""".strip().splitlines()

PROMISES = """
This cures back pain.
It will cure your sciatica.
A cure for stress.
This massage heals your back.
Slow breath can heal the gut.
It helps to heal old injuries.
This treats sciatica.
It treats high blood pressure well.
A simple way to treat chronic low back pain.
Treating anxiety with breath.
There is no doubt that it cures pain.
Feel the healing power of the ball.
Healing back pain with a ball.
It is a natural treatment for insomnia.
It has cured thousands.
This has healed many.
This does not hurt, but it cures pain.
It is not a drug, and it heals your back.
""".strip().splitlines()

SPARED = """
Never press on the front or sides of the throat.
Do not press on the throat.
Keep the ball away from the throat.
Let the throat soften.
Press both feet down, and soften the throat.
Press the ball into the hip and let the throat soften.
Rest one hand on your belly while your throat stays open.
Press the feet down as the breath moves through your throat.
Lean on the wall and keep your throat easy.
Avoid pressing on the throat.
Without pressure on the throat, breathe.
Feel the air brush the back of your throat.
Rest one hand on your throat to feel the hum.
No pressure goes to the throat or the sides of the neck.
""".strip().splitlines()

PRESSED = """
Press the ball into the side of your throat.
Press gently on the front of your neck.
Massage the {side} side of your neck.
Place two fingers on the carotid artery and push.
Roll the ball along the windpipe.
Let your thumbs sink into the sides of the neck.
Rest the ball against your throat.
Squeeze your Adam's apple.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", HARMLESS)
def test_words_that_promise_nothing_are_allowed(sentence: str) -> None:
    assert list(find_claims(sentence)) == []


@pytest.mark.parametrize("sentence", PROMISES)
def test_a_promise_of_a_cure_is_found(sentence: str) -> None:
    assert list(find_claims(sentence))


@pytest.mark.parametrize("sentence", SPARED)
def test_a_throat_without_pressure_is_fine(sentence: str) -> None:
    assert list(find_throat_pressure(sentence)) == []


@pytest.mark.parametrize("sentence", PRESSED)
def test_pressure_on_the_throat_is_found(sentence: str) -> None:
    assert list(find_throat_pressure(sentence))


def test_each_sentence_is_judged_by_itself() -> None:
    text = "This is not medical advice. It heals your back. Can it cure a cold?"
    assert list(find_claims(text)) == ["heals"]
    assert list(find_throat_pressure("Never press hard. Press on your throat.")) == ["throat"]
