"""Lexicon beam search on the CTC task of the benchmark with peers: this engine and, where installed, flashlight-text.

    python tests/bench/lexicon_beam.py FOLDER_OF_wfst_peers.py

Both decode the same 100 frames, 4 words of the lexicon with a space between, at the same beam of 20.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
BEAM = 20
CHARACTERS = ["", *"abcdefghijklmnopqrstuvwxyz", " "]  # the classes of the frames, blank first


def tasks(vocab):
    """The benchmark's frames (100, 28) of log-probabilities and their text, then 40 more texts with weaker peaks."""
    rng = np.random.RandomState(3)
    for peak in [6.0] + 40 * [4.2]:
        text = " ".join(vocab[k] for k in rng.randint(0, 1000, 4))[:40]
        if peak < 6:  # whole words, so that they can be read rightly
            text = text.rpartition(" ")[0]
        x = rng.randn(100, 28).astype(np.float32)
        for t in range(100):  # two frames a letter, then a blank
            k = t // 2
            x[t, CHARACTERS.index(text[k]) if k < len(text) and t % 2 == 0 else 0] += peak
        yield np.ascontiguousarray(x - np.log(np.exp(x).sum(1, keepdims=True)), np.float32), text


def ours(vocab):
    """Labels: 1 is the blank, class c is c + 1. Returns a decoder; making it is not timed, as with the peer."""
    from recognizer.gtn import beam_search, best_path, ctc_expansion, recognition_graph, segmentation_graph, trie

    lexicon = trie([[CHARACTERS.index(c) + 1 for c in w] for w in vocab], separator=CHARACTERS.index(" ") + 1)
    right = ctc_expansion(lexicon, blank=1)
    frames = np.arange(100)

    def decode(x):
        line = segmentation_graph(frames, frames + 1, cuts=len(x) + 1)
        graph = recognition_graph(line, -x, np.arange(1, x.shape[1] + 1))
        path = best_path(beam_search(graph, right, width=BEAM, margin=50.0))
        return "".join(CHARACTERS[k - 1] for k in path.output if k)

    return decode


def flashlight(vocab):
    from flashlight.lib.text.decoder import (
        CriterionType,
        LexiconDecoder,
        LexiconDecoderOptions,
        SmearingMode,
        Trie,
        ZeroLM,
    )

    model, tree = ZeroLM(), Trie(28, 27)
    start = model.start(False)
    for i, word in enumerate(vocab):
        tree.insert([CHARACTERS.index(c) for c in word], i, model.score(start, i)[1])
    tree.smear(SmearingMode.MAX)
    options = LexiconDecoderOptions(BEAM, 28, 50.0, 0.0, 0.0, -1e9, 0.0, False, CriterionType.CTC)
    decoder = LexiconDecoder(options, tree, model, 27, 0, len(vocab), [], False)

    def decode(x):
        best = decoder.decode(x.ctypes.data, 100, 28)[0]
        return " ".join(vocab[i] for i in best.words if 0 <= i < len(vocab))

    return decode


def main():
    sys.path[:0] = [str(ROOT), sys.argv[1]]
    import wfst_peers

    vocab = wfst_peers.words(25000, np.random.RandomState(wfst_peers.SEED))
    given = list(tasks(vocab))
    print(f"{len(vocab)} words, beam {BEAM}")
    for name, make in (("flashlight-text", flashlight), ("ours", ours)):
        try:
            decode = make(vocab)
        except ImportError as error:
            print(f"{name}: not installed ({error})")
            continue
        found = decode(given[0][0])
        times = []
        for _ in range(30):
            began = time.perf_counter()
            decode(given[0][0])
            times.append(1e3 * (time.perf_counter() - began))
        wrong = sum(decode(x) != text for x, text in given[1:])
        answer = "right" if found == given[0][1] else "WRONG"
        print(
            f"{name}: {statistics.median(times):.3f} ms (least {min(times):.3f}), {found!r} {answer};",
            f"of {len(given) - 1} noisier texts {wrong} wrong",
        )


if __name__ == "__main__":
    main()
