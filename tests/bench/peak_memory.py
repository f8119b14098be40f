"""Peak memory of composing the lattice of 200 pieces and 95 classes with the looped 1,000-word lexicon, against kaldifst.

    python tests/bench/peak_memory.py FOLDER_OF_wfst_peers.py

Each engine runs in its own process; what is told is how far the composition raises the process's peak.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def peak():
    """The peak of this process [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name):
    import numpy as np
    import wfst_peers

    rng = np.random.RandomState(wfst_peers.SEED)
    vocab = wfst_peers.words(25000, rng)
    loop = wfst_peers.trie(vocab[:1000], rng, True)
    text = ""
    while len(text) < 75:
        text += (" " if text else "") + vocab[rng.randint(1000)]
    pool = [*wfst_peers.LETTERS, wfst_peers.CODE[" "]]
    lattice = wfst_peers.lattice(200, 95, [wfst_peers.CODE[c] for c in text], rng, pool)
    if name == "ours":
        sys.path.insert(0, str(ROOT / "tests" / "bench"))
        from ours_adapter import Ours as Engine
    else:
        Engine = wfst_peers.KaldiFst
    engine = Engine()
    engine.warm()
    small = wfst_peers.chain([1, 2])
    engine.compose(engine.make(small), engine.make(small))
    left, right = engine.make(lattice), engine.make(loop)
    before = peak()
    made = engine.compose(left, right)
    print(json.dumps({"engine": name, "arcs": engine.size(made)[1], "megabytes": round(peak() - before, 1)}))


def main():
    folder = sys.argv[1]
    sys.path[:0] = [str(ROOT), folder]
    if len(sys.argv) > 2:
        measure(sys.argv[2])
        return
    for name in ("kaldifst", "ours"):
        done = subprocess.run([sys.executable, __file__, folder, name], capture_output=True, text=True)
        print(done.stdout.strip() or f"{name}: {done.stderr.strip().splitlines()[-1]}")


if __name__ == "__main__":
    main()
