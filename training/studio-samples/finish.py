"""Renders to sample files: noise out, a sensor's grain in, JPEG and H.264.

    python3 finish.py WORK OUT
"""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np


def still(path, size=None):
    """8 bit BGR: noise of the path tracer taken out, grain of a sensor put in."""
    p = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)[..., :3]
    p = (p / 257.0 + 0.5).astype(np.uint8) if p.dtype == np.uint16 else p
    p = cv2.medianBlur(p, 3) if size is None else p
    p = cv2.fastNlMeansDenoisingColored(p, None, 6, 12, 5, 15)
    p = cv2.resize(p, size, interpolation=cv2.INTER_AREA) if size else p
    return grain(p, 1.2, 7)


def grain(p, sigma, seed):
    g = np.random.default_rng(seed).normal(0, sigma, p.shape[:2] + (1,))
    return np.clip(p + g, 0, 255).astype(np.uint8)


def clip(work, out):
    plate = cv2.imread(str(work / "plate.png"), cv2.IMREAD_UNCHANGED)[..., :3] / 257.0
    plate = cv2.fastNlMeansDenoisingColored(plate.astype(np.uint8), None, 7, 14, 5, 15)
    plate = cv2.GaussianBlur(plate, (0, 0), 1.6).astype(np.float32)
    frames = []
    for path in sorted(work.glob("clip-*.png")):
        f = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        if f is None:
            break
        f = f.astype(np.float32) / (257.0 if f.dtype == np.uint16 else 1)
        f = cv2.resize(f, (640, 480), interpolation=cv2.INTER_CUBIC)
        a = np.clip(f[..., 3:] / 255, 0, 1)
        colour = cv2.fastNlMeansDenoisingColored(np.clip(f[..., :3] * a + plate * (1 - a), 0, 255).astype(np.uint8), None, 6, 12, 5, 11)
        frames.append(colour)
    loop = frames + frames[-2:0:-1]
    pipe = subprocess.Popen(["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", "640x480", "-r", "12.5",
                             "-i", "-", "-vf", "minterpolate=fps=25:mi_mode=mci,noise=alls=3:allf=t", "-c:v", "libx264", "-crf", "24",
                             "-preset", "medium", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(out / "clip.mp4")],
                            stdin=subprocess.PIPE)
    for f in loop + loop[:1]:
        pipe.stdin.write(f.tobytes())
    pipe.stdin.close()
    pipe.wait()


def main():
    work, out = (Path(k) for k in sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    for name, file, size in (("portrait", "portrait", None), ("portrait", "pair-left", (1024, 768)), ("right", "pair-right", (1024, 768)),
                             ("group", "group", None)):
        if (work / f"{name}.png").exists():
            cv2.imwrite(str(out / f"{file}.jpg"), still(work / f"{name}.png", size), [cv2.IMWRITE_JPEG_QUALITY, 91])
    if (work / "plate.png").exists() and len(list(work.glob("clip-*.png"))) > 8:
        clip(work, out)


main()
