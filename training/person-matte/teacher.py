"""The teacher: MediaPipe's selfie segmentation for wide pictures (Apache-2.0), in PyTorch.

It takes RGB 0..1 of 144 x 256, the whole picture stretched, and answers how surely each pixel belongs to a person.
"""

import sys
from pathlib import Path

import cv2
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1] / "common"))
from onnx_torch import OnnxNet  # noqa: E402

FILE = "selfie_segmentation_landscape.onnx"


class Selfie:
    def __init__(self, models):
        self.net = OnnxNet(models / FILE)

    def __call__(self, picture):
        """The mask, 0..1, of a BGR picture and of its size."""
        return cv2.resize(self.raw(picture), picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)

    def raw(self, picture):
        how = cv2.INTER_AREA if picture.shape[0] >= 144 else cv2.INTER_LINEAR
        small = cv2.resize(picture, (256, 144), interpolation=how)[..., ::-1]
        out = self.net(np.ascontiguousarray(small[None], np.float32) / 255)
        return next(iter(out.values())).reshape(144, 256).numpy()

    def both_ways(self, picture):
        """The mean with the mirror image's answer."""
        return (self(picture) + self(picture[:, ::-1])[:, ::-1]) / 2
