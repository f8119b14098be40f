"""Composition: the paths of two graphs that agree on the symbols between them (1998 paper, section VIII).

The left side is acyclic, the right side may have cycles. Pairs of nodes are found slice by slice, a slice being all
pairs with the same left node, in the order of the left nodes; each run of parallel left arcs is indexed by label
once and matched with the right arcs of all pairs that wait at its source. A pair is not entered where the numbers
of symbols that can still follow on the two sides differ; the dead ends that pass this test are removed at the end.
So the cost is that of the reachable part, however large the right side is.

Epsilon filter: between two matches the left moves first (its outputs that are epsilon), then the right (its epsilon
labels). A pair reached by a right move is "late" and allows no left move, so each path is made once.
"""

from __future__ import annotations

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Array, Graph, Penalties
from recognizer.gtn.index import MANY, Index, counting_sort, index_of
from recognizer.gtn.jit import kernel
from recognizer.gtn.numeric import run_end
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
    if len(right) not in (1, len(left)):
        raise InputError(
            f"Cannot compose {len(left)} graphs with {len(right)}; give one right side, or one for each graph."
        )
    source, target, of_left, of_right, nodes = _structure(left, index_of(right), right.nodes)
    acceptors = left.output is left.label and right.output is right.label
    label, output = labels_of(left.label, right.output, of_left, of_right, acceptors)
    result = Graph(
        source=source,
        target=target,
        label=label,
        penalty=add(left.penalty, right.penalty, of_left, of_right),
        nodes=nodes,
        output=label if acceptors else output,
        origins=(of_left, of_right),
        in_sequence=True,
    )
    return sort_nodes(result) if index_of(right).chains_epsilon else result


def _structure(left: Graph, index: Index, right_nodes: Array) -> tuple[Array, Array, Array, Array, Array]:
    """(source, target, left arc, right arc) of each arc of the composition, and the offsets of its nodes."""
    runs = runs_into(left.source, left.target, left.output, left.nodes)
    if runs[0] < 0:
        left.sequence  # raises, naming the arc  # noqa: B018
    longest, largest, left_has_epsilon = runs[1:4]
    late = bool(left_has_epsilon and index.has_epsilon)
    seen = np.zeros(int(right_nodes[-1]) * (2 if late else 1), np.int32)
    scratch = np.full(largest + 1, -1, np.int32), np.empty(longest, np.int32)
    slices = np.zeros(int(left.nodes[-1]) + 1, np.int32)
    ends = np.full(len(left), -1, np.int32)
    room = 2 * len(left.source) + 1024
    pairs = np.empty(room + len(left) + 1, np.int32)  # every pair but the starts is entered by an arc
    arcs = [np.empty(room, np.int32) for _ in range(4)]
    progress = np.zeros(4, np.int64)
    while not match(
        left.output, left.nodes, *runs[4:], index.starts, index.arc, index.label, index.target, index.fewest, index.most,
        right_nodes, index.has_epsilon, late, *scratch, seen, slices, ends, pairs, *arcs, progress,
    ):  # fmt: skip
        for array in (pairs, *arcs):  # memory that is not written yet costs nothing, so grow generously
            array.resize(2 * len(array), refcheck=False)
    count = int(progress[2])
    alive = leading_to(ends, arcs[0], arcs[1], int(progress[1]), count)
    nodes, kept = compact(left.nodes, slices, ends, alive, arcs[0], arcs[1], arcs[2], arcs[3], count)
    for array in arcs:
        array.resize(kept, refcheck=False)
    return arcs[0], arcs[1], arcs[2], arcs[3], nodes


def add(left: Penalties, right: Penalties, of_left: Array, of_right: Array) -> Penalties:
    """left[of_left] + right[of_right], where index -1 stands for 0."""

    def evaluate(left: Array, right: Array) -> tuple[Array, Backward]:
        def backward(gradient: Array) -> tuple[Array, Array]:
            return scatter(gradient, of_left, len(left)), scatter(gradient, of_right, len(right))

        return sums_of(left, right, of_left, of_right), backward

    return differentiable(evaluate, left, right)


