"""The AMAP depends on where the ink is and on nothing else: not on speed, order or direction of the pen."""

import numpy as np
import pytest

from recognizer.ink import amap

HEIGHT, SPACING = 16.0, 0.25


def picture(*strokes: np.ndarray) -> np.ndarray:
    drawn = [amap.trajectory(stroke, HEIGHT, SPACING) for stroke in strokes]
    position = np.concatenate([stroke.position for stroke in drawn])
    return amap.paint(position, np.concatenate([stroke.paint for stroke in drawn]), 24, 24)


def arc(points: np.ndarray) -> np.ndarray:
    return np.stack([12 + 7 * np.cos(points), 11 + 8 * np.sin(points)], 1)


def line(degrees: float) -> np.ndarray:
    angle = np.deg2rad(degrees)
    return 12 + np.linspace(-8, 8, 9)[:, None] * np.array([np.cos(angle), np.sin(angle)])


@pytest.fixture
def curve() -> np.ndarray:
    return arc(np.linspace(0.3, 5.0, 40))


def test_speed_does_not_matter(curve):
    steps = np.sort(np.concatenate([np.arange(40), np.random.default_rng(0).uniform(0, 39, 200)]))
    slower = np.stack([np.interp(steps, np.arange(40), curve[:, axis]) for axis in range(2)], 1)
    np.testing.assert_allclose(picture(slower), picture(curve), atol=1e-4)


def test_waiting_does_not_matter(curve):
    np.testing.assert_allclose(picture(np.repeat(curve, 3, axis=0)), picture(curve), atol=1e-4)


def test_direction_does_not_matter(curve):
    np.testing.assert_allclose(picture(curve[::-1]), picture(curve), atol=1e-4)


def test_order_of_strokes_does_not_matter(curve):
    other = line(30)
    np.testing.assert_allclose(picture(curve, other), picture(other, curve), atol=1e-4)


@pytest.mark.parametrize(("degrees", "channel"), [(0, 0), (45, 1), (90, 2), (135, 3)])
def test_a_straight_line_fills_the_channel_of_its_orientation_only(degrees, channel):
    image = picture(line(degrees))
    assert image[channel, 12, 12] == pytest.approx(1, abs=0.05)
    assert np.delete(image, channel, axis=0).max() < 0.05


def test_the_tighter_the_turn_the_stronger_the_curvature():
    turn = np.linspace(0, 2 * np.pi, 100)
    wide = picture(np.stack([12 + 9 * np.cos(turn), 12 + 9 * np.sin(turn)], 1))[-1]
    tight = picture(np.stack([12 + 3 * np.cos(turn), 12 + 3 * np.sin(turn)], 1))[-1]
    assert tight.max() > 1.5 * wide.max() > 0


def test_a_dot_goes_every_way_at_once():
    image = picture(np.array([[12.0, 12.0], [12.0, 12.0]]))
    assert image[:4].max() > 0
    np.testing.assert_allclose(image[:4], image[:1].repeat(4, axis=0))
    assert image[4].max() == 0
