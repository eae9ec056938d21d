"""The ICT-FaceKit head (MIT): shapes, expressions, eyes that turn, and a small z-buffer renderer.

Axes of the head: x to its left (right in the picture), y up, z out of the face, in centimetres. The camera looks along
-z; picture x goes right, y down.
"""

import json
from pathlib import Path

import numpy as np
from numba import njit

# Parts that are drawn; wet surfaces and occlusion cards of the eyes are not. The sclera carries the painted iris.
DRAWN = ("M_Face", "M_BackHead", "M_GumsTongue", "M_Teeth", "M_ScleraLeft", "M_ScleraRight", "M_EyeLashes")
IRIS_RADIUS = 0.59  # cm, an adult's


class Head:
    """The deformable head; sides are the head's own, as in ICT-FaceKit."""

    def __init__(self, folder):
        folder = Path(folder)
        data = np.load(folder / "ict-facekit.npz")
        self.neutral = data["neutral"].astype(np.float32)
        self.identity = data["identity"].astype(np.float32)
        self.expression = data["expression"].astype(np.float32)
        self.names = (folder / "expression_names.txt").read_text().split()
        self.landmarks68 = np.array(
            json.loads((folder / "vertex_indices.json").read_text())["idx_to_landmark_verts"])
        self.parts = read_parts(folder / "generic_neutral_mesh.obj")
        self.triangles = np.concatenate([self.parts[p] for p in DRAWN])
        self.part_of = np.zeros(len(self.neutral), np.int32)
        for i, p in enumerate(DRAWN):
            self.part_of[np.unique(self.parts[p])] = i
        self.face = self.parts["M_Face"]
        self.eyes = [np.unique(self.parts[p]) for p in ("M_ScleraRight", "M_ScleraLeft")]

    def shape(self, identity=None, expressions=None):
        """Vertices for identity weights (about standard normal) and expression weights by name (0..1)."""
        v = self.neutral.copy()
        if identity is not None:
            k = len(identity)
            v += np.tensordot(np.asarray(identity, np.float32), self.identity[:k], 1)
        for name, weight in (expressions or {}).items():
            v += np.float32(weight) * self.expression[self.names.index(name)]
        return v

    def eyeball(self, vertices, eye):
        """Centre and radius of the head's right (0) or left (1) eyeball: the sphere through its sclera."""
        p = vertices[self.eyes[eye]].astype(np.float64)
        a = np.c_[2 * p, np.ones(len(p))]
        c, *_ = np.linalg.lstsq(a, (p**2).sum(1), rcond=None)
        return c[:3], float(np.sqrt(c[3] + (c[:3] ** 2).sum()))

    def irises(self, vertices, gaze):
        """Ten points for the unit gaze vectors of the right and left eye: centre, right, top, left, bottom of the
        picture, first for the eye on the picture's left."""
        out = []
        for eye in (0, 1):
            centre, radius = self.eyeball(vertices, eye)
            g = gaze[eye]
            right = np.array([1.0, 0, 0]) - g[0] * g
            right /= np.linalg.norm(right)
            up = np.cross(g, right)
            middle = centre + np.sqrt(radius**2 - IRIS_RADIUS**2) * g
            out += [middle] + [middle + IRIS_RADIUS * d for d in (right, up, -right, -up)]
        return np.array(out)


def read_parts(path):
    """Triangles of every material of the head's Wavefront file."""
    parts, part = {}, None
    for line in open(path):
        if line.startswith("usemtl"):
            part = parts.setdefault(line.split()[1], [])
        elif line.startswith("f "):
            c = [int(k.split("/")[0]) - 1 for k in line.split()[1:]]
            part += [(c[0], c[i], c[i + 1]) for i in range(1, len(c) - 1)]
    return {k: np.array(v, np.int32) for k, v in parts.items()}


def gaze_vector(yaw, pitch):
    """Unit vector of a gaze in degrees: yaw to the right of the picture, pitch up."""
    y, p = np.radians(yaw), np.radians(pitch)
    return np.array([np.sin(y) * np.cos(p), np.sin(p), np.cos(y) * np.cos(p)])


def rotation(yaw, pitch, roll):
    """Head to camera: roll about z, then pitch about x, then yaw about y are undone in that order, so R = Ry Rx Rz.
    Positive yaw turns the face to the right of the picture, positive pitch up, positive roll clockwise in the picture.
    """
    y, p, r = np.radians([yaw, -pitch, -roll])
    ry = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    rx = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    rz = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return ry @ rx @ rz


