"""A person: an ICT-FaceKit head that is posed on a neck, its skin's colours, eyes, hair and a pullover."""

from dataclasses import dataclass, field

import numpy as np
from scipy.spatial.transform import Rotation

from hair import Lashes, Scalp, Short, Style, beard_lean, brow_lean, grow
from heads import IRIS_RADIUS, gaze_vector, rotation
from render import smooth

PIVOT = np.array([0.0, -5.0, -1.5])  # the head turns about the top of the neck


@dataclass
class Look:
    """Who it is."""

    seed: int
    size: float = 0.55  # how far the identity is from the mean head
    skin: tuple = (0.60, 0.37, 0.275)  # linear
    lips: tuple = (0.44, 0.17, 0.15)
    iris: tuple = (0.11, 0.055, 0.02)
    hair: tuple = (0.035, 0.018, 0.010)
    style: Style = field(default_factory=Style)
    brows: float = 0.42  # width, cm
    beard: float = 0.0
    blush: float = 0.16
    cloth: tuple = (0.10, 0.20, 0.25)
    features: tuple = ()  # weights of the first identity modes that replace the random ones


@dataclass
class Act:
    """What the person does; angles in degrees, the gaze in the camera's axes."""

    yaw: float = 0
    pitch: float = 0
    roll: float = 0
    gaze: tuple = (0.0, 0.0)
    blink: float = 0
    smile: float = 0.45
    jaw: float = 0
    brow: float = 0.1
    shift: tuple = (0.0, 0.0, 0.0)
    turn: float = 0  # of the shoulders


SMILE = {"mouthSmile": 0.62, "cheekRaiser": 0.45, "eyeSquint": 0.3, "mouthDimple": 0.25, "mouthUpperUp": 0.12, "mouthStretch": 0.08}


def expressions(act, head_gaze):
    out = {"jawOpen": act.jaw, "browInnerUp_L": act.brow, "browInnerUp_R": act.brow, "browOuterUp_L": 0.6 * act.brow,
           "browOuterUp_R": 0.6 * act.brow}
    for side in "LR":
        for name, weight in SMILE.items():
            out[f"{name}_{side}"] = weight * act.smile
        yaw, pitch = head_gaze
        out[f"eyeBlink_{side}"] = act.blink
        out[f"eyeLook{'Up' if pitch > 0 else 'Down'}_{side}"] = (1 - act.blink) * min(1, abs(pitch) / 25)
        outwards = (yaw > 0) == (side == "L")
        out[f"eyeLook{'Out' if outwards else 'In'}_{side}"] = min(1, abs(yaw) / 35)
    return out


class Person:
    """Shapes of one person in the room's axes for any `Act`."""

    def __init__(self, head, skin, obj, look):
        rng = np.random.default_rng(look.seed)
        self.head, self.skin, self.look = head, skin, look
        self.identity = rng.normal(0, look.size, 60)
        self.identity[: len(look.features)] = look.features
        rest = head.shape(self.identity)
        scalp = Scalp(skin, rest)
        self.hair = grow(scalp, look.style, look.seed) if look.style.count else np.zeros((0, 22, 3))
        self.brows = Short(skin, skin.brows(look.brows, 0.08) ** 1.5, 520, 0.55, brow_lean, look.seed)
        self.beard = Short(skin, skin.beard * (skin.n[:, 2] > 0), 9000, look.beard, beard_lean, look.seed + 1) if look.beard else None
        self.lashes = Lashes(obj, look.seed)
        self.bust = rest

    def pose(self, act):
        """Vertices of the head, hair, brows, lashes, eyes (centre, radius, turn) in the room's axes."""
        r = rotation(act.yaw, act.pitch, act.roll)
        looking = r.T @ gaze_vector(*act.gaze)
        head_gaze = np.degrees([np.arctan2(looking[0], looking[2]), np.arcsin(looking[1])])
        head_gaze = np.clip(head_gaze, [-32, -22], [32, 22])
        v = self.head.shape(self.identity, expressions(act, head_gaze)).astype(np.float64)
        body = rotation(act.turn, 0, 0)
        shift = np.array(act.shift)
        turn = Rotation.from_matrix(body.T @ r).as_rotvec()

        def place(p, y):
            w = smooth(y, -13.5, -5.5)[..., None]
            flat = (p - PIVOT).reshape(-1, 3)
            turned = Rotation.from_rotvec((w * turn).reshape(-1, 3)).apply(flat).reshape(p.shape)
            return (turned + PIVOT) @ body.T + shift

        whole = lambda p: (p - PIVOT) @ r.T + PIVOT @ body.T + shift
        out = {"head": place(v, v[:, 1]), "brows": whole(self.brows.strands(v)), "lashes": whole(self.lashes.strands(v)),
               "matrix": (r, PIVOT @ body.T + shift - r @ PIVOT), "body": (body, shift)}
        if self.beard:
            out["beard"] = whole(self.beard.strands(v))
        out["eyes"] = []
        for eye in (0, 1):
            centre, radius = self.head.eyeball(v, eye)
            squint = 0.8 if eye == 0 else -0.8
            gaze = r @ gaze_vector(head_gaze[0] + squint, head_gaze[1])
            out["eyes"].append((whole(centre), radius, gaze))
        return out


