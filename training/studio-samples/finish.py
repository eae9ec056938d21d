"""Renders to sample files: noise out, a sensor's grain in; JPEG, depth into JPEG, H.264.

    python3 finish.py WORK OUT [NAME...]
"""

import os
import subprocess
import sys
from pathlib import Path

os.environ["OPENCV_IO_ENABLE_OPENEXR"] = "1"

import cv2  # noqa: E402
import numpy as np  # noqa: E402
from numba import njit, prange  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HEIGHT, DISTANCE, BASELINE = 0.46, 1.4, 0.032  # metres that the portrait shows, how far away, and between the lenses; as in shoot.py


def read(path):
    """The render's colours 0..1 and its coverage."""
    p = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    p = p.astype(np.float32) / np.iinfo(p.dtype).max
    return p[..., :3], p[..., 3] if p.shape[2] == 4 else np.ones(p.shape[:2], np.float32)


def exr(work, name, what):
    return cv2.imread(str(work / f"{name}-{what}0001.exr"), cv2.IMREAD_UNCHANGED)


def metres(work, name):
    z = exr(work, name, "depth")
    return (z if z.ndim == 2 else z[..., 0]) / 100


def guide(work, name, cover):
    """What tells surfaces apart, each scaled so that a difference of 1 is one: depth, coverage; normal and albedo where rendered."""
    parts = [np.log(np.clip(metres(work, name), 0.5, 20))[..., None] / 0.03, cover[..., None] / 0.3]
    if exr(work, name, "normal") is not None:
        parts += [exr(work, name, "normal")[..., :3] / 0.35, np.sqrt(np.clip(exr(work, name, "albedo")[..., :3], 0, 1)) / 0.08]
    return np.ascontiguousarray(np.concatenate(parts, -1), np.float32)


def unspeckled(p):
    """Pixels that are brighter or darker than all but one of their neighbours are brought back to that one."""
    padded = np.pad(p, ((1, 1), (1, 1), (0, 0)), "edge")
    around = np.sort(np.stack([padded[y:y + p.shape[0], x:x + p.shape[1]] for y in range(3) for x in range(3) if (y, x) != (1, 1)]), 0)
    return np.clip(p, around[1], around[-2])


@njit(parallel=True, fastmath=True, cache=False)
def joined(p, smooth, g, radius, tone):
    """Means over the pixels around whose guides and smoothed tones are alike: the cross bilateral filter (Petschnigg et al. 2004)."""
    h, w, _ = p.shape
    out = np.empty_like(p)
    for y in prange(h):
        for x in range(w):
            total, b, gr, r = 1e-6, 0.0, 0.0, 0.0
            for v in range(max(0, y - radius), min(h, y + radius + 1)):
                for u in range(max(0, x - radius), min(w, x + radius + 1)):
                    d = ((v - y) ** 2 + (u - x) ** 2) / (0.5 * radius * radius)
                    for k in range(g.shape[2]):
                        d += (g[v, u, k] - g[y, x, k]) ** 2
                        if d > 8:
                            break
                    if d > 8:
                        continue
                    for k in range(3):
                        d += ((smooth[v, u, k] - smooth[y, x, k]) / tone) ** 2
                    a = np.exp(-d)
                    total += a
                    b += a * p[v, u, 0]
                    gr += a * p[v, u, 1]
                    r += a * p[v, u, 2]
            out[y, x, 0], out[y, x, 1], out[y, x, 2] = b / total, gr / total, r / total
    return out


def clean(work, name, radius=5, bold=0.10):
    """The render without the path tracer's noise, 0..1, and its coverage: once boldly, then by what that has found."""
    p, cover = read(work / f"{name}.png")
    p, g = unspeckled(p), guide(work, name, cover)
    first = joined(p, cv2.GaussianBlur(p, (0, 0), 1.2), g, radius, bold)
    return joined(p, cv2.GaussianBlur(first, (0, 0), 0.6), g, radius, 0.045), cover


def grain(p, sigma, seed):
    g = np.random.default_rng(seed).normal(0, sigma, p.shape[:2] + (1,))
    return np.clip(255 * p + g + 0.5, 0, 255).astype(np.uint8)


def jpeg(picture, target, sigma=1.2):
    cv2.imwrite(str(target), grain(picture, sigma, len(target.stem)), [cv2.IMWRITE_JPEG_QUALITY, 91])


def pair(work, out, size=(1024, 768)):
    """What two lenses see. The right one's picture is its own render where only it sees, and the left render's light, carried over by
    the exact depth, where both see: matt surfaces look the same from 3 cm further on, and noise that is left is the same on both sides."""
    left, right = clean(work, "portrait")[0], clean(work, "right")[0]
    z = metres(work, "right")
    scale = left.shape[1] / size[0]
    y, x = np.mgrid[:size[1], :size[0]].astype(np.float32)
    u = ((x + 0.5 + size[1] / HEIGHT * DISTANCE * BASELINE / z) * scale - 0.5).astype(np.float32)
    v = (y + 0.5) * scale - 0.5
    there = cv2.remap(metres(work, "portrait"), u, v, cv2.INTER_NEAREST, borderValue=0)
    both = cv2.erode((np.abs(there / z - 1) < 0.02).astype(np.float32), np.ones((3, 3)))
    both = cv2.GaussianBlur(both, (0, 0), 0.7)[..., None]
    jpeg(cv2.resize(left, size, interpolation=cv2.INTER_AREA), out / "pair-left.jpg", 1.0)
    jpeg(both * cv2.remap(left, u, v, cv2.INTER_LINEAR) + (1 - both) * right, out / "pair-right.jpg", 1.0)


def packed(work, name, out):
    """A JPEG with its depth inside."""
    photo, depth = work / f"{name}.jpg", work / f"{name}-millimetres.png"
    jpeg(clean(work, name)[0], photo)
    cv2.imwrite(str(depth), np.round(1000 * metres(work, name)).clip(1, 65535).astype(np.uint16))
    subprocess.run(["java", "--add-modules", "jdk.incubator.vector", "--class-path", f"{ROOT}/dist/cli/*:{ROOT}/dist/lib/*",
                    str(HERE / "Pack.java"), str(photo), str(depth), str(out / f"{name}.depth.jpg")], check=True)


def clip(work, out):
    """The person before the blurred room, there and back, with frames made up between."""
    plate = cv2.GaussianBlur(clean(work, "plate")[0], (0, 0), 1.6)
    frames = []
    for path in sorted(work.glob("clip-???.png")):
        colour, cover = clean(work, path.stem, 4, 0.14)
        frames.append(grain(colour * cover[..., None] + plate * (1 - cover[..., None]), 0, 0))
    pipe = subprocess.Popen(["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", "640x480", "-r", "12.5",
                             "-i", "-", "-vf", "minterpolate=fps=25:mi_mode=mci,noise=alls=3:allf=t", "-c:v", "libx264", "-crf", "24",
                             "-preset", "medium", "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(out / "clip.mp4")],
                            stdin=subprocess.PIPE)
    for f in frames + frames[-2::-1]:
        pipe.stdin.write(f.tobytes())
    pipe.stdin.close()
    if pipe.wait():
        raise SystemExit("ffmpeg could not write the clip")


def main():
    work, out = (Path(k) for k in sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[3:] or ("portrait", "pair", "group", "clip"):
        if name == "portrait":
            packed(work, name, out)
        elif name == "pair":
            pair(work, out)
        elif name == "group":
            jpeg(clean(work, name, bold=0.14)[0], out / "group.jpg")
        elif name == "clip":
            clip(work, out)


main()
