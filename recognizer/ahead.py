"""Kernels compiled ahead of time: ``python -m recognizer.ahead FOLDER`` makes the libraries that a bundle has in place of numba.

What numba has optimised for each signature is written as object code and linked with numba's own runtime, as its ahead-of-time compiler
(numba.pycc) does. That one by itself would compile all anew, and cannot be told the flags of kernels.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from platform import machine
from typing import Any

import numpy as np
from llvmlite import ir
from numba import config, types
from numba.core.compiler_lock import global_compiler_lock
from numba.core.runtime import nrtdynmod
from numba.pycc import CC
from numba.pycc.compiler import ModuleCompiler

from recognizer.files import write_file
from recognizer.kernel_library import ANY_PROCESSOR, AVX2, array_name
from recognizer.kernels import MADE, Kernel
from recognizer.page import warm
from recognizer.self_test import self_test
from recognizer.training.synthesis.glyphs import paint

PROCESSORS = (
    {AVX2: "x86-64-v3", ANY_PROCESSOR: "x86-64-v2"} if machine() in ("x86_64", "AMD64") else {ANY_PROCESSOR: "generic"}
)
"""For each library the processor that it is for, as LLVM calls them. On less than x86-64-v2 numpy does not run either."""


def build_library(name: str, kernels: Iterable[Kernel], processor: str, folder: Path) -> Path:
    """The extension module ``name``, made in ``folder``, of all that has been compiled of ``kernels``.

    `recognizer.kernel_library.CompiledKernel` calls its functions. Raises RuntimeError where there is no compiler of C and C++.
    """
    library = _Library(name, kernels, processor)
    library.output_dir = str(folder)
    library.compile()
    return folder / library.output_file


class _Function:
    """A kernel for one signature: its name in the library, and what numba has made of it."""

    def __init__(self, symbol: str, compiled: Any) -> None:
        self.symbol, self.description, self.environment = symbol, compiled.fndesc, compiled.environment
        self.code = compiled.library._get_module_for_linking()


class _Library(CC):
    """numba's ahead-of-time compiler, given what is compiled already."""

    def __init__(self, name: str, kernels: Iterable[Kernel], processor: str) -> None:
        super().__init__(name)
        self.functions = [function for kernel in kernels for function in _compiled(kernel)]
        self.target_cpu = processor

    @global_compiler_lock
    def _compile_object_files(self, build_dir: str) -> tuple[list[str], list[str]]:
        module = _Module(self.functions, self.name, use_nrt=True, cpu_name=self.target_cpu)
        module.external_init_function = self._init_function
        files = []
        for number, code in enumerate(module.machine_code()):
            files.append(Path(build_dir, f"{number}.o"))
            write_file(files[-1], code)
        return [str(file) for file in files], module.dll_exports


class _Module(ModuleCompiler):
    """Writes what makes functions a module of Python: the table of their names, and how it begins."""

    def machine_code(self) -> Iterator[bytes]:
        """Object files: the table, and each function's, such that it may lie anywhere."""
        codegen = self.context.codegen()
        library = codegen.create_library(self.module_name)
        library.add_ir_module(nrtdynmod.create_nrt_module(self.context)[0])
        library.add_ir_module(self._table(library.create_ir_module("table")))
        yield library.emit_native_object()
        for function in self.export_entries:
            yield codegen._tm.emit_object(function.code)

    def _table(self, module: ir.Module) -> ir.Module:
        functions = self.export_entries
        wrapper = ir.FunctionType(ir.IntType(8).as_pointer(), [ir.IntType(8).as_pointer()] * 3)
        self.wrappers = {each.symbol: each.description.llvm_cpython_wrapper_name for each in functions}
        self.exported_function_types = dict.fromkeys(functions, wrapper)
        self.function_environments = {each: each.environment for each in functions}
        self.environment_gvs = {each: each.description.env_name for each in functions}
        self.extra_environments: dict[str, Any] = {}
        self._emit_python_wrapper(module)
        return module

    def _mangle_method_symbol(self, symbol: str) -> str:
        return str(self.wrappers[symbol])


def _compiled(kernel: Kernel) -> Iterator[_Function]:
    """All that has been compiled of a kernel and that Python can call."""
    made = vars(kernel).get("compiled")
    for signature, compiled in made.overloads.items() if made else ():
        kinds = [_written(kind) for kind in signature]
        if None not in kinds:
            yield _Function(f"{kernel.name}({', '.join(map(str, kinds))})", compiled)


def _written(kind: Any) -> str | None:
    """A type of numba's as the library's names write it; None for one that only other kernels hand on."""
    if isinstance(kind, types.Array):
        return array_name(kind.dtype, kind.ndim, kind.layout, is_writeable=kind.mutable, is_aligned=kind.aligned)
    if isinstance(kind, types.BaseTuple):
        parts = [_written(part) for part in kind]  # type: ignore[attr-defined]
        return None if None in parts else f"({', '.join(map(str, parts))})"
    is_number = isinstance(kind, types.Boolean | types.Integer | types.Float) and not isinstance(kind, types.Literal)
    return str(kind) if is_number else None


def use_all() -> int:
    """Call every kernel with all kinds of arguments that the program has for it; not 0 where a sample is misread."""
    for owners in (np.int8, int):
        canvas, line = np.zeros((8, 8), np.float32), np.array([[2, 3], [5, 6]], np.float32)
        paint(canvas, np.zeros(canvas.shape, owners), line, np.zeros(1, int), np.ones(2, np.float32), 0)
    warm.compile_kernels()
    return self_test(Path("resources", "samples"))


def main(folder: Path) -> int:
    """Write the libraries of all kernels into ``folder``; not 0 where a sample is misread."""
    if AVX2 in PROCESSORS:
        config.CPU_NAME, config.CPU_FEATURES = PROCESSORS[AVX2], ""  # type: ignore[attr-defined]
    wrong = use_all()
    folder.mkdir(parents=True, exist_ok=True)
    for name, processor in PROCESSORS.items():
        print(build_library(name, MADE, processor, folder))
    return wrong


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
