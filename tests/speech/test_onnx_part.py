"""Cutting out of an ONNX model what one of its tensors needs."""

import pytest

from psoas_audio.speech.neural.onnx_outputs import has_tensor
from psoas_audio.speech.neural.onnx_part import part_for
from speech.tiny_voice import SAMPLES_PER_SYMBOL, graph

np = pytest.importorskip("numpy")


def test_a_part_computes_its_tensor_and_has_nothing_else():
    runtime = pytest.importorskip("onnxruntime")
    part = part_for(graph(), "samples")
    assert len(part) < len(graph())
    assert has_tensor(part, "length_scale")
    assert not has_tensor(part, "wave")
    session = runtime.InferenceSession(part, providers=["CPUExecutionProvider"])
    assert [output.name for output in session.get_outputs()] == ["samples"]
    found = session.run(
        None,
        {
            "input": np.zeros((1, 7), np.int64),
            "input_lengths": np.array([7], np.int64),
            "scales": np.array([0, 1.5, 0], np.float32),
        },
    )
    assert found[0] == pytest.approx(7 * 1.5 * SAMPLES_PER_SYMBOL)


@pytest.mark.parametrize("cut", [1, 5, 100])
def test_what_is_not_a_whole_model_is_refused(cut):
    with pytest.raises(ValueError, match="Protocol Buffers"):
        part_for(graph()[:-cut] + b"\xff" * (cut > 5), "samples")
