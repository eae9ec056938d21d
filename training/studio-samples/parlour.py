"""The room behind the person: shelves with books, lamps, fairy lights, a plant and pictures, two to four metres away."""

import bpy
import numpy as np

from stage import Nodes, area, mesh, plain

WALL = 330.0


def box(name, low, high, material):
    low, high = np.array(low, float), np.array(high, float)
    c = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
    faces = [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
    return mesh(name, low + c * (high - low), np.array(faces), material, smooth=False)


def ball(name, place, radius, material, squash=1.0):
    u, v = np.meshgrid(np.linspace(0, np.pi, 17), np.linspace(0, 2 * np.pi, 32, endpoint=False), indexing="ij")
    p = np.stack([np.sin(u) * np.cos(v), np.sin(u) * np.sin(v), squash * np.cos(u)], -1).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(16), np.arange(32), indexing="ij")
    q = np.stack([i * 32 + j, (i + 1) * 32 + j, (i + 1) * 32 + (j + 1) % 32, i * 32 + (j + 1) % 32], -1).reshape(-1, 4)
    return mesh(name, np.array(place) + radius * p, q, material)


def rod(name, a, b, radius, material):
    a, b = np.array(a, float), np.array(b, float)
    d = (b - a) / np.linalg.norm(b - a)
    x = np.cross(d, [0.3, 0.9, 0.1])
    x /= np.linalg.norm(x)
    t = np.linspace(0, 2 * np.pi, 16, endpoint=False)[:, None]
    ring = radius * (np.cos(t) * x + np.sin(t) * np.cross(d, x))
    j = np.arange(16)
    q = np.stack([j, (j + 1) % 16, 16 + (j + 1) % 16, 16 + j], 1)
    return mesh(name, np.concatenate([a + ring, b + ring]), q, material)


def glow(name, colour, strength):
    s = Nodes(name)
    e = s.node("ShaderNodeEmission", Color=tuple(colour), Strength=strength)
    s.tree.links.new(e.outputs[0], s.out.inputs[0])
    s.material.cycles.sample_as_light = False  # the lamps beside them light the room, with less noise
    return s.material


def build(seed=4):
    rng = np.random.default_rng(seed)
    wall = Nodes("wall")
    wall.set(Base_Color=wall.mix("MIX", wall.noise(0.02, 4.0), (0.155, 0.20, 0.185), (0.19, 0.245, 0.22)), Roughness=0.9, Specular=0.1)
    wall.bump(wall.noise(0.6, 4.0), 0.15, 0.4)
    box("wall", (-500, WALL, -140), (500, WALL + 10, 260), wall.material)
    box("floor", (-500, -400, -150), (500, WALL, -140), plain("floor", (0.20, 0.12, 0.07), 0.5))
    box("side", (380, -100, -140), (390, WALL, 260), plain("side", (0.4, 0.36, 0.31), 0.9))
    wood = Nodes("wood")
    grain = wood.node("ShaderNodeTexNoise", Scale=0.35, Detail=6.0, Distortion=2.0, Vector=wood.object_place()).outputs["Fac"]
    wood.set(Base_Color=wood.mix("MIX", grain, (0.16, 0.075, 0.032), (0.30, 0.155, 0.07)), Roughness=0.45, Specular=0.4)
    shelves(rng, wood.material)
    pictures(rng, wood.material)
    lamps(rng)
    plant(rng, (-104, 190, -48), 62)
    fairy(rng)


def shelves(rng, wood):
    left, right, front, back = 30, 150, WALL - 46, WALL
    for x in (left - 3, (left + right) / 2 - 1.5, right):
        box("upright", (x, front, -140), (x + 3, back, 95), wood)
    box("crown", (left - 6, front - 2, 95), (right + 6, back, 99), wood)
    box("back", (left, back - 2, -140), (right, back - 1, 95), plain("shelf back", (0.10, 0.055, 0.03)))
    for z in (-108, -72, -36, 0, 34, 66):
        box("shelf", (left, front + 0.4, z - 3), (right, back, z), wood)
        x = left + 1.5
        while x < right - 3:
            width = rng.uniform(2.2, 5.5)
            middle = (left + right) / 2
            if x < middle + 2 and x + width > middle - 2:
                x = middle + 2.2
                continue
            if rng.random() < 0.07:
                x += ornament(rng, x, front + 14, z)
                continue
            book(rng, x, width, front, z)
            x += width + 0.25


BOOKS = np.array([[0.42, 0.10, 0.07], [0.08, 0.16, 0.30], [0.55, 0.42, 0.22], [0.07, 0.22, 0.18], [0.60, 0.52, 0.42], [0.30, 0.13, 0.20],
                  [0.62, 0.30, 0.08], [0.10, 0.10, 0.12], [0.26, 0.34, 0.40], [0.70, 0.64, 0.55]])


def book(rng, x, width, front, z):
    height, depth = rng.uniform(20, 30), rng.uniform(16, 24)
    colour = BOOKS[rng.integers(len(BOOKS))] * rng.uniform(0.7, 1.1, 3)
    lean = rng.uniform(4, 9)
    box("book", (x, front + lean, z), (x + width, front + lean + depth, z + height), plain("cover", colour, 0.55))
    band = np.array([0.75, 0.6, 0.3]) if colour.mean() < 0.3 else np.array([0.1, 0.07, 0.05])
    for k in (0.16, 0.72):
        box("band", (x - 0.02, front + lean - 0.1, z + k * height), (x + width + 0.02, front + lean, z + (k + rng.uniform(0.02, 0.12)) * height),
            plain("band", band, 0.4))


def ornament(rng, x, y, z):
    radius = rng.uniform(5, 8)
    ball("vase", (x + radius, y + radius, z + 1.3 * radius), radius, plain("vase", rng.uniform(0.15, 0.7, 3), 0.15, 0.5), 1.3)
    return 2 * radius + 1


