"""Draws people: one shape, skin, brows, hair and eyes each; pose, expression, gaze, lamps and background differ between their pictures.

    python3 draw_people.py --head ../../../shared/data/head --binding WORK-OF-FACE-MESH --work WORK [--people 1500] [--views 6]

Writes shards WORK/drawn-NN-{faces.npy,who.json} of 50 people. The head, its paint and its lamps are those of ../face-mesh.
"""

import argparse
import json
import sys
from pathlib import Path

import cv2
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1] / "face-mesh"))

from crop import five_points  # noqa: E402
from heads import Head, normals, raster, rotation, surface_points  # noqa: E402
from render import (Skin, Wish, background, edge_blend, paint, random_expression, random_gaze, random_pose,  # noqa: E402
                    random_view, shade)
from align import cut  # noqa: E402

SHARD = 50
SIZE = 224
WISH = Wish(yaw=50, pitch=22, roll=15, gaze=(25, 15), tame=True)


def picture_of(skin, binding, person, view):
    """A picture of a person, RGB, and the person's five points in it."""
    head = skin.head
    same = lambda part: np.random.default_rng([person, part])
    rng = np.random.default_rng([person, 100 + view])
    expressions, blink = random_expression(rng, WISH)
    gaze, lids = random_gaze(rng, WISH, blink)
    vertices = head.shape(same(0).normal(0, 1.1, 100), {**expressions, **lids})
    r = rotation(*random_pose(rng, WISH))
    camera = random_view(rng, vertices, head, r, SIZE)
    albedo, hair = paint(skin, vertices, same(1), gaze)
    up = normals(vertices, head.triangles)
    light = shade(head, up @ r.T, rng, WISH)
    shape = vertices + (hair * same(2).uniform(0, 1.2))[:, None] * up
    which, weights = raster(camera.project(shape).astype(np.float32), head.triangles, SIZE)
    seen = which >= 0
    corners, w = head.triangles[which[seen]], weights[seen][..., None]
    picture = background(rng, SIZE)
    picture[seen] = ((albedo * light[0] + light[1])[corners] * w).sum(1)
    picture = np.clip(edge_blend(picture, seen), 0, 1) ** (1 / 2.2)
    mesh = camera.project(surface_points(vertices, binding))
    return (picture * 255 + 0.5).astype(np.uint8), five_points(mesh)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--head", required=True)
    args.add_argument("--binding", required=True, type=Path, help="folder with binding.npz of ../face-mesh/bind.py")
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--people", type=int, default=1500)
    args.add_argument("--views", type=int, default=6)
    args.add_argument("--sheet", help="draws a few people to look at instead")
    args = args.parse_args()
    cv2.setNumThreads(1)
    skin = Skin(Head(args.head))
    bound = np.load(args.binding / "binding.npz")
    binding = bound["corners"], bound["weights"]
    face = lambda person, view: cut(*picture_of(skin, binding, person, view), margin=16)
    if args.sheet:
        rows = [np.hstack([face(p, v) for v in range(args.views)]) for p in range(args.people)]
        cv2.imwrite(args.sheet, np.vstack(rows)[..., ::-1])
        return
    for shard in range(args.people // SHARD):
        numbers = [(p, v) for p in range(shard * SHARD, (shard + 1) * SHARD) for v in range(args.views)]
        np.save(args.work / f"drawn-{shard:02d}-faces.npy", np.stack([face(p, v) for p, v in numbers]))
        (args.work / f"drawn-{shard:02d}-who.json").write_text(json.dumps([f"drawn:{p}" for p, _ in numbers]))
        print("shard", shard, flush=True)


if __name__ == "__main__":
    main()
