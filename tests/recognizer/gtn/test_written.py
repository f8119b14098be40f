"""The probabilities of texts against enumeration of all paths."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import Graph, batch, sequence_posteriors
from tests.recognizer.gtn.brute import graphs, log_sum, words


@given(graphs(), st.lists(st.lists(st.integers(1, 2), max_size=3), max_size=5))
def test_the_posterior_of_a_text_is_the_share_of_the_paths_that_write_it(graph: Graph, texts: list[list[int]]) -> None:
    total = log_sum([penalty for _, _, penalty in words(graph)])
    found = sequence_posteriors(graph, texts)
    assert len(found) == len(texts)
    for text, share in zip(texts, found, strict=True):
        own = log_sum([penalty for _, written, penalty in words(graph) if written == tuple(text)])
        assert share == pytest.approx(np.exp(total - own) if np.isfinite(own) else 0, abs=1e-5)


@given(graphs())
def test_all_texts_have_all_of_the_probability(graph: Graph) -> None:
    written = {text for _, text, penalty in words(graph) if np.isfinite(penalty)}
    assert sequence_posteriors(graph, list(written)).sum() == pytest.approx(float(bool(written)), abs=1e-5)


@given(graphs())
def test_texts_belong_to_one_graph(graph: Graph) -> None:
    with pytest.raises(InputError):
        sequence_posteriors(batch([graph, graph]), [[1]])
