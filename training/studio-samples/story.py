"""What the person of the clip does: 32 moments that are played there and back, so that the clip loops without a jump."""

import numpy as np

from person import Act

MOMENTS = 32
KEYS = {  # at parts of the way there
    "yaw": ((0, -4), (0.06, -4), (0.24, -30), (0.32, -30), (0.55, 30), (0.63, 30), (0.80, 2), (1, 0)),
    "pitch": ((0, 0), (0.24, 1), (0.55, 0), (0.78, 0), (0.835, -11), (0.89, 7), (0.94, -3), (1, 0)),
    "roll": ((0, 2), (0.28, -3), (0.6, 4), (0.8, 1), (1, 0)),
    "smile": ((0, 0.35), (0.3, 0.3), (0.42, 0.9), (0.6, 0.95), (0.75, 0.5), (1, 0.75)),
    "jaw": ((0, 0), (0.62, 0), (0.68, 0.42), (0.73, 0.10), (0.77, 0.35), (0.82, 0), (1, 0)),
    "brow": ((0, 0.05), (0.62, 0.05), (0.69, 0.45), (0.8, 0.1), (1, 0.1)),
    "x": ((0, 0), (0.26, -3.5), (0.6, 3.5), (1, 0)),
    "look": ((0, 0), (0.05, 0), (0.10, -16), (0.30, -14), (0.37, 0), (0.42, 14), (0.6, 14), (0.68, 0), (1, 0)),
    "rise": ((0, 0), (0.12, 3), (0.3, 0), (0.47, 6), (0.6, 0), (1, 0)),
}
BLINKS = (0.045, 0.345, 0.66, 0.955)


def at(name, t):
    from scipy.interpolate import PchipInterpolator

    x, y = zip(*KEYS[name])
    return float(PchipInterpolator(x, y)(t))


def acts():
    for t in np.linspace(0, 1, MOMENTS):
        blink = max(np.exp(-(((t - b) * MOMENTS / 1.1) ** 2)) for b in BLINKS)
        yaw = at("yaw", t)
        yield Act(yaw=yaw, pitch=at("pitch", t), roll=at("roll", t), gaze=(0.5 * yaw + at("look", t), at("rise", t)), blink=float(blink),
                  smile=at("smile", t), jaw=at("jaw", t), brow=at("brow", t), shift=(at("x", t), 0, 0), turn=-6 + 0.22 * yaw)