def room(p):
    """The head's axes to the room's: x right, y away from the camera, z up."""
    return np.stack([p[..., 0], -p[..., 2], p[..., 1]], -1)


def skin_colours(person):
    """Linear albedo of every vertex and how wet (lips, gums) it is."""
    skin, look, head = person.skin, person.look, person.head
    rng = np.random.default_rng(look.seed + 5)
    n = skin.n
    out = np.tile(np.array(look.skin), (len(n), 1))
    waves = sum(rng.normal(0, 1) * np.sin(n @ rng.normal(0, f, 3) + rng.uniform(0, 6.3)) for f in (0.3, 0.5, 1, 2, 3, 5))
    out *= 1 + 0.012 * waves[:, None]
    red = np.array([1.0, -0.75, -0.7])
    cheeks = np.exp(-((np.abs(n[:, 0]) - 4.6) ** 2 / 4 + (n[:, 1] - 0.2) ** 2 / 4)) * (n[:, 2] > 3)
    nose = np.exp(-((n[:, 0]) ** 2 / 1.6 + (n[:, 1] - 0.2) ** 2 / 1.5)) * (n[:, 2] > 10)
    ears = smooth(np.abs(n[:, 0]), 7.6, 8.6) * (n[:, 1] < 6)
    for where, much in ((cheeks, 1), (nose, 0.7), (ears, 0.8)):
        out *= 1 + look.blush * much * where[:, None] * red
    socket = np.exp(-((np.abs(n[:, 0]) - 2.9) ** 2 / 3 + (n[:, 1] - 2.6) ** 2 / 0.6)) * (n[:, 2] > 7)
    out *= 1 - 0.10 * socket[:, None] * np.array([0.7, 1, 0.9])
    hair = np.array(look.hair)
    layers = [(skin.lips * 0.8, np.array(look.lips)), (skin.lids * 0.22, np.array(look.skin) * np.array([0.55, 0.4, 0.4])),
              (skin.brows(look.brows, 0.08) * 0.35, hair * 1.5)]
    if look.style.count:
        layers.append((skin.hair(*look.style.hairline) * (n[:, 1] > -5) * 0.75, hair * 1.5))
    if look.beard:
        layers.append((skin.beard * 0.45, hair * 2))
    layers += [(head.part_of == 2, np.array([0.42, 0.13, 0.12])), (head.part_of == 3, np.array([0.80, 0.76, 0.66]))]
    for mask, colour in layers:
        out += mask[:, None] * (colour - out)
    wet = np.maximum(skin.lips, (head.part_of == 2) | (head.part_of == 3))
    return np.clip(out, 0, 1), wet


def eyeball(look, radius):
    """A sphere that looks along +z with its colours: vertices, quads, colours."""
    rings = np.concatenate([np.linspace(0, 0.62, 90), np.linspace(0.64, np.pi, 40)])
    around = np.linspace(0, 2 * np.pi, 192, endpoint=False)
    off = radius * np.sin(rings)[:, None] * np.ones_like(around)
    bulge = 0.07 * smooth(-off, -0.62, -0.1) * (rings < 1.5)[:, None]
    v = np.stack([off * np.cos(around), off * np.sin(around), radius * np.cos(rings)[:, None] + bulge], -1)
    rng = np.random.default_rng(look.seed + 9)
    fibre = sum(rng.normal(0, 1) * np.sin(k * around + rng.uniform(0, 6.3) + rng.normal(0, 2) * off)
                for k in (7, 13, 22, 31, 43, 57)) / 2.4
    r = off / IRIS_RADIUS
    shade = (1 + 0.30 * fibre * smooth(r, 0.3, 0.6)) * (1 + 0.9 * np.exp(-((r - 0.48) / 0.13) ** 2)) * (1.15 - 0.75 * smooth(r, 0.72, 1))
    iris = np.array(look.iris) * shade[..., None]
    white = np.array([0.74, 0.70, 0.67]) * np.ones_like(iris)
    white[..., 1:] *= (1 - 0.12 * smooth(off, 0.75, 1.25))[..., None]
    front = (rings < 1.5)[:, None]
    edge = np.where(front, smooth(r, 0.90, 1.10), 1)[..., None]
    pupil = np.where(front, 1 - smooth(r, 0.33, 0.39), 0)[..., None]
    c = iris * (1 - edge) + white * edge
    c = c * (1 - pupil) + 0.003 * pupil
    m, k = len(rings), len(around)
    i, j = np.meshgrid(np.arange(m - 1), np.arange(k), indexing="ij")
    quads = np.stack([i * k + j, (i + 1) * k + j, (i + 1) * k + (j + 1) % k, i * k + (j + 1) % k], -1).reshape(-1, 4)
    return v.reshape(-1, 3), quads, np.clip(c, 0, 1).reshape(-1, 3)


