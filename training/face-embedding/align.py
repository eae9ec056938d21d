"""The aligned square, as the engine's Scene.aligned cuts it: five points laid on InsightFace's by the best similarity."""

import cv2
import numpy as np

# Left eye, right eye, tip of the nose, left and right corner of the mouth in a square of 112 (Guo and Deng, InsightFace).
ALIGNED = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
FINE = 2  # pixels of the picture to one of the square; more are averaged first


def similarity(points):
    """The map of five points onto the square, 2 x 3 (least squares, Umeyama 1991)."""
    points = np.asarray(points, float)
    p, q = points - points.mean(0), ALIGNED - ALIGNED.mean(0)
    a, b = (p * q).sum(), (p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]).sum()
    turn = np.array([[a, -b], [b, a]]) / (p**2).sum()
    return np.c_[turn, ALIGNED.mean(0) - turn @ points.mean(0)]


def cut(picture, points, margin=0):
    """The square of 112 and so many pixels more on every side; beyond the picture its edge continues."""
    matrix = similarity(points)
    matrix[:, 2] += margin
    side = 112 + 2 * margin
    shrink = max(1, 1 / np.hypot(*matrix[0, :2]) / FINE)
    if shrink > 1:
        h, w = picture.shape[:2]
        small = max(1, round(w / shrink)), max(1, round(h / shrink))
        picture = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
        x, y = w / small[0], h / small[1]
        matrix = matrix @ np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2], [0, 0, 1]])
    return cv2.warpAffine(picture, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