@kernel
def runs_into(source, target, output, nodes):  # type: ignore[no-untyped-def]
    """Runs of parallel arcs: how many (-1 where an arc goes back), the longest, the largest label, whether any
    output is epsilon; then their first arcs, their sources, offsets by target and the runs in that order, and per
    node the fewest and most symbols that can follow."""
    n = nodes[-1]
    first = np.empty(len(source) + 1, np.int32)
    low, high = np.empty(len(source), np.int32), np.empty(len(source), np.int32)
    runs, longest, largest, has_epsilon = 0, 0, 0, False
    i = 0
    while i < len(source):
        j = run_end(source, target, i)
        first[runs] = i
        low[runs], high[runs] = 1, 0
        for k in range(i, j):
            largest = max(largest, output[k])
            if output[k] == 0:
                low[runs] = 0
                has_epsilon = True
            else:
                high[runs] = 1
        runs = runs + 1 if source[i] < target[i] else -len(source) - 1
        if runs < 0:
            break
        longest = max(longest, j - i)
        i = j
    into_run = np.empty(max(runs, 0), np.int32)
    from_run = np.empty(max(runs, 0), np.int32)
    for r in range(runs):
        into_run[r] = target[first[r]]
        from_run[r] = source[first[r]]
    first[max(runs, 0)] = len(source)
    into, run = counting_sort(into_run, np.arange(max(runs, 0)).astype(np.int32), n)
    fewest, most = np.full(n, MANY, np.int32), np.full(n, -1, np.int32)
    for b in range(len(nodes) - 1):
        fewest[nodes[b + 1] - 1] = most[nodes[b + 1] - 1] = 0
    for t in range(n - 1, -1, -1):
        if fewest[t] < MANY:
            for k in range(into[t], into[t + 1]):
                r = run[k]
                s = from_run[r]
                fewest[s] = min(fewest[s], fewest[t] + low[r])
                most[s] = max(most[s], most[t] + high[r])
    return runs, longest, largest, has_epsilon, first, from_run, into, run, fewest, most


@kernel
def enter(key, m, base, seen, fewest, most, low, high, pairs, count):  # type: ignore[no-untyped-def]
    """The number of a pair in the slice that began at pair ``base``: known, next (``count``, entered), or -1: it
    cannot end."""
    pair = seen[key] - 1
    if pair >= base:
        return pair
    if low > most[m] or fewest[m] > high:
        return -1
    seen[key] = count + 1
    pairs[count] = key
    return count


