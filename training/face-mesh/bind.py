"""Finds where the 468 points of MediaPipe's topology lie on the ICT head.

Heads are drawn and the teacher marks them; a point is the place of the surface whose projections are nearest to the
teacher's marks over all heads, made symmetric. So both kinds of training data mean the same by a point.

    python3 bind.py --head ../../../shared/data/head --models ../../../shared/models/public --work WORK

writes WORK/binding.npz: corners (468 x 3 vertex indices), weights (468 x 3), error (cm, median over the heads).
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from scipy.interpolate import RBFInterpolator

from crop import crop_of
from heads import Head, closest_on_surface, surface_points
from render import Skin, Wish, render
from teacher import Teacher

# Where places are averaged: lips are apart here, so that upper and lower ones do not mix.
OPEN = {"jawOpen": 0.6}
# The same landmarks in both numberings: brows, bridge and tip of the nose, eyes, outer and inner lips, chin.
MARKS_68 = [8, *range(17, 31), 33, *range(36, 68)]
MARKS_478 = [152, 70, 63, 105, 66, 107, 336, 296, 334, 293, 300, 168, 197, 5, 1, 2, 33, 160, 158, 133, 153, 144, 362,
             385, 387, 263, 373, 380, 61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317,
             14, 87]


def candidates(head):
    """Corners, middles of edges and centroids of the face's triangles, as bindings."""
    t = head.face
    rows = [(np.c_[c, c, c], np.tile([1.0, 0, 0], (len(c), 1))) for c in (np.unique(t),)]
    edges = np.unique(np.sort(np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]), 1), axis=0)
    rows.append((np.c_[edges, edges[:, 0]], np.tile([0.5, 0.5, 0], (len(edges), 1))))
    rows.append((t, np.full(t.shape, 1 / 3)))
    return np.concatenate([r[0] for r in rows]), np.concatenate([r[1] for r in rows])


def marks(teacher, skin, seed, wish, places):
    """The teacher's marks and all places on one drawn head, in centimetres of the picture."""
    r = render(skin, seed, 384, wish)
    five = r.view.project(r.vertices[skin.head.landmarks68])[:, :2]
    crop = crop_of(np.array([five[36:42].mean(0), five[42:48].mean(0), five[30], five[48], five[54]]))
    mesh, score, spread = teacher.label(r.picture, crop)
    if score < 0.9 or spread > 0.006:
        return None
    return mesh[:468, :2] / r.view.scale, r.view.project(surface_points(r.vertices, places))[:, :2].astype(np.float32) / r.view.scale


def guesses(teacher, head, reference_head):
    """Roughly where the points lie: the canonical face, warped onto the head by the landmarks that both name."""
    source, target = teacher.canonical[MARKS_478], reference_head[head.landmarks68[MARKS_68]]
    return RBFInterpolator(source, target, kernel="thin_plate_spline")(teacher.canonical[:468])


def nearest_place(i, found, reference, guess, reach=3.5):
    """The place around the guess that is nearest to mark i over all heads, and its mean distance."""
    near = np.flatnonzero(np.linalg.norm(reference - guess, axis=1) < reach)
    seen = np.stack([places[near] for _, places in found])
    mark = np.stack([m[i] for m, _ in found])[:, None].astype(np.float32)
    cost = np.minimum(np.sqrt(((seen - mark) ** 2).sum(-1)), 2).mean(0)
    return near[cost.argmin()], cost.min()


def main():
    args = argparse.ArgumentParser()
    for name in ("--head", "--models", "--work"):
        args.add_argument(name, required=True)
    args.add_argument("--heads", type=int, default=120)
    args = args.parse_args()
    torch.set_num_threads(1)
    teacher, head = Teacher(args.models), Head(args.head)
    skin, places = Skin(head), candidates(head)
    reference = surface_points(head.shape(None, OPEN), places)
    guess = guesses(teacher, head, head.shape(None, OPEN))
    wish = Wish(yaw=45, pitch=15, roll=8, gaze=(10, 5), plain=True, blink=False, tame=True)
    found = [marks(teacher, skin, 7_000_000 + i, wish, places) for i in range(args.heads)]
    found = [f for f in found if f is not None]
    best, error = zip(*(nearest_place(i, found, reference, guess[i]) for i in range(468)))
    best, error = np.array(best), np.array(error)
    points = (reference[best] + reference[best][teacher.mirror] * np.array([-1, 1, 1])) / 2
    corners, weights = closest_on_surface(points, head.shape(None, OPEN), head.face)
    moved = np.linalg.norm(surface_points(head.shape(None, OPEN), (corners, weights)) - reference[best], axis=1)
    print(f"{len(found)} heads; mean distance in cm: median {np.median(error):.2f}, worst {error.max():.2f}; "
          f"made symmetric by: median {np.median(moved):.2f}, worst {moved.max():.2f}")
    np.savez(Path(args.work) / "binding.npz", corners=corners, weights=weights, error=error)


if __name__ == "__main__":
    main()
