"""Head pose and gaze from a mesh: the definitions that the engine repeats."""

import numpy as np

from heads import angles

# Points that expressions hardly move: forehead, temples, bridge of the nose, corners of the eyes, cheekbones.
RIGID = (10, 67, 297, 109, 338, 103, 332, 54, 284, 21, 251, 162, 389, 127, 356, 234, 454, 151, 9, 8, 168, 6, 197, 195,
         5, 4, 1, 33, 133, 362, 263, 116, 345, 117, 346, 50, 280, 98, 327)
IRIS_DEPTH = 1.46  # cm from the centre of the eyeball to the plane of the iris
EYES = ((33, 133, 468), (362, 263, 473))


def upright(mesh):
    """Mesh axes (x right, y down, z away) to the head's (x right, y up, z out of the face)."""
    return np.asarray(mesh, np.float64) * np.array([1, -1, -1])


def fit(mesh, reference):
    """Scale and rotation that take the reference head (cm) to the mesh, by its rigid points (Kabsch, Umeyama)."""
    a, b = reference[list(RIGID)], upright(mesh)[list(RIGID)]
    a, b = a - a.mean(0), b - b.mean(0)
    u, s, vt = np.linalg.svd(b.T @ a)
    d = np.sign(np.linalg.det(u @ vt))
    r = u @ np.diag([1, 1, d]) @ vt
    return (s * [1, 1, d]).sum() / (a**2).sum(), r


def pose(mesh, reference):
    """Yaw, pitch and roll in degrees: right, up and clockwise in the picture are positive."""
    return angles(fit(mesh, reference)[1])


def gaze(mesh, reference, eyeballs):
    """Unit gaze vector in the camera's axes (x right, y up, z towards the camera), the mean of both eyes. The eyeball
    is fixed in the head: it lies where the reference head has it, seen from the corners of the eye."""
    scale, r = fit(mesh, reference)
    points, out = upright(mesh), np.zeros(3)
    for (a, b, iris), centre in zip(EYES, eyeballs):
        offset = centre - (reference[a] + reference[b]) / 2
        eyeball = (points[a] + points[b]) / 2 + scale * r @ offset
        x, y = (points[iris] - eyeball)[:2] / (scale * IRIS_DEPTH)
        length = max(1.0, np.hypot(x, y))
        out += np.array([x / length, y / length, np.sqrt(max(0.0, 1 - min(1.0, x * x + y * y)))])
    return out / np.linalg.norm(out)


def degrees_between(a, b):
    return float(np.degrees(np.arccos(np.clip(np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b), -1, 1))))


def mouth_ratio(mesh):
    """Opening of the inner lips over the width of the mouth."""
    d = lambda i, j: np.linalg.norm(mesh[i, :2] - mesh[j, :2])
    return d(13, 14) / max(d(78, 308), 1e-9)