def pictures(rng, wood):
    for x, z, w, h in ((-58, 22, 44, 56), (-6, 48, 26, 32)):
        box("frame", (x - 2, WALL - 3, z - 2), (x + w + 2, WALL, z + h + 2), plain("frame", (0.05, 0.035, 0.025), 0.4))
        box("mount", (x, WALL - 3.4, z), (x + w, WALL - 1, z + h), plain("mount", (0.72, 0.69, 0.62)))
        inner = (x + 0.16 * w, z + 0.16 * h, 0.68 * w, 0.68 * h)
        s = Nodes("painting")
        hills = s.node("ShaderNodeTexNoise", Scale=0.06, Detail=5.0, Distortion=1.0, Vector=s.object_place()).outputs["Fac"]
        ramp = s.node("ShaderNodeValToRGB", Fac=hills)
        for k, c in zip((0.35, 0.65), ((0.07, 0.15, 0.24, 1), (0.75, 0.42, 0.18, 1))):
            e = ramp.color_ramp.elements[0 if k < 0.5 else 1]
            e.position, e.color = k, c
        s.set(Base_Color=ramp.outputs[0], Roughness=0.5)
        box("painting", (inner[0], WALL - 3.6, inner[1]), (inner[0] + inner[2], WALL - 3.3, inner[1] + inner[3]), s.material)


def lamps(rng):
    brass = plain("brass", (0.55, 0.38, 0.16), 0.3, 0.5, Metallic=1.0)
    shade = glow("shade", (1.0, 0.62, 0.30), 5.0)
    # A standing lamp with a paper globe on the left and a small one on the shelf.
    rod("pole", (-78, 262, -140), (-78, 262, 8), 1.2, brass)
    ball("globe", (-78, 262, 22), 15, shade, 0.92)
    bulb("globe light", (-78, 240, 22), 9e4, (1.0, 0.66, 0.36))
    ball("bulb", (112, 262, 17), 6.5, glow("warm", (1.0, 0.58, 0.25), 9.0))
    bulb("shelf light", (112, 250, 17), 2.5e4, (1.0, 0.62, 0.32))


def bulb(name, place, watts, colour):
    lamp = bpy.data.lights.new(name, "POINT")
    lamp.energy, lamp.color, lamp.shadow_soft_size = watts, colour, 14
    o = bpy.data.objects.new(name, lamp)
    bpy.context.collection.objects.link(o)
    o.location = place


def fairy(rng):
    """Small warm bulbs on a slack string from wall to shelf: highlights that an open lens turns into discs."""
    lights = [glow("fairy", c, 30.0) for c in ((1.0, 0.66, 0.32), (1.0, 0.55, 0.25), (1.0, 0.75, 0.45))]
    wire = plain("wire", (0.03, 0.03, 0.03))
    for x0, x1, z, sag, y in ((-150, 20, 84, 16, 300), (20, 190, 84, 14, 278)):
        t = np.linspace(0, 1, 15)
        p = np.stack([x0 + (x1 - x0) * t, np.full(15, y) + rng.normal(0, 1, 15), z - sag * 4 * t * (1 - t)], 1)
        for a, b in zip(p, p[1:]):
            rod("wire", a, b, 0.18, wire)
        for q in p:
            ball("fairy", q - np.array([0, 0, 1.4]), 1.15, lights[rng.integers(3)], 1.3)


def plant(rng, place, size):
    """A pot with broad leaves on bent stems."""
    x, y, z = place
    pot = plain("pot", (0.62, 0.33, 0.20), 0.7)
    rod("pot", (x, y, z - 30), (x, y, z), 15, pot)
    leaf = Nodes("leaf")
    leaf.set(Base_Color=leaf.mix("MIX", leaf.noise(0.2), (0.035, 0.13, 0.03), (0.09, 0.24, 0.06)), Roughness=0.35, Specular=0.4)
    for k in range(34):
        turn, reach, lift = rng.uniform(0, 6.28), rng.uniform(0.35, 1) * size * 0.55, rng.uniform(0.3, 1) * size
        t = np.linspace(0, 1, 12)
        out = np.array([np.cos(turn), np.sin(turn) * 0.8, 0])
        spine = np.array(place) + np.outer(reach * t, out) + np.outer(lift * t * (1.35 - 0.5 * t), [0, 0, 1])
        width = 4.6 * np.sin(np.pi * np.clip((t - 0.45) / 0.55, 0, 1)) ** 0.8 + 0.35
        across = np.cross(out, [0, 0, 1])
        v = np.concatenate([spine - width[:, None] * across, spine + np.array([0, 0, 1.0]), spine + width[:, None] * across])
        i = np.arange(11)
        q = np.concatenate([np.stack([i + a, i + a + 1, i + a + 13, i + a + 12], 1) for a in (0, 12)])
        mesh("leaf", v, q, leaf.material)


def light(sky_path):
    """A big window on the left in front, a weak fill, a warm rim from behind."""
    from stage import sky

    sky(sky_path, 0.22, 2.2)
    # Each ray asks one lamp, all with equal chances: those that matter most are there several times.
    for _ in range(4):
        area("window", (-150, -130, 95), (0, 0, 0), 120, 4.6e5 / 4, (1.0, 0.95, 0.88))
    for _ in range(2):
        area("fill", (170, -150, 10), (0, 0, -5), 150, 0.9e5 / 2, (1.0, 0.86, 0.74))
    area("rim", (95, 120, 85), (0, 0, 4), 45, 2.6e5, (1.0, 0.78, 0.55))
    area("room", (0, 120, 240), (0, 290, -20), 160, 4.5e5, (1.0, 0.86, 0.70))
