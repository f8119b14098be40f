"""Where the work is done: processes of this machine, or an existing scheduler of dask.distributed."""

import logging
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recognizer.errors import InputError

if TYPE_CHECKING:
    from distributed import Client, WorkerPlugin

PATIENCE = 60.0  # s for the first worker
# Pages are read in processes of their own, so a worker's death is never the fault of its task.
DEATHS = 50
# What workers do is for no dashboard: to note it every 10 ms takes half of what they take beside reading, 1 % of a core each.
UNWATCHED = {"distributed.worker.profile.enabled": False, "distributed.admin.system-monitor.interval": "10s"}


@contextmanager
def local(workers: int) -> Iterator["Client"]:
    """So many processes of this machine, each with one task at a time."""
    import dask
    from distributed import Client, LocalCluster

    options = {"distributed.scheduler.allowed-failures": DEATHS, "distributed.admin.log-length": 0} | UNWATCHED
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with (
        tempfile.TemporaryDirectory(prefix="inklattice-") as folder,
        dask.config.set(options),
        LocalCluster(
            n_workers=0,
            threads_per_worker=1,
            memory_limit=0,  # what takes memory has its own limit
            dashboard_address="127.0.0.1:0",  # any port that is free, for this machine alone
            local_directory=folder,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        client.register_plugin(_plugin())
        cluster.adapt(minimum=workers, maximum=workers)  # one that dies while it starts is replaced too
        _wait(client, "No process that works could be started: see whether `main.py read` works here.")
        yield client


def _plugin() -> "WorkerPlugin":
    """Keeps Ctrl+C, which all processes of a terminal hear, from workers: the program ends them."""
    from distributed import WorkerPlugin

    class Deaf(WorkerPlugin):
        def setup(self, worker: object) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    return Deaf()


@contextmanager
def remote(address: str) -> Iterator["Client"]:
    """The workers of a scheduler. Raises InputError where none answers there or has workers."""
    from distributed import Client

    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise InputError(f"No scheduler answers at {address}: {error}.") from error
    with client:
        _wait(client, f"The scheduler at {address} has no workers: start `dask worker {address}`.")
        yield client


def _wait(client: "Client", otherwise: str) -> None:
    """Until there is a worker; ``otherwise`` this is the InputError."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise InputError(otherwise) from None
