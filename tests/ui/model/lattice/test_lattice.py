import pytest

from tests.ui.lattice.examples import lattice
from ui.lattice.describe import facts_of, percent, sentence_of


def test_the_best_path_is_followed_down_to_its_segments() -> None:
    example = lattice()
    assert [(example.first[arc], example.last[arc]) for arc in example.best] == [(0, 1), (1, 2), (2, 3)]
    assert [example.labels[arc] for arc in example.best] == ["0", "1", "2"]


def test_shares_of_the_arcs_over_one_place_sum_to_one() -> None:
    example = lattice()
    assert ((example.shares >= 0) & (example.shares <= 1)).all()
    for piece in range(3):
        over = list(example.arcs_over(frozenset({piece})))
        assert example.shares[over].sum() == pytest.approx(1, abs=1e-4)


def test_arcs_over_ink() -> None:
    example = lattice()
    arcs = example.arcs_over(frozenset({1}))
    assert all(example.first[arc] <= 1 < example.last[arc] for arc in arcs)
    assert example.arcs_over(frozenset()) == frozenset()


def test_words_about_an_arc() -> None:
    example = lattice()
    assert "best class 0" in sentence_of(example, example.best[0])
    facts = dict(facts_of(example, example.best[0]))
    assert facts["Best path"] == "yes, read as 0"
    assert facts["Made of"] == "piece 1 of 3"


def test_percentages_never_claim_certainty() -> None:
    assert percent(0.9999) == "> 99 %"
    assert percent(0.0001) == "< 1 %"
    assert (percent(1.0), percent(0.0), percent(0.5)) == ("100 %", "0 %", "50 %")