def angles(r):
    """Yaw, pitch, roll in degrees of a rotation; inverse of `rotation`."""
    yaw = np.arctan2(r[0, 2], r[2, 2])
    pitch = -np.arcsin(np.clip(-r[1, 2], -1, 1))
    roll = -np.arctan2(r[1, 0], r[1, 1])
    return np.degrees([yaw, pitch, roll])


class View:
    """A pinhole camera in front of the head: pixels of a size x size picture, depth in the same units."""

    def __init__(self, r, pivot, distance, scale, centre):
        self.r, self.pivot, self.distance, self.scale, self.centre = r, pivot, distance, scale, centre

    def project(self, points):
        """x and y in pixels, z as the depth behind the pivot at the pivot's scale (nearer is smaller)."""
        p = (np.asarray(points, np.float64) - self.pivot) @ self.r.T
        near = self.distance / (self.distance - p[:, 2])
        return np.stack([self.centre[0] + self.scale * near * p[:, 0], self.centre[1] - self.scale * near * p[:, 1],
                         -self.scale * p[:, 2]], 1)


def normals(vertices, triangles):
    a, b, c = (vertices[triangles[:, i]] for i in range(3))
    n = np.cross(b - a, c - a)
    out = np.zeros_like(vertices)
    for axis in range(3):
        for i in range(3):
            out[:, axis] += np.bincount(triangles[:, i], n[:, axis], len(vertices))
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


@njit(cache=True)
def raster(points, triangles, size):
    """Nearest triangle (or -1) and its barycentric weights at every pixel."""
    depth = np.full((size, size), np.inf, np.float32)
    which = np.full((size, size), -1, np.int32)
    weights = np.zeros((size, size, 3), np.float32)
    for t in range(len(triangles)):
        a, b, c = points[triangles[t, 0]], points[triangles[t, 1]], points[triangles[t, 2]]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if area == 0:
            continue
        x0, x1 = max(0, int(np.ceil(min(a[0], b[0], c[0])))), min(size - 1, int(np.floor(max(a[0], b[0], c[0]))))
        y0, y1 = max(0, int(np.ceil(min(a[1], b[1], c[1])))), min(size - 1, int(np.floor(max(a[1], b[1], c[1]))))
        for y in range(y0, y1 + 1):
            for x in range(x0, x1 + 1):
                u = ((b[0] - x) * (c[1] - y) - (b[1] - y) * (c[0] - x)) / area
                v = ((c[0] - x) * (a[1] - y) - (c[1] - y) * (a[0] - x)) / area
                w = 1 - u - v
                if u < 0 or v < 0 or w < 0:
                    continue
                z = u * a[2] + v * b[2] + w * c[2]
                if z < depth[y, x]:
                    depth[y, x] = z
                    which[y, x] = t
                    weights[y, x, 0], weights[y, x, 1], weights[y, x, 2] = u, v, w
    return which, weights


def surface_points(vertices, binding):
    """Points bound to a surface: (corner indices n x 3, weights n x 3)."""
    corners, weights = binding
    return (vertices[corners] * weights[..., None]).sum(1)


def closest_on_surface(points, vertices, triangles, near=24):
    """Binding of the closest surface point of each point: exact on the triangles around the nearest centroids."""
    from scipy.spatial import cKDTree

    corners = vertices[triangles].astype(np.float64)
    _, candidates = cKDTree(corners.mean(1)).query(points, near)
    out_corners, out_weights = [], []
    for p, ts in zip(np.asarray(points, np.float64), candidates):
        best = min((closest_on_triangle(p, *corners[t]) + (t,) for t in ts), key=lambda k: k[0])
        out_corners.append(triangles[best[2]])
        out_weights.append(best[1])
    return np.array(out_corners), np.array(out_weights, np.float32)


def closest_on_triangle(p, a, b, c):
    """Squared distance and barycentric weights of the closest point (projection, clamped to edges)."""
    e0, e1 = b - a, c - a
    m = np.array([[e0 @ e0, e0 @ e1], [e0 @ e1, e1 @ e1]])
    try:
        s, t = np.linalg.solve(m, [e0 @ (p - a), e1 @ (p - a)])
    except np.linalg.LinAlgError:
        s, t = 0.0, 0.0
    if s < 0 or t < 0 or s + t > 1:
        options = []
        for i, (q, r) in enumerate(((a, b), (b, c), (c, a))):
            d = r - q
            k = np.clip((p - q) @ d / max(d @ d, 1e-12), 0, 1)
            w = np.zeros(3)
            w[i], w[(i + 1) % 3] = 1 - k, k
            options.append((((q + k * d - p) ** 2).sum(), w))
        return min(options, key=lambda o: o[0])
    return (((a + s * e0 + t * e1) - p) ** 2).sum(), np.array([1 - s - t, s, t])
