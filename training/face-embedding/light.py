"""The network's first step, `net.Light`, for one face of bytes: four planes as bytes, so that the training process only convolves."""

import cv2
import numpy as np

from net import DARK, REACH, SIDE

LOG = np.log(np.arange(256, dtype=np.float32) / 255 + DARK)


def windows(blocks):
    """Sums over 4 x 4 of 28 x 28 blocks, two apart; blocks outside are nothing."""
    wide = np.pad(blocks, 1)
    return sum(wide[y:y + 27:2, x:x + 27:2] for y in range(4) for x in range(4))


COUNTS = 16 * windows(np.ones((28, 28), np.float32))


def around(plane):
    small = windows(plane.reshape(28, 4, 28, 4).sum((1, 3))) / COUNTS
    return cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)


def planes(face):
    """uint8 112 x 112 x 3 (RGB) -> uint8 112 x 112 x 4: -REACH..REACH as 0..255."""
    grey = face.astype(np.float32) @ np.array([0.3, 0.59, 0.11], np.float32) / 255
    log = np.log(grey + DARK)
    local = log - around(log)
    local /= np.sqrt(around(local * local) + 0.01)
    whole = log - log.mean()
    whole /= np.sqrt((whole * whole).mean() + 0.01)
    colours = LOG[face]
    red, blue = colours[..., 0] - colours[..., 1], colours[..., 2] - colours[..., 1]
    out = np.stack([local, whole, 2 * (red - red.mean()), 2 * (blue - blue.mean())], 2)
    return (np.clip(out, -REACH, REACH) * (127.5 / REACH) + 128).astype(np.uint8)
