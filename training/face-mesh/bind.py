"""Finds where the 468 points of MediaPipe's topology lie on the ICT head.

Heads are drawn, the teacher marks them, and each mark is traced back to the surface it lies on; the median over many
heads, made symmetric, is the point. So both kinds of training data mean the same by a point.

    python3 bind.py --head ../../../shared/data/head --models ../../../shared/models/public --work WORK

writes WORK/binding.npz: corners (468 x 3 vertex indices), weights (468 x 3) and spread (cm, how far the marks scatter).
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from crop import crop_of
from heads import Head, closest_on_surface, normals, surface_points
from render import Skin, Wish, render
from teacher import Teacher

# Where marks are compared: lips and lids are apart here, so that upper and lower ones do not mix.
OPEN = {"jawOpen": 0.6}


def marks_on_surface(teacher, skin, seed, wish):
    """Position (on the open reference shape) and weight of the teacher's marks on one drawn head."""
    head = skin.head
    r = render(skin, seed, 384, wish)
    five = r.view.project(r.vertices[head.landmarks68])[:, :2]
    crop = crop_of(np.array([five[36:42].mean(0), five[42:48].mean(0), five[30], five[48], five[54]]))
    mesh, score, spread = teacher.label(r.picture, crop)
    if score < 0.9 or spread > 0.006:
        return None
    facing = normals(r.vertices, head.face) @ r.view.r.T[:, 2]
    on_face = (r.which >= 0) & (r.which < len(head.face))
    ys, xs = np.nonzero(on_face)
    reference = head.shape(None, OPEN)
    out = np.full((468, 4), np.nan)
    for i, (x, y) in enumerate(mesh[:468, :2]):
        d = (xs - x) ** 2 + (ys - y) ** 2
        k = np.argmin(d)
        if d[k] > 16:
            continue
        corners, weights = head.triangles[r.which[ys[k], xs[k]]], r.weights[ys[k], xs[k]]
        slant = facing[corners] @ weights
        if slant > 0.3:
            out[i] = [*(reference[corners] * weights[:, None]).sum(0), slant**2 / (1 + d[k])]
    return out


def weighted_median(values, weights):
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return values[order][np.searchsorted(total, total[-1] / 2)]


def main():
    args = argparse.ArgumentParser()
    for name in ("--head", "--models", "--work"):
        args.add_argument(name, required=True)
    args.add_argument("--heads", type=int, default=240)
    args = args.parse_args()
    torch.set_num_threads(1)
    teacher, head = Teacher(args.models), Head(args.head)
    skin = Skin(head)
    wish = Wish(yaw=45, pitch=15, roll=8, gaze=(10, 5), plain=True, blink=False, tame=True)
    found = [marks_on_surface(teacher, skin, 7_000_000 + i, wish) for i in range(args.heads)]
    found = np.stack([f for f in found if f is not None])
    # Every head and its mirror image.
    mirrored = found[:, teacher.mirror] * np.array([-1, 1, 1, 1])
    found = np.concatenate([found, mirrored])
    reference = head.shape(None, OPEN)
    points, spread = np.zeros((468, 3)), np.zeros(468)
    for i in range(468):
        seen = found[~np.isnan(found[:, i, 3]), i]
        points[i] = [weighted_median(seen[:, a], seen[:, 3]) for a in range(3)]
        spread[i] = np.median(np.linalg.norm(seen[:, :3] - points[i], axis=1))
    corners, weights = closest_on_surface(points, reference, head.face)
    on = surface_points(reference, (corners, weights))
    print("heads", len(found) // 2, "spread cm: median %.2f, worst %.2f; moved to the surface: worst %.2f"
          % (np.median(spread), spread.max(), np.linalg.norm(on - points, axis=1).max()))
    np.savez(Path(args.work) / "binding.npz", corners=corners, weights=weights, spread=spread)


if __name__ == "__main__":
    main()
