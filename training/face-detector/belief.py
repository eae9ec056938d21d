"""Weighs the detector's score and the mesh network's presence against each other: python3 belief.py --cache DIR --weights FILE --mesh FILE --sure 0.66

Candidates are found in held-out pictures as the engine finds them, on a pyramid, and looked at twice by the mesh network. A logistic regression on
the log-odds of both tells the best of each face from everything in grounds without one: its numbers stand in the engine's Belief.java.
"""

import argparse
import importlib.util
import math
import sys
from pathlib import Path

import cv2
import numpy as np
import torch

import compose
from eval import Ours
from teacher import overlap, suppress

MESH = Path(__file__).resolve().parent.parent / "face-mesh"
sys.path.append(str(MESH))
from crop import crop_of, five_points

LEAST = 0.2  # the least score of a candidate, before --sure moves it
MOST = 8.0  # log-odds that no answer exceeds


def mesh_network(weights):
    spec = importlib.util.spec_from_file_location("mesh_net", MESH / "net.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    net = module.MeshNet()
    net.load_state_dict(torch.load(weights)["net"])
    return net.eval()


def odds(p):
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return np.clip(np.log(p / (1 - p)), -MOST, MOST)


def candidates(detector, picture):
    """Rows as the detector's, from 160 pixels (with black around) to the picture's own size, doubling."""
    longest, side, found = max(picture.shape[:2]), 160, []
    while True:
        scale = min(side, longest) / longest
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
        around = 40 if side == 160 else 0
        rows = detector(cv2.copyMakeBorder(small, *[around] * 4, cv2.BORDER_CONSTANT), LEAST).copy()
        rows[:, [0, 1, *range(4, 14)]] = (rows[:, [0, 1, *range(4, 14)]] - around + 0.5) / scale - 0.5
        rows[:, 2:4] /= scale
        found.append(rows)
        if side >= longest:
            return suppress(np.concatenate(found))
        side *= 2


@torch.no_grad()
def presence(mesh, picture, five):
    rgb = picture[..., ::-1]
    for _ in range(2):
        crop = crop_of(five)
        if not 1e-3 < crop.side < 1e5:
            return 0.0
        points, there = mesh.see(torch.from_numpy(np.ascontiguousarray(crop.cut(rgb))).permute(2, 0, 1)[None].float() / 255)
        five = five_points(crop.to_picture(points[0].numpy()))
    return float(there)


def variants(item, rng):
    """A held-out picture as it is, turned, and cut out small and tight, each with its main face."""
    picture, face = compose.opened(item), max(item.faces, key=compose.size_of)
    height, width = picture.shape[:2]
    yield "plain", picture, face
    middle = ((width - 1) / 2, (height - 1) / 2)
    turn = compose.similarity(1, rng.choice([-1, 1]) * rng.uniform(0.5, 0.9), middle, middle)
    yield "turned", cv2.warpAffine(picture, turn, (width, height)), compose.moved(face[None], turn)[0]
    scale = 80 / (compose.size_of(face) * rng.uniform(1, 1.5))
    tight = compose.similarity(scale, rng.normal(0, 0.15), face[:2] + face[2:4] / 2, 39.5 + rng.normal(0, 4, 2))
    yield "tight", compose.warp(picture, tight, 80, scale, cv2.BORDER_REFLECT_101), compose.moved(face[None], tight)[0]


def fitted(x, y):
    """Weights of the log-odds and their constant."""
    x, y = torch.from_numpy(np.c_[x, np.ones(len(x))]), torch.from_numpy(y)
    weights = torch.zeros(3, dtype=torch.double, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=500, line_search_fn="strong_wolfe")

    def loss():
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y) + 1e-5 * (weights[:2] ** 2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return weights.detach().numpy()


def gathered(cache, detector, mesh, count):
    """Rows of kind, score and presence: one for each face asked for (zeros where it has no candidate), one for each candidate on a ground."""
    rng, rows = np.random.default_rng(11), []
    people, heads = (compose.load(cache / f"{what}.pkl", True)[:count] for what in ("people", "heads"))
    asked = [v for item in people for v in variants(item, rng)]
    asked += [("drawn", compose.opened(item), item.faces[0]) for item in heads]
    for kind, picture, face in asked:
        found = [f for f in candidates(detector, picture) if overlap(face, f[None])[0] > 0.4]
        best = max(found, key=lambda f: f[14]) if found else None
        rows.append((kind, 0.0, 0.0) if best is None else (kind, best[14], presence(mesh, picture, best[4:14].reshape(5, 2))))
    grounds = [g for g in compose.load(cache / "grounds.pkl", True) if not len(g.faces) and not len(g.vague)][: count or None]
    for item in grounds:
        picture = compose.opened(item)
        rows += [("ground", f[14], presence(mesh, picture, f[4:14].reshape(5, 2))) for f in candidates(detector, picture)]
    return rows, len(grounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="the detector's")
    parser.add_argument("--mesh", type=Path, required=True, help="the mesh network's")
    parser.add_argument("--sure", type=float, default=0.5, help="as for export.py")
    parser.add_argument("--count", type=int, help="pictures of each kind, for a quick look")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    rows, grounds = gathered(options.cache, Ours(options.weights), mesh_network(options.mesh), options.count)
    kinds = np.array([r[0] for r in rows])
    x = np.stack([odds(np.array([r[1] for r in rows])) - math.log(options.sure / (1 - options.sure)), odds(np.array([r[2] for r in rows]))], 1)
    seen = np.array([r[1] > 0 for r in rows])
    weights = fitted(x[seen], (kinds != "ground")[seen].astype(np.float64))
    print("score %.2f, presence %.2f, constant %.2f" % tuple(weights))
    belief = np.where(seen, np.c_[x, np.ones(len(x))] @ weights, -99)
    for least in (-2, -1, 0, 1, 2):
        told = ", ".join(f"{k} {100 * (belief[kinds == k] >= least).mean():.1f} %" for k in ("plain", "turned", "tight", "drawn") if (kinds == k).any())
        print(f"belief from {1 / (1 + math.exp(-least)):.2f}: {told}; {(belief[kinds == 'ground'] >= least).sum()} false faces in {grounds} grounds")


if __name__ == "__main__":
    main()
