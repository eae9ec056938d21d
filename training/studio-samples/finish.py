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
    """What tells surfaces apart, each scaled so that a difference of 1 is one: normal, albedo, depth, coverage."""
    normal, albedo = exr(work, name, "normal")[..., :3], exr(work, name, "albedo")[..., :3]
    z = np.log(np.clip(metres(work, name), 0.5, 20))
    parts = np.concatenate([normal / 0.35, np.sqrt(np.clip(albedo, 0, 1)) / 0.08, z[..., None] / 0.03, cover[..., None] / 0.3], -1)
    return np.ascontiguousarray(parts, np.float32)


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


def clean(work, name, radius=6):
    """The render without the path tracer's noise, 0..1, and its coverage: once boldly, then by what that has found."""
    p, cover = read(work / f"{name}.png")
    g = guide(work, name, cover)
    first = joined(unspeckled(p), cv2.GaussianBlur(p, (0, 0), 2.0), g, radius, 0.14)
    return joined(unspeckled(p), cv2.GaussianBlur(first, (0, 0), 0.6), g, radius, 0.05), cover


def grain(p, sigma, seed):
    g = np.random.default_rng(seed).normal(0, sigma, p.shape[:2] + (1,))
    return np.clip(255 * p + g + 0.5, 0, 255).astype(np.uint8)


def still(work, name, target):
    cv2.imwrite(str(target), grain(clean(work, name)[0], 1.2, len(name)), [cv2.IMWRITE_JPEG_QUALITY, 91])


def packed(work, name, out):
    """A JPEG with its depth inside."""
    photo, depth = work / f"{name}.jpg", work / f"{name}-millimetres.png"
    still(work, name, photo)
    cv2.imwrite(str(depth), np.round(1000 * metres(work, name)).clip(1, 65535).astype(np.uint16))
    subprocess.run(["java", "--add-modules", "jdk.incubator.vector", "--class-path", f"{ROOT}/dist/cli/*:{ROOT}/dist/lib/*",
                    str(HERE / "Pack.java"), str(photo), str(depth), str(out / f"{name}.depth.jpg")], check=True)


def clip(work, out):
    """The person before the blurred room, there and back, with frames made up between."""
    plate = cv2.GaussianBlur(clean(work, "plate")[0], (0, 0), 1.6)
    frames = []
    for path in sorted(work.glob("clip-???.png")):
        colour, cover = clean(work, path.stem, 4)
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
            for side in ("left", "right"):
                still(work, side, out / f"pair-{side}.jpg")
        elif name == "group":
            still(work, name, out / "group.jpg")
        elif name == "clip":
            clip(work, out)


main()
