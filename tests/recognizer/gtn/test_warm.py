"""Nothing is left to compile once all has been compiled ahead."""

import importlib
import pkgutil

import numpy as np

from recognizer import gtn
from recognizer.kernels import Kernel


def all_kernels() -> dict[str, Kernel]:
    found = {}
    for module in pkgutil.iter_modules(gtn.__path__):
        members = vars(importlib.import_module(f"recognizer.gtn.{module.name}"))
        found |= {f"{module.name}.{k}": v for k, v in members.items() if isinstance(v, Kernel)}
    return found


def test_after_compiling_ahead_nothing_is_left_to_compile() -> None:
    gtn.compile_kernels()
    kernels = all_kernels()
    before = {name: len(kernel.compiled.signatures) for name, kernel in kernels.items()}
    inner = {
        "close",
        "drop_detours",
        "enter_all",
        "trim",
        "exp32",
        "expand",
        "follow_epsilons",
        "next_arc",
        "span",
        "write_path",
        "reach_of",
        "longer",
        "state_after",
        "numbered",
        "suffixes",
    }  # compiled into those that call them
    inner |= {name.split(".")[1] for name, kernel in kernels.items() if kernel.is_inlined}
    assert {name.split(".")[1] for name, count in before.items() if count == 0} <= inner
    lattice = gtn.segmentation_graph(np.array([1, 0, 0]), np.array([2, 1, 2]), np.ones(3), cuts=3)
    graph = gtn.recognition_graph(lattice, np.ones((3, 2)), [[1, 2], [1, 2], [2, 3]])
    digits = gtn.one_of("12").many(1) + gtn.one_of("3").silent().optional(0.5)
    for right in (gtn.grammar(digits, {"1": 1, "2": 2, "3": 3}), gtn.trie([[1, 2], [3]], separator=4)):
        reading = gtn.compose(gtn.batch([graph, graph]), right)
        for function in (gtn.best_path, gtn.forward, gtn.posteriors, gtn.remove_epsilon, gtn.invert):
            function(reading)
        gtn.shortest_paths(reading, 3)
        gtn.best_sequences(reading, 3)
        gtn.prune(reading, margin=3.0, posterior=0.01)
        gtn.discriminative_forward_loss(reading, gtn.chain([1, 2]))
        gtn.beam_forward_loss(graph, right, gtn.chain([1, 2]), width=2)
    gtn.ctc(np.ones((2, 4, 3), np.float32), [[1], [2, 2]])
    after = {name: len(kernel.compiled.signatures) for name, kernel in kernels.items()}
    assert after == before
