"""Strands of hair, brows, lashes and beard as polylines in the head's own axes (x to the picture's right, y up, z out of the
face, centimetres)."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from heads import normals
from render import smooth


@dataclass
class Style:
    length: float = 24  # of a strand, cm
    stops: float = -9.0  # height below which strands end
    parting: float = 2.0  # x of the parting
    volume: float = 1.1  # how far the outer layer stands off the skull, cm
    lift: float = 0.5  # how steeply strands leave the skin, 0..1
    sweep: float = 0.8  # how much the fringe is combed back rather than to the side
    curl: float = 0.0  # radius of curls, cm
    turns: float = 0.6  # radians of a curl for each centimetre
    hairline: tuple = (8.6, 0.78)  # height and slope of `Skin.hair`
    count: int = 26000
    locks: int = 1300
    tie: float = 0.55  # how much the strands of a lock come together
    fall: float = 1.0  # weight that draws strands down


def on_triangles(rng, vertices, triangles, weight, count):
    """Random corners and barycentric weights, spread by area times the corners' mean weight."""
    a, b, c = (vertices[triangles[:, i]] for i in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1) * weight[triangles].mean(1)
    chosen = rng.choice(len(triangles), count, p=area / area.sum())
    u, v = rng.random((2, count))
    flip = u + v > 1
    u[flip], v[flip] = 1 - u[flip], 1 - v[flip]
    return triangles[chosen], np.stack([1 - u - v, u, v], 1)


def at(vertices, corners, weights):
    return (vertices[corners] * weights[..., None]).sum(1)


def unit(v):
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


class Scalp:
    """The skull that hair grows on and lies on."""

    def __init__(self, skin, vertices):
        head = skin.head
        self.skin, self.v = skin, vertices
        self.triangles = np.concatenate([head.parts["M_Face"], head.parts["M_BackHead"]])
        n = normals(vertices, self.triangles)
        used = np.unique(self.triangles)
        outer = used[(np.abs(vertices[used, 0]) > 6) | (vertices[used, 2] > 7) | (vertices[used, 1] > 4) | (vertices[used, 2] < -2)]
        self.points, self.normals, self.n = vertices[outer], n[outer], n
        self.tree = cKDTree(self.points)

    def nearest(self, p):
        """Distance off the skin (signed) and the skin's normal."""
        _, k = self.tree.query(p, 4)
        n = unit(self.normals[k].mean(1))
        return ((p - self.points[k].mean(1)) * n).sum(1), n


def grow(scalp, style, seed):
    """count x steps x 3 strands, combed from a parting, tied to locks."""
    rng = np.random.default_rng(seed)
    # The hairline is ragged by a few millimetres.
    edge = scalp.skin.hair(*style.hairline) * (scalp.skin.n[:, 1] > -5)
    corners, w = on_triangles(rng, scalp.v, scalp.triangles, np.where(edge > 0.12, 1.0, 0.0), style.count)
    roots, n = at(scalp.v, corners, w), unit(at(scalp.n, corners, w))
    keep = at(edge[:, None], corners, w)[:, 0] > rng.uniform(0.1, 0.5, style.count)
    roots, n = roots[keep], n[keep]
    strands = combed(scalp, style, rng, roots, n)
    locks = rng.choice(len(roots), style.locks, replace=False)
    _, mine = cKDTree(roots[locks]).query(roots)
    lead = strands[locks][mine]
    t = np.linspace(0, 1, strands.shape[1])[None, :, None]
    strands += (lead - strands) * style.tie * smooth(t, 0.1, 0.8)
    if style.curl:
        strands += curls(rng, style, strands, locks, mine)
    wild = rng.normal(0, 1, (len(roots), 1, 3)) * 0.10 * (1 + 3 * (rng.random((len(roots), 1, 1)) < 0.06))
    return strands + wild * t**1.5


def combed(scalp, style, rng, roots, n):
    steps = 22
    p, d = roots.copy(), unit(n * style.lift + 0.15 * rng.normal(0, 1, roots.shape))
    length = style.length * rng.uniform(0.8, 1.05, len(p))
    layer = style.volume * rng.uniform(0.15, 1, len(p))
    end = style.stops + rng.normal(0, 0.5, len(p))
    side = np.where(roots[:, 0] > style.parting + rng.normal(0, 0.25, len(p)), 1.0, -1.0)
    out = [p.copy()]
    for k in range(1, steps):
        step = (length / (steps - 1))[:, None]
        s, m = scalp.nearest(p)
        want = comb(p, side, style)
        want -= np.minimum(0, (want * m).sum(1, keepdims=True)) * m * (s < 2.5)[:, None]
        want -= np.maximum(0, (want * m).sum(1, keepdims=True)) * m
        # What stands off the skull falls and is drawn back to its layer.
        off = np.clip((s - layer) / 1.5, 0, 1) * (p[:, 1] > -1)
        want = unit(want) - off[:, None] * (1.1 * m + np.array([0, 0.9 * style.fall, 0]))
        d = unit(d + 0.45 * (unit(want) - d))
        p = p + step * d * (p[:, 1] > end)[:, None]
        s, m = scalp.nearest(p)
        rise = layer * min(1, k / 4)
        p = p + np.clip(rise - s, 0, 1.2)[:, None] * m * (s > -3)[:, None]
        out.append(p.copy())
    return np.stack(out, 1)


