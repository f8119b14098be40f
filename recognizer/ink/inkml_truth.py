"""What strokes say according to a person, in InkML: trace views with an annotation of type "truth"."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
Truths = Mapping[frozenset[int], str]  # texts by the indices of their strokes

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold, and what no word does


def trace_id(stroke: int) -> str:
    """The name that trace views know a stroke by."""
    return f"s{stroke}"


def truth_lines(truths: Truths) -> list[str]:
    """The lines of a document that say what its strokes write."""
    lines = []
    for strokes, text in truths.items():
        references = "".join(f'<traceView traceDataRef="#{trace_id(stroke)}"/>' for stroke in sorted(strokes))
        annotation = f'<annotation type="truth">{escape(_CONTROL.sub(" ", text))}</annotation>'
        lines.append(f"  <traceView>{annotation}{references}</traceView>")
    return lines


def truths_in(root: Element, strokes: Mapping[str, int]) -> dict[frozenset[int], str]:
    """The texts of a document. ``strokes``: the index of each trace that has an id; views of other traces are left out."""
    found: dict[frozenset[int], str] = {}
    for view in root.iter():
        children = [(child.tag.rpartition("}")[2], child) for child in view]
        texts = [child.text for kind, child in children if kind == "annotation" and child.get("type") == "truth"]
        named = [child.get("traceDataRef", "").removeprefix("#") for kind, child in children if kind == "traceView"]
        if texts and texts[0] and named and all(name in strokes for name in named):
            found[frozenset(strokes[name] for name in named)] = texts[0].strip()
    return found


def id_of(element: Element) -> str | None:
    """The id of an element."""
    return element.get(XML_ID) or element.get("id")
