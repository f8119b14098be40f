"""The compiled loops that end a composition: of the arcs between its pairs, those go that lead nowhere, or too far about.

Pairs and arcs are those of matching.py.
"""

import numpy as np

from recognizer.kernels import kernel


@kernel
def drop_detours(pairs, arcs, pruning, count, made):  # type: ignore[no-untyped-def]
    """Drop the arcs that no path uses which is at most so much worse than the best of its graph: how many are left. Here the arcs
    need not become a graph first."""
    sources, targets, of_left, of_right = arcs
    left, right, whole = pruning.left, pruning.right, pruning.beam.whole
    rest = np.full(count, np.inf)  # from each pair on, less than the best path costs
    for end in pairs.ends:
        if end >= 0:
            rest[end] = -pairs.best[end]
    steps = np.empty(made, np.float32)
    for i in range(made - 1, -1, -1):
        step = np.float32(0)
        if of_left[i] >= 0:
            step += left[of_left[i]]
        if of_right[i] >= 0:
            step += right[of_right[i]]
        steps[i] = step
        rest[sources[i]] = min(rest[sources[i]], step + rest[targets[i]])
    kept = 0
    for i in range(made):
        if pairs.best[sources[i]] + steps[i] + rest[targets[i]] <= whole:
            sources[kept], targets[kept] = sources[i], targets[i]
            of_left[kept], of_right[kept] = of_left[i], of_right[i]
            kept += 1
    return kept


@kernel
def trim(nodes, pairs, arcs, count, made, chains):  # type: ignore[no-untyped-def]
    """Drop, in place, the arcs that lead nowhere; number the pairs that are left graph by graph, the end last.

    Returns the offsets of the nodes and the number of arcs.
    """
    slices, ends = pairs.slices, pairs.ends
    sources, targets, of_left, of_right = arcs
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
        sources[kept], targets[kept] = source, target
        of_left[kept], of_right[kept] = of_left[i], of_right[i]
        kept += (source >= 0) & (target >= 0)
    return offsets, kept