def comb(p, side, style):
    """Sideways from the parting on top, back at the fringe, down elsewhere."""
    front = smooth(p[:, 2], 1.5, 6.5)
    top = smooth(p[:, 1], 5, 11)
    x = side * (0.25 + 0.9 * np.maximum(top, 0.9 * front))
    y = -style.fall * (0.15 + 1.0 * (1 - top) * (1 - 0.6 * front))
    z = -0.25 * top - style.sweep * front
    return np.stack([x * (1 - 0.8 * (1 - top) * (1 - front)), y, z], 1)


def curls(rng, style, strands, locks, mine):
    """Helices, one phase for each lock."""
    steps = strands.shape[1]
    along = np.linspace(0, 1, steps) * style.length
    phase = rng.uniform(0, 6.3, len(locks))[mine][:, None] + rng.normal(0, 0.3, (len(mine), 1))
    turn = style.turns * rng.uniform(0.8, 1.2, len(locks))[mine][:, None] * along + phase
    d = unit(np.gradient(strands, axis=1) + 1e-6)
    a = unit(np.cross(d, np.array([0.3, 0.2, 1.0])))
    b = np.cross(d, a)
    grow_in = smooth(along, 0.3, 3)[None, :, None] * style.curl
    return grow_in * (np.cos(turn)[..., None] * a + np.sin(turn)[..., None] * b)


def bound(rng, skin, vertices, mask, count):
    """Roots bound to the face where `mask` is: corners, weights."""
    return on_triangles(rng, vertices, skin.head.parts["M_Face"], mask, count)


class Short:
    """Short hair that moves with the skin: brows, stubble, beard."""

    def __init__(self, skin, mask, count, length, lean, seed):
        rng = np.random.default_rng(seed)
        self.faces = skin.head.parts["M_Face"]
        self.corners, self.weights = bound(rng, skin, skin.head.neutral, mask, count)
        self.length = length * rng.uniform(0.6, 1.1, count)
        self.lean = lean(at(skin.n, self.corners, self.weights)) + 0.18 * rng.normal(0, 1, (count, 3))
        self.rise = rng.uniform(0.25, 0.6, (count, 1))

    def strands(self, vertices):
        p = at(vertices, self.corners, self.weights)
        n = unit(at(normals(vertices, self.faces), self.corners, self.weights))
        lean = self.lean - (self.lean * n).sum(1, keepdims=True) * n
        d = unit(unit(lean) + self.rise * n)
        t = np.linspace(0, 1, 4)[None, :, None] * self.length[:, None, None]
        return p[:, None] + t * d[:, None] - 0.35 * t**2 * n[:, None] * self.rise[:, None]


def brow_lean(p):
    """Brow hair grows up at the nose and outwards beyond."""
    out = np.sign(p[:, :1]) * smooth(np.abs(p[:, :1]), 0.8, 2.2)
    return np.concatenate([out, 0.9 - 0.85 * np.abs(out), 0 * out], 1)


def beard_lean(p):
    return np.stack([0.25 * np.sign(p[:, 0]), -np.ones(len(p)), np.zeros(len(p))], 1)


class Lashes:
    """Lashes along the cards of the head's model (grids of 6 rows of 19 vertices, from the lid to the tips)."""

    def __init__(self, obj, seed, count=60):
        rng = np.random.default_rng(seed)
        self.ends = []
        for rows in lash_cards(obj):
            u = np.sort(rng.uniform(0.3, 17.7, count))
            k = u.astype(int)
            reach = rng.uniform(0.55, 0.9, count) * np.minimum(1, 0.45 + u / 12)
            for s, f, r in zip(k, u - k, reach):
                along = np.linspace(0, 5 * r, 5)
                low = np.minimum(along.astype(int), 4)
                t = along - low
                corners = np.stack([rows[low, s], rows[low, s + 1], rows[low + 1, s], rows[low + 1, s + 1]], 1)
                weights = np.stack([(1 - t) * (1 - f), (1 - t) * f, t * (1 - f), t * f], 1)
                self.ends.append((corners, weights))
        self.corners, self.weights = (np.array(k) for k in zip(*self.ends))

    def strands(self, vertices):
        return (vertices[self.corners] * self.weights[..., None]).sum(2)


def lash_cards(obj):
    """Vertex numbers of every card, 6 x 19, row 0 at the lid, column 0 at the nose; two of the three layers of each lid."""
    texture, mine, points, part = [], {}, [], None
    for line in open(obj):
        word, *rest = line.split() or [""]
        if word == "v":
            points.append([float(k) for k in rest])
        elif word == "vt":
            texture.append([float(k) for k in rest[:2]])
        elif word == "usemtl":
            part = rest[0]
        elif word == "f" and part == "M_EyeLashes":
            for corner in rest:
                a, b = corner.split("/")[:2]
                mine[int(a) - 1] = texture[int(b) - 1]
    index, uv, points = np.array(list(mine)), np.array(list(mine.values())), np.array(points)
    cards = []
    for right in (False, True):
        for floor in (0.848, 0.516, 0.346):
            here = ((uv[:, 0] < 6.5) == right) & (uv[:, 1] > floor - 0.01) & (uv[:, 1] < floor + 0.15)
            i, place = index[here], uv[here].round(3)
            rows = i[np.lexsort((place[:, 0], -place[:, 1]))].reshape(6, 19)
            if abs(points[rows[0, 0], 0]) > abs(points[rows[0, -1], 0]):
                rows = rows[:, ::-1]
            cards.append(rows)
    return cards
