"""Trains the mesh network on labelled and drawn faces.

    python3 train.py --work WORK [--minutes 80] [--start CHECKPOINT] [--quick]

Writes WORK/mesh.pt (smoothed weights) after every epoch of 8,192 samples. The learning rate follows a cosine over the
given time, so the run ends when it should on any machine. New shards in WORK are picked up at each epoch.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from augment import empty_sample, face_sample, placed
from net import LIDS, LIDS_MIRRORED, EyeNet, MeshNet

EPOCH, BATCH = 8_192, 32
EMPTY = 0.06  # part of samples without a face
LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146, 78, 191, 80, 81, 82,
        13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)
# What must be right as a difference: lids and lips that open, irises between the corners of the eye, corners.
PAIRS = ((159, 145), (158, 153), (160, 144), (386, 374), (385, 380), (387, 373), (13, 14), (82, 87), (312, 317),
         (61, 291), (33, 133), (362, 263), (468, 33), (468, 133), (473, 362), (473, 263), (468, 159), (468, 145),
         (473, 386), (473, 374), (469, 471), (474, 476), (33, 263), (61, 33), (291, 263), (152, 1))


class Faces(Dataset):
    """All shards of a folder: real faces first, drawn heads second."""

    def __init__(self, work, epoch, drawn_share, clear=0.0):
        self.epoch, self.drawn_share, self.clear = epoch, drawn_share, clear
        self.real, self.drawn = shards(work, "train-*"), shards(work, "heads-[0-9]*")
        self.mirror = np.load(work / "mirror.npy")

    def __len__(self):
        return EPOCH

    def __getitem__(self, i):
        rng = np.random.default_rng([self.epoch, i])
        drawn = not self.real or (bool(self.drawn) and rng.random() < self.drawn_share)
        packs = self.drawn if drawn else self.real
        # Small sources (yawning drivers) are seen more often than their share.
        sizes = np.array([len(p[0]) for p in packs]) ** 0.7
        crops, meshes = packs[rng.choice(len(packs), p=sizes / sizes.sum())]
        k = rng.integers(len(crops))
        if rng.random() < EMPTY:
            return hwc(empty_sample(rng, crops[k])), np.zeros((478, 3), np.float32), np.float32(0), np.float32(0)
        cut, points = face_sample(rng, crops[k], meshes[k].astype(np.float64), self.mirror, not drawn, self.clear)
        points[:, 2] -= points[:468, 2].mean()
        return hwc(cut), points, np.float32(1), np.float32(1 if drawn else 0.3)


def shards(work, pattern):
    found = []
    for p in sorted(Path(work).rglob(f"{pattern}-crops.npy")):
        mesh = Path(str(p).replace("-crops", "-mesh"))
        if mesh.exists() and "held" not in p.name:
            found.append((np.load(p, mmap_mode="r"), np.load(mesh)))
    return found


def hwc(cut):
    return torch.from_numpy(np.ascontiguousarray(cut))


def weights():
    w = torch.ones(478)
    w[list(LIPS)] = 2
    w[list(LIDS + LIDS_MIRRORED)] = 3
    w[468:] = 10
    return (w / w.mean())[None, :, None]


WEIGHTS = weights()
A, B = (torch.tensor([p[i] for p in PAIRS]) for i in (0, 1))
# Where the iris lies between the corners is the gaze: a small signal that is learned late unless it counts much.
PAIR_WEIGHTS = torch.tensor([6.0 if max(p) >= 468 else 1.0 for p in PAIRS])[None, :, None]


def loss_of(points, presence, truth, there, z_weight):
    """L1 in parts of the eye distance (crop / 3.6 or so), doubled by differences that carry meaning; presence."""
    points = points.view(-1, 478, 3)
    axis = torch.stack([torch.ones_like(z_weight), torch.ones_like(z_weight), z_weight], 1)[:, None]
    n = there.sum().clamp(min=1) * 3
    near = ((points - truth).abs() * WEIGHTS * axis * there[:, None, None]).sum() / 478 / n
    gap = (points[:, A] - points[:, B]) - (truth[:, A] - truth[:, B])
    gaps = (gap.abs() * PAIR_WEIGHTS * axis * there[:, None, None]).sum() / len(PAIRS) / n
    face = torch.nn.functional.binary_cross_entropy_with_logits(presence[:, 0], there)
    return 3.6 * (near + gaps) * 10 + 0.3 * face, 3.6 * near.detach(), face.detach()


def eye_loss(points, truth, there):
    """L1 of lids and irises, and three times of what the gaze is read from: the iris' place between the corners of the eye. An iris
    that a lid hides counts little: nobody can tell where it is."""
    left, right = (truth[:, list(p), :2] for p in EyeNet.POINTS)
    true, there = torch.cat([left, torch.cat([1 - right[:, :, :1], right[:, :, 1:]], 2)]), there.repeat(2)
    seen = there * torch.where(visible(true), 1.0, 0.1)
    off, mean = points - true, lambda error, weight: (error * weight[:, None]).sum() / weight.sum() / error.shape[1]
    lids, irises = mean(off[:, :16].abs().mean(2), there), mean(off[:, 16:].abs().mean(2), seen)
    gaze = mean((off[:, 16] - (off[:, 0] + off[:, 8]) / 2).abs(), seen)
    return 36 * (lids + irises + 3 * gaze), 3.6 * irises.detach(), 3.6 * gaze.detach()


def visible(eye):
    """Whether the middle of the iris (n x 21 x 2, lids first) shows between the lids."""
    iris, upper, lower = eye[:, 16], eye[:, 11:14, 1].mean(1), eye[:, 3:6, 1].mean(1)
    return (iris[:, 1] > upper - 0.004) & (iris[:, 1] < lower + 0.004) & (eye[:, 4, 1] - eye[:, 12, 1] > 0.02)


def smooth_weights(ema, net, keep):
    with torch.no_grad():
        for a, b in zip(ema.state_dict().values(), net.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - keep)
            else:
                a.copy_(b)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--minutes", type=float, default=80)
    args.add_argument("--rate", type=float, default=1.5e-3)
    args.add_argument("--drawn", type=float, default=0.45, help="share of drawn heads")
    args.add_argument("--first-epoch", type=int, default=0, help="another number, other augmentations")
    args.add_argument("--start", help="checkpoint to go on from")
    args.add_argument("--out", default="mesh.pt")
    args.add_argument("--eyes", action="store_true", help="train lids and irises alone, on top of --start")
    args.add_argument("--quick", action="store_true", help="three minutes that prove the recipe")
    args = args.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(4)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = MeshNet()
    if args.start:
        net.load_state_dict(torch.load(args.start)["net"])
    else:
        net.begin_at(meshes(args.work))
    net.to(device).to(memory_format=torch.channels_last)
    ema = copy.deepcopy(net).eval()
    train(args, net, ema, device, 3 if args.quick else args.minutes)


def meshes(work, count=2000):
    """Labels as the network will see them: turned, moved and mirrored crops."""
    rng, mirror = np.random.default_rng(3), np.load(work / "mirror.npy")
    packs = [m for _, m in shards(work, "train-*") + shards(work, "heads-[0-9]*")]
    rows = []
    for _ in range(count):
        pack = packs[rng.integers(len(packs))]
        rows.append(placed(rng, pack[rng.integers(len(pack))].astype(np.float64), mirror, 256)[1])
        rows[-1][:, 2] -= rows[-1][:468, 2].mean()
    return np.stack(rows)


def train(args, net, ema, device, minutes):
    learning = [p for p in (net.eyes if args.eyes else net).parameters() if p.requires_grad]
    decay = [p for p in learning if p.ndim > 1]
    plain = [p for p in learning if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 1e-3}, {"params": plain, "weight_decay": 0}])
    begin, step, epoch = time.time(), 0, args.first_epoch
    while time.time() - begin < minutes * 60:
        loader = DataLoader(Faces(args.work, epoch, args.drawn, 0.5 if args.eyes else 0), BATCH, num_workers=1, prefetch_factor=6,
                            drop_last=True)
        sums = np.zeros(3)
        for batch in loader:
            done = (time.time() - begin) / (minutes * 60)
            rate = args.rate * min(1, (step + 1) / 100) * (0.005 + 0.5 * (1 + math.cos(math.pi * min(done, 1))))
            for group in optimiser.param_groups:
                group["lr"] = rate
            image, truth, there, z = (t.to(device) for t in batch)
            image = (image.float() / 255).permute(0, 3, 1, 2)
            with torch.autocast(device, dtype=torch.bfloat16):
                points, presence = (net.eyes(image), None) if args.eyes else net(image)
            loss, near, face = eye_loss(points.float(), truth, there) if args.eyes \
                else loss_of(points.float(), presence.float(), truth, there, z)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            step += 1
            smooth_weights(ema, net, min(0.997, 1 - 1 / (step + 1)))
            sums += [1, near.item(), face.item()]
            if done > 1:
                break
        epoch += 1
        torch.save({"net": ema.state_dict(), "epoch": epoch, "steps": step}, args.work / args.out)
        line = {"epoch": epoch, "minutes": round((time.time() - begin) / 60, 1), "samples": step * BATCH,
                "points": round(sums[1] / sums[0], 5), "presence": round(sums[2] / sums[0], 4), "rate": rate}
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
