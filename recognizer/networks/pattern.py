"""LeNets that learn from one pattern at a time, compiled: the stochastic gradient of the 1998 paper at full speed.

A batch of one leaves torch waiting for itself: it spends ten times the arithmetic's time on bookkeeping. Here one loop
runs forward, backward and the update of every weight for pattern after pattern, on the weights of a torch network in place.
Networks are chains of convolutions (with any table) and subsamplings, each squashed, that end in `RadialBasis`.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numba import njit
from torch import nn

from recognizer.networks.layers import LEVEL, SLOPE, Convolution, RadialBasis, ScaledTanh, Subsampling, TableConvolution

CONVOLUTION, FULL, SUBSAMPLING = 0, 1, 2
LEVEL32, SLOPE32, RATIO32 = np.float32(LEVEL), np.float32(SLOPE), np.float32(SLOPE / LEVEL)

# tanh as a quotient of polynomials, right to seven digits: unlike the library's it runs on many units at once.
LIMIT = np.float32(7.9)
ODD = tuple(
    np.float32(a)
    for a in (
        -2.76076847742355e-16,
        2.00018790482477e-13,
        -8.60467152213735e-11,
        5.12229709037114e-08,
        1.48572235717979e-05,
        6.37261928875436e-04,
        4.89352455891786e-03,
    )
)
EVEN = tuple(
    np.float32(b) for b in (1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03)
)


@dataclass(frozen=True)
class Chain:
    """A network's layers as numbers: one row for each, and the (output map, input map) of each kernel."""

    # (L, 10): kind, input maps, input side, output maps, output side, kernel, weights, biases, first and last kernel
    layers: np.ndarray
    kernels: np.ndarray  # (kernels, 2)
    centres: np.ndarray  # (classes, features)


