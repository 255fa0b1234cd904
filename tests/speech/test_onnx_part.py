"""Cutting out of an ONNX model what one of its tensors needs."""

import pytest

from psoas_audio.speech.neural.onnx_outputs import has_tensor
from psoas_audio.speech.neural.onnx_part import part_for
from speech.tiny_voice import SAMPLES_PER_SYMBOL, graph

np = pytest.importorskip("numpy")


def session_of(model):
    runtime = pytest.importorskip("onnxruntime")
    return runtime.InferenceSession(model, providers=["CPUExecutionProvider"])


def names(values):
    return [value.name for value in values]


def test_a_part_computes_its_tensor_and_has_nothing_else():
    part = part_for(graph(), ["samples"])
    assert len(part) < len(graph())
    assert has_tensor(part, "length_scale")
    assert not has_tensor(part, "wave")
    session = session_of(part)
    assert names(session.get_inputs()) == ["input_lengths", "scales"]
    assert names(session.get_outputs()) == ["samples"]
    found = session.run(
        None,
        {
            "input_lengths": np.array([7], np.int64),
            "scales": np.array([0, 1.5, 0], np.float32),
        },
    )
    assert found[0] == pytest.approx(7 * 1.5 * SAMPLES_PER_SYMBOL)


def test_the_rest_of_a_model_goes_on_from_a_tensor_that_it_is_given():
    rest = part_for(graph(), inputs={"samples": "tensor(float)"})
    assert not has_tensor(rest, "length_scale")
    session = session_of(rest)
    assert names(session.get_inputs()) == ["samples"]
    assert names(session.get_outputs()) == ["output"]
    (sound,) = session.run(None, {"samples": np.array([50], np.float32)})
    assert sound.ravel() == pytest.approx(0.3 * np.sin(0.05 * np.arange(50)), abs=1e-6)


@pytest.mark.parametrize("cut", [1, 5, 100])
def test_what_is_not_a_whole_model_is_refused(cut):
    with pytest.raises(ValueError, match="Protocol Buffers"):
        part_for(graph()[:-cut] + b"\xff" * (cut > 5), ["samples"])
