"""Draws random heads with exact truth. Everything about a head follows from its seed."""

from dataclasses import dataclass

import cv2
import numpy as np

from heads import DRAWN, IRIS_RADIUS, View, gaze_vector, normals, raster, rotation

SIDES = ("R", "L")  # the eye on the picture's left is the head's right one


@dataclass
class Rendered:
    picture: np.ndarray  # size x size x 3, 8 bit RGB
    vertices: np.ndarray  # of the head, in its own axes
    view: View
    gaze: np.ndarray  # two unit vectors in the head's axes
    gaze_camera: np.ndarray  # the same in the camera's axes
    pose: tuple  # yaw, pitch, roll in degrees
    blink: tuple  # 0 open .. 1 shut
    jaw: float
    open: tuple  # lid gap of the eye on the picture's left and right over that of the same person at rest, 0..1
    which: np.ndarray  # triangle at every pixel, -1 behind
    weights: np.ndarray  # of its corners


@dataclass
class Wish:
    """What a head may do; the defaults cover the training range."""

    yaw: float = 75
    pitch: float = 30
    roll: float = 25
    gaze: tuple = (32, 22)
    plain: bool = False  # no strong light, no hair over the face: for calibration
    blink: bool = True
    shut: float = 0.0  # how far both eyes are shut beyond what else they do; the rest of the head stays as it is
    lashes: bool = True
    expressions: bool = True
    tame: bool = False  # poses mostly moderate


