"""The compiled loops of composition: pairs of nodes entered slice by slice, dead ends taken out, penalties added."""

import numpy as np

from recognizer.gtn.index import MANY, counting_sort
from recognizer.gtn.jit import kernel
from recognizer.gtn.numeric import span


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
