"""What text may look like, as one graph: words of a lexicon, and at a price any other (1998 paper, section IX).

The lexicon proposes and does not impose: beside its trie, which holds each word as it stands, capitalised and in capitals, stands
a character n-gram that writes anything, numbers included; marks stand around the words of both. The graph knows words one by one;
how they follow each other, and when they are capitalised, is charged to what a search has found in it (`Language.weighed`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

import numpy as np

from recognizer.gtn import EPSILON, Graph, ctc_expansion, prune, trie
from recognizer.gtn.backoff import NONE, UNLISTED, BackOff, with_histories
from recognizer.gtn.origins import arcs_behind
from recognizer.gtn.paths import to_ends
from recognizer.gtn.topology import Topology
from recognizer.language.alphabet import CHARACTERS, COUNT, SPACE, label_of
from recognizer.language.ngram import CharacterModel, english_characters
from recognizer.language.prices import LINES, WORD, Prices
from recognizer.language.surfaces import Surfaces, surfaces
from recognizer.language.words import (
    CLOSING,
    JOINING,
    MARKS,
    NUMBER,
    OPENING,
    POSSESSIVE,
    TOKENS,
    UNKNOWN,
    Standing,
    english_words,
)

WIDTH = 200  # of the beam in which histories are told apart: nodes with their histories
MARGIN = 14.0  # paths so much worse than the best are left out before histories are told apart, and after [nats]


@dataclass(frozen=True)
class Language:
    """A graph of texts, and what its arcs say to an n-gram of words."""

    graph: Graph
    saying: np.ndarray  # (A,) int32: what each arc says, 0 or one of the following
    token: np.ndarray  # (n,) int32: as a token of the n-gram, NONE or UNLISTED
    extra: np.ndarray  # (n, kinds) float32 [nats]: beside what the n-gram charges, after each kind of history
    model: BackOff | None  # None: words follow each other freely

    def over_frames(self, blank: int) -> "Language":
        """The same language read from frames: see `ctc_expansion`."""
        graph = ctc_expansion(self.graph, blank)
        return replace(self, graph=graph.with_origins(()), saying=_of_origins(self.saying, graph.origins[0]))

    def weighed(self, found: Graph, recognition: Graph) -> Graph:
        """The paths of ``found``, a composition of ``recognition`` and the graph, at what the n-gram charges; origins = (arc of
        ``recognition``, arc of the graph). Of paths that have come equally far the best WIDTH are followed, and those that are
        worse than the best by more than MARGIN are left out.
        """
        if self.model is None:
            return found
        likely = prune(found, margin=MARGIN)
        of_recognition, of_language = (origin[likely.origins[0]] for origin in found.origins)
        place = np.full(likely.nodes[-1], recognition.nodes[-1])
        place[0] = 0
        place[likely.target[of_recognition >= 0]] = recognition.target[of_recognition[of_recognition >= 0]]
        said = _of_origins(self.saying, of_language)
        token, extra = self.token[said], self.extra[said]
        distinct = with_histories(likely, place, token, extra, self.model, width=WIDTH, margin=MARGIN)
        kept = prune(distinct, margin=MARGIN)
        arcs = arcs_behind(likely, distinct, kept)
        return kept.with_origins(tuple(origin[arcs] for origin in found.origins))


def _of_origins(saying: np.ndarray, origins: np.ndarray) -> np.ndarray:
    """What arcs say that were made from others; -1, none, says nothing."""
    said: np.ndarray = saying[origins]  # no copy of what all arcs of the language say, which are millions
    said[origins < 0] = 0
    return said


# Those that are read with. They are large, and what reads ink and what reads images have the same.
_known: WeakValueDictionary[tuple[object, ...], Language] = WeakValueDictionary()


def text_language(
    lexicon: Mapping[str, float] | None,
    *,
    several: bool = True,
    prices: Prices | None = None,
    blank: int | None = None,
) -> Language:
    """The language of words: of ``lexicon`` (words and their penalties), or any at a price; without one, any words freely.

    ``several``: words with a space between them, else one. ``prices``: others than those chosen. ``blank``: read from frames, of
    which those that say nothing have this label (`Language.over_frames`). The graph is cyclic and has no epsilons but into its end:
    made to be expanded over frames or composed with a lattice of segments.
    """
    words = None if lexicon is None else tuple(lexicon.items())
    prices = prices or (LINES if several else WORD)
    key = words, several, prices, blank
    found = _known.get(key)
    if found is None:
        found = (
            _text_language(words, several, prices)
            if blank is None
            else text_language(lexicon, several=several, prices=prices).over_frames(blank)
        )
        _known[key] = found
    return found


def _text_language(lexicon: tuple[tuple[str, float], ...] | None, several: bool, prices: Prices) -> Language:
    model, characters = english_words(), english_characters()
    letters = np.array([character.isalpha() for character in CHARACTERS])
    escape = np.zeros(COUNT) if lexicon is None else np.where(letters, prices.escape, prices.unlettered)
    free, ends = _free(characters, escape, prices.freely)
    arcs, words, nodes = [free], None, len(characters.penalties)
    token, extra = np.arange(len(TOKENS), dtype=np.int32), np.zeros((len(TOKENS), 1), np.float32)
    if lexicon is not None:
        words = replace(model.automaton, unit=prices.frequency * model.automaton.unit)
        written = surfaces(lexicon, model, prices)
        token = np.concatenate([token, written.token])
        # What a token costs by itself the lexicon says, or the price of a mark: the n-gram says what it costs more after others.
        alone = words.unit * np.where(token == UNLISTED, 0, words.cost[token])  # the first state lists every token
        extra = np.pad(written.extra, ((len(TOKENS), 0), (0, 0))) - alone[:, None].astype(np.float32)
        lexical = _lexical(written, nodes)
        word_end = int(lexical[1].max())
        arcs, ends, nodes = [free, lexical], ends | {word_end: 0.0}, word_end + 1
    arcs.append(_marks(ends, nodes, model.standing, prices))
    final = ends | {nodes: 0.0}
    if several:
        arcs.append(_again(final, SPACE))
        if lexicon is not None:
            broken, stops = _broken(lexical, nodes + 2, prices)
            arcs, final = [*arcs, broken], final | stops
    end = 1 + max(int(nodes.max()) for source, target, *_ in arcs for nodes in (source, target))
    arcs.append(_ending(final, end))
    source, target, label, penalty, saying = (np.concatenate(columns) for columns in zip(*arcs, strict=True))
    # It has cycles, so that there is no order to put it into, as `graph_of` would try with its million of arcs.
    graph = Graph(Topology(source, target, label, np.array([0, end + 1])), penalty.astype(np.float32))
    return Language(graph, saying.astype(np.int32), token, extra, words)


Arcs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # source, target, label, penalty, saying


def _again(final: Mapping[int, float], separator: int) -> Arcs:
    """The arcs from the ends of words back to the start."""
    ends, none = np.array(list(final)), np.zeros(len(final), int)
    return ends, none, np.full_like(ends, separator), np.array(list(final.values())), none


def _ending(final: Mapping[int, float], end: int) -> Arcs:
    """The arcs from the ends of words to the end."""
    source, target, _label, penalty, none = _again(final, EPSILON)
    return source, np.full_like(target, end), none, penalty, none


def _free(model: CharacterModel, escape: np.ndarray, share: float) -> tuple[Arcs, dict[int, float]]:
    """The arcs of the n-gram, state 0 the start, and the penalties of stopping at its states. The first character says what
    kind of word begins, and what that costs: ``escape`` (COUNT,)."""
    states, symbols = model.penalties.shape
    penalty = share * model.penalties[:, 1:]
    penalty[0] += escape
    source = np.repeat(np.arange(states, dtype=np.int32), symbols - 1)
    label = np.tile(np.arange(1, symbols, dtype=np.int32), states)
    digit = (label_of("0") or 0) <= label[: symbols - 1]
    digit &= label[: symbols - 1] <= (label_of("9") or 0)
    saying = np.zeros(len(source), np.int32)
    saying[: symbols - 1] = np.where(digit, NUMBER, UNKNOWN)
    return (source, model.following[:, 1:].reshape(-1), label, penalty.reshape(-1), saying), {
        state: share * float(model.penalties[state, 0]) for state in range(1, states)
    }


def _lexical(written: Surfaces, first: int) -> Arcs:
    """The arcs of the words of a lexicon from the start, node 0, to the highest node, where they end; their nodes are numbered from
    ``first`` on.

    What the cheapest word below costs is paid as early as possible, so that a beam can compare; a word ends with an arc of its own,
    which says it, beside the one that leads to longer words.
    """
    graph = trie(written.labels.astype(np.int32), written.penalty)
    end = int(graph.nodes[-1]) - 1
    rest = to_ends(graph)
    inner, stops = graph.label != EPSILON, graph.label == EPSILON
    paid = graph.penalty[inner] + rest[graph.target[inner]] - rest[graph.source[inner]]
    into = np.zeros(end + 1, np.int64)
    into[graph.target[inner]] = np.arange(int(inner.sum()))  # a trie: one arc into each node
    last = into[graph.source[stops]]
    parent, label = graph.source[inner], graph.label[inner]
    stopping = paid[last] + graph.penalty[stops] - rest[graph.source[stops]]
    source = np.concatenate([parent, parent[last]])
    target = np.concatenate([graph.target[inner], np.full(len(last), end)]) + first - 1
    penalty = np.concatenate([paid, stopping]) + np.where(source == 0, rest[0], 0.0)
    saying = np.concatenate([np.zeros(len(parent), int), len(TOKENS) + np.arange(len(last))])
    return (
        np.where(source == 0, 0, source + first - 1),
        target,
        np.concatenate([label, label[last]]),
        penalty,
        saying,
    )


def _marks(ends: Mapping[int, float], marked: int, standing: Mapping[str, Standing], prices: Prices) -> Arcs:
    """The arcs of marks around words, which end at the nodes ``ends``, each at its penalty, and of the ends of possessives. After
    marks comes the node ``marked``, after the apostrophe of a possessive the next one."""
    owned = marked + 1
    opening = [(0, 0, mark, prices.before + standing[mark].before, MARKS[mark]) for mark in OPENING]
    opening += [(0, marked, "-", prices.before + standing["-"].alone, MARKS["-"])]
    closing = [(marked, mark, prices.after + standing[mark].after, MARKS[mark]) for mark in CLOSING]
    joining = [(0, mark, prices.between + standing[mark].between, MARKS[mark]) for mark in JOINING]
    again = [(marked, *each) for each in closing]
    possessive = [(owned, marked, letter, prices.owned, POSSESSIVE) for letter in "sS"]
    around = _arcs([*opening, *again, *possessive])
    after = _arcs([(0, *each) for each in (*closing, *joining, (owned, "'", 0.0, NONE))])
    words, stops = np.array(list(ends)), np.array(list(ends.values()))
    every = np.repeat(np.arange(len(words)), len(after[0]))
    _, target, label, penalty, saying = (np.tile(column, len(words)) for column in after)
    behind = words[every], target, label, penalty + stops[every], saying
    return tuple(np.concatenate(both) for both in zip(around, behind, strict=True))  # type: ignore[return-value]


def _arcs(listed: Sequence[tuple[int, int, str, float, int]]) -> Arcs:
    """Arcs that are listed one by one: source, target, character, penalty and what they say."""
    source, target, character, penalty, saying = zip(*listed, strict=True)
    labels = [label_of(each) for each in character]
    return tuple(map(np.array, (source, target, labels, penalty, saying)))  # type: ignore[return-value]


def _broken(lexical: Arcs, broken: int, prices: Prices) -> tuple[Arcs, dict[int, float]]:
    """The arcs, to a node ``broken``, of words that a hyphen breaks at the end of a line, after two letters or more, or ties to the
    next line's; what follows there is written freely."""
    source, target = lexical[:2]
    word_end = int(target.max())
    after_letters, goes_on = np.zeros(word_end + 1, bool), np.zeros(word_end + 1, bool)
    after_letters[target[source != 0]] = goes_on[source] = True
    goes_on[word_end] = True
    within = np.flatnonzero(after_letters & goes_on)
    hyphen = np.full_like(within, label_of("-") or 0)
    arcs = (within, np.full_like(within, broken), hyphen, np.full(len(within), prices.broken), np.zeros_like(within))
    return arcs, {broken: 0.0}
