"""``kokoro``: natural voices by the Kokoro-82M model, which runs through onnxruntime."""