def capsule(p, a, b, ra, rb):
    """Signed distance to a rod from a to b whose radius goes from ra to rb."""
    a, b = np.array(a, float), np.array(b, float)
    t = np.clip((p - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
    return np.linalg.norm(p - a - t[..., None] * (b - a), axis=-1) - ra - t * (rb - ra)


def blend(a, b, k):
    """Smooth union of two distances."""
    h = np.clip(0.5 + 0.5 * (b - a) / k, 0, 1)
    return b + (a - b) * h - k * h * (1 - h)


def torso_distance(p):
    """Signed distance to shoulders, chest and upper arms, in centimetres, mirrored in x."""
    q = p.copy()
    q[..., 0] = np.abs(q[..., 0])
    d = capsule(q, (0, -15.5, -3.2), (16.3, -19.6, -3.6), 5.4, 4.6)
    chest = (np.linalg.norm((q - np.array([0, -36, -0.5])) / np.array([17.5, 20.5, 11.5]), axis=-1) - 1) * 11.5
    d = blend(d, chest, 6)
    d = blend(d, capsule(q, (17.6, -22, -3.6), (20.8, -48, -2.5), 5.2, 4.9), 3)
    return blend(d, capsule(q, (0, -9, -3.4), (0, -17, -2), 6.0, 8.2), 3.5)


def pullover():
    """Vertices and quads of the knitted body: rings about the spine, found on rays."""
    y = np.concatenate([np.linspace(-10.2, -22, 70), np.linspace(-22.5, -60, 60)])
    around = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    axis = np.stack([0 * y, y, -2.4 + 0 * y], -1)
    ray = np.stack([np.sin(around), 0 * around, np.cos(around)], -1)
    far = np.zeros((len(y), len(around)))
    low, high = far.copy(), far + 34
    for _ in range(26):
        middle = (low + high) / 2
        inside = torso_distance(axis[:, None] + middle[..., None] * ray[None]) < 0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    v = axis[:, None] + low[..., None] * ray[None]
    keep = v[..., 1] < neckline(v) + 0.4
    m, k = len(y), len(around)
    i, j = np.meshgrid(np.arange(m - 1), np.arange(k), indexing="ij")
    quads = np.stack([i * k + j, (i + 1) * k + j, (i + 1) * k + (j + 1) % k, i * k + (j + 1) % k], -1).reshape(-1, 4)
    quads = quads[keep.reshape(-1)[quads].all(1)]
    return v.reshape(-1, 3), quads


def neckline(p):
    """Height of the pullover's edge: lower in front than at the nape."""
    return -12.4 - 0.20 * (p[..., 2] + 2.5)


def bare(person, faces):
    """The faces of the head's mesh that no cloth covers: what lies below the neckline and close to the pullover would show through it."""
    p = person.bust
    under = p[:, 1] - neckline(p)
    covered = (under < -3) | ((under < -0.6) & (torso_distance(p) > -1.0))
    return faces[~covered[faces].any(1)]


def collar():
    """The ribbed band along the neckline: vertices and quads of a bent tube."""
    around, tube = np.linspace(0, 2 * np.pi, 360, endpoint=False), np.linspace(0, 2 * np.pi, 20, endpoint=False)
    a, t = np.meshgrid(around, tube, indexing="ij")
    rib = 0.07 * np.cos(a * 90)
    out, up = (0.55 + rib) * np.cos(t), (1.15 + rib) * np.sin(t)
    ray = np.stack([np.sin(a), 0 * a, np.cos(a)], -1)
    centre = np.array([0, 0, -2.4]) + collar_radius(a)[..., None] * ray
    centre[..., 1] = neckline(centre)
    v = centre + (out - 0.35 * up)[..., None] * ray + up[..., None] * np.array([0, 1, 0])
    m, k = v.shape[:2]
    i, j = np.meshgrid(np.arange(m), np.arange(k), indexing="ij")
    quads = np.stack([i * k + j, i * k + (j + 1) % k, (i + 1) % m * k + (j + 1) % k, (i + 1) % m * k + j], -1).reshape(-1, 4)
    return v.reshape(-1, 3), quads


def collar_radius(a):
    """How far the torso's surface is from its axis at the neckline, in each direction."""
    low, high = np.zeros_like(a), np.full_like(a, 20)
    ray = np.stack([np.sin(a), 0 * a, np.cos(a)], -1)
    for _ in range(24):
        middle = (low + high) / 2
        p = np.array([0, 0, -2.4]) + middle[..., None] * ray
        p[..., 1] = neckline(p)
        inside = torso_distance(p) < 0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return low