def render(skin, seed, size=256, wish=Wish()):
    """The head of this seed."""
    head = skin.head
    rng = np.random.default_rng(seed)
    identity, pose, expressions, blink, gaze = random_person(rng, wish)
    vertices = head.shape(identity, expressions)
    r = rotation(*pose)
    view = random_view(rng, vertices, head, r, size)
    albedo, hair = paint(skin, vertices, rng, gaze)
    up = normals(vertices, head.triangles)
    light = shade(head, up @ r.T, rng, wish)
    # Hair stands off the skull.
    shape = vertices + (hair * rng.uniform(0, 1.2))[:, None] * up
    triangles = head.triangles if wish.lashes else head.triangles[:-len(head.parts[DRAWN[-1]])]
    which, weights = raster(view.project(shape).astype(np.float32), triangles, size)
    seen = which >= 0
    corners, w = triangles[which[seen]], weights[seen][..., None]
    picture = background(rng, size)
    picture[seen] = ((albedo * light[0] + light[1])[corners] * w).sum(1)
    grain = cv2.GaussianBlur(rng.normal(0, 1, (size, size, 1)).astype(np.float32), (0, 0), rng.uniform(0.6, 2))
    picture *= 1 + 0.06 * rng.random() * (grain * seen)[..., None]
    soft = edge_blend(picture, seen)
    picture = (np.clip(soft, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8)
    gaze_camera = gaze @ r.T
    return Rendered(picture, vertices, view, gaze, gaze_camera, pose, blink, float(expressions.get("jawOpen", 0)),
                    openness(head, identity, expressions), which, weights)


def random_person(rng, wish):
    """Who it is and what the face does: identity, pose, expressions, blink, gaze."""
    identity = rng.normal(0, 1, 100) * rng.choice([0.7, 1.0])
    pose = random_pose(rng, wish)
    expressions, blink = random_expression(rng, wish)
    gaze, lids = random_gaze(rng, wish, blink)
    expressions = {**expressions, **lids}
    if wish.shut:
        blink = (wish.shut, wish.shut)
        expressions |= {f"eyeBlink_{side}": wish.shut for side in SIDES}
    return identity, pose, expressions, blink, gaze


def openness(head, identity, expressions):
    """How far both eyes are open, the picture's left first: the gap of the lids over that of the same person at rest, both
    beyond that of a full blink."""
    shut = {f"eyeBlink_{side}": 1 for side in SIDES}
    now, rest, least = (lid_gaps(head, identity, e) for e in (expressions, {}, shut))
    return tuple(np.clip((now - least) / (rest - least), 0, 1).tolist())


def lid_gaps(head, identity, expressions):
    """Mean of two heights between the rims of the lids, of both eyes, in centimetres."""
    lids = head.landmarks68[[37, 38, 41, 40, 43, 44, 47, 46]]
    up = head.neutral[lids, 1] + np.tensordot(identity, head.identity[:len(identity), lids, 1], 1)
    for name, weight in expressions.items():
        up = up + weight * head.expression[head.names.index(name), lids, 1]
    return (up.reshape(2, 2, 2)[:, 0] - up.reshape(2, 2, 2)[:, 1]).mean(1)


def random_pose(rng, wish):
    spread = lambda limit: rng.uniform(-limit, limit) if rng.random() < (0.3 if wish.tame else 0.65) \
        else np.clip(rng.normal(0, limit / 4), -limit, limit)
    return spread(wish.yaw), spread(wish.pitch), spread(wish.roll)


def random_expression(rng, wish):
    out, blink = {}, [0.0, 0.0]
    if not wish.expressions:
        return out, tuple(blink)
    if rng.random() < 0.5:
        out["jawOpen"] = rng.uniform(0, 1) ** 1.3
    for pair in ("mouthSmile", "mouthFrown", "mouthStretch", "browDown", "browInnerUp", "browOuterUp", "eyeSquint", "eyeWide",
                 "cheekRaiser", "mouthUpperUp", "mouthLowerDown", "noseSneer", "mouthPress", "mouthDimple"):
        if rng.random() < 0.2:
            both = rng.uniform(0, 0.9)
            for side in SIDES:
                out[f"{pair}_{side}"] = float(np.clip(both + rng.normal(0, 0.1), 0, 1))
    for single in ("mouthPucker", "mouthFunnel", "jawLeft", "jawRight", "mouthLeft", "mouthRight",
                   "jawForward", "mouthRollLower", "mouthRollUpper"):
        if rng.random() < 0.08:
            out[single] = rng.uniform(0, 0.8)
    if wish.blink and rng.random() < 0.4:
        both = rng.choice([1.0, rng.uniform(0, 1), rng.uniform(0.3, 0.8)])
        blink = [both, both] if rng.random() < 0.85 else [both, 0.0]
    for side, weight in zip(SIDES, blink):
        if weight:
            out[f"eyeBlink_{side}"] = weight
    return out, tuple(blink)


def random_gaze(rng, wish, blink):
    """Two unit vectors (a little vergence) and the lids that follow them."""
    yaw, pitch = rng.uniform(-wish.gaze[0], wish.gaze[0]), rng.uniform(-wish.gaze[1], wish.gaze[1])
    if rng.random() < 0.2:
        yaw, pitch = yaw * 0.2, pitch * 0.2
    squint = rng.uniform(0, 4)
    gaze = np.array([gaze_vector(yaw + squint / 2, pitch), gaze_vector(yaw - squint / 2, pitch)])
    lids = {}
    for side in SIDES:
        name = "eyeLookUp" if pitch > 0 else "eyeLookDown"
        lids[f"{name}_{side}"] = min(1.0, abs(pitch) / 25) * rng.uniform(0.6, 1)
        # The picture's right is outwards for the head's left eye.
        outwards = (yaw > 0) == (side == "L")
        lids[f"eyeLook{'Out' if outwards else 'In'}_{side}"] = min(1.0, abs(yaw) / 35)
    return gaze, lids


def random_view(rng, vertices, head, r, size):
    """The face about as large and as central in the picture as in a wide crop, seen from 35 cm to 2 m."""
    marks = vertices[head.landmarks68]
    pivot = marks.mean(0) - np.array([0, 0, 3.0])
    scale = size / 1.75 / 3.6 / 6.3 * rng.uniform(0.92, 1.05)
    distance = 1 / rng.uniform(1 / 200, 1 / 35)
    view = View(r, pivot, distance, scale, np.zeros(2))
    seen = view.project(marks)[:, :2].mean(0)
    view.centre = np.array([size / 2, size / 2]) - 0.5 - seen + rng.uniform(-0.03, 0.03, 2) * size
    return view


def smooth(x, a, b):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


class Skin:
    """Soft masks over the vertices of the neutral head, by its 68 landmarks."""

    def __init__(self, head):
        self.head, self.n = head, head.neutral
        self.face = (head.part_of == 0).astype(np.float64)
        marks = self.n[head.landmarks68]
        front = self.face * (self.n[:, 2] > 5)
        self.lips = front * smooth(self.inside(marks[48:60]), -0.12, 0.06)
        lids = np.maximum(self.inside(marks[36:42]), self.inside(marks[42:48]))
        self.lids = front * smooth(-np.abs(lids), -0.28, -0.05)
        self.brow_lines = [marks[17:22], marks[22:27]]
        self.front = front
        self.forehead = np.flatnonzero((front > 0) & (self.n[:, 1] > 3) & (self.n[:, 1] < 8))
        beard = smooth(-self.n[:, 1], 0.6, 2.4) * smooth(-self.n[:, 1] - 0.4 * np.abs(self.n[:, 0]), -2.2, -0.5)
        self.beard = self.face * beard * (1 - self.lips) * smooth(self.n[:, 1], -11, -8)

    def inside(self, polygon):
        """Signed distance to a polygon in the frontal view, positive inside."""
        contour = polygon[:, :2].astype(np.float32).reshape(-1, 1, 2)
        near = np.linalg.norm(self.n[:, :2] - polygon[:, :2].mean(0), axis=1) < 5
        out = np.full(len(self.n), -9.0)
        out[near] = [cv2.pointPolygonTest(contour, (float(x), float(y)), True) for x, y in self.n[near, :2]]
        return out

    def brows(self, width, shift):
        out = np.zeros(len(self.n))
        p = self.n[self.forehead, :2]
        for line in self.brow_lines:
            for a, b in zip(line[:-1, :2], line[1:, :2]):
                d = p - a - [0, shift]
                t = np.clip(d @ (b - a) / ((b - a) @ (b - a)), 0, 1)
                off = np.linalg.norm(d - t[:, None] * (b - a), axis=1)
                out[self.forehead] = np.maximum(out[self.forehead], smooth(-off, -width, -0.4 * width))
        return out * self.front

    def hair(self, line, slope):
        height = self.n[:, 1] - line + slope * (6 - self.n[:, 2])
        return smooth(height, 0, 1.2) * (self.head.part_of <= 1) * (self.n[:, 1] > -9)


def paint(skin_of, vertices, rng, gaze):
    """Linear albedo of every vertex (skin with blotches, lips, brows, hair, beard, eyes, teeth) and how much hair."""
    head, n = skin_of.head, skin_of.n
    tone = rng.random()
    skin = (1 - tone) * np.array([0.62, 0.38, 0.28]) + tone * np.array([0.10, 0.05, 0.03])
    skin = skin * rng.uniform(0.85, 1.15, 3)
    out = np.tile(skin, (len(n), 1))
    waves = sum(rng.normal(0, 1) * np.sin(n @ rng.normal(0, f, 3) + rng.uniform(0, 6.3))
                for f in (0.2, 0.5, 1, 2, 3, 4, 6, 6))
    out *= 1 + rng.uniform(0.01, 0.06) * waves[:, None]
    cheeks = np.exp(-((np.abs(n[:, 0]) - 4.5) ** 2 + n[:, 1] ** 2) / 5)
    out *= 1 + rng.uniform(0, 0.25) * cheeks[:, None] * np.array([1, -0.4, -0.4])
    hair_colour = np.array([0.03, 0.02, 0.015]) + rng.random() ** 2 * np.array([0.5, 0.35, 0.22])
    if rng.random() < 0.15:
        hair_colour = np.array([0.5, 0.5, 0.5]) * rng.uniform(0.4, 1.2)
    hair = skin_of.hair(rng.uniform(7, 10), rng.uniform(0.6, 1)) * (rng.random() < 0.85)
    layers = [
        (skin_of.lips * rng.uniform(0.5, 1), skin * rng.uniform([0.75, 0.4, 0.4], [1.1, 0.75, 0.8])),
        (skin_of.brows(rng.uniform(0.25, 0.55), rng.uniform(-0.2, 0.2)) * rng.uniform(0.3, 0.95), hair_colour),
        (skin_of.lids * rng.uniform(0.1, 0.9), skin * 0.25),
        (skin_of.beard * rng.uniform(0.2, 0.9) * (rng.random() < 0.25), hair_colour),
        (hair, hair_colour),
        (head.part_of == 2, np.array([0.25, 0.07, 0.06]) * rng.uniform(0.3, 1.2)),
        (head.part_of == 3, np.array([0.7, 0.66, 0.55]) * rng.uniform(0.5, 1)),
        (head.part_of == 6, hair_colour * 0.2),
    ]
    for mask, colour in layers:
        out += mask[:, None] * (colour - out)
    paint_eyes(head, vertices, out, rng, gaze)
    return out.astype(np.float32), hair


def paint_eyes(head, vertices, out, rng, gaze):
    white = np.array([0.75, 0.72, 0.7]) * rng.uniform(0.6, 1.1)
    iris = np.array([[0.04, 0.02, 0.01], [0.12, 0.06, 0.02], [0.08, 0.14, 0.22], [0.08, 0.14, 0.07]])[
        rng.integers(4)] * rng.uniform(0.6, 1.8)
    pupil = rng.uniform(0.15, 0.32)
    for eye in (0, 1):
        index = head.eyes[eye]
        centre, radius = head.eyeball(vertices, eye)
        out[index] = eye_colour(vertices[index], centre, radius, gaze[eye], white, iris, pupil)


def eye_colour(points, centre, radius, gaze, white, iris, pupil):
    d = points - centre
    cosine = d @ gaze / np.maximum(np.linalg.norm(d, axis=1), 1e-9)
    off = radius * np.sqrt(np.maximum(0, 1 - cosine**2))
    off = np.where(cosine > 0, off, radius)[:, None]
    ring = smooth(off, IRIS_RADIUS * 0.92, IRIS_RADIUS * 1.06)
    hole = 1 - smooth(off, pupil * 0.85, pupil * 1.15)
    rim = 1 - 0.5 * smooth(off, IRIS_RADIUS * 0.7, IRIS_RADIUS)
    return (iris * rim * (1 - hole) + 0.004 * hole) * (1 - ring) + white * ring


def shade(head, n, rng, wish):
    """Per vertex: multiplier (ambient of two hemispheres and up to two lamps) and highlight,
    for normals in the axes of the camera."""
    up = n @ unit(rng.normal(0, 1, 3) + np.array([0, 1.5, 0]))
    ambient = rng.uniform(0.25, 0.9)
    light = ambient * (0.7 + 0.3 * up)[:, None] * rng.uniform(0.9, 1.1, 3)
    shine = np.zeros(len(n))
    for _ in range(1 if wish.plain else rng.integers(1, 3)):
        d = unit(np.array([0, 0.3, 1.0]) + rng.normal(0, 0.15 if wish.plain else 0.8, 3))
        strength = rng.uniform(0.2, 1.0)
        facing = n @ d
        light += strength * np.clip((facing + 0.15) / 1.15, 0, 1)[:, None] * rng.uniform(0.85, 1.15, 3)
        half = unit(d + np.array([0, 0, 1.0]))
        power = rng.uniform(8, 40)
        shine += strength * rng.uniform(0, 0.12) * np.clip(n @ half, 0, 1) ** power
    inside = (head.part_of == 2) | (head.part_of == 3)
    light[inside] *= rng.uniform(0.15, 0.8)
    # The lids shade the eyes.
    eyes = (head.part_of == 4) | (head.part_of == 5)
    light[eyes] *= rng.uniform(0.6, 1)
    return light.astype(np.float32), shine[:, None].astype(np.float32)


def unit(v):
    return v / np.linalg.norm(v)


def background(rng, size):
    """Blobs, stripes and gradients of random, mostly dull colours, more or less blurred."""
    small = rng.random((rng.integers(2, 9), rng.integers(2, 9), 3)).astype(np.float32) ** 2
    small += (small.mean(-1, keepdims=True) - small) * rng.uniform(0, 1)
    out = cv2.resize(small, (size, size), interpolation=int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_CUBIC])))
    for _ in range(rng.integers(0, 6)):
        a, b = rng.integers(0, size, 2), rng.integers(0, size, 2)
        colour = tuple(float(c) for c in rng.random(3) ** 2)
        if rng.random() < 0.5:
            cv2.rectangle(out, tuple(int(v) for v in a), tuple(int(v) for v in b), colour, -1)
        else:
            cv2.circle(out, tuple(int(v) for v in a), int(rng.integers(4, 60)), colour, -1)
    blur = rng.choice([0, 1, 3, 8])
    out = cv2.GaussianBlur(out, (0, 0), float(blur)) if blur else out
    return np.clip(out * rng.uniform(0.2, 1.2) + 0.03 * rng.normal(0, 1, out.shape).astype(np.float32), 0, 1)


def edge_blend(picture, seen):
    """One pixel of softness where the head ends."""
    soft = cv2.GaussianBlur(picture, (0, 0), 0.7)
    edge = cv2.dilate(seen.astype(np.uint8), np.ones((3, 3))) - cv2.erode(seen.astype(np.uint8), np.ones((3, 3)))
    return np.where(edge[..., None] > 0, soft, picture)
