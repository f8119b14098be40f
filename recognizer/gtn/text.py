"""Graphs as text that people read."""

from recognizer.gtn.graph import Graph, numbers


def describe(graph: Graph, most: int = 12) -> str:
    """Sizes, and the first arcs one a line: graph, source -> target, label (: output), penalty."""
    lines = [f"Graph of {len(graph)}: {graph.nodes[-1]} nodes, {len(graph.source)} arcs"]
    penalty = numbers(graph.penalty)
    for i in range(min(most, len(graph.source))):
        read, written = graph.label[i], graph.output[i]
        what = f"{read}" if read == written else f"{read}:{written}"
        lines.append(f"  {graph.source[i]} -> {graph.target[i]}  {what}  {penalty[i]:.4g}")
    if len(graph.source) > most:
        lines.append(f"  ... {len(graph.source) - most} more")
    return "\n".join(lines)
