"""The teachers: YuNet finds a face, MediaPipe's mesh (192x192) and iris (64x64) networks give 478 points."""

import sys
from pathlib import Path

import cv2
import numpy as np
import torch

sys.path.append(str(Path(__file__).resolve().parent.parent / "common"))
from crop import Crop, crop_of, five_points  # noqa: E402
from onnx_torch import OnnxNet  # noqa: E402

# Mesh points that the iris network answers again, more finely, in its own order (MediaPipe's iris tracking graph):
# the contour of the lids and the ring around it; the outer rings and the brow are left to the mesh network.
LIDS = [33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173]
LIDS_MIRRORED = [263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398]


def mirror_of(canonical):
    """For each of 468 (or 478) points of the symmetric canonical face, the index of its mirror image."""
    flipped = canonical * np.array([-1, 1, 1])
    return np.argmin(((flipped[:, None] - canonical[None]) ** 2).sum(-1), 1)


def read_obj(path):
    """Vertices and triangles of a Wavefront file."""
    lines = Path(path).read_text().splitlines()
    vertices = [[float(v) for v in l.split()[1:4]] for l in lines if l.startswith("v ")]
    faces = [[int(c.split("/")[0]) - 1 for c in l.split()[1:4]] for l in lines if l.startswith("f ")]
    return np.array(vertices), np.array(faces)


def nhwc(crops):
    return torch.from_numpy(np.ascontiguousarray(np.stack(crops), np.float32) / 255)


