"""The joined stream, as decoders hear it."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import threading
from itertools import pairwise

import numpy as np
import pytest
import soundfile
from hard_signals import voice
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.encode.mp3_blocks import (
    ENCODER_LOOKAHEAD,
    MIN_BLOCK_FRAMES,
    PRE_ROLL,
    SILENT,
    divide,
    encode_mp3,
)
from psoas_audio.encode.mp3_formats import FORMATS_BY_RATE, MP3_FORMATS
from psoas_audio.encode.mp3_frames import parse_info
from psoas_audio.master.limiter import Limiter, needed_range

FRAME = 1152


class BestEffortCache(dict):
    """A block cache in memory."""

    put = dict.__setitem__
    get_local = dict.get


def content_key(signal):
    """Names a range by its samples: what a caller does from its timeline."""

    def key(start, stop):
        inside = signal[max(0, start) : max(0, stop)]
        shape = f"{min(0, start)} {stop - start} {len(inside)}"
        return hashlib.sha256(shape.encode() + inside.tobytes()).hexdigest()

    return key


def encode(signal, **options):
    out = io.BytesIO()
    told = encode_mp3(lambda a, b: signal[a:b], len(signal), signal.shape[1], out, **options)
    return out.getvalue(), told


def decode(data):
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    assert rate == 48_000
    return samples


def shift(decoded, signal):
    """Samples by which *decoded* is late, judged on its first five seconds."""
    size = 1 << 19
    heard, meant = (np.fft.rfft(samples[: size // 2, 0], size) for samples in (decoded, signal))
    late = int(np.fft.irfft(heard * np.conj(meant)).argmax())
    return late if late < size // 2 else late - size


def test_what_is_decoded_is_the_signal_to_the_sample(session):
    data, told = encode(session)
    decoded = decode(data)
    assert decoded.shape == session.shape
    assert shift(decoded, session) == 0
    assert np.sqrt(np.mean((decoded - session) ** 2) / np.mean(session**2)) < 0.2
    assert told.length == len(session)
    assert told.size == len(data) == (told.frames + 1) * MP3_FORMATS[session.shape[1]].size
    assert parse_info(data[:400]).valid


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("length", [1, 575, 576, 577, 1152, 48_000, 512 * FRAME - 1, 512 * FRAME])
def test_every_length_is_kept(length, channels):
    signal = np.full((length, channels), 0.1, np.float32)
    assert decode(encode(signal)[0]).shape == signal.shape


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("level", [-6.0, -20.0, -60.0])
def test_the_level_is_kept(level, channels):
    tone = np.sin(2 * np.pi * 1000 / 48_000 * np.arange(96_000)) * 10 ** (level / 20)
    decoded = decode(encode(np.repeat(tone[:, None], channels, 1).astype(np.float32))[0])
    middle = slice(24_000, 72_000)
    for channel in decoded.T:
        gain = np.dot(channel[middle], tone[middle]) / np.dot(tone[middle], tone[middle])
        assert 20 * np.log10(gain) == pytest.approx(0, abs=0.1 if level < -40 else 0.01)


def test_silence_stays_digital_silence():
    decoded = decode(encode(np.zeros((100_000, 1), np.float32))[0])
    assert not decoded.any()


def test_the_bytes_are_the_same_for_any_number_of_workers_and_any_cache(session):
    options = {"key": content_key(session), "content_starts": range(0, len(session), 90 * FRAME)}
    plain, told = encode(session, content_starts=options["content_starts"], workers=1)
    cache = BestEffortCache()
    first, made = encode(session, workers=2, cache=cache, **options)
    again, kept = encode(session, workers=3, cache=cache, **options)
    for name in list(cache)[::2]:
        del cache[name]
    half, partly = encode(session, workers=1, cache=cache, **options)
    assert plain == first == again == half
    assert (told.made, made.made, kept.made) == (6, 6, 0)
    assert kept.reused == 6
    assert partly.made == 3


def test_a_cache_that_returns_other_data_is_not_trusted(session):
    cache = BestEffortCache()
    good, _ = encode(session, cache=cache, key=content_key(session))
    for name in cache:
        cache[name] = bytes(len(cache[name]))
    assert encode(session, cache=cache, key=content_key(session))[0] == good
    for name in cache:
        cache[name] = cache[name][:-5]
    assert encode(session, cache=cache, key=content_key(session))[0] == good


def test_joins_sound_like_the_rest(session):
    """Against the same signal encoded in one piece: no larger error around a join."""
    whole, _ = encode(session, block_frames=10**6)
    joined, _ = encode(session, block_frames=40)
    error = np.abs(decode(joined) - session).max(axis=1)
    serial = np.abs(decode(whole) - session).max(axis=1)
    joins = np.arange(40 * FRAME, len(session) - 4000, 40 * FRAME)
    around = np.concatenate([np.arange(at - 2304, at + 2304) for at in joins])
    assert error[around].max() <= error.max()
    assert np.mean(error[around] ** 2) <= 1.05 * np.mean(serial[around] ** 2)


def test_cuts_change_next_to_nothing_in_the_frames(session):
    """Nearly every frame has the bytes it has when the whole is encoded in one piece."""
    form = MP3_FORMATS[session.shape[1]]
    whole, joined = (encode(session, block_frames=size)[0] for size in (10**6, 250))
    frames = [np.frombuffer(data, np.uint8).reshape(-1, form.size)[1:] for data in (whole, joined)]
    assert np.mean((frames[0] != frames[1]).any(axis=1)) < 0.05


def test_what_comes_after_a_cut_leaves_no_trace_before_it(session):
    at = 250 * FRAME
    other = session.copy()
    other[at:] = np.float32(0.3) - other[at:]
    size = MP3_FORMATS[session.shape[1]].size
    edge = next(stop for _, stop in divide(2000, [at]) if stop * FRAME >= at - 2 * FRAME)
    one, two = (encode(signal, content_starts=[at])[0] for signal in (session, other))
    assert one[size : size * (edge + 1)] == two[size : size * (edge + 1)]
    assert one[size * (edge + 1) :] != two[size * (edge + 1) :]


def test_an_edit_that_shifts_the_rest_encodes_only_what_it_touches(session):
    cuts = [at * FRAME for at in (60, 120, 180, 240, 300, 360, 420)]
    cache = BestEffortCache()
    encode(session, content_starts=cuts, cache=cache, key=content_key(session))
    longer = np.concatenate((session[: cuts[2]], session[cuts[1] : cuts[2]], session[cuts[2] :]))
    moved = [*cuts[:3], *(at + 60 * FRAME for at in cuts[2:])]
    data, told = encode(longer, content_starts=moved, cache=cache, key=content_key(longer))
    assert told.made == 1  # the repeated stretch has another before it than the first time
    assert data == encode(longer, content_starts=moved)[0]


def test_a_limiter_in_front_keeps_blocks_good():
    """Keys reach as far as the limiter does; a block before a cut still knows nothing of it."""
    loud = 6 * voice(400 * FRAME, 11)[:, None]
    parts = [loud[: 150 * FRAME], loud[150 * FRAME : 260 * FRAME], loud[260 * FRAME :]]

    def render(order, cache=None):
        signal = np.concatenate([parts[index] for index in order])
        limiter = Limiter(lambda a, b: signal[a:b], len(signal))
        names = content_key(signal)
        cuts = np.cumsum([len(parts[index]) for index in order])[:-1]
        out = io.BytesIO()
        told = encode_mp3(
            limiter.read,
            len(signal),
            1,
            out,
            content_starts=cuts.tolist(),
            cache=cache,
            key=lambda start, stop: names(*needed_range(start, stop)),
        )
        return out.getvalue(), told

    cache = BestEffortCache()
    render([0, 1, 2], cache)
    edited, told = render([0, 2, 1, 2], cache)
    assert edited == render([0, 2, 1, 2])[0]
    assert (told.made, told.reused) == (2, 2)  # the first and the last are as they were


@given(st.integers(1, 10**6))
def test_what_a_block_before_a_cut_reads_ends_before_it(frame):
    at = frame * FRAME
    [_, stop] = next(span for span in divide(frame + 100, [at]) if span[1] * FRAME + FRAME >= at)
    assert frame <= MIN_BLOCK_FRAMES or needed_range(0, stop * FRAME + ENCODER_LOOKAHEAD)[1] <= at


def test_what_repeats_is_encoded_once():
    cycle = voice(100 * FRAME, 3)[:, None]
    signal = np.concatenate([cycle] * 8)
    key = content_key(signal)
    cuts = range(0, len(signal), len(cycle))
    data, told = encode(signal, content_starts=cuts, key=key, cache=BestEffortCache(), workers=2)
    assert (told.made, told.reused) == (3, 5)  # the first, all between, the last and its end
    assert data == encode(signal, content_starts=cuts)[0]


def test_equal_silences_are_encoded_once_whatever_was_heard_before():
    words = [voice(90 * FRAME, seed)[:, None] for seed in range(4)]
    silence = np.zeros((60 * FRAME, 1), np.float32)
    signal = np.concatenate([part for word in words for part in (word, silence)])
    period = len(words[0]) + len(silence)
    cuts = [period * n for n in range(4)]
    ends = [start + len(words[0]) for start in cuts]
    key = content_key(signal)
    data, told = encode(
        signal, content_starts=cuts, content_ends=ends, key=key, cache=BestEffortCache()
    )
    # Four words, a silence, and the last one, which ends the stream.
    assert (told.made, told.reused) == (6, 2)
    assert decode(data).shape == signal.shape
    assert np.abs(decode(data)[ends[0] + 12 * FRAME : cuts[1] - 3 * FRAME]).max() < 1e-4


@pytest.mark.parametrize(("channels", "kbps"), FORMATS_BY_RATE)
def test_silent_blocks_are_what_the_encoder_makes_of_silence(channels, kbps):
    """One frame repeated, whatever their length and wherever they lie in the session."""
    silence = np.zeros((500 * FRAME + 77, channels), np.float32)
    cuts = {"content_starts": [at * FRAME for at in (33, 70, 150, 151, 300)], "kbps": kbps}
    encoded, plain = encode(silence, workers=1, **cuts)
    written, silent = encode(silence, key=lambda start, stop: SILENT, **cuts)
    assert written == encoded
    assert (plain.made, plain.reused) == (silent.reused, silent.made)
    assert plain.peak == silent.peak == 0.0
    size = FORMATS_BY_RATE[channels, kbps].size
    assert len({written[at:][:size] for at in range(size, len(written), size)}) == 1


def test_a_session_is_the_same_with_and_without_its_silences_encoded():
    words = [voice(90 * FRAME, seed)[:, None] for seed in range(3)]
    silence = np.zeros((400 * FRAME, 1), np.float32)
    signal = np.concatenate([silence, *(part for word in words for part in (word, silence))])
    starts = [len(silence) + n * 490 * FRAME for n in range(3)]
    cuts = {"content_starts": starts, "content_ends": [at + 90 * FRAME for at in starts]}
    named = content_key(signal)

    def key(start, stop):
        sounds = signal[max(0, start) : max(0, stop)].any()
        return named(start, stop) if sounds else SILENT

    cache = BestEffortCache()
    data, told = encode(signal, key=key, cache=cache, **cuts)
    assert data == encode(signal, **cuts)[0]
    assert told.reused > told.made
    assert encode(signal, key=key, cache=cache, **cuts)[0] == data


@given(
    st.integers(1, 5000),
    st.lists(st.integers(0, 5000 * FRAME), max_size=30),
    st.lists(st.integers(0, 5000 * FRAME), max_size=30),
    st.integers(MIN_BLOCK_FRAMES, 600),
)
def test_blocks_follow_each_other_and_end_before_their_cuts(frames, cuts, ends, block):
    blocks = divide(frames, cuts, ends, block)
    assert blocks[0][0] == 0
    assert blocks[-1][1] == frames
    assert all(before[1] == after[0] for before, after in pairwise(blocks))
    assert all(0 < stop - start <= block for start, stop in blocks)
    edges = {stop for _, stop in blocks}
    for at in cuts:
        edge = (at - ENCODER_LOOKAHEAD) // FRAME
        assert edge * FRAME + ENCODER_LOOKAHEAD <= at
        assert not 0 < edge < frames or any(
            abs(edge - other) < MIN_BLOCK_FRAMES for other in edges | {0}
        )
    for at in ends:
        edge = -(-at // FRAME) + PRE_ROLL
        assert (edge - PRE_ROLL) * FRAME >= at
        assert not 0 < edge < frames or any(
            abs(edge - other) < MIN_BLOCK_FRAMES for other in edges | {0, frames}
        )


@settings(max_examples=25)
@given(st.integers(1, 120_000), st.integers(32, 80), st.integers(1, 3))
def test_only_samples_of_the_session_are_read_and_reported(length, block, workers):
    signal = np.zeros((length, 1), np.float32)
    asked, told = [], []

    def read(start, stop):
        asked.append((start, stop))
        return signal[start:stop]

    encode_mp3(
        read, length, 1, io.BytesIO(), block_frames=block, workers=workers, progress=told.append
    )
    assert all(0 <= start < stop <= length for start, stop in asked)
    assert max(stop for _, stop in asked) == length
    assert told == sorted(told)
    assert told[-1] == length
    assert (
        max(stop - start for start, stop in asked) <= (block + PRE_ROLL) * FRAME + ENCODER_LOOKAHEAD
    )


def test_the_stream_follows_the_tag_at_the_files_position(session):
    out = io.BytesIO(b"before")
    out.seek(0, io.SEEK_END)
    head = b"ID3\x03\0\0\0\0\0\x04TAGS"
    told = encode_mp3(lambda a, b: session[a:b], len(session), session.shape[1], out, head=head)
    assert out.getvalue() == b"before" + head + encode(session)[0]
    assert out.tell() == 6 + told.size == len(out.getvalue())


def test_an_error_while_reading_comes_out_and_ends_the_work():
    def read(start, stop):
        if start > 5_000_000:
            raise OSError("the disk is gone")
        return np.zeros((stop - start, 1), np.float32)

    with pytest.raises(OSError, match="the disk is gone"):
        encode_mp3(read, 20_000_000, 1, io.BytesIO(), workers=2)
    assert not [t for t in threading.enumerate() if t.name.startswith("encode")]


def test_peaks_above_full_scale_are_clipped_not_wrapped():
    tone = (1.5 * np.sin(2 * np.pi * 100 / 48_000 * np.arange(48_000))).astype(np.float32)
    decoded = decode(encode(tone[:, None])[0])[2400:-2400, 0]
    assert np.dot(decoded, tone[2400:-2400]) > 0.9 * np.sqrt(
        np.dot(decoded, decoded) * np.dot(tone[2400:-2400], tone[2400:-2400])
    )


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")
def test_ffmpeg_hears_the_same(session, tmp_path):
    data, _ = encode(session)
    (tmp_path / "a.mp3").write_bytes(data)
    said = subprocess.run(
        ["ffmpeg", "-v", "error", "-xerror", "-i", "a.mp3", "-c:a", "pcm_f32le", "a.wav"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    assert said.stderr == b""
    samples, _ = soundfile.read(tmp_path / "a.wav", dtype="float32", always_2d=True)
    assert samples.shape == session.shape
    assert np.abs(samples - decode(data)).max() < 1e-3


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("mpg123"), reason="needs mpg123")
def test_mpg123_hears_the_same(session, tmp_path):
    data, _ = encode(session)
    (tmp_path / "a.mp3").write_bytes(data)
    said = subprocess.run(
        ["mpg123", "-q", "-w", "a.wav", "a.mp3"], cwd=tmp_path, capture_output=True, check=True
    )
    assert said.stderr == b""
    samples, _ = soundfile.read(tmp_path / "a.wav", dtype="float32", always_2d=True)
    assert samples.shape == session.shape
    assert np.abs(samples - decode(data)).max() < 1e-3


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("mp3val"), reason="needs mp3val")
def test_mp3val_finds_nothing_wrong(session, tmp_path):
    head = b"ID3\x03\0\0\0\0\0\x15TIT2\0\0\0\x0b\0\0\0A session "
    (tmp_path / "a.mp3").write_bytes(encode(session, head=head)[0])
    said = subprocess.run(["mp3val", "a.mp3"], cwd=tmp_path, capture_output=True, check=True)
    assert b"WARNING" not in said.stdout
