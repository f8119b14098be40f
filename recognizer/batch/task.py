"""What a worker does: it has files read by a process of its own, and says what became of each page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from recognizer.batch.columns import Row
from recognizer.batch.listing import Source
from recognizer.batch.processes import Lost, Processes
from recognizer.batch.settings import Settings

_processes = Processes()


@dataclass
class Done:
    """What became of the files of a task."""

    where: str  # the worker
    rows: list[Row] = field(default_factory=list)  # of the files that are done
    lost: list[Source] = field(default_factory=list)  # those that are to be tried elsewhere


def read_files(settings: Settings, sources: Sequence[Source], last: bool) -> Done:
    """Read the files of a task; ``last``: what is lost now is not tried again, and its row says why.

    Raises InputError where this machine has other models.
    """
    from distributed import get_worker

    done = Done(get_worker().address)
    for source in sources:
        known = asdict(source)
        try:
            done.rows += [row | known for row in _processes.rows(settings, source.file, last=last)]
        except Lost:
            done.lost.append(source)
    return done
