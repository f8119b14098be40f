"""Reading off the GUI thread. Newer work of a kind cancels older; readers are loaded when the thread has nothing better to do."""

import threading
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal

from recognizer.errors import Cancelled, InputError
from recognizer.platform import gather_memory_soon, to_stay
from recognizer.readers.protocol import Reader, SeesHowPagesLie
from ui.model.answer import Answer, Answered, SegmentInk

if TYPE_CHECKING:
    from recognizer.batch.settings import Settings
    from recognizer.readers.reading import Reading
    from recognizer.readers.trust import Trust

WAIT_SECONDS = 0.05  # between two looks whether a reader is loaded
STOP_SECONDS = 30.0  # how long the closed program waits for its thread, which may be in the middle of an import


@dataclass(frozen=True)
class Kind:
    """A kind of source: how its reader is got and warmed, and how its segments' ink is shown."""

    # From what the user has chosen of the kind, None where there is nothing to choose.
    load: Callable[[Any], Reader[Any]]
    ink_of: Callable[[Any, "Reading"], SegmentInk]
    prepare: Callable[[Any], Any] = lambda source: source  # from a part of what was asked for to what the reader takes
    # What is read each for itself, and remembered; None: all.
    parts: Callable[[Any], tuple[Hashable, ...]] | None = None
    example: Callable[[], Any] | None = None  # read once after loading: machine code is compiled at its first use
    trusts: Callable[[Any], "Mapping[str, Trust]"] = lambda _choice: {}  # what was measured of it, by kinds of results
    insisted: Callable[[Any], bool] = lambda _part: (
        False
    )  # does the user say that a part is writing, whatever it looks like?
    gradual: bool = False  # is each part shown as soon as it is read?
    # What processes of batches read the kind by, from what the user has chosen; None where they cannot.
    beside: Callable[[Any], "Settings | None"] = lambda _choice: None


@dataclass(frozen=True)
class _Request:
    kind: str
    source: Any
    cancelled: threading.Event