class Teacher:
    def __init__(self, models):
        models = Path(models)
        self.yunet = OnnxNet(models / "yunet_n_dynamic.onnx")
        self.mesh = OnnxNet(models / "face_landmark.onnx")
        self.iris = OnnxNet(models / "iris_landmark.onnx")
        self.canonical, self.faces = read_obj(models / "face_model_with_iris.obj")
        self.mirror = mirror_of(self.canonical[:468])

    def detect(self, rgb, threshold=0.6):
        """Faces of a picture (RGB, 8 bit) as rows of x, y, w, h, score, five points; best first."""
        h, w = rgb.shape[:2]
        canvas = np.zeros((-(-h // 32) * 32, -(-w // 32) * 32, 3), np.float32)
        canvas[:h, :w] = rgb[..., ::-1]
        out = self.yunet(canvas.transpose(2, 0, 1)[None])
        rows = []
        for stride in (8, 16, 32):
            cls, obj, box, kps = (out[f"{n}_{stride}"][0].numpy() for n in ("cls", "obj", "bbox", "kps"))
            columns = canvas.shape[1] // stride
            score = np.sqrt(np.clip(cls[:, 0], 0, 1) * np.clip(obj[:, 0], 0, 1))
            for i in np.flatnonzero(score > threshold):
                grid = np.array([i % columns, i // columns])
                size, centre = np.exp(box[i, 2:]) * stride, (grid + box[i, :2]) * stride
                points = (grid + kps[i].reshape(5, 2)) * stride
                rows.append(np.concatenate([centre - size / 2, size, [score[i]], points.ravel()]))
        return suppress(rows)

    def raw_mesh(self, crops192):
        """468 points in units of the crop, and the probability that a face is there, of RGB crops 192x192."""
        out = self.mesh(nhwc(crops192))
        points = out["conv2d_21"].reshape(-1, 468, 3).numpy() / 192
        return points, out["conv2d_31"].reshape(-1).sigmoid().numpy()

    def look(self, picture, crop, steps=2):
        """Like the tracker of MediaPipe: each step cuts again around the mesh of the step before. -> picture pixels"""
        for _ in range(steps):
            points, score = self.raw_mesh([crop.cut(picture, 192)])
            mesh = crop.to_picture(points[0])
            crop = around(mesh)
        return mesh, float(score[0])

    def label(self, picture, crop, turns=((0, 1, 0), (4, 1.04, 1), (-4, 0.96, 0), (0, 1, 1))):
        """478 points as the mean over slightly turned, resized and mirrored looks: steadier than one. Lids and irises
        come from the iris network. -> (478, 3) in pixels, score, spread of the looks in parts of the crop"""
        mesh, score = self.look(picture, crop, 1)
        base = around(mesh)
        crops = [base.turned(angle, scale) for angle, scale, _ in turns]
        cuts = [c.cut(picture, 192) for c in crops]
        points, scores = self.raw_mesh([cut[:, ::-1] if m else cut for cut, (_, _, m) in zip(cuts, turns)])
        looks = [c.to_picture(self.unflip(p) if m else p) for c, p, (_, _, m) in zip(crops, points, turns)]
        mesh = np.mean(looks, 0)
        spread = np.std(looks, 0)[:, :2].mean() / base.side
        return self.with_irises(picture, mesh), float(scores.mean()), float(spread)

    def unflip(self, points):
        out = points[self.mirror].copy()
        out[:, 0] = 1 - out[:, 0]
        return out

    def with_irises(self, picture, mesh):
        """Adds ten iris points and takes the lids from the iris network. Order at each eye: centre, right, top, left,
        bottom of the picture."""
        crops = [eye_crop(mesh, 33, 133), eye_crop(mesh, 362, 263)]
        left, right = (c.cut(picture, 64) for c in crops)
        out = self.iris(nhwc([left, right[:, ::-1]]))
        irises, lids = out["output_iris"].reshape(2, 5, 3).numpy() / 64, \
            out["output_eyes_contours_and_brows"].reshape(2, 71, 3).numpy()[:, :16] / 64
        mesh = mesh.copy()
        found = []
        for eye, (crop, where) in enumerate(zip(crops, (LIDS, LIDS_MIRRORED))):
            iris, lid = irises[eye].copy(), lids[eye].copy()
            if eye == 1:
                iris[:, 0], lid[:, 0] = 1 - iris[:, 0], 1 - lid[:, 0]
                iris = iris[[0, 3, 2, 1, 4]]
            iris, lid = crop.to_picture(iris), crop.to_picture(lid)
            # The iris network knows no depth of the head: x and y are its own, z is the mesh's.
            mesh[where, :2] = lid[:, :2]
            iris[:, 2] = mesh[where, 2].mean()
            found.append(iris)
        return np.concatenate([mesh, *found])


def around(mesh):
    """MediaPipe's region of interest: turned so that the outer corners of the eyes are level, 1.5 times the larger
    side of the points' box."""
    axis = mesh[263, :2] - mesh[33, :2]
    ux, uy = axis / max(np.hypot(*axis), 1e-9)
    x, y = mesh[:468, 0] * ux + mesh[:468, 1] * uy, mesh[:468, 1] * ux - mesh[:468, 0] * uy
    mx, my = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    side = 1.5 * max(np.ptp(x), np.ptp(y))
    return Crop(mx * ux - my * uy, mx * uy + my * ux, side, ux, uy)


def eye_crop(mesh, a, b):
    """MediaPipe's eye region: 2.3 times the distance of the corners, level with the head."""
    axis = mesh[263, :2] - mesh[33, :2]
    ux, uy = axis / max(np.hypot(*axis), 1e-9)
    centre = (mesh[a, :2] + mesh[b, :2]) / 2
    return Crop(centre[0], centre[1], 2.3 * max(np.hypot(*(mesh[b, :2] - mesh[a, :2])), 1e-6), ux, uy)


def suppress(rows, limit=0.3):
    rows = sorted(rows, key=lambda r: -r[4])
    kept = []
    for r in rows:
        if all(overlap(r, k) < limit for k in kept):
            kept.append(r)
    return kept


def overlap(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    both = max(w, 0) * max(h, 0)
    return both / (a[2] * a[3] + b[2] * b[3] - both)


def read_rgb(path):
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(f"{path} is not a picture that OpenCV reads")
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
