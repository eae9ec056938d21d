"""The crop that the mesh network looks at, from five points: the definition that every engine must repeat (README.md).

Coordinates are pixels; the centre of the top-left pixel is (0, 0). Five points are left eye centre, right eye centre,
nose tip, left and right mouth corner, left and right as in the picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np

SIZE = 128
# Side of the crop in units of the face's size, and how far its centre lies from the middle of the eyes
# towards the middle of the mouth. Measured: they centre the mesh's bounding box on average.
SIDE = 3.6
DOWN = 0.5

# Mesh points that stand for the five: each eye is the mean of its two corners.
LEFT_EYE, RIGHT_EYE, NOSE, LEFT_MOUTH, RIGHT_MOUTH = (33, 133), (362, 263), 1, 61, 291


@dataclass(frozen=True)
class Crop:
    """A turned square: its centre, side and the unit vector of its x axis, in pixels of the picture."""

    cx: float
    cy: float
    side: float
    ux: float
    uy: float

    def to_picture(self, points):
        """Crop units (0..1, z in units of the side) to pixels of the picture (z in pixels)."""
        points = np.asarray(points, np.float64)
        x, y = (points[..., 0] - 0.5) * self.side, (points[..., 1] - 0.5) * self.side
        out = [self.cx + self.ux * x - self.uy * y, self.cy + self.uy * x + self.ux * y]
        return np.stack(out + [points[..., i] * self.side for i in range(2, points.shape[-1])], -1)

    def from_picture(self, points):
        points = np.asarray(points, np.float64)
        x, y = points[..., 0] - self.cx, points[..., 1] - self.cy
        out = [(self.ux * x + self.uy * y) / self.side + 0.5, (self.ux * y - self.uy * x) / self.side + 0.5]
        return np.stack(out + [points[..., i] / self.side for i in range(2, points.shape[-1])], -1)

    def matrix(self, size):
        """The affine map from pixels of the crop, `size` wide, to pixels of the picture."""
        s = self.side / size
        half = (0.5 - size / 2) * s
        tx = self.cx + self.ux * half - self.uy * half
        ty = self.cy + self.uy * half + self.ux * half
        return np.array([[self.ux * s, -self.uy * s, tx], [self.uy * s, self.ux * s, ty]])

    def cut(self, picture, size=SIZE, border=0):
        """The crop's pixels. Shrinking averages (by halving first), so that detail does not alias."""
        matrix = self.matrix(size)
        while np.hypot(matrix[0, 0], matrix[1, 0]) > 2 and min(picture.shape[:2]) >= 2:
            picture, matrix = halve(picture), half_scale(matrix)
        return cv2.warpAffine(picture, matrix, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                              borderMode=cv2.BORDER_CONSTANT, borderValue=(border,) * 3)

    def turned(self, degrees=0.0, scale=1.0, dx=0.0, dy=0.0):
        """The same crop turned about its centre, resized, and moved by parts of its side along its own axes."""
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        centre = self.to_picture(np.array([0.5 + dx, 0.5 + dy]))
        return Crop(centre[0], centre[1], self.side * scale, self.ux * c - self.uy * s, self.uy * c + self.ux * s)


def halve(picture):
    h, w = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
    return cv2.resize(picture[:h, :w], (w // 2, h // 2), interpolation=cv2.INTER_AREA)


def half_scale(matrix):
    # x' = (x + .5) / 2 - .5
    out = matrix / 2
    out[:, 2] -= 0.25
    return out


def crop_of(points5, side=SIDE):
    """The crop of five points. Its x axis adds the line of the eyes and the normal of the line from the eyes to the
    mouth: at large yaw the eyes are close together and say little. Its size is the larger of both lengths, which
    neither yaw nor pitch shortens together."""
    p = np.asarray(points5, np.float64)
    eyes, mouth = (p[0] + p[1]) / 2, (p[3] + p[4]) / 2
    across, down = p[1] - p[0], mouth - eyes
    axis = across + np.array([down[1], -down[0]])
    length = np.hypot(*axis)
    ux, uy = axis / length if length > 1e-9 else (1.0, 0.0)
    size = max(np.hypot(*across), np.hypot(*down), 1e-6)
    centre = eyes + DOWN * down
    return Crop(centre[0], centre[1], side * size, ux, uy)


def five_points(mesh):
    """The five points of a mesh (..., 468 or 478, >= 2)."""
    mesh = np.asarray(mesh)[..., :2]
    eye = lambda pair: (mesh[..., pair[0], :] + mesh[..., pair[1], :]) / 2
    return np.stack([eye(LEFT_EYE), eye(RIGHT_EYE), mesh[..., NOSE, :], mesh[..., LEFT_MOUTH, :],
                     mesh[..., RIGHT_MOUTH, :]], -2)
