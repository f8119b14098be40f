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


def task(vocab):
    """The frames (100, 28) of log-probabilities and the text, as the benchmark makes them."""
    rng = np.random.RandomState(3)
    chars = ["", *"abcdefghijklmnopqrstuvwxyz", " "]
    text = " ".join(vocab[k] for k in rng.randint(0, 1000, 4))[:40]
    x = rng.randn(100, 28).astype(np.float32)
    for t in range(100):
        k = t // 2
        x[t, chars.index(text[k]) if k < len(text) and t % 2 == 0 else 0] += 6
    return (x - np.log(np.exp(x).sum(1, keepdims=True))).astype(np.float32), text, chars


def ours(x, vocab, chars):
    """Labels: 1 is the blank, class c is c + 1. Returns a decoder; what it takes to make it is not timed, as with the peer."""
    from recognizer.gtn import beam_search, best_path, recognition_graph, segmentation_graph, stretched, trie

    lexicon = trie([[chars.index(c) + 1 for c in w] for w in vocab], separator=chars.index(" ") + 1)
    right = stretched(lexicon, blank=1)
    frames = np.arange(len(x))

    def decode():
        line = segmentation_graph(frames, frames + 1, cuts=len(x) + 1)
        graph = recognition_graph(line, -x, np.arange(1, x.shape[1] + 1))
        path = best_path(beam_search(graph, right, width=BEAM, margin=50.0))
        return "".join(chars[k - 1] for k in path.output if k)

    return decode


def flashlight(x, vocab, chars):
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
        tree.insert([chars.index(c) for c in word], i, model.score(start, i)[1])
    tree.smear(SmearingMode.MAX)
    options = LexiconDecoderOptions(BEAM, 28, 50.0, 0.0, 0.0, -1e9, 0.0, False, CriterionType.CTC)
    decoder = LexiconDecoder(options, tree, model, 27, 0, len(vocab), [], False)

    def decode():
        best = decoder.decode(x.ctypes.data, 100, 28)[0]
        return " ".join(vocab[i] for i in best.words if 0 <= i < len(vocab))

    return decode


def median(decode, rounds=30):
    decode()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        decode()
        times.append(time.perf_counter() - began)
    return 1e3 * statistics.median(times)


def main():
    sys.path[:0] = [str(ROOT), sys.argv[1]]
    import wfst_peers

    vocab = wfst_peers.words(25000, np.random.RandomState(wfst_peers.SEED))
    x, text, chars = task(vocab)
    print(f"truth: {text!r}; {len(vocab)} words, beam {BEAM}")
    for name, make in (("flashlight-text", flashlight), ("ours", ours)):
        try:
            decode = make(x, vocab, chars)
        except ImportError as error:
            print(f"{name}: not installed ({error})")
            continue
        found = decode()
        print(f"{name}: {median(decode):.3f} ms, {found!r}, {'right' if found == text else 'WRONG'}")


if __name__ == "__main__":
    main()
