"""Makes the average face that the engine lays over meshes: its points, how steady each is, and triangles to draw it with.

    python3 canonical.py --head ../../../shared/data/head --work WORK --out ../../engine/vision/src/main/resources/dev/fovea/vision

WORK holds binding.npz of ../face-mesh/bind.py: where the mesh's points lie on the ICT head. Prints the eyeball's place, which Gaze.java states.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from scipy.spatial import Delaunay

sys.path.append(str(Path(__file__).resolve().parent.parent / "face-mesh"))
from heads import IRIS_RADIUS, Head, surface_points  # noqa: E402

PEOPLE = 300
LICENCE = "# made of the ICT head (https://github.com/ICT-VGL/ICT-FaceKit, MIT licence) by training/canonical-face\n"
EYES = ((33, 133), (362, 263))
# The openings of the face, which a drawing leaves open.
EYE_LEFT = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246]
EYE_RIGHT = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466]
MOUTH = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191]


def random_person(head, rng):
    expressions = {name: rng.uniform(0, 0.8) for name in head.names if "eyeLook" not in name and rng.random() < 0.15}
    if rng.random() < 0.4:
        expressions["jawOpen"] = rng.uniform(0, 1)
    return head.shape(rng.normal(0, 1, 100), expressions)


def points(head, vertices, binding):
    ahead = np.array([[0, 0, 1.0], [0, 0, 1.0]])
    return np.concatenate([surface_points(vertices, binding), head.irises(vertices, ahead)])


def fit(a, b, weights):
    """Scale, turn and shift that take a to b (Umeyama 1991)."""
    w = weights / weights.sum()
    ma, mb = w @ a, w @ b
    u, s, vt = np.linalg.svd((w[:, None] * (b - mb)).T @ (a - ma))
    flip = np.array([1, 1, np.sign(np.linalg.det(u @ vt))])
    r = u @ np.diag(flip) @ vt
    scale = (s * flip).sum() / (w * ((a - ma) ** 2).sum(1)).sum()
    return lambda p: scale * (p - ma) @ r.T + mb


def steady_mean(meshes, reference):
    """The mean after alignment, and the inverse of each point's variance there; each is found with the help of the other."""
    mean, weights = meshes.mean(0), np.r_[np.ones(468), np.zeros(10)]
    for _ in range(5):
        aligned = np.array([fit(m, mean, weights)(m) for m in meshes])
        variance = ((aligned - aligned.mean(0)) ** 2).sum(-1).mean(0)
        weights = np.r_[1 / (variance[:468] + 0.01), np.zeros(10)]
        mean = fit(aligned.mean(0), reference, weights)(aligned.mean(0))
    return mean, weights / weights.max()


def triangles(mean):
    """Delaunay triangles of the face unrolled around its axis; its openings stay open."""
    face = mean[:468]
    flat = np.c_[np.arctan2(face[:, 0], face[:, 2] + 4) * 9, face[:, 1]]
    holes = [set(h) for h in (EYE_LEFT, EYE_RIGHT, MOUTH)]
    found = [t for t in Delaunay(flat).simplices if not any(set(t) <= h for h in holes)]
    longest = [max(np.linalg.norm(face[t[i]] - face[t[i - 1]]) for i in range(3)) for t in found]
    return [anticlockwise(t, flat) for t, length in zip(found, longest) if length < 3.2]


def anticlockwise(t, flat):
    (ax, ay), (bx, by), (cx, cy) = flat[t]
    return t if (bx - ax) * (cy - ay) > (by - ay) * (cx - ax) else t[::-1]


def eyeballs(head, people, meshes):
    for eye, (a, b) in enumerate(EYES):
        balls = [head.eyeball(p, eye) for p in people]
        offset = np.array([ball[0] - (m[a] + m[b]) / 2 for ball, m in zip(balls, meshes)])
        depth = np.sqrt(np.mean([ball[1] for ball in balls]) ** 2 - IRIS_RADIUS**2)
        print("eye", eye, "centre from the middle of its corners", offset.mean(0).round(3), "+-", offset.std(0).round(3),
              "to the iris", depth.round(3))


def main():
    args = argparse.ArgumentParser()
    for name in ("--head", "--work", "--out"):
        args.add_argument(name, required=True, type=Path)
    args = args.parse_args()
    head, stored = Head(args.head), np.load(args.work / "binding.npz")
    binding = stored["corners"], stored["weights"]
    rng = np.random.default_rng(0)
    people = [random_person(head, rng) for _ in range(PEOPLE)]
    meshes = np.array([points(head, p, binding) for p in people])
    eyeballs(head, people, meshes)
    mean, weights = steady_mean(meshes, points(head, head.neutral, binding))
    rows = ["%.3f %.3f %.3f %.3f\n" % (*p, w) for p, w in zip(mean, weights)]
    (args.out / "canonical-face.txt").write_text(LICENCE + "# x y z in centimetres and weight of 478 points\n" + "".join(rows))
    wires = ["%d %d %d\n" % tuple(t) for t in triangles(mean)]
    (args.out / "face-wires.txt").write_text(LICENCE + "# triangles of points, anticlockwise seen from outside\n" + "".join(wires))
    print(len(wires), "triangles")


if __name__ == "__main__":
    main()
