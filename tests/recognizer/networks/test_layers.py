"""The squashing function, in the two ways it is computed."""

import torch

from recognizer.networks.layers import ScaledTanh, scaled_tanh


def test_the_quick_way_differs_by_rounding_alone() -> None:
    activation = torch.linspace(-12, 12, 1001)
    torch.testing.assert_close(ScaledTanh()(activation), scaled_tanh(activation), atol=1e-6, rtol=0)
