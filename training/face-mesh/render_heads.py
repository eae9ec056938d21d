"""Draws heads with exact truth for training and for evaluation.

    python3 render_heads.py --head ../../../shared/data/head --work WORK                  training shards
    python3 render_heads.py --head ... --work WORK --export FOLDER --count 300             held-out heads as PNG + JSON

Training heads have seeds from 0, held-out ones from 9,000,000. Shards WORK/heads-NN-{crops,mesh,truth}.npy are
uint8 n x 256 x 256 x 3, float32 n x 478 x 3 in parts of the picture, float32 n x 11: yaw, pitch, roll (degrees),
two unit gaze vectors in the camera's axes (x right, y up, z towards the camera), blink right and left eye.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from heads import Head, surface_points
from render import Skin, Wish, render

HELD = 9_000_000


def load_binding(work):
    b = np.load(Path(work) / "binding.npz")
    return b["corners"], b["weights"]


def true_mesh(head, binding, r):
    """478 points in pixels; depth counts from the mean of the 468 face points."""
    points = np.concatenate([surface_points(r.vertices, binding), head.irises(r.vertices, r.gaze)])
    mesh = r.view.project(points)
    mesh[:, 2] -= mesh[:468, 2].mean()
    return mesh


def sample(skin, binding, seed, size, wish):
    r = render(skin, seed, size, wish)
    mesh = true_mesh(skin.head, binding, r)
    mesh[:, :2] += 0.5
    truth = np.concatenate([r.pose, r.gaze_camera.ravel(), r.blink])
    return r.picture, (mesh / size).astype(np.float32), truth.astype(np.float32)


def export(skin, binding, folder, count, wish):
    """PNG pictures and one truth.json: points in pixels, pose and gaze as in `heads.rotation` and `gaze_vector`."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for i in range(count):
        r = render(skin, HELD + i, 400, wish)
        mesh = true_mesh(skin.head, binding, r)
        name = f"head-{i:04d}.png"
        cv2.imwrite(str(folder / name), r.picture[..., ::-1])
        g = r.gaze_camera.mean(0)
        g /= np.linalg.norm(g)
        rows.append({"file": name, "pose": {"yaw": r.pose[0], "pitch": r.pose[1], "roll": r.pose[2]},
                     "gaze": {"yaw": float(np.degrees(np.arctan2(g[0], g[2]))),
                              "pitch": float(np.degrees(np.arcsin(g[1])))},
                     "blink": list(r.blink), "mesh": np.round(mesh, 2).tolist()})
    (folder / "truth.json").write_text(json.dumps(rows))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--head", required=True)
    args.add_argument("--work", required=True)
    args.add_argument("--shards", type=int, nargs=2, default=(0, 8))
    args.add_argument("--count", type=int, default=1000, help="heads of a shard, or to export")
    args.add_argument("--held", action="store_true", help="one shard of held-out heads instead")
    args.add_argument("--export")
    args = args.parse_args()
    head = Head(args.head)
    skin, binding, work = Skin(head), load_binding(args.work), Path(args.work)
    held = Wish(yaw=60, pitch=25, roll=20, gaze=(28, 18), tame=True)
    if args.export:
        return export(skin, binding, args.export, args.count, held)
    for shard in (["held"] if args.held else range(*args.shards)):
        first, wish = (HELD, held) if args.held else (shard * args.count, Wish())
        rows = [sample(skin, binding, first + i, 256, wish) for i in range(args.count)]
        name = f"heads-{shard}" if args.held else f"heads-{shard:02d}"
        for part, values in zip(("crops", "mesh", "truth"), zip(*rows)):
            np.save(work / f"{name}-{part}.npy", np.stack(values))
        print(name, len(rows), flush=True)


if __name__ == "__main__":
    main()