@kernel
def match(  # type: ignore[no-untyped-def]
    output, nodes, first, run_source, into, run, left_fewest, left_most,
    starts, arc, label, target, fewest, most, right_nodes, right_has_epsilon, filtered,
    where, same, seen, slices, ends, pairs, sources, targets, of_left, of_right, progress,
):  # fmt: skip
    """Enter pairs and arcs from left node progress[0] on, after progress[1] pairs and progress[2] arcs; progress[3]
    = graph.

    False: there was no room for the slice of left node progress[0]; call again with longer arrays.
    """
    t, count, made, b = progress
    size = right_nodes[-1]
    full = len(sources) - 1
    while t < nodes[-1]:
        base = count
        low, high = left_fewest[t], left_most[t]
        last = t == nodes[b + 1] - 1
        right_b = b if len(right_nodes) == len(nodes) else 0
        if t == nodes[b] and low < MANY:
            origin = right_nodes[right_b]
            if enter(origin, origin, base, seen, fewest, most, low, high, pairs, count) >= 0:
                count += 1
        fits = True
        for r in run[into[t] : into[t + 1]]:
            s, i0, i1 = run_source[r], first[r], first[r + 1]
            if low == MANY or slices[s] == slices[s + 1]:
                continue
            # where: the first arc of the run with a label; same: the next one, counted from i0
            for i in range(i0, i1):
                where[output[i]] = -1
            for i in range(i1 - 1, i0 - 1, -1):
                same[i - i0] = where[output[i]]
                where[output[i]] = i
            for pair in range(slices[s], slices[s + 1]):
                key = pairs[pair]
                n2 = key - size if key >= size else key
                if key < size and i0 <= where[0] < i1:
                    new = enter(n2, n2, base, seen, fewest, most, low, high, pairs, count)
                    count = max(count, new + 1)
                    i = where[0] if new >= 0 else -1
                    while i >= 0 and fits:
                        sources[made], targets[made], of_left[made], of_right[made] = pair, new, i, -1
                        made += 1
                        fits = made < full
                        i = same[i - i0]
                if starts[n2 + 1] - starts[n2] <= 4 * (i1 - i0):
                    for j in range(starts[n2], starts[n2 + 1]):
                        if label[j] >= len(where) or not fits:
                            break
                        i = where[label[j]]
                        if label[j] == 0 or i < i0 or i >= i1:
                            continue
                        new = enter(target[j], target[j], base, seen, fewest, most, low, high, pairs, count)
                        if new < 0:
                            continue
                        count = max(count, new + 1)
                        while i >= 0 and fits:
                            sources[made], targets[made], of_left[made], of_right[made] = pair, new, i, arc[j]
                            made += 1
                            fits = made < full
                            i = same[i - i0]
                else:
                    for i in range(i0, i1):
                        if output[i] == 0 or not fits:
                            continue
                        j = starts[n2] + np.searchsorted(label[starts[n2] : starts[n2 + 1]], output[i])
                        while j < starts[n2 + 1] and label[j] == output[i] and fits:
                            new = enter(target[j], target[j], base, seen, fewest, most, low, high, pairs, count)
                            if new >= 0:
                                count = max(count, new + 1)
                                sources[made], targets[made], of_left[made], of_right[made] = pair, new, i, arc[j]
                                made += 1
                                fits = made < full
                            j += 1
                if not fits:
                    break
            if not fits:
                break
        pair = base
        while right_has_epsilon and fits and pair < count:
            n2 = pairs[pair] - size if pairs[pair] >= size else pairs[pair]
            for j in range(starts[n2], starts[n2 + 1]):
                if label[j] != 0 or not fits:
                    break
                key = target[j] + size if filtered and not last else target[j]
                new = enter(key, target[j], base, seen, fewest, most, low, high, pairs, count)
                if new >= 0:
                    count = max(count, new + 1)
                    sources[made], targets[made], of_left[made], of_right[made] = pair, new, -1, arc[j]
                    made += 1
                    fits = made < full
            pair += 1
        if not fits:
            for k in range(base, count):
                seen[pairs[k]] = 0
            return False
        slices[t + 1] = count
        if last:
            end = seen[right_nodes[right_b + 1] - 1] - 1
            ends[b] = end if end >= base else -1
            b += 1
        t += 1
        progress[0], progress[1], progress[2], progress[3] = t, count, made, b
    return True


@kernel
def leading_to(ends, sources, targets, pairs, made):  # type: ignore[no-untyped-def]
    """Which pairs lead to the end of their graph."""
    alive = np.zeros(pairs, np.bool_)
    for end in ends:
        if end >= 0:
            alive[end] = True
    changed = True
    while changed:  # once, and once more to see that nothing changes, unless right epsilons stand in chains
        changed = False
        for i in range(made - 1, -1, -1):
            if alive[targets[i]] and not alive[sources[i]]:
                alive[sources[i]] = changed = True
    return alive


@kernel
def compact(nodes, slices, ends, alive, sources, targets, of_left, of_right, made):  # type: ignore[no-untyped-def]
    """Number the pairs that are alive, graph by graph with the end last; drop the other arcs in place."""
    number = np.empty(len(alive), np.int32)
    offsets = np.zeros(len(nodes), np.int32)
    total = 0
    for b in range(len(nodes) - 1):
        low, high = slices[nodes[b]], slices[nodes[b + 1]]
        if ends[b] < 0 or not alive[low] or slices[nodes[b] + 1] == low:
            for pair in range(low, high):
                alive[pair] = False
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
        if alive[targets[i]] and alive[sources[i]]:
            sources[kept], targets[kept] = number[sources[i]], number[targets[i]]
            of_left[kept], of_right[kept] = of_left[i], of_right[i]
            kept += 1
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
