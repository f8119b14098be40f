"""Composition: the paths of two graphs that agree on the symbols between them (1998 paper, section VIII).

The left side is acyclic, the right side may have cycles. Pairs of nodes are found slice by slice, a slice being all
pairs with the same left node, in the order of the left nodes; each run of parallel left arcs is indexed by label
once (and not again if the next has the same labels) and matched with the right arcs of all pairs that wait at its
source. A pair is not entered where the numbers of symbols that can still follow on the two sides differ; the dead
ends that pass this test are removed at the end. So the cost is that of the reachable part, however large the right side is.

Epsilon filter: between two matches the left moves first (its outputs that are epsilon), then the right (its epsilon
labels). A pair reached by a right move is "late" and allows no left move, so each path is made once.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Array, Graph, Later, Penalties, in_runs, numbers, runs_of
from recognizer.gtn.index import MANY, counting_sort, index_of
from recognizer.gtn.jit import kernel
from recognizer.gtn.numeric import span
from recognizer.gtn.parallel import at_once, parts_of
from recognizer.gtn.select import scatter
from recognizer.gtn.topology import sort_nodes


def compose(left: Graph, right: Graph) -> Graph:
    """Graph b of the left with graph b of the right, or with the only graph of the right; a batch as long as the
    left.

    An arc reads what its left arc reads and writes what its right arc writes; penalties add; origins = (arc of
    ``left``, arc of ``right``). The result is trimmed; where nothing matches it has two nodes and no arcs.
    Penalties of both sides get gradients. Raises InputError where batches do not fit, the left has a cycle, or the
    right has a cycle of epsilons.
    """
    return in_order(joined(left, right, EVERYTHING), right)


class Beam(NamedTuple):
    """What a search keeps of each slice."""

    width: int  # at most so many pairs, those of the least Viterbi penalty so far; 0 = all
    margin: float  # and those at most so much worse than the best of the slice [nats]
    keep: Array  # and always these: left node * right nodes + right node, ascending, int64


EVERYTHING = Beam(0, np.inf, np.empty(0, np.int64))


def joined(left: Graph, right: Graph, beam: Beam) -> Graph:
    """The composition, or the part of it that a beam leaves: see `compose` and `beam_search`.

    Where epsilons of the right lead to inner nodes the nodes are in no order, and cycles of them make cycles: use `in_order`.
    """
    if len(right) not in (1, len(left)):
        raise InputError(
            f"Cannot compose {len(left)} graphs with {len(right)}; give one right side, or one for each graph."
        )
    source, target, of_left, of_right, nodes = _structure(left, right, beam)

    def labels() -> tuple[Array, Array]:
        acceptors = left.output is left.label and right.output is right.label
        label, output = labels_of(left.label, right.output, of_left, of_right, acceptors)
        return label, label if acceptors else output

    return Graph(
        source=source,
        target=target,
        label=Later(labels),  # type: ignore[arg-type]
        penalty=add(left.penalty, right.penalty, of_left, of_right),
        nodes=nodes,
        origins=(of_left, of_right),
        in_sequence=not index_of(right).inner_epsilon,
    )


def in_order(result: Graph, right: Graph) -> Graph:
    """The result of `joined` with its nodes in topological order, which epsilons of the right may have disturbed."""
    return sort_nodes(result) if index_of(right).inner_epsilon else result


def _structure(left: Graph, right: Graph, beam: Beam) -> Structure:
    """(source, target, left arc, right arc) of each arc of the composition, and the offsets of its nodes."""
    side = left_side(left)
    work = [Work(left, right, side, part, beam) for part in parts_of(left)]
    parts = at_once(Work.done, work)
    source, target, of_left, of_right, nodes = parts[0] if len(parts) == 1 else _end_to_end(parts)
    order = runs_of(left).order
    if order is not None:
        of_left = np.where(of_left < 0, of_left, order[of_left])
    return source, target, of_left, of_right, nodes


class LeftSide(NamedTuple):
    """What composition looks up in its left side: its arcs in runs, and the answers of `survey`."""

    output: Array
    first: Array
    source: Array
    into: Array
    run: Array
    fewest: Array
    most: Array
    longest: int
    largest: int
    silent: bool


def left_side(graph: Graph) -> LeftSide:
    """What is looked up in a graph on the left; the second call on the same graph is free."""
    known: LeftSide | None = graph.__dict__.get("_left_side")
    if known is None:
        order, first, source, target = runs_of(graph)
        output = graph.output if order is None else graph.output[order]
        known = LeftSide(output, first, source, *survey(first, source, target, output, graph.nodes))
        graph.__dict__["_left_side"] = known
    return known


Structure: TypeAlias = tuple[Array, Array, Array, Array, Array]


class Work:
    """The composition of some graphs of a batch, and the arrays that it fills."""

    def __init__(self, left: Graph, right: Graph, side: LeftSide, part: slice, beam: Beam) -> None:
        self.side, self.index, self.beam = side, index_of(right), beam
        these = slice(part.start, part.stop + 1)
        self.left_nodes, self.right_nodes = left.nodes[these], right.nodes if len(right) == 1 else right.nodes[these]
        self.late = bool(side.silent and self.index.has_epsilon)
        self.seen = np.zeros(int(right.nodes[-1]) * (2 if self.late else 1), np.int32)
        largest = max(side.largest, self.index.largest)
        self.where, self.same = np.empty(largest + 1, np.int32), np.empty(side.longest, np.int32)
        self.slices = np.zeros(int(left.nodes[-1]) + 1, np.int32)
        self.ends = np.full(part.stop - part.start, -1, np.int32)
        room = 2 * len(side.output) * len(self.ends) // len(left) + 1024
        self.pairs = np.empty(room + len(self.ends) + 1, np.int32)  # every pair but the starts is entered by an arc
        self.pruning = beam.width > 0 or beam.margin < np.inf
        self.best = np.empty(len(self.pairs) if self.pruning else 1, np.float32)
        self.penalties = (in_runs(left, left.penalty), numbers(right.penalty)) if self.pruning else (self.best,) * 2
        self.arcs = [np.empty(room, np.int32) for _ in range(4)]

    def done(self) -> Structure:
        """Nodes are counted from 0."""
        side, index, beam = self.side, self.index, self.beam
        progress = np.array([self.left_nodes[0], 0, 0, 0])
        while not match(
            side.output, self.left_nodes, side.first, side.source, side.into, side.run, side.fewest, side.most,
            index.starts, index.arc, index.label, index.target, index.until, index.fewest, index.most, self.right_nodes,
            index.has_epsilon, self.late, self.where, self.same, self.seen, self.slices, self.ends, self.pairs, *self.arcs,
            progress, self.pruning, beam.width, beam.margin, beam.keep, *self.penalties, self.best,
        ):  # fmt: skip
            times = self.growth(*progress[[0, 2]].tolist())
            self.pairs = _grown(self.pairs, int(progress[1]), times)
            self.best = _grown(self.best, int(progress[1]), times) if self.pruning else self.best
            self.arcs = [_grown(array, int(progress[2]), times) for array in self.arcs]
        made = (int(progress[1]), int(progress[2]))
        nodes, kept = trim(self.left_nodes, self.slices, self.ends, *self.arcs, *made, index.inner_epsilon)
        for array in self.arcs:
            array.resize(kept, refcheck=False)
        source, target, of_left, of_right = self.arcs
        return source, target, of_left, of_right, nodes

    def growth(self, node: int, made: int) -> int:
        """How many times as long arrays should be that were filled by what the nodes before this one made: for twice what
        all nodes make at this rate, so that they seldom grow again and little is copied."""
        first, end = self.left_nodes[[0, -1]].tolist()
        return min(max(2, 2 * made * (end - first) // (max(node - first, 1) * len(self.arcs[0]))), 16)


def _end_to_end(parts: list[Structure]) -> Structure:
    """Structures of parts of a batch as that of the whole."""
    offsets = np.cumsum([0, *(p[4][-1] for p in parts)]).astype(np.int32)
    source, target = (
        np.concatenate([p[k] + offset for p, offset in zip(parts, offsets, strict=False)]) for k in range(2)
    )
    nodes = np.concatenate([[0], *(p[4][1:] + offset for p, offset in zip(parts, offsets, strict=False))])
    of_left, of_right = (np.concatenate([p[k] for p in parts]) for k in (2, 3))
    return source, target, of_left, of_right, nodes.astype(np.int32)


def _grown(array: Array, used: int, times: int) -> Array:
    """Room for so many times as many; memory that is never written is never taken from the machine."""
    longer = np.empty(times * len(array), array.dtype)
    longer[:used] = array[:used]
    return longer


def add(left: Penalties, right: Penalties, of_left: Array, of_right: Array) -> Penalties:
    """left[of_left] + right[of_right], where index -1 stands for 0."""

    def evaluate(left: Array, right: Array) -> tuple[Array, tuple[Backward, Backward]]:
        return sums_of(left, right, of_left, of_right), (
            lambda gradient: scatter(gradient, of_left, len(left)),
            lambda gradient: scatter(gradient, of_right, len(right)),
        )

    return differentiable(evaluate, left, right)


@kernel
def survey(first, source, target, output, nodes):  # type: ignore[no-untyped-def]
    """Of the left side: offsets by target and the runs in that order; per node the fewest and the most symbols that can
    still follow (MANY, -1: the end cannot be reached); the longest run, the largest output, whether any is epsilon."""
    longest, largest, silent = 0, 0, False
    low, high = np.ones(len(source), np.int32), np.zeros(len(source), np.int32)
    for r in range(len(source)):
        longest = max(longest, first[r + 1] - first[r])
        for k in range(first[r], first[r + 1]):
            largest = max(largest, output[k])
            if output[k] == 0:
                low[r] = 0
                silent = True
            else:
                high[r] = 1
    into, run = counting_sort(target, np.arange(len(source)).astype(np.int32), nodes[-1])
    fewest, most = np.full(nodes[-1], MANY, np.int32), np.full(nodes[-1], -1, np.int32)
    for b in range(len(nodes) - 1):
        fewest[nodes[b + 1] - 1] = most[nodes[b + 1] - 1] = 0
    for r in range(len(source) - 1, -1, -1):
        s, t = source[r], target[r]
        if fewest[t] < MANY:
            fewest[s] = min(fewest[s], fewest[t] + low[r])
            most[s] = max(most[s], most[t] + high[r])
    return into, run, fewest, most, longest, largest, silent


@kernel
def match(  # type: ignore[no-untyped-def]
    output, nodes, first, run_source, into, run, left_fewest, left_most,
    starts, arc, label, target, until, fewest, most, right_nodes, right_has_epsilon,
    filtered, where, same, seen, slices, ends, pairs, sources, targets, of_left, of_right, progress,
    pruning, width, margin, keep, left_penalty, right_penalty, best,
):  # fmt: skip
    """Enter pairs and arcs from left node progress[0] on, after progress[1] pairs and progress[2] arcs; progress[3] = graph.

    False: there may be no room for the slice of left node progress[0]; call again with longer arrays. The pair that is
    number p in its slice's order has key pairs[p] = right node, + the number of right nodes if late; seen[key] = p + 1 for
    the last p. Where there is pruning, best[p] is the least penalty up to pair p, and the key of a pair that is pruned
    when its slice is complete becomes negative. (Arrays are neither sliced nor handed to other functions in the loops,
    which would count references.)
    """
    t, count, made, b = progress[0], progress[1], progress[2], progress[3]
    size = len(fewest)
    room = len(sources)
    where[:] = -1
    known0, known1, copies = 0, 0, 1
    while t < nodes[-1]:
        base = count
        low, high = left_fewest[t], left_most[t]
        last = t == nodes[b + 1] - 1
        right_b = b if len(right_nodes) == len(nodes) else 0
        fits = True
        if t == nodes[b]:
            origin = right_nodes[right_b]
            if low <= most[origin] and fewest[origin] <= high:
                pairs[count] = origin
                count += 1
                seen[origin] = count
                if pruning:
                    best[count - 1] = 0
        for at in range(into[t], into[t + 1] if low < MANY else into[t]):
            s, i0, i1 = run_source[run[at]], first[run[at]], first[run[at] + 1]
            if slices[s] == slices[s + 1]:
                continue
            # where: the first arc of the run with a label, same: the next one with that of an arc; both counted from i0.
            alike = i1 - i0 == known1 - known0  # to the run that they are for
            if alike:
                one, other = np.uint64(i0), np.uint64(known0)
                for k in span(0, i1 - i0):
                    alike &= output[one + k] == output[other + k]
            if not alike:
                for i in range(known0, known1):
                    where[output[i]] = -1
                copies = 1
                for i in range(i1 - 1, i0 - 1, -1):
                    following = where[output[i]]
                    same[i - i0], where[output[i]] = following, i - i0
                    if following >= 0:
                        copies = i1 - i0
                known0, known1 = i0, i1
            for pair in range(slices[s], slices[s + 1]):
                if pairs[pair] < 0:
                    continue
                late = pairs[pair] >= size
                node = pairs[pair] - size if late else pairs[pair]
                j, j1 = starts[node], starts[node + 1]
                if made + (j1 - j + 1) * copies >= room:
                    fits = False
                    break
                alone = not late and where[0] >= 0  # the left moves alone
                few = j1 - j > 4 * (i1 - i0)  # left arcs, many right ones: look the labels of the left up in the right
                while j < j1 and label[j] == 0:
                    j += 1
                j0, following, wanted = j, i0 - 1, 0
                while alone or few or j < j1:  # each turn: arcs to the same pair
                    begin = made
                    if alone:
                        alone, to, i = False, node, where[0]
                        while i >= 0:
                            of_left[made], of_right[made] = i0 + i, -1
                            made += 1
                            i = same[i]
                    elif few and j < j1 and label[j] == wanted:
                        to = target[j]
                        of_left[made], of_right[made] = following, arc[j]
                        made += 1
                        j += 1
                    elif few:
                        following += 1
                        if following == i1:
                            break
                        wanted = output[following]
                        j, above = j0, j1
                        while j < above:
                            middle = (j + above) // 2
                            if label[middle] < wanted:
                                j = middle + 1
                            else:
                                above = middle
                        continue
                    else:
                        to, stop = target[j], until[j]
                        for k in range(j, stop):
                            i = where[label[k]]
                            of_left[made], of_right[made] = i0 + i, arc[k]  # overwritten if nothing was found
                            made += i >= 0
                            while copies > 1 and i >= 0:
                                i = same[i]
                                of_left[made], of_right[made] = i0 + i, arc[k]
                                made += i >= 0
                        j = stop
                    if made == begin:
                        continue
                    new = seen[to] - 1
                    if new < base:
                        if low > most[to] or fewest[to] > high:
                            made = begin
                            continue
                        new = count
                        pairs[count] = to
                        count += 1
                        seen[to] = count
                        if pruning:
                            best[new] = np.inf
                    for k in range(begin, made):
                        sources[k], targets[k] = pair, new
                        if pruning:
                            step = left_penalty[of_left[k]]
                            if of_right[k] >= 0:
                                step += right_penalty[of_right[k]]
                            best[new] = min(best[new], best[pair] + step)
            if not fits:
                break
        pair = base
        while right_has_epsilon and fits and pair < count:  # the right moves alone
            node = pairs[pair] - size if pairs[pair] >= size else pairs[pair]
            j = starts[node]
            while j < starts[node + 1] and label[j] == 0 and fits:
                key = target[j] + size if filtered and not last else target[j]
                new = seen[key] - 1
                fits = made < room
                if new < base and low <= most[target[j]] and fewest[target[j]] <= high and fits:
                    new = count
                    pairs[count] = key
                    count += 1
                    seen[key] = count
                    if pruning:
                        best[new] = np.inf
                if new >= base and fits:
                    sources[made], targets[made], of_left[made], of_right[made] = pair, new, -1, arc[j]
                    made += 1
                    if pruning:
                        best[new] = min(best[new], best[pair] + right_penalty[arc[j]])
                j += 1
            pair += 1
        if not fits:
            for k in range(base, count):
                seen[pairs[k]] = 0
            return False
        slices[t + 1] = count
        if pruning and not last:
            close(pairs, best, base, count, t, size, width, margin, keep)
        if last:
            end = seen[right_nodes[right_b + 1] - 1] - 1
            ends[b] = end if end >= base else -1
            b += 1
        t += 1
        progress[0], progress[1], progress[2], progress[3] = t, count, made, b
    return True


@kernel
def close(pairs, best, base, count, t, size, width, margin, keep):  # type: ignore[no-untyped-def]
    """Prune the slice of left node t, pairs base .. count - 1: see `Beam`."""
    reach = np.inf
    for pair in range(base, count):
        reach = min(reach, best[pair] + margin)
    if 0 < width < count - base:
        reach = min(reach, np.sort(best[base:count])[width - 1])
    for pair in range(base, count):
        if best[pair] > reach:
            node = np.int64(pairs[pair] - size if pairs[pair] >= size else pairs[pair])
            at = np.searchsorted(keep, t * np.int64(size) + node)
            if at == len(keep) or keep[at] != t * np.int64(size) + node:
                pairs[pair] = -1


@kernel
def trim(nodes, slices, ends, sources, targets, of_left, of_right, count, made, chains):  # type: ignore[no-untyped-def]
    """Drop, in place, the arcs that lead nowhere; number the pairs that are left graph by graph, the end last.

    Returns the offsets of the nodes and the number of arcs.
    """
    alive = np.zeros(count, np.bool_)
    for end in ends:
        if end >= 0:
            alive[end] = True
    again = True
    while again:  # arcs are in sequence, unless a right epsilon leads to a pair that is there already
        again = False
        for i in range(made - 1, -1, -1):
            before = alive[sources[i]]
            after = before | alive[targets[i]]
            alive[sources[i]] = after
            again |= before != after
        again &= chains
    number = np.full(count, -1, np.int32)
    offsets = np.zeros(len(nodes), np.int32)
    total = 0
    for b in range(len(nodes) - 1):
        low, high = slices[nodes[b]], slices[nodes[b + 1]]
        if ends[b] < 0 or not alive[low] or slices[nodes[b] + 1] == low:
            total += 2
        else:
            for pair in range(low, high):
                if alive[pair] and pair != ends[b]:
                    number[pair] = total
                    total += 1
            number[ends[b]] = total
            total += 1
        offsets[b + 1] = total
    kept = 0
    for i in range(made):
        source, target = number[sources[i]], number[targets[i]]
        sources[kept], targets[kept], of_left[kept], of_right[kept] = source, target, of_left[i], of_right[i]
        kept += (source >= 0) & (target >= 0)
    return offsets, kept


@kernel
def labels_of(label, output, of_left, of_right, acceptors):  # type: ignore[no-untyped-def]
    """What the arcs read and write."""
    read = np.zeros(len(of_left), np.int32)
    for i in range(len(of_left)):
        if of_left[i] >= 0:
            read[i] = label[of_left[i]]
    if acceptors:
        return read, read
    written = np.zeros(len(of_left), np.int32)
    for i in range(len(of_left)):
        if of_right[i] >= 0:
            written[i] = output[of_right[i]]
    return read, written


@kernel
def sums_of(left, right, of_left, of_right):  # type: ignore[no-untyped-def]
    result = np.zeros(len(of_left), np.float32)
    for i in range(len(of_left)):
        if of_left[i] >= 0:
            result[i] = left[of_left[i]]
        if of_right[i] >= 0:
            result[i] += right[of_right[i]]
    return result
