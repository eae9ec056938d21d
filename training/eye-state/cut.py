"""The cut of an eye that the network looks at, from a face's mesh: the definition that every engine must repeat (README.md)."""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parent.parent / "face-mesh"))
from crop import Crop  # noqa: E402

SIZE = 48
# The side of the cut over the distance of the eye's corners in space.
SIDE = 1.5
# Corners of the eye on the picture's left and of the other one, each from left to right as in the upright picture.
CORNERS = ((33, 133), (362, 263))
# Upper and lower lid, three pairs of points (Soukupova and Cech 2016), of both eyes.
LIDS = (((160, 144), (159, 145), (158, 153)), ((385, 380), (386, 374), (387, 373)))


def eye_cut(mesh, eye):
    """The turned square around an eye of a mesh in pixels (478 x 3): 0 for the picture's left one, 1 for the other."""
    a, b = (np.asarray(mesh[i], np.float64) for i in CORNERS[eye])
    x, y = (b - a)[:2]
    length = np.hypot(x, y)
    ux, uy = (x / length, y / length) if length > 1e-9 else (1.0, 0.0)
    centre = (a + b)[:2] / 2
    return Crop(centre[0], centre[1], SIDE * max(np.linalg.norm(b - a), 1e-6), ux, uy)


def aspect_ratio(mesh, eye):
    """Mean height between the lids over the width between the corners, in space."""
    apart = lambda i, j: np.linalg.norm(mesh[i] - mesh[j])
    return np.mean([apart(*pair) for pair in LIDS[eye]]) / max(apart(*CORNERS[eye]), 1e-9)


def turned_away(mesh, eye):
    """How far the head turns this eye to its far side, in degrees; negative for the eye that comes nearer."""
    across = np.asarray(mesh[263], np.float64) - mesh[33]
    yaw = np.degrees(np.arctan2(across[2], np.hypot(across[0], across[1])))
    return yaw if eye == 1 else -yaw
