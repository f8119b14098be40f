"""The compiled loops of composition: pairs of nodes entered slice by slice; what is not wanted of them goes in trimming.py.

A slice is all pairs with the same left node.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from recognizer.gtn.arrays import Array
from recognizer.gtn.numeric import span
from recognizer.gtn.sides import MANY, LeftSide, RightSide
from recognizer.gtn.trimming import drop_detours, trim
from recognizer.kernels import in_place, inlined, kernel


class Beam(NamedTuple):
    """What a search keeps of each slice."""

    width: int  # at most so many pairs, those of the least Viterbi penalty so far; 0 = all
    margin: float  # and those at most so much worse than the best of the slice [nats]
    keep: Array  # and always these: left node * right nodes + right node, ascending, int64
    whole: float  # and in the end the arcs on paths at most so much worse than the best, where epsilons lead into ends alone [nats]


class Pruning(NamedTuple):
    """A beam, and the penalties that it goes by; without ``active`` none of it is looked at."""

    active: bool
    beam: Beam
    left: Array  # penalties of the left arcs, in the order of the runs
    right: Array


class Pairs(NamedTuple):
    """Pairs of a left and a right node, in the order in which they are entered."""

    key: Array  # of pair p: right node, + the number of right nodes if late; negative once it is pruned
    best: Array  # the least penalty up to pair p, where there is pruning
    seen: Array  # of each key: the last pair that has it, + 1
    slices: Array  # the first pair of each left node
    ends: Array  # the pair of both ends in each graph, -1 = none


class Arcs(NamedTuple):
    """The arcs made so far: between which pairs, and of which two arcs, -1 where one side does not move."""

    source: Array
    target: Array
    of_left: Array
    of_right: Array


class Slice(NamedTuple):
    """The pairs of the left node that is at work."""

    base: int  # the first of them
    fewest: int  # symbols that the left can still write
    most: int


class Lookup(NamedTuple):
    """The arcs of one run by what they write, counted from the first of the run; -1 = none."""

    where: Array  # of each symbol: the first arc that writes it
    same: Array  # of each arc: the next one that writes the same


class Workspace(NamedTuple):
    """A composition at work: what it looks up, and the arrays that it fills."""

    left: LeftSide
    right: RightSide
    lookup: Lookup
    pairs: Pairs
    arcs: Arcs
    pruning: Pruning
    filtered: bool  # a pair that the right alone moves to is late

    def plain(self) -> tuple[object, ...]:
        """As plain tuples: see `match`."""
        active, beam, left, right = self.pruning
        pruning = (active, tuple(beam), left, right)
        return *(tuple(part) for part in self[:5]), pruning, self.filtered


@kernel
def match(left, right, lookup, pairs, arcs, pruning, filtered, nodes, right_nodes, progress):  # type: ignore[no-untyped-def]
    """Match as `enter_all` does and trim the arcs: offsets of the nodes and the number of arcs, -1 if longer arrays are needed.

    The parts of the workspace come as plain tuples, which a kernel takes from Python in a quarter of the time.
    """
    active, beam, of_left, of_right = pruning
    work = Workspace(
        LeftSide(*left),
        RightSide(*right),
        Lookup(*lookup),
        Pairs(*pairs),
        Arcs(*arcs),
        Pruning(active, Beam(*beam), of_left, of_right),
        filtered,
    )
    if not enter_all(work, nodes, right_nodes, progress):
        return nodes, -1
    if work.pruning.active and work.pruning.beam.whole < np.inf and not work.right.inner_epsilon:
        progress[2] = drop_detours(work.pairs, work.arcs, work.pruning, progress[1], progress[2])
    return trim(nodes, work.pairs, work.arcs, progress[1], progress[2], work.right.inner_epsilon)


@in_place
def enter_all(work, nodes, right_nodes, progress):  # type: ignore[no-untyped-def]
    """Enter pairs and arcs from left node progress[0] on, after progress[1] pairs and progress[2] arcs; progress[3] = graph.

    False: there may be no room for the slice of left node progress[0]; call again with longer arrays.
    """
    left, right, lookup, pairs = work.left, work.right, work.lookup, work.pairs
    t, count, made, b = progress[0], progress[1], progress[2], progress[3]
    lookup.where[:] = -1
    known0, known1, copies = 0, 0, 1  # the run that is looked up in: first arc, end, how many may write the same
    while t < nodes[-1]:
        here = Slice(count, left.fewest[t], left.most[t])
        last = t == nodes[b + 1] - 1
        right_b = b if len(right_nodes) == len(nodes) else 0
        fits = True
        if t == nodes[b]:
            count, _ = enter(work, here, right_nodes[right_b], right_nodes[right_b], count)
            if work.pruning.active:
                pairs.best[here.base] = 0
        for at in range(left.into[t], left.into[t + 1] if here.fewest < MANY else left.into[t]):
            s, i0, i1 = left.source[left.run[at]], left.first[left.run[at]], left.first[left.run[at] + 1]
            if pairs.slices[s] == pairs.slices[s + 1]:
                continue
            if not alike(left.output, i0, i1, known0, known1):
                copies = look_up(left.output, i0, i1, known0, known1, lookup)
                known0, known1 = i0, i1
            for pair in range(pairs.slices[s], pairs.slices[s + 1]):
                if pairs.key[pair] < 0:
                    continue
                late = pairs.key[pair] >= len(right.fewest)
                node = pairs.key[pair] - len(right.fewest) if late else pairs.key[pair]
                j, j1 = right.starts[node], right.starts[node + 1]
                if made + (j1 - j + 1) * copies >= len(work.arcs.source):
                    fits = False
                    break
                few = j1 - j > 4 * (i1 - i0)
                while j < j1 and right.label[j] == 0:
                    j += 1
                if not late and lookup.where[0] >= 0:
                    count, made = move_left(work, here, pair, node, i0, count, made)
                if few:
                    count, made = search_right(work, here, pair, i0, i1, j, j1, count, made)
                else:
                    count, made = scan_right(work, here, pair, i0, copies > 1, j, j1, count, made)
            if not fits:
                break
        if right.has_epsilon and fits:
            count, made, fits = move_right(work, here, work.filtered and not last, count, made)
        if not fits:
            for k in range(here.base, count):
                pairs.seen[pairs.key[k]] = 0
            return False
        pairs.slices[t + 1] = count
        if work.pruning.active and not last:
            close(pairs, here.base, count, t, len(right.fewest), work.pruning.beam)
        if last:
            end = pairs.seen[right_nodes[right_b + 1] - 1] - 1
            pairs.ends[b] = end if end >= here.base else -1
            b += 1
        t += 1
        progress[0], progress[1], progress[2], progress[3] = t, count, made, b
    return True


@inlined
def alike(output, i0, i1, known0, known1):  # type: ignore[no-untyped-def]
    """Do two runs of arcs write the same?"""
    same = i1 - i0 == known1 - known0
    if same:
        one, other = np.uint64(i0), np.uint64(known0)
        for k in span(0, i1 - i0):
            same &= output[one + k] == output[other + k]
    return same


@inlined
def look_up(output, i0, i1, known0, known1, lookup):  # type: ignore[no-untyped-def]
    """Index the run of arcs i0 .. i1 - 1 by what they write, instead of the run known0 .. known1 - 1. Answers how many of them
    may write the same."""
    for i in range(known0, known1):
        lookup.where[output[i]] = -1
    copies = 1
    for i in range(i1 - 1, i0 - 1, -1):
        following = lookup.where[output[i]]
        lookup.same[i - i0], lookup.where[output[i]] = following, i - i0
        if following >= 0:
            copies = i1 - i0
    return copies


@inlined
def move_left(work, here, pair, node, i0, count, made):  # type: ignore[no-untyped-def]
    """The left moves alone, by the arcs of its run that write nothing."""
    begin, i = made, work.lookup.where[0]
    while i >= 0:
        work.arcs.of_left[made], work.arcs.of_right[made] = i0 + i, -1
        made += 1
        i = work.lookup.same[i]
    return arrive(work, here, pair, node, begin, count, made)


@inlined
def search_right(work, here, pair, i0, i1, j0, j1, count, made):  # type: ignore[no-untyped-def]
    """Both sides move; few left arcs, many right ones: find what each left arc writes among the labels j0 .. j1 - 1."""
    right, arcs = work.right, work.arcs
    for i in range(i0, i1):
        wanted = work.left.output[i]
        j, above = j0, j1
        while j < above:
            middle = (j + above) // 2
            if right.label[middle] < wanted:
                j = middle + 1
            else:
                above = middle
        while j < j1 and right.label[j] == wanted:
            arcs.of_left[made], arcs.of_right[made] = i, right.arc[j]
            count, made = arrive(work, here, pair, right.target[j], made, count, made + 1)
            j += 1
    return count, made


@inlined
def scan_right(work, here, pair, i0, several, j, j1, count, made):  # type: ignore[no-untyped-def]
    """Both sides move: find each of the labels j .. j1 - 1 among what the run writes; ``several`` of its arcs may write the same."""
    right, lookup, arcs = work.right, work.lookup, work.arcs
    while j < j1:  # each turn: arcs to the same pair
        begin, to, stop = made, right.target[j], right.until[j]
        for k in range(j, stop):
            i = lookup.where[right.label[k]]
            arcs.of_left[made], arcs.of_right[made] = i0 + i, right.arc[k]  # overwritten if nothing was found
            made += i >= 0
            while several and i >= 0:
                i = lookup.same[i]
                arcs.of_left[made], arcs.of_right[made] = i0 + i, right.arc[k]
                made += i >= 0
        j = stop
        if made > begin:
            count, made = arrive(work, here, pair, to, begin, count, made)
    return count, made


@inlined
def move_right(work, here, late, count, made):  # type: ignore[no-untyped-def]
    """The right moves alone, by epsilons, from all pairs of the slice; the third answer is whether there was room."""
    right, arcs = work.right, work.arcs
    size = len(right.fewest)
    pair = here.base
    while pair < count:
        key = work.pairs.key[pair]
        node = key - size if key >= size else key
        for j in range(right.starts[node], right.starts[node + 1]):
            if right.label[j] != 0:
                break
            if made >= len(arcs.source):
                return count, made, False
            to = right.target[j]
            count, new = enter(work, here, to + size if late else to, to, count)
            if new >= 0:
                arcs.source[made], arcs.target[made] = pair, new
                arcs.of_left[made], arcs.of_right[made] = -1, right.arc[j]
                made += 1
                if work.pruning.active:
                    step = work.pruning.right[right.arc[j]]
                    work.pairs.best[new] = min(work.pairs.best[new], work.pairs.best[pair] + step)
        pair += 1
    return count, made, True


@inlined
def arrive(work, here, pair, node, begin, count, made):  # type: ignore[no-untyped-def]
    """Let the arcs begin .. made - 1 lead from a pair to that of a right node that is not late; drop them if it has no way on."""
    pairs, arcs, pruning = work.pairs, work.arcs, work.pruning
    count, new = enter(work, here, node, node, count)
    if new < 0:
        return count, begin
    for k in range(begin, made):
        arcs.source[k], arcs.target[k] = pair, new
        if pruning.active:
            step = pruning.left[arcs.of_left[k]]
            if arcs.of_right[k] >= 0:
                step += pruning.right[arcs.of_right[k]]
            pairs.best[new] = min(pairs.best[new], pairs.best[pair] + step)
    return count, made


@inlined
def enter(work, here, key, node, count):  # type: ignore[no-untyped-def]
    """The pair of a key and its right node in the slice, entered unless the two sides cannot write and read equally many symbols
    from here on: how many pairs there are, and the number of this one, or -1."""
    new = work.pairs.seen[key] - 1
    if new < here.base:
        if here.fewest > work.right.most[node] or work.right.fewest[node] > here.most:
            return count, -1
        new = count
        work.pairs.key[new] = key
        work.pairs.seen[key] = new + 1
        count += 1
        if work.pruning.active:
            work.pairs.best[new] = np.inf
    return count, new


@kernel
def close(pairs, base, count, t, size, beam):  # type: ignore[no-untyped-def]
    """Prune the slice of left node t, pairs base .. count - 1: see `Beam`."""
    key, best = pairs.key, pairs.best
    width, margin, keep, _ = beam
    reach = np.inf
    for pair in range(base, count):
        reach = min(reach, best[pair] + margin)
    if 0 < width < count - base:
        reach = min(reach, np.sort(best[base:count])[width - 1])
    for pair in range(base, count):
        # Where no way on has a finite penalty none is better than another.
        if best[pair] > reach or best[pair] == np.inf:
            node = np.int64(key[pair] - size if key[pair] >= size else key[pair])
            at = np.searchsorted(keep, t * np.int64(size) + node)
            if at == len(keep) or keep[at] != t * np.int64(size) + node:
                key[pair] = -1