def chain_of(network: nn.Module, side: int) -> Chain:
    """Describe a network whose children are its layers in order, for images of ``side`` x ``side``.

    Where a subsampling has more maps than there are below it, they hang on those in groups. The weights lie in one flat
    vector in the order of ``parameters()``, as `Levenberg` arranges them. TypeError where a layer cannot learn by pattern.
    """
    output = next(layer for layer in network.children() if isinstance(layer, RadialBasis))
    layers = [layer for layer in network.children() if not isinstance(layer, ScaledTanh | RadialBasis)]
    rows: list[tuple[int, ...]] = []
    kernels: list[tuple[int, int]] = []
    place, maps = 0, 1
    for layer in layers:
        first = len(kernels)
        if isinstance(layer, Subsampling):
            outputs, kernel, weights, after = layer.bias.numel(), 2, layer.bias.numel(), side // 2
            kernels += [(out, out * maps // outputs) for out in range(outputs)]
            kind = SUBSAMPLING
        elif isinstance(layer, TableConvolution):
            outputs, kernel, weights = layer.maps, layer.weight.shape[-1], layer.weight.numel()
            kernels += [divmod(int(k), layer.inputs) for k in layer.kernel_of]
            kind, after = CONVOLUTION, side - kernel + 1
        elif isinstance(layer, Convolution):
            outputs, kernel, weights = layer.out_channels, layer.weight.shape[-1], layer.weight.numel()
            kernels += [(out, into) for out in range(outputs) for into in range(maps)]
            after = side - kernel + 1
            kind = FULL if after == 1 else CONVOLUTION
        else:
            raise TypeError(f"{type(layer).__name__} cannot learn by pattern.")
        rows.append((kind, maps, side, outputs, after, kernel, place, place + weights, first, len(kernels)))
        place, maps, side = place + weights + outputs, outputs, after
    return Chain(np.array(rows, np.int64), np.array(kernels, np.int64), output.centres.detach().numpy().copy())


def learn(
    chain: Chain,
    images: np.ndarray,
    classes: np.ndarray,
    weights: torch.Tensor,
    rates: torch.Tensor,
    rubbish: float | None,
    scale: float = 1.0,
) -> tuple[float, int]:
    """Show each of ``images`` (n, side, side) float32 once, in their order, and move ``weights`` (P,) in place after each.

    The loss is `losses.map_loss`, or `losses.likelihood_loss` where there is no ``rubbish``, of the penalties times
    ``scale``; each weight has its own of ``rates`` (P,). Gives the mean loss and the number of patterns that were misread
    when their turn came.
    """
    return _learn(
        np.ascontiguousarray(images.reshape(len(images), -1)),
        classes,
        weights.numpy(),
        rates.numpy(),
        chain.layers,
        chain.kernels,
        chain.centres,
        rubbish is not None,
        np.float32(rubbish or 0),
        np.float32(scale),
    )


@njit(fastmath=True, cache=True)
def _learn(
    images: np.ndarray,
    classes: np.ndarray,
    weights: np.ndarray,
    rates: np.ndarray,
    layers: np.ndarray,
    kernels: np.ndarray,
    centres: np.ndarray,
    competing: bool,
    rubbish: np.float32,
    scale: np.float32,
) -> tuple[float, int]:
    places = np.zeros(len(layers) + 2, np.int64)  # where each layer's units start; the image comes first
    places[1] = images.shape[1]
    for i in range(len(layers)):
        places[i + 2] = places[i + 1] + layers[i, 3] * layers[i, 4] ** 2
    units, slopes = np.zeros(places[-1], np.float32), np.zeros(places[-1], np.float32)
    total, misread = 0.0, 0
    for n in range(len(images)):
        units[: images.shape[1]] = images[n]
        for i in range(len(layers)):
            x, y = units[places[i] : places[i + 1]], units[places[i + 1] : places[i + 2]]
            _forward(layers[i], kernels, weights, x, y)
            _squash(y)
        top = slice(places[-2], places[-1])
        loss, wrong = _loss(units[top], centres, classes[n], competing, rubbish, scale, slopes[top])
        total += loss
        misread += wrong
        slopes[: places[-2]] = 0
        for i in range(len(layers) - 1, -1, -1):
            x, y = units[places[i] : places[i + 1]], units[places[i + 1] : places[i + 2]]
            dx, dy = slopes[places[i] : places[i + 1]], slopes[places[i + 1] : places[i + 2]]
            for j in range(len(y)):
                dy[j] *= RATIO32 * (LEVEL32 - y[j]) * (LEVEL32 + y[j])
            _backward(layers[i], kernels, weights, rates, x, dx, dy, i > 0)
    return total / max(len(images), 1), misread


@njit(fastmath=True, cache=True)
def _squash(y: np.ndarray) -> None:
    """The scaled tanh in place."""
    for j in range(len(y)):
        t = min(max(SLOPE32 * y[j], -LIMIT), LIMIT)
        u = t * t
        odd = ((((((ODD[0] * u + ODD[1]) * u + ODD[2]) * u + ODD[3]) * u + ODD[4]) * u + ODD[5]) * u + ODD[6]) * t
        y[j] = LEVEL32 * odd / (((EVEN[0] * u + EVEN[1]) * u + EVEN[2]) * u + EVEN[3])


@njit(fastmath=True, cache=True)
def _loss(
    x: np.ndarray,
    centres: np.ndarray,
    right: int,
    competing: bool,
    rubbish: np.float32,
    scale: np.float32,
    dx: np.ndarray,
) -> tuple[float, bool]:
    """Loss of the features ``x``, whether they are misread, and dE/dx into ``dx``."""
    penalties = np.zeros(len(centres), np.float32)
    for i in range(len(centres)):
        for j in range(len(x)):
            penalties[i] += scale * (x[j] - centres[i, j]) ** 2
    misread = penalties.argmin() != right
    if not competing:
        for j in range(len(x)):
            dx[j] = np.float32(2) * scale * (x[j] - centres[right, j])
        return penalties[right], misread
    least = min(penalties.min(), rubbish)
    mass = np.exp(least - penalties)
    everything = mass.sum() + np.exp(least - rubbish)
    dx[:] = 0
    for i in range(len(centres)):
        slope = (1.0 if i == right else 0.0) - mass[i] / everything
        for j in range(len(x)):
            dx[j] += np.float32(2 * slope) * scale * (x[j] - centres[i, j])
    return penalties[right] + np.log(everything) - least, misread


@njit(fastmath=True, cache=True)
def _forward(layer: np.ndarray, kernels: np.ndarray, weights: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
    """Activations ``y`` of one layer for its inputs ``x``, both flat."""
    kind, _, before, maps, after, kernel, place, biases, first, last = layer
    area = after * after
    for m in range(maps):
        y[m * area : (m + 1) * area] = weights[biases + m]
    if kind == FULL:
        for m in range(maps):
            row = weights[place + m * len(x) : place + (m + 1) * len(x)]
            total = np.float32(0)
            for j in range(len(x)):
                total += row[j] * x[j]
            y[m] += total
        return
    # Outputs with rows as long as those of the inputs: a weight then meets its inputs in one run over all rows.
    wide, run = np.zeros(maps * after * before, np.float32), (after - 1) * before + after
    for k in range(first, last):
        into = x[kernels[k, 1] * before * before : (kernels[k, 1] + 1) * before * before]
        if kind == SUBSAMPLING:
            out = y[kernels[k, 0] * area : (kernels[k, 0] + 1) * area]
            coefficient = weights[place + k - first]
            for r in range(after):
                for c in range(after):
                    p = 2 * r * before + 2 * c
                    out[r * after + c] += coefficient * (
                        into[p] + into[p + 1] + into[p + before] + into[p + before + 1]
                    )
            continue
        w = weights[place + (k - first) * kernel * kernel : place + (k - first + 1) * kernel * kernel]
        rows = wide[kernels[k, 0] * after * before :]
        for a in range(kernel):
            for b in range(kernel):
                value = w[a * kernel + b]
                source = into[a * before + b :]
                for j in range(run):
                    rows[j] += value * source[j]
    if kind == CONVOLUTION:
        for r in range(maps * after):
            for c in range(after):
                y[r * after + c] += wide[r * before + c]


@njit(fastmath=True, cache=True)
def _backward(
    layer: np.ndarray,
    kernels: np.ndarray,
    weights: np.ndarray,
    rates: np.ndarray,
    x: np.ndarray,
    dx: np.ndarray,
    dy: np.ndarray,
    further: bool,
) -> None:
    """Add dE/dx of one layer to ``dx`` (where something lies ``further`` down) and move its weights, given dE/dy."""
    kind, _, before, maps, after, kernel, place, biases, first, last = layer
    area = after * after
    for m in range(maps):
        total = np.float32(0)
        for j in range(area):
            total += dy[m * area + j]
        weights[biases + m] -= rates[biases + m] * total
    if kind == FULL:
        for m in range(maps):
            row = weights[place + m * len(x) : place + (m + 1) * len(x)]
            speed = rates[place + m * len(x) : place + (m + 1) * len(x)]
            slope = dy[m]
            for j in range(len(x)):
                dx[j] += row[j] * slope
                row[j] -= speed[j] * slope * x[j]
        return
    wide, run = np.zeros(maps * after * before, np.float32), (after - 1) * before + after
    if kind == CONVOLUTION:
        for r in range(maps * after):
            for c in range(after):
                wide[r * before + c] = dy[r * after + c]
    for k in range(first, last):
        source = slice(kernels[k, 1] * before * before, (kernels[k, 1] + 1) * before * before)
        into, dinto = x[source], dx[source]
        if kind == SUBSAMPLING:
            out = dy[kernels[k, 0] * area : (kernels[k, 0] + 1) * area]
            coefficient, total = weights[place + k - first], np.float32(0)
            for r in range(after):
                for c in range(after):
                    slope, p = out[r * after + c], 2 * r * before + 2 * c
                    for q in (p, p + 1, p + before, p + before + 1):
                        total += slope * into[q]
                        dinto[q] += slope * coefficient
            weights[place + k - first] -= rates[place + k - first] * total
            continue
        start = place + (k - first) * kernel * kernel
        rows = wide[kernels[k, 0] * after * before :]
        for a in range(kernel):
            for b in range(kernel):
                w, total = weights[start + a * kernel + b], np.float32(0)
                here, below = into[a * before + b :], dinto[a * before + b :]
                for j in range(run):
                    total += rows[j] * here[j]
                if further:
                    for j in range(run):
                        below[j] += w * rows[j]
                weights[start + a * kernel + b] = w - rates[start + a * kernel + b] * total