class ReadingService(QObject):
    """One thread that reads what was asked for last. Signals arrive in the GUI thread; all name the kind first."""

    loading = Signal(str)
    ready = Signal(str)
    rested = Signal()  # all readers are loaded, and nothing waits to be read
    begun = Signal(str)
    step = Signal(str, int, int)  # where several parts are to be read, before one is: how many are done, of how many
    stage = Signal(str, str)
    progressed = Signal(str, object)  # Answered so far
    answered = Signal(str, object)  # Answered
    lies = Signal(
        str, object, int
    )  # a page that is not read as it lies, and the quarter turns to the right that bring it upright
    failed = Signal(str, object)  # Exception

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        super().__init__()
        self._kinds = dict(kinds)
        self._choices: dict[str, Any] = {}
        self._readers: dict[str, Reader[Any]] = {}
        self._broken: dict[str, Exception] = {}
        self._known: dict[str, dict[Hashable, Answer | InputError]] = {}  # what parts were read as
        self._seen: WeakSet[Any] = WeakSet()  # pages of which it is known how they lie
        self._asked: dict[str, _Request] = {}
        self._running: _Request | None = None
        self._stopped = False
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="reading", daemon=True)
        self._preload: Callable[[], None] = lambda: None  # imports what the window will need for the first answer

    def start(self, preload: Callable[[], None] = lambda: None) -> None:
        """Begin to load the readers, in a thread in which ``preload`` comes first."""
        self._preload = preload
        self._thread.start()

    def ask(self, kind: str, source: Any) -> None:
        """Read ``source`` as soon as possible; older work of the kind is dropped."""
        with self._wake:
            self._drop(kind)
            self._asked[kind] = _Request(kind, source, threading.Event())
            self._wake.notify()

    def choose(self, kind: str, choice: Any) -> None:
        """Read with what ``load`` makes of ``choice`` from now on; older work of the kind is dropped."""
        with self._wake:
            self._drop(kind)
            self._choices[kind] = choice
            self._readers.pop(kind, None)
            self._broken.pop(kind, None)
            self._known.pop(kind, None)
            self._wake.notify()

    def reader(self, kind: str, check: Callable[[], None]) -> Reader[Any]:
        """The reader of a kind, for another thread, which waits until it is loaded.

        ``check`` is called while it waits. Raises what that raises, and what went wrong when the reader was loaded.
        """
        while True:
            check()
            with self._wake:
                if kind in self._readers:
                    return self._readers[kind]
                if kind in self._broken:
                    raise self._broken[kind]
            time.sleep(WAIT_SECONDS)

    def beside(self, kind: str) -> "Settings | None":
        """What processes would read the kind by as this one does now; None where they cannot."""
        return self._kinds[kind].beside(self._choices.get(kind))

    def cancel(self, kind: str) -> None:
        """Nobody wants the kind's reading any more."""
        with self._wake:
            self._drop(kind)

    def stop(self) -> None:
        """End the thread; work in hand is cancelled."""
        with self._wake:
            self._stopped = True
            for kind in self._kinds:
                self._drop(kind)
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _drop(self, kind: str) -> None:
        self._asked.pop(kind, None)
        if self._running is not None and self._running.kind == kind:
            self._running.cancelled.set()

    def _work(self) -> None:
        self._preload()
        while True:
            with self._wake:
                self._running = None
                self._wake.wait_for(lambda: self._stopped or bool(self._asked) or bool(self._unloaded()))
                if self._stopped:
                    return
                request = self._next_request()
                self._running = request
            if request is not None:
                self._read(request)
            else:
                self._load(self._unloaded()[0])

    def _unloaded(self) -> list[str]:
        return [kind for kind in self._kinds if kind not in self._readers and kind not in self._broken]

    def _next_request(self) -> _Request | None:
        """The next request whose reader is there (or is known not to come); None: load a reader first."""
        for kind in list(self._asked):
            if kind not in self._unloaded():
                return self._asked.pop(kind)
        return None

    def _load(self, kind: str) -> None:
        choice = self._choices.get(kind)
        self.loading.emit(kind)
        try:
            with to_stay():
                reader = self._kinds[kind].load(choice)
                self._warm(kind, reader)
        except Exception as error:
            if self._settled(kind, choice, self._broken, error):
                self._say(self.failed, kind, error)
            return
        gather_memory_soon()
        if self._settled(kind, choice, self._readers, reader):
            self._say(self.ready, kind)
        with self._wake:
            rests = not self._asked and not self._unloaded()
        if rests:
            self._say(self.rested)

    def _settled(self, kind: str, choice: Any, where: dict[str, Any], what: object) -> bool:
        """Keep what came of loading, unless another choice was made meanwhile."""
        with self._wake:
            wanted = self._choices.get(kind) is choice
            if wanted:
                where[kind] = what
        return wanted

    def _warm(self, kind: str, reader: Reader[Any]) -> None:
        """One reading that nobody sees. An example that cannot be read is no reason to do without the reader."""

        def on_stage(_name: str) -> None:
            if self._stopped:
                raise Cancelled

        example = self._kinds[kind].example
        if example is None:
            return
        with suppress(InputError, OSError, Cancelled):
            source = example()
            if source is not None:
                self._digest(kind, reader, source, source, on_stage)

    def _read(self, request: _Request) -> None:
        def on_stage(name: str) -> None:
            if request.cancelled.is_set():
                raise Cancelled
            self.stage.emit(request.kind, name)

        start = time.perf_counter()
        self._tell(request, self.begun)
        try:
            answer = self._answer(request, on_stage)
        except Cancelled:
            return
        except Exception as error:
            self._tell(request, self.failed, error)
            return
        self._tell(request, self.answered, replace(answer, seconds=time.perf_counter() - start))

    def _answer(self, request: _Request, on_stage: Callable[[str], None]) -> Answered:
        kind = request.kind
        if kind in self._broken:
            raise self._broken[kind]
        self._see_how_it_lies(request)
        read = partial(self._read_part, kind, self._readers[kind], on_stage)
        split = self._kinds[kind].parts
        if split is None:
            came, aside = [read(request.source)], frozenset[Any]()
        else:
            came, written = self._read_parts(request, split(request.source), read)
            aside = (
                frozenset(request.source).difference(*written) if isinstance(request.source, Sequence) else frozenset()
            )
        answers = tuple(each for each in came if isinstance(each, Answer))
        if not answers and isinstance(came[0], InputError):
            raise came[0]
        return Answered(answers, len(came) - len(answers), aside)

    def _see_how_it_lies(self, request: _Request) -> None:
        """Let a page be turned before it is read, once: whoever turns it back wants it read as it lies."""
        reader, page = self._readers[request.kind], request.source
        if isinstance(reader, SeesHowPagesLie) and not page.quarters and page not in self._seen:
            quarters = reader.quarters(page)
            self._seen.add(page)
            if quarters:
                self._tell(request, self.lies, page, quarters)
                raise Cancelled

    def _read_parts(
        self, request: _Request, parts: tuple[Hashable, ...], read: Callable[[Any], Answer | InputError]
    ) -> tuple[list[Answer | InputError], list[Any]]:
        """What came of the parts, and those that it came of: all, unless the budget of the page is spent. What is known costs nothing."""
        from recognizer.readers.lines import PageBudget

        kind, budget = self._kinds[request.kind], PageBudget()
        known = self._known.setdefault(request.kind, {})
        came: list[Answer | InputError] = []
        chosen: list[Any] = []
        several = sum(part not in known for part in parts) > 1
        for done, part in enumerate(parts):
            if budget.is_spent and part not in known and not kind.insisted(part):
                continue
            if several and part not in known:
                self._tell(request, self.step, done, len(parts))
            answer = known[part] if part in known else known.setdefault(part, read(part))
            came.append(answer)
            chosen.append(part)
            if isinstance(answer, Answer):
                budget.count(answer.reading)
            if kind.gradual and len(came) < len(parts):
                so_far = tuple(each for each in came if isinstance(each, Answer))
                self._tell(request, self.progressed, Answered(so_far))
        self._forget(request.kind, came)
        return came, chosen

    def _forget(self, kind: str, came: list[Answer | InputError]) -> None:
        """Only what the source holds now is remembered."""
        known = self._known.get(kind, {})
        for part in [part for part, what in known.items() if what not in came]:
            del known[part]

    def _read_part(
        self, kind: str, reader: Reader[Any], on_stage: Callable[[str], None], part: Any
    ) -> Answer | InputError:
        """The answer, or why there is none."""
        try:
            return self._digest(kind, reader, part, self._kinds[kind].prepare(part), on_stage)
        except InputError as error:
            return error

    def _digest(
        self, kind: str, reader: Reader[Any], part: Any, source: Any, on_stage: Callable[[str], None]
    ) -> Answer:
        from ui.model.lattice.lattice import lattice_of

        reading = reader.read(source, on_stage)
        answer = Answer(reading, lattice_of(reading), self._kinds[kind].ink_of(source, reading), part)
        answer.letters  # noqa: B018 (computed now, so that the window need not)
        return answer

    def _say(self, signal: Any, *what: object) -> None:
        if not self._stopped:
            signal.emit(*what)

    def _tell(self, request: _Request, signal: Any, *what: object) -> None:
        with self._wake:
            wanted = not request.cancelled.is_set() and not self._stopped
        if wanted:
            signal.emit(request.kind, *what)
