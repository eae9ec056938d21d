"""Draws heads whose lids are half-closed by a known measure.

    python3 draw_eyes.py --head ../../../shared/data/head --mesh MESH --work WORK               eyes to learn from
    python3 draw_eyes.py --head ... --mesh MESH --work WORK --held --count 100                  held-out ones
    python3 draw_eyes.py --head ... --mesh MESH --export FOLDER --count 30                      for `bench eyes --lids`

MESH is the folder of training/face-mesh's recipe, whose binding.npz places the mesh on the head. Writes WORK/drawn-eyes-NN.npz as
gather.py's. The export has every head with its lids in eleven places and truth.json.
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from cut import CORNERS
from gather import eye_of, save

sys.path.append(str(Path(__file__).resolve().parent.parent / "face-mesh"))
from heads import DRAWN, Head  # noqa: E402
from render import Skin, Wish, render  # noqa: E402
from render_heads import HELD, load_binding, true_mesh  # noqa: E402

FIRST = 100_000  # seeds of these heads; those of face-mesh are smaller
STEPS = 11


def wish_of(seed):
    """Every third eye rests; the others are anywhere on their way down. Lashes of the drawn head are one dense sheet: half go without."""
    rng = np.random.default_rng([seed, 1])
    return Wish(blink=False, shut=0.0 if rng.random() < 0.3 else rng.uniform(0.02, 1), lashes=rng.random() < 0.5)


def shuts(skin, seed, wish):
    """Whether lids that are shut hide the eyes: the balls of some random heads stand out of them, and then no lid tells the truth."""
    return balls(skin, seed, replace(wish, shut=1.0)) <= 0.1 * balls(skin, seed, replace(wish, shut=0.0))


def balls(skin, seed, wish):
    """How many pixels show an eyeball."""
    which = render(skin, seed, 320, replace(wish, lashes=False)).which
    shown = skin.head.triangles[which[which >= 0], 0]
    return int(np.isin(skin.head.part_of[shown], [DRAWN.index("M_ScleraLeft"), DRAWN.index("M_ScleraRight")]).sum())


def drawn(skin, binding, seed):
    """Both eyes of a head: wide cuts and how far they are open."""
    if not shuts(skin, seed, wish_of(seed)):
        return
    r = render(skin, seed, 640, wish_of(seed))
    mesh = true_mesh(skin.head, binding, r)
    for eye in range(len(CORNERS)):
        yield eye_of(r.picture, mesh, eye, (r.open[eye], r.open[eye]), f"drawn:{seed}")


def export(skin, binding, folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for i in range(count):
        calm = Wish(yaw=35, pitch=15, roll=15, gaze=(20, 6), blink=False, tame=True, lashes=i % 2 == 0)
        seed = HELD + 500_000 + i
        for step in range(STEPS if shuts(skin, seed, calm) else 0):
            r = render(skin, seed, 640, replace(calm, shut=step / (STEPS - 1)))
            name = f"lids-{i:03d}-{step:02d}.png"
            cv2.imwrite(str(folder / name), cv2.resize(r.picture, (320, 320), interpolation=cv2.INTER_AREA)[..., ::-1])
            rows.append({"file": name, "head": i, "step": step, "open": np.round(r.open, 4).tolist(), "yaw": float(r.pose[0])})
    (folder / "truth.json").write_text(json.dumps(rows))


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--head", required=True)
    args.add_argument("--mesh", required=True, type=Path)
    args.add_argument("--work", type=Path)
    args.add_argument("--shards", type=int, nargs=2, default=(0, 6))
    args.add_argument("--count", type=int, default=250, help="heads of a shard, or to export")
    args.add_argument("--held", action="store_true", help="one shard of held-out heads instead")
    args.add_argument("--export", type=Path)
    args = args.parse_args()
    skin, binding = Skin(Head(args.head)), load_binding(args.mesh)
    if args.export:
        return export(skin, binding, args.export, args.count)
    shards = {"held-eyes": HELD + FIRST} if args.held else \
        {f"drawn-eyes-{shard:02d}": FIRST + shard * args.count for shard in range(*args.shards)}
    for name, first in shards.items():
        save(args.work / name, (e for i in range(args.count) for e in drawn(skin, binding, first + i)))


if __name__ == "__main__":
    main()
