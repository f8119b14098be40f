"""Facts that differ between machines, each decided here and nowhere else."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

DRAW_PDF = "--draw-pdf"  # the argument that makes the bundle a process that draws PDF files, and nothing else
READ_PAGES = "--read-pages"  # likewise one that reads pages
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of malloc.h
# Bytes of a piece that is given back at once, which may be more at most, and that may stay free behind the last one, or all.
_LARGE, _LARGEST = 4 << 20, 32 << 20
_KEPT, _ALL = 64 << 20, 1 << 30
_COLLAPSE = 25  # MADV_COLLAPSE of mman.h
_LARGE_PAGE = 1 << 21  # bytes
_WARM = 10.0  # s after which what is loaded now is in use, and goes on being so


def default_threads() -> int:
    """Threads worth having for one reading: the user's OMP_NUM_THREADS, or the cores we may use, at most four.

    A reading's networks are small; beyond four threads they wait for one another.
    """
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    return min(cores(), 4)


def cores() -> int:
    """Those that we may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def set_threads(count: int) -> None:
    """Let the numeric libraries use ``count`` threads; works before they are imported, and for torch after it too."""
    for variable in _THREAD_VARIABLES:
        os.environ[variable] = str(count)
    if "torch" in sys.modules:
        import torch

        torch.set_num_threads(count)


def share_memory() -> None:
    """Let the threads that begin from now on take their memory from the same two places: with one of its own for each thread, as the
    C library of Linux has it, what some of them have freed, a hundred megabytes and more, is not there for the others. And let large
    pieces go back to the system when they are freed: the library keeps larger ones the larger those were that it was asked for."""
    _set_options({_ARENA_MAX: 2, _MMAP_THRESHOLD: _LARGE, _TRIM_THRESHOLD: _KEPT})


def keep_memory() -> None:
    """Let what is freed be there for what comes next, until it is given back: to take it from the system again for each cheque takes
    a fortieth of its time."""
    _set_options({_MMAP_THRESHOLD: _LARGEST, _TRIM_THRESHOLD: _ALL})


def give_back_memory() -> None:
    """Hand what was freed back to the system, which the C library of Linux keeps in pieces: more with every minute of use."""
    if (trim := _of_linux("malloc_trim")) is not None:
        trim(0)


def gather_memory() -> None:
    """Move what this process holds into large pages of memory, where Linux has them. What is read with lies all over it: lines of ink
    are then read in three quarters of the time, cheques in nine tenths. Takes a second or so."""
    if (advise := _of_linux("madvise")) is None:
        return
    from ctypes import c_size_t, c_void_p

    for line in Path("/proc/self/maps").read_text().splitlines():
        place, access, _, _, _, *name = line.split(maxsplit=5)
        if access == "rw-p" and (not name or name == ["[heap]"]):
            begin, end = (int(edge, 16) for edge in place.split("-"))
            for page in range(-(-begin // _LARGE_PAGE) * _LARGE_PAGE, end - _LARGE_PAGE + 1, _LARGE_PAGE):
                advise(c_void_p(page), c_size_t(_LARGE_PAGE), _COLLAPSE)


def gather_memory_soon() -> None:
    """The same beside what goes on, once something was read, for which more memory is taken."""
    timer = Timer(_WARM, gather_memory)
    timer.daemon = True
    timer.start()


@contextmanager
def to_stay() -> Iterator[None]:
    """While what is loaded stays: to look through it for garbage takes a tenth of the time to load it, and longer than to read a page."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    gc.freeze()


def _set_options(values: dict[int, int]) -> None:
    """Of the C library's memory, where it is that of Linux."""
    if (set_option := _of_linux("mallopt")) is not None:
        for option, value in values.items():
            set_option(option, value)


def _of_linux(name: str) -> Callable[..., int] | None:
    """A function that only the C library of Linux has, where it is there."""
    import ctypes

    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None


def native_bfloat16() -> bool:
    """Whether the processor multiplies matrices of bfloat16 by itself (AMX): convolutions then take a third of the time of float32.
    One that has instructions for vectors of bfloat16 alone takes longer with them."""
    import torch

    return bool(torch.cpu.get_capabilities().get("amx_bf16"))


def has_display() -> bool:
    """Whether a window can be shown. A platform that the user chose for Qt counts as a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def is_bundle() -> bool:
    """Whether this is the program without its sources, which is its own interpreter."""
    return bool(getattr(sys, "frozen", False))


def resources_folder() -> Path:
    """Models, samples and icons that come with the program, from a checkout as in a bundle or an installed package."""
    beside = Path(__file__).resolve().parents[1]
    installed = beside / "inklattice" / "resources"
    return installed if installed.exists() else beside / "resources"


def data_folder() -> Path:
    """Where the platform keeps what a user makes with this program; what Qt calls AppDataLocation."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "Inklattice" / "Inklattice"


def own_folder() -> Path:
    """Where training writes what the program then uses: among the resources of a checkout; else in the user's data, since what
    is installed is not the user's to change."""
    folder = resources_folder()
    is_checkout = not is_bundle() and (folder.parent / "pyproject.toml").exists()
    return folder if is_checkout else data_folder() / "trained"


def resource(name: str) -> Path:
    """A file that the program reads with, by its ``name`` below the resources: the user's own if there is one, else that which came."""
    own = own_folder() / name
    return own if own.exists() else resources_folder() / name


def model_file(name: str) -> Path:
    """The file of a model, likewise."""
    return resource(f"models/{name}.safetensors")


def model_files() -> list[Path]:
    """The files of all models that the program reads with, by name."""
    return [model_file(path.stem) for path in sorted((resources_folder() / "models").glob("*.safetensors"))]


def model_beside(name: str, folder: Path) -> Path:
    """The file of a model that another one of a ``folder`` is used with: that which lies there too, or the usual one."""
    path = folder / f"{name}.safetensors"
    return path if path.exists() else model_file(name)
