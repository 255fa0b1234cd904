"""Provides the takes of a session: reads those that are cached, has the others spoken."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from queue import SimpleQueue
from zlib import crc32

import numpy as np

from psoas_audio.cache.local import Cache, key_of
from psoas_audio.cpu import cpu_count
from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import FinalError, Request, Speech, Word
from psoas_audio.speech.engines.recorded import find_recording
from psoas_audio.speech.line import PLAIN, Line
from psoas_audio.speech.pool import Limits, Pool
from psoas_audio.speech.server_costs import ServerCosts, costs_of
from psoas_audio.speech.take import (
    SoundingRange,
    TakeFacts,
    bring_to_level,
    header_of_payload,
    measure_take,
    pack_take,
    process,
    sounding_range,
    take_level,
    unpack_facts,
    unpack_samples,
)
from psoas_audio.speech.take_cache import TakeCache
from psoas_audio.speech.take_keys import TakeKeys
from psoas_audio.speech.voice_facts import Speaker, speaker_of
from psoas_audio.speech.voice_rates import passage_requests
from psoas_audio.speech.written_words import written_starts
from psoas_audio.units import SAMPLE_RATE

_MEMORY_BYTES = 2 << 20
"""Bytes of samples (about 10 s) kept in memory, because neighbouring blocks read the same take."""

OnLine = Callable[[Line, bool], None]
"""Called with each line whose take is ready, and whether it has just been spoken."""
OnBegin = Callable[[Line], None]
"""Called with each line that an engine begins to speak; not with those that are cached."""


def _tell_nobody(line: Line) -> None:
    """An :data:`OnBegin` that does nothing."""
    del line


class Takes:
    """The takes of a session's lines, by the lines' ids."""

    def __init__(
        self,
        cache: Cache,
        *,
        lexicon: Mapping[str, str] | None = None,
        workers: int | None = None,
        fallback: str = "pyttsx3",
        fallback_voice: str | None = None,
        limits: Limits | None = None,
        pool: Pool | None = None,
    ) -> None:
        """*lexicon* has the pronunciations of the script. *workers* engines run in parallel, by
        default one per core; those of *pool* are kept for later, others are ended when their lines
        are spoken. *fallback* is the engine for lines without a recording, and *fallback_voice* its
        voice, by default its own choice."""
        self.made = 0
        """Takes spoken by :meth:`make`."""
        self.reused = 0
        """Takes found in the cache by :meth:`make`."""
        self._cache = TakeCache(cache)
        self._keys = TakeKeys(self._cache, lexicon or {})
        self._workers = workers or cpu_count()
        self._fallback, self._fallback_voice = fallback, fallback_voice
        self._limits = limits or Limits()
        self._pool = pool
        self._loading: Pool | None = None
        """Workers that load what the next :meth:`make` needs."""
        self._lines: dict[str, Line] = {}
        self._speakers: dict[str, Speaker] = {}
        self._unrecorded: set[Line] = set()
        self._promised: dict[str, int] = {}
        """Take key to the length, in samples, that the caller was given."""
        self._faulty: dict[str, tuple[Line, TakeFacts]] = {}
        """Take key to the first line with this take, and its facts."""
        self._memory: OrderedDict[str, np.ndarray] = OrderedDict()
        self._guard = threading.Lock()

    @property
    def warnings(self) -> list[str]:
        """Messages for the user about takes that were made, but may not be as expected."""
        warnings = [self._cache.warning] if self._cache.warning else []
        warnings += self._keys.voice_rates.warnings
        if self._unrecorded:
            first, count = min(line.mark for line in self._unrecorded), len(self._unrecorded)
            lines = "1 line has" if count == 1 else f"{count} lines have"
            warnings.append(f"{first}: {lines} no recording; {self._fallback} speaks instead")
        for line, facts in self._faulty.values():
            warnings += [f"{line.mark}: “{line.text}”: {fault}" for fault in facts.faults]
        return warnings

    def knows_text(self, line: Line) -> bool:
        """Whether the line's text was prepared here; if not, its take is probably missing."""
        return self._keys.knows_text(line)

    def known(self, line: Line) -> TakeFacts | None:
        """The facts of the take of *line*, or ``None`` if it isn't cached. Nothing is spoken.

        Raises ``SpeechError`` if the engine isn't installed.
        """
        line = self._with_engine(line)
        if self._keys.voice_rates.missing_rates(line):
            return None
        key = self._keys.key(line)
        facts = self._facts(key)
        if facts is not None:
            self._remember(key, line, facts)
            self._speakers[line.id] = speaker_of(line.engine, facts.voice)
        return facts

    def make(
        self,
        lines: Iterable[Line],
        progress: OnLine | None = None,
        on_begin: OnBegin | None = None,
    ) -> dict[str, TakeFacts]:
        """Line id to the facts of its take. Takes that aren't cached are spoken, each once.

        *progress* and *on_begin* are called from this thread. Raises ``SpeechError`` with the place
        of the line if an engine fails twice, and ``CacheError`` if takes can't be stored anywhere.
        """
        lines = [self._with_engine(line) for line in lines]
        facts: dict[str, TakeFacts] = {}
        pool = self._pool_for(lines)
        # Twice as many threads as engines: while one line is cached, the next is spoken.
        threads = ThreadPoolExecutor(2 * self._workers, thread_name_prefix="speech")
        try:
            self._measure(lines, pool, threads)
            by_key: dict[str, list[Line]] = {}
            for line in lines:
                by_key.setdefault(self._keys.key(line), []).append(line)
            events: SimpleQueue[Line | Future[tuple[TakeFacts, bool]]] = SimpleQueue()
            jobs = {
                threads.submit(self._ready, same[0], pool, events.put): same
                for same in by_key.values()
            }
            for job in jobs:
                job.add_done_callback(events.put)
            left = len(jobs)
            while left:
                event = events.get()
                if isinstance(event, Line):
                    if on_begin is not None:
                        on_begin(event)
                    continue
                left -= 1
                job = event
                found, spoken = job.result()
                self.made += spoken
                self.reused += not spoken
                self._remember(self._keys.key(jobs[job][0]), jobs[job][0], found)
                for line in jobs[job]:
                    facts[line.id] = found
                    self._speakers[line.id] = speaker_of(line.engine, found.voice)
                    if progress is not None:
                        progress(line, spoken)
        except SpeechError:
            # Lines that are being spoken are finished and cached: the next run needs fewer.
            threads.shutdown(cancel_futures=True)
            raise
        finally:
            self._close(pool)
            threads.shutdown(cancel_futures=True)
        return facts

    @contextlib.contextmanager
    def loading(self, lines: Sequence[Line]) -> Iterator[None]:
        """Have the engines of *lines* load in the meantime: they will be passed to :meth:`make`."""
        first = lines[: self._workers]
        references = [self._keys.reference(line) for line in first]
        pool = self._loading = self._pool or Pool(self._workers, self._threads_for(lines))

        def load() -> None:
            for reference, line in dict(zip(references, first, strict=True)).items():
                request = Request("", line.voice, line.rate, line.pitch, line.language)
                pool.load(reference, asdict(request), references.count(reference))

        # Not from this thread, which signals interrupt: a process is started as a whole or not.
        thread = threading.Thread(target=load, name="load")
        try:
            if first:
                with contextlib.suppress(RuntimeError):  # the system allows no more threads
                    thread.start()
            yield
        finally:
            if thread.ident is not None:
                thread.join()
            self._close(self._loading)

    def read(self, id: str) -> np.ndarray:
        """The samples of a line that was passed to :meth:`known` or :meth:`make`.

        Float32 ``(n, 1)`` at 48 kHz, read-only. A take that is no longer cached is made again.
        """
        with self._guard:
            if id in self._memory:
                self._memory.move_to_end(id)
                return self._memory[id]
        line = self._lines[id]
        key = self._keys.key(line)
        length = self._promised.get(key)
        payload = self._cache.find(key)
        if payload is None:
            self.make([line])
            payload = self._cache.find(key)
        if payload is None:
            raise SpeechError(
                "the take disappeared from the cache as soon as it was made",
                where=line.mark,
                hint="Choose another folder for the cache with PSOAS_AUDIO_CACHE.",
            )
        samples = unpack_samples(payload)
        if length is not None and length != len(samples):
            # The engine may have spoken it differently this time, but the timeline is fixed.
            self._promised[key] = length
            samples = np.pad(samples, ((0, max(0, length - len(samples))), (0, 0)))[:length]
        samples.flags.writeable = False
        with self._guard:
            self._memory[id] = samples
            # The newest stays whatever its size, so that a long take isn't read again every block.
            while (
                len(self._memory) > 1
                and sum(take.nbytes for take in self._memory.values()) > _MEMORY_BYTES
            ):
                self._memory.popitem(last=False)
        return samples

    def identity(self, id: str) -> str:
        """A string unique to the take of a line passed to :meth:`known` or :meth:`make`."""
        return self._keys.key(self._lines[id])

    def server_costs(self, lines: Iterable[Line]) -> ServerCosts:
        """What speech servers would charge for those of *lines* whose takes aren't cached."""
        served = (
            line for line in map(self._with_engine, lines) if self._keys.remote(line) is not None
        )
        return costs_of([line for line in served if self.known(line) is None], self._keys)

    def word_starts(self, line: Line, facts: TakeFacts) -> tuple[int, ...]:
        """The sample of its take at which each word of the *line*'s text is heard; empty where the
        engine doesn't tell. *facts* are those of its take."""
        if not facts.words:
            return ()
        return written_starts(line.text, self._keys.prepared_text(line).text, facts.words)

    def speaker(self, id: str) -> Speaker | None:
        """Who speaks a line that :meth:`known` or :meth:`make` has found; ``None`` for others."""
        return self._speakers.get(id)

    def _pool_for(self, lines: Sequence[Line]) -> Pool:
        """Workers for *lines*: those that are loading, if these get as many threads."""
        threads = self._threads_for(lines)
        with self._guard:
            loading, self._loading = self._loading, None
        if loading is not None and loading.threads == threads:
            return loading
        self._close(loading)
        return self._pool or Pool(self._workers, threads)

    def _threads_for(self, lines: Sequence[Line]) -> int:
        """How many threads an engine may use for each of *lines*."""
        return max(1, self._workers // max(1, len(lines)))

    def _close(self, pool: Pool | None) -> None:
        """End the workers of *pool*, unless they are kept for others."""
        if pool is not None and pool is not self._pool:
            pool.close()

    # One take.

    def _remember(self, key: str, line: Line, facts: TakeFacts) -> None:
        """Remember the facts of a take that the caller is given."""
        self._promised[key] = facts.length
        if facts.faults:
            self._faulty.setdefault(key, (line, facts))

    def _facts(self, key: str) -> TakeFacts | None:
        """The facts of the take cached under *key*; ``None`` if there is none.

        They are also cached by themselves, so that the samples need not be read.
        """
        if self._cache.has(key) and (header := self._cache.find(_facts_key(key))) is not None:
            return unpack_facts(header)
        payload = self._cache.find(key)
        if payload is None:
            return None
        self._cache.keep(_facts_key(key), header_of_payload(payload))
        return unpack_facts(payload)

    def _ready(self, line: Line, pool: Pool, begin: OnBegin) -> tuple[TakeFacts, bool]:
        """The facts of one take, and whether it had to be spoken."""
        payload, spoken = self._payload(line, pool, begin)
        return unpack_facts(payload), spoken

    def _payload(self, line: Line, pool: Pool, begin: OnBegin) -> tuple[bytes, bool]:
        """One take's payload, and whether it had to be spoken."""
        key = self._keys.key(line)
        payload = self._cache.find(key)
        if payload is not None:
            return payload, False
        with self._cache.lock(key):
            payload = self._cache.find(key)
            if payload is not None:  # another process made it meanwhile
                return payload, False
            make = self._spoken if line.treatment == PLAIN else self._treated
            payload, spoken = make(line, pool, begin)
            self._cache.keep(key, payload)
            self._cache.keep(_facts_key(key), header_of_payload(payload))
        return payload, spoken

    def _spoken(self, line: Line, pool: Pool, begin: OnBegin) -> tuple[bytes, bool]:
        speech, part = self._speak(self._keys.request(line), line, pool, begin)
        samples, facts = process(speech, part)
        level = self._keys.level(line)
        if level is not None:
            facts = bring_to_level(samples, facts, level)
        return pack_take(samples, facts), True

    def _treated(self, line: Line, pool: Pool, begin: OnBegin) -> tuple[bytes, bool]:
        """A take with a treatment, made from the plain take, which is cached too."""
        from psoas_audio.speech.treatment import treated  # loads pedalboard

        plain, spoken = self._payload(replace(line, treatment=PLAIN), pool, begin)
        facts, samples = unpack_facts(plain), treated(unpack_samples(plain), line.treatment)
        return pack_take(
            samples, measure_take(samples, facts.voice, facts.words, facts.faults)
        ), spoken

    def _speak(
        self, request: Request, line: Line, pool: Pool, begin: OnBegin = _tell_nobody
    ) -> tuple[Speech, SoundingRange]:
        """The speech and its sounding part. After a failure, a fresh worker tries again."""
        try:
            return self._attempt(request, line, pool, begin, fresh=False)
        except FinalError as error:
            failure: SpeechError = error
        except SpeechError:
            try:
                return self._attempt(request, line, pool, begin, fresh=True)
            except SpeechError as error:
                failure = error
        raise SpeechError(
            f"{line.engine} could not speak this line: {failure.what}",
            where=line.mark,
            hint=failure.hint or "Change the words, or choose another voice or engine.",
        ) from None

    def _attempt(
        self, request: Request, line: Line, pool: Pool, begin: OnBegin, *, fresh: bool
    ) -> tuple[Speech, SoundingRange]:
        with (
            self._turn(line, request.text) as limit,
            pool.worker(self._keys.reference(line), fresh=fresh) as worker,
        ):
            begin(line)
            answer, pcm = worker.call({"do": "speak"} | asdict(request), limit)
        words = tuple(Word(*word) for word in answer["words"])
        speech = Speech(
            pcm,
            answer["sample_rate"],
            answer["complete"],
            answer["voice"],
            words,
            answer["silence_after"],
            tuple(answer["faults"]),
        )
        return speech, sounding_range(speech, request.text, line.rate)

    @contextlib.contextmanager
    def _turn(self, line: Line, text: str) -> Iterator[float]:
        """Wait for a turn to use the line's speech server, if any; gives its limit in seconds.

        All processes with this cache together send a server no more requests at once than its
        settings allow.
        """
        remote = self._keys.remote(line)
        if remote is None:
            yield self._limits.of(text)
            return
        limit = remote.time_limit(text)
        slot = crc32(text.encode()) % remote.parallel()
        with self._cache.lock(key_of({"kind": "turn", "engine": line.engine, "slot": slot}), limit):
            yield limit

    def _with_engine(self, line: Line) -> Line:
        """*line*, with the fallback engine if it has no recording."""
        folder = Path(line.voice or "")
        if line.engine == "recorded" and folder.is_dir() and not find_recording(folder, line.text):
            self._unrecorded.add(line)
            line = replace(line, engine=self._fallback, voice=self._fallback_voice)
        self._lines[line.id] = line
        return line

    def _measure(self, lines: list[Line], pool: Pool, threads: ThreadPoolExecutor) -> None:
        """Measure each voice at the engine rates that *lines* need to be spoken as requested."""

        def measure(key: str, line: Line, rate: float) -> None:
            with self._cache.lock(key):
                # It isn't missing any more if another process has measured it meanwhile.
                if rate in self._keys.voice_rates.missing_rates(line):
                    takes = [
                        process(*self._speak(request, line, pool))[1]
                        for request in passage_requests(line, rate)
                    ]
                    seconds = sum(take.length for take in takes) / SAMPLE_RATE
                    level = float(np.mean([take_level(take.energies) for take in takes]))
                    self._keys.voice_rates.add_reading(line, rate, seconds, level)

        while True:
            unmeasured = {
                self._keys.reading_key(line, rate): (line, rate)
                for line in lines
                for rate in self._keys.voice_rates.missing_rates(line)
            }
            if not unmeasured:
                return
            for job in [threads.submit(measure, key, *asked) for key, asked in unmeasured.items()]:
                job.result()


def _facts_key(key: str) -> str:
    """The key of the facts, without samples, of the take with this *key*."""
    return key_of({"kind": "facts", "of": key})
