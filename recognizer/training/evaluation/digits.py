"""How well a network of digits reads MNIST."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.networks.lenet5 import to_grey_levels
from recognizer.networks.store import load_model
from recognizer.platform import model_file
from recognizer.training.data.mnist import load_digits
from recognizer.training.evaluation.tasks import Options


def evaluate_mnist(data: Path, options: Options) -> dict[str, Any]:
    """LeNet-5 by the book on the digits of a folder of IDX files; ``--split test`` takes the 10,000."""
    network = load_model(model_file("lenet5")).network
    digits = load_digits(data, options.split)
    images, classes = digits.images[: options.limit], digits.classes[: options.limit]
    start = time.perf_counter()
    error = error_rate(network, framed(images), classes)
    parameters = sum(value.numel() for name, value in network.named_parameters() if name != "output.centres")
    return {"samples": len(classes), "error": error, "seconds": time.perf_counter() - start, "parameters": parameters}


def framed(images: np.ndarray) -> Tensor:
    """Digits (n, 28, 28) uint8 as LeNet-5's input (n, 1, 32, 32)."""
    paper = float(to_grey_levels(torch.zeros(1)))
    return functional.pad(to_grey_levels(torch.from_numpy(images)[:, None]), (2, 2, 2, 2), value=paper)


def scaled(images: np.ndarray) -> Tensor:
    """Digits (n, 28, 28) uint8 as the small net's input (n, 1, 28, 28), ink between 0 and 1."""
    return torch.from_numpy(images)[:, None].float() / 255


def error_rate(network: nn.Module, inputs: Tensor, classes: np.ndarray) -> float:
    """Share of ``inputs`` (n, ...) whose lowest penalty is that of another class."""
    with torch.inference_mode():
        answers = torch.cat([network(batch).argmin(1) for batch in inputs.split(500)])
    return float((answers.numpy() != classes).mean())
