"""YuNet (Wu et al., 2023; Apache-2.0), the teacher and the detector to compare with: faces of a picture as rows of x, y, w, h, ten point
coordinates, score. Coordinates are pixels of the picture, a pixel's centre being its coordinate."""

import sys
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))
from onnx_torch import OnnxNet


def overlap(box, boxes):
    """Intersection over union of one box with many; rows of left, top, width, height."""
    right, bottom = np.minimum(box[:2] + box[2:4], boxes[:, :2] + boxes[:, 2:4]).T
    left, top = np.maximum(box[:2], boxes[:, :2]).T
    common = np.clip(right - left, 0, None) * np.clip(bottom - top, 0, None)
    return common / (box[2] * box[3] + boxes[:, 2] * boxes[:, 3] - common)


def suppress(faces, limit=0.4):
    """Greedy non-maximum suppression: best score first, everything that overlaps it by more than `limit` goes."""
    faces, kept = faces[np.argsort(-faces[:, 14], kind="stable")], []
    while len(faces):
        kept.append(faces[0])
        faces = faces[1:][overlap(faces[0], faces[1:]) <= limit]
    return np.array(kept).reshape(-1, 15)


def padded(picture):
    """The picture (BGR bytes) with black to the right and below, up to multiples of 32."""
    height, width = picture.shape[:2]
    return cv2.copyMakeBorder(picture, 0, -height % 32, 0, -width % 32, cv2.BORDER_CONSTANT)


class YuNet:
    def __init__(self, models):
        self.net = OnnxNet(Path(models) / "yunet_n_dynamic.onnx")

    def __call__(self, picture, threshold=0.6):
        """Faces of one BGR picture at its own size."""
        return self.many([picture], threshold)[0]

    def many(self, pictures, threshold=0.6):
        """Faces of pictures of one size."""
        batch = np.stack([padded(p) for p in pictures]).transpose(0, 3, 1, 2).astype(np.float32)
        out = {name: value.numpy() for name, value in self.net(batch).items()}
        levels = [self.level(out, stride, batch.shape[3] // stride) for stride in (8, 16, 32)]
        rows = np.concatenate(levels, 1)
        return [suppress(r[r[:, 14] > threshold]) for r in rows]

    @staticmethod
    def level(out, stride, columns):
        box, points = out[f"bbox_{stride}"], out[f"kps_{stride}"]
        index = np.arange(box.shape[1])
        cell = np.stack([index % columns, index // columns], 1)[None].astype(np.float32)
        size = np.exp(box[..., 2:]) * stride
        corner = (cell + box[..., :2]) * stride - size / 2
        points = (points + np.tile(cell, 5)) * stride
        score = np.sqrt(out[f"cls_{stride}"] * out[f"obj_{stride}"])
        return np.concatenate([corner, size, points, score], 2)
