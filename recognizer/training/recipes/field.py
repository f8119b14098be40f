"""The recipe of the field penalties: which rectangle of a cheque holds the amount, learnt from the amount alone.

With the recogniser and the grammar held fixed, all that a field contributes to the graph of a cheque is two sums over its paths: of
those that write the right amount, and of all. So the discriminative forward criterion of the whole graph (1998 paper, VI-E) is a
function of these sums and of the field penalties, and their gradient goes through nothing else.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from recognizer.errors import InputError
from recognizer.gtn import compose, forward
from recognizer.language.amount import acceptor_of
from recognizer.networks.field import FieldPenalty
from recognizer.networks.store import save_model
from recognizer.page import Page
from recognizer.page.fields import FEATURES
from recognizer.platform import model_file
from recognizer.readers.candidates import find_candidates, segmentations
from recognizer.readers.catalog import CATALOG
from recognizer.readers.cheque import cheque_grammar, cheque_reader, free_penalties
from recognizer.readers.doubt import DOUBT
from recognizer.readers.loading import cheque_opinions, load_legal_amount_opinion
from recognizer.readers.pooled import Opinions, weighed
from recognizer.readers.reader import recognise_arcs
from recognizer.training.data.many import by_two
from recognizer.training.evaluation.rejection import Outcome, promised, thresholds
from recognizer.training.learning.loop import Run
from recognizer.training.synthesis.cheques import Writers, draw_cheque, load_writers
from recognizer.training.synthesis.glyphs import MADE_UP

STEPS, RATE, DECAY = 1_000, 0.05, 0.001
LOST = 0.02  # least probability of an amount
ALONE = (1.0, 0.0)  # the weights of over-segmentation and the second opinion where that is not heard
FIGURES = (ALONE, (0.7, 0.3), (0.5, 0.5), (0.3, 0.7), (0.7, 0.7), (0.4, 0.8), (1.0, 0.5), (1.0, 1.0))
WORDS = (0.25, 0.5, 1.0)  # weights of the amount in words, where there is a model to hear it
WEIGHTS = (*FIGURES, *((*figures, words) for figures in FIGURES for words in WORDS))
WORST = 60.0  # nats: sums over no path count as this


@dataclass(frozen=True)
class Settings:
    """How many cheques are drawn, in whole shards."""

    made_up: int = MADE_UP  # hands
    cheques: int = 400  # to learn from
    validation: int = 4_000
    shard: int = 50  # cheques drawn by one worker at a time, from a seed of their own


SETTINGS = Settings()


@dataclass(frozen=True)
class FieldSums:
    """All fields of many cheques: ``features`` (N, F) float32, ``right`` and ``all`` (N,) float32, -log of the sums over their paths
    [nats], and ``cheque`` (N,) int64, which cheque each is of."""

    features: np.ndarray
    right: np.ndarray
    all: np.ndarray
    cheque: np.ndarray

    @staticmethod
    def join(parts: "list[FieldSums]") -> "FieldSums":
        """Those of several shards as one."""
        shifts = np.cumsum([0, *(int(part.cheque.max(initial=-1)) + 1 for part in parts[:-1])])
        joined = {
            name: np.concatenate([getattr(part, name) for part in parts]) for name in ("features", "right", "all")
        }
        cheque = np.concatenate([part.cheque + shift for part, shift in zip(parts, shifts, strict=True)])
        return FieldSums(**joined, cheque=cheque)


def train_field(run: Run, settings: Settings) -> None:
    """Train on made-up cheques, written by hands of the folders mnist, unipen and pendigits, choose on others how much the second
    opinion and the amount in words count, and measure the thresholds there; takes minutes, so that there is nothing to resume."""
    torch.manual_seed(1998)
    training = _sums(run, settings)
    network = learn(training)
    run.report(f"criterion on {settings.cheques} cheques: {criterion(network, training).item():.4f} nats")
    heard = _heard(network, run, settings)
    choices = [weights for weights in WEIGHTS if len(weights) <= len(heard[0].opinions[1])]
    found = {weights: [each.outcome(weights) for each in heard] for weights in choices}
    share = {weights: _shares(outcomes, settings.validation) for weights, outcomes in found.items()}
    for weights, (wrong, accepted) in share.items():
        run.report(f"weights {weights}: {100 * wrong:.1f} % wrong, {100 * accepted:.1f} % accepted at 2 %")
    best, unworded = (
        min(choice, key=lambda weights: (share[weights][0], -share[weights][1])) for choice in (choices, FIGURES)
    )
    card = {
        "recipe": "field",
        "data": "cheques made up of UNIPEN train_r01_v07 (doi 10.5281/zenodo.1195803), MNIST (Y. LeCun, C. Cortes, C. Burges) and "
        "pen digits (E. Alpaydin, F. Alimoglu, UCI, CC BY 4.0)",
        "features": list(FEATURES),
        "figures": {
            "made-up cheques of validation writers wrong": share[best][0],
            "the same by over-segmentation alone": share[ALONE][0],
            "the same without the amount in words": share[unworded][0],
            "accepted at 2 % wrong": share[best][1],
            "accepted at 2 % wrong without the amount in words": share[unworded][1],
        },
        "weights": list(best),
        **promised(found[best]),
    }
    save_model(run.out, network, {"features": len(FEATURES)}, card)


def learn(sums: FieldSums) -> FieldPenalty:
    """The field penalties that make the right amounts of the cheques most likely."""
    network = FieldPenalty(len(FEATURES))
    network.mean[:] = torch.from_numpy(sums.features.mean(0))
    network.spread[:] = torch.from_numpy(sums.features.std(0) + 1e-3)
    optimiser = torch.optim.Adam(network.parameters(), RATE)
    for _ in range(STEPS):
        optimiser.zero_grad()
        loss = criterion(network, sums) + DECAY * network.linear.weight.square().sum()
        loss.backward()
        optimiser.step()
    return network.eval()


def criterion(network: FieldPenalty, sums: FieldSums) -> Tensor:
    """Mean of -log P(right amount | cheque) [nats], which stays below -log LOST: what no penalty of fields can mend teaches nothing."""
    penalties = network(torch.from_numpy(sums.features))
    cheque = torch.from_numpy(sums.cheque)
    right, whole = (_add(-penalties - torch.from_numpy(part), cheque) for part in (sums.right, sums.all))
    return -(LOST + (1 - LOST) * (right - whole).exp()).log().mean()


def _add(logs: Tensor, group: Tensor) -> Tensor:
    """log of the sum of exp(``logs``) (N,) within each group."""
    count = int(group.max()) + 1
    highest = torch.full((count,), -torch.inf).scatter_reduce(0, group, logs.detach(), "amax")
    return highest + torch.zeros(count).index_add(0, group, (logs - highest[group]).exp()).log()


def _sums(run: Run, settings: Settings) -> FieldSums:
    work = [(run.data, settings, number) for number in range(settings.cheques // settings.shard)]
    parts = []
    for number, part in enumerate(by_two(_shard, work), 1):
        parts.append(part)
        run.report(f"drew {number * settings.shard} of {settings.cheques} cheques")
    return FieldSums.join(parts)


def _shard(work: tuple[Path, Settings, int]) -> FieldSums:
    data, settings, number = work
    torch.set_num_threads(1)
    writers = load_writers(data, "train", settings.made_up)
    return make_sums(writers, settings.shard, np.random.default_rng([1998, number]))


def _models() -> list[Path]:
    """The models that read cheques, but that which is trained here."""
    _, *others = CATALOG["cheque", "segmentation"].models
    return [model_file(model) for model in others]


def make_sums(writers: Writers, cheques: int, generator: np.random.Generator) -> FieldSums:
    """Draw so many cheques and sum over the paths of all their fields."""
    recognise, classes, _ = cheque_opinions(*_models()[:2])
    grammar = cheque_grammar(classes)
    parts = []
    for _ in range(cheques):
        cheque = draw_cheque(writers, generator)
        try:
            found = find_candidates(Page(cheque.grey), lambda features: np.zeros(len(features), np.float32), 1_000)
        except InputError:
            continue
        fields = len(found.fields)
        penalties = recognise(found.segments)
        graphs = segmentations(found, -free_penalties(found, penalties))
        interpretation = compose(recognise_arcs(graphs, penalties), grammar)
        right = forward(compose(interpretation, acceptor_of(cheque.amount, classes)))
        right, every = (np.minimum(sums, WORST).astype(np.float32) for sums in (right, forward(interpretation)))
        parts.append(FieldSums(found.fields.features, right, every, np.zeros(fields, np.int64)))
    return FieldSums.join(parts)


@dataclass(frozen=True)
class _Heard:
    """What all opinions think of one cheque, and what it says."""

    opinions: Opinions
    flaws: int
    amount: str

    def outcome(self, weights: tuple[float, ...]) -> Outcome:
        texts, chances = self.opinions
        best = weighed(texts, chances[: len(weights)], weights)[0]
        return best.confidence * DOUBT**self.flaws, float(best.text) != float(self.amount)


def _heard(network: FieldPenalty, run: Run, settings: Settings) -> list[_Heard]:
    """Cheques of validation writers; those that cannot be read are left out."""
    work = [(network, run.data, settings, number) for number in range(settings.validation // settings.shard)]
    heard = []
    for number, shard in enumerate(by_two(_hear_shard, work), 1):
        heard += shard
        run.report(f"read {number * settings.shard} of {settings.validation} cheques")
    return heard


def _hear_shard(work: tuple[FieldPenalty, Path, Settings, int]) -> list[_Heard]:
    network, data, settings, number = work
    torch.set_num_threads(1)
    *amounts, words = _models()
    recognise, classes, second = cheque_opinions(*amounts)
    legal = load_legal_amount_opinion(words) if words.exists() else None
    reader = cheque_reader(network, recognise, classes, second, legal, ALONE, 0.0)
    writers, generator = load_writers(data, "val", settings.made_up), np.random.default_rng([2998, number])
    heard = []
    for _ in range(settings.shard):
        cheque = draw_cheque(writers, generator)
        try:
            candidates, _, opinions, _ = reader.opinions(Page(cheque.grey))
        except InputError:
            continue
        heard.append(_Heard(opinions, len(candidates.flaws), cheque.amount))
    return heard


def _shares(outcomes: list[Outcome], cheques: int) -> tuple[float, float]:
    """Of so many ``cheques``: those that are not read right, and those that can be accepted at 2 % error."""
    threshold = thresholds(outcomes)["0.02"]
    accepted = sum(confidence >= threshold for confidence, _ in outcomes)
    return 1 - sum(not wrong for _, wrong in outcomes) / cheques, accepted / cheques
