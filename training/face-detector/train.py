"""Trains the detector: python3 train.py --cache DIR --out DIR [--minutes 90 | --quick]. Needs what gather.py and compose.py made.

Targets are assigned as in TOOD (Feng et al., 2021): among the cells near a face's centre, those whose score and overlap agree best answer for
it, and their score is taught to say how well they fit. Loss: quality focal (Li et al., 2020), complete-overlap (Zheng et al., 2020) and L1 on points.
"""

import argparse
import copy
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from net import STRIDES, Detector, cost, decode

MIRRORED = [4 + i for i in (2, 3, 0, 1, 4, 5, 8, 9, 6, 7)]


def photographed(picture, rng):
    """The picture as worse cameras see it: light, tone, infrared, blur, noise, compression."""
    if rng.random() < 0.3:  # grey or infrared: skin bright, its own tone curve
        weights = rng.dirichlet((2.0, 3.0, 3.0))
        grey = (picture @ weights.astype(np.float32)).astype(np.uint8)
        picture = np.repeat(grey[..., None], 3, 2)
    elif rng.random() < 0.5:
        gains = rng.uniform(0.7, 1.3, 3).astype(np.float32)
        picture = np.clip(picture * gains, 0, 255).astype(np.uint8)
    if rng.random() < 0.65:
        gamma = math.exp(rng.uniform(math.log(0.4), math.log(3.5)))
        low, high = rng.uniform(0, 0.25), rng.uniform(0.55, 1.1)
        ramp = np.linspace(0, 1, 256) ** gamma
        if rng.random() < 0.5:
            ramp = low + (high - low) * ramp
        picture = cv2.LUT(picture, (np.clip(ramp, 0, 1) * 255).astype(np.uint8))
    if rng.random() < 0.2:
        how = rng.random()
        if how < 0.4:
            picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.5, 2.2))
        elif how < 0.7:
            length, kernel = int(rng.integers(3, 9)), np.zeros((9, 9), np.float32)
            kernel[4, 4 - length // 2 : 5 + length // 2] = 1
            turn = cv2.getRotationMatrix2D((4, 4), rng.uniform(0, 180), 1)
            kernel = cv2.warpAffine(kernel, turn, (9, 9))
            picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
        else:
            scale = rng.uniform(0.35, 0.8)
            small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            picture = cv2.resize(small, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.35:
        sigma = rng.uniform(2, 30)
        noise = NOISE[rng.integers(len(NOISE))]
        noise = np.roll(noise, tuple(rng.integers(0, 200, 2)), (0, 1))[: picture.shape[0], : picture.shape[1]]
        if rng.random() < 0.3:
            noise = noise[..., :1]
        picture = np.clip(picture + noise * np.float32(sigma), 0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        quality = int(rng.integers(15, 80))
        picture = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return picture


NOISE = np.random.default_rng(5).normal(0, 1, (4, 256, 256, 3)).astype(np.float32)


def mirrored(picture, labels):
    width = picture.shape[1]
    flipped = labels[:, [0, 1, 2, 3, *MIRRORED, 14]].copy()
    flipped[:, 0] = width - 1 - labels[:, 0] - labels[:, 2]
    flipped[:, 4:14:2] = width - 1 - flipped[:, 4:14:2]
    return picture[:, ::-1], flipped


def part(picture, labels, size, rng):
    """A window of a scene, mostly with a face in it, or the whole scene made smaller."""
    labels, whole = labels.copy(), picture.shape[1]
    if rng.random() < 0.3:
        picture = cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA)
        labels[:, :14] *= size / whole
        labels[:, [0, 1, *range(4, 14)]] += (size / whole - 1) / 2
    else:
        low, high = np.zeros(2), np.full(2, whole - size)
        real = labels[labels[:, 14] == 1]
        if len(real) and rng.random() < 0.85:
            face = real[rng.integers(len(real))]
            low = np.clip(face[:2] + face[2:4] - size, 0, whole - size)
            high = np.clip(face[:2], 0, whole - size)
        left, top = (int(rng.uniform(min(a, b), max(a, b) + 1)) for a, b in zip(low, high))
        picture = picture[top : top + size, left : left + size]
        labels[:, [0, 4, 6, 8, 10, 12]] -= left
        labels[:, [1, 5, 7, 9, 11, 13]] -= top
    inside = (np.clip(labels[:, :2] + labels[:, 2:4], 0, size) - np.clip(labels[:, :2], 0, size)).prod(1)
    area = labels[:, 2:4].prod(1)
    labels[(labels[:, 14] == 1) & ((inside < 0.6 * area) | (area < 121)), 14] = -1
    labels[inside < 0.05 * area] = 0
    return picture, labels[np.argsort(labels[:, 14] == 0, kind="stable")]


class Scenes:
    """Batches from whatever shards are ready (looked up every 2000 scenes), each scene photographed anew."""

    def __init__(self, cache, seed):
        self.cache, self.rng, self.shards, self.turn = cache, np.random.default_rng(seed), {}, 0

    def refresh(self):
        for file in self.cache.glob("shard-*.npz"):
            if file not in self.shards and not file.name.endswith(".part.npz"):
                content = np.load(file)
                self.shards[file] = (content["pictures"], content["labels"])
        # What is hard to tell from a face comes round more often.
        often = {file: 3 if "hard" in file.name else 1 for file in self.shards}
        self.order = [(file, i) for file in sorted(often) for i in range(len(self.shards[file][1])) for _ in range(often[file])]

    def batch(self, count, size):
        pictures, labels = [], []
        while len(pictures) < count:
            if not self.turn:
                self.refresh()
                self.queue = self.rng.permutation(len(self.order))
            file, i = self.order[self.queue[self.turn]]
            self.turn = (self.turn + 1) % min(len(self.queue), 2000)
            picture, label = self.shards[file][0][i], self.shards[file][1][i]
            if size < picture.shape[1]:
                picture, label = part(picture, label, size, self.rng)
            if self.rng.random() < 0.5:
                picture, label = mirrored(picture, label)
            pictures.append(photographed(picture, self.rng))
            labels.append(label)
        labels = np.stack(labels)
        return tensor(pictures), torch.from_numpy(labels[:, : max(1, int((labels[..., 14] != 0).sum(1).max()))])


def tensor(pictures):
    """BGR bytes to RGB 0..1, N x 3 x H x W."""
    stack = np.stack(pictures)[..., ::-1].astype(np.float32) * np.float32(1 / 255)
    return torch.from_numpy(stack).permute(0, 3, 1, 2)


def cells(size):
    """Centre and stride of every cell, in pixels."""
    parts = []
    for stride in STRIDES:
        along = (torch.arange(size // stride) + 0.5) * stride - 0.5
        y, x = torch.meshgrid(along, along, indexing="ij")
        parts.append(torch.stack([x, y, torch.full_like(x, stride)], -1).reshape(-1, 3))
    return torch.cat(parts)


def overlap(a, b):
    """Intersection over union; boxes are left, top, width, height."""
    common = (torch.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0)
    common = common[..., 0] * common[..., 1]
    return common / (a[..., 2] * a[..., 3] + b[..., 2] * b[..., 3] - common + 1e-6)


def complete(a, b):
    """The complete-overlap loss's parts: overlap, distance of the centres over the hull's diagonal, difference of the shapes."""
    a2, b2 = a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:]
    hull = (torch.maximum(a2, b2) - torch.minimum(a[..., :2], b[..., :2])).square().sum(-1)
    apart = (a[..., :2] + a[..., 2:] / 2 - b[..., :2] - b[..., 2:] / 2).square().sum(-1)
    shape = 4 / math.pi ** 2 * (torch.atan(a[..., 2] / a[..., 3].clamp(min=1e-3)) - torch.atan(b[..., 2] / b[..., 3].clamp(min=1e-3))).square()
    return overlap(a, b), apart / (hull + 1e-6), shape


@torch.no_grad()
def assign(score, boxes, labels, place, finish, most=9):
    """For each cell the index of the face it answers for (-1: none), the score it should give, and whether its silence counts.

    score N x C, boxes N x C x 4, labels N x G x 15, place C x 3.
    """
    real = labels[..., 14] == 1
    box = labels[..., :4]
    size = box[..., 2:].prod(-1).clamp(min=1).sqrt()
    centre = box[..., :2] + box[..., 2:] / 2
    away = (place[None, None, :, :2] - centre[:, :, None]).abs().amax(-1)
    stride = place[None, None, :, 2]
    # A face belongs to levels where it is 1.2 to 7 cells wide; small and huge ones go to the first and the last.
    wide = size[:, :, None] / stride
    fits = ((wide > 1.2) | (stride == STRIDES[0])) & ((wide < 7) | (stride == STRIDES[-1]))
    near = (away < torch.maximum(size[:, :, None] * 0.3, stride * 0.75)) & fits & real[:, :, None]
    iou = overlap(boxes[:, None], box[:, :, None])
    fit = (score[:, None].sqrt() * iou.pow(4) + 1e-9) * near
    best, where = fit.topk(most, dim=2)
    # As many cells as their overlaps add up to, at least one (Ge et al., OTA, 2021).
    count = (iou * near).topk(most, dim=2)[0].sum(2).clamp(min=2).round()
    kept = (torch.arange(most)[None, None] < count[..., None]) & (best > 0)
    chosen = torch.zeros_like(fit).scatter_(2, where, kept.to(fit.dtype)) * fit
    value, face = chosen.max(1)
    positive = value > 0
    # The face's best cell is taught its overlap (in the end: that it is right), the others less in proportion.
    peak = (fit.amax(2) + 1e-12).gather(1, face)
    top = (iou * (chosen > 0)).amax(2).gather(1, face)
    target = torch.where(positive, (value / peak).clamp(max=1).pow(0.5) * (1 if finish else top), torch.zeros_like(value))
    vague = (labels[..., 14] == -1)[:, :, None] & (away < size[:, :, None] * 0.6)
    return torch.where(positive, face, torch.full_like(face, -1)), target, positive | ~vague.any(1)


def loss_of(maps, labels, place, finish=False):
    maps = [m.float() for m in maps]
    score, boxes, points = decode(maps)
    face, target, counts = assign(score, boxes, labels, place, finish)
    logits = torch.cat([m[:, 0].flatten(1) for m in maps], 1)
    focal = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * (target - score.detach()).abs().pow(1.5 if finish else 2)
    positive = face >= 0
    weight = target[positive].clamp(min=0.1)
    total = weight.sum().clamp(min=1)
    wanted = labels.gather(1, face.clamp(min=0)[..., None].expand(-1, -1, 15))[positive]
    iou, apart, shape = complete(boxes[positive], wanted[:, :4])
    size = wanted[:, 2:4].prod(-1).sqrt()[:, None]
    error = F.smooth_l1_loss(points[positive] / size, wanted[:, 4:14] / size, reduction="none", beta=0.02).mean(1)
    parts = (focal * counts).sum() / total, ((1 - iou + apart + shape * 0.2) * weight).sum() / total, (error * weight).sum() / total
    return parts[0] * 2 + parts[1] * 2 + parts[2] * 8, [float(p) for p in parts], float((iou.detach() * weight).sum() / total)


class Average:
    """Exponential moving average of weights and statistics."""

    def __init__(self, net):
        self.net, self.steps = copy.deepcopy(net).eval(), 0

    @torch.no_grad()
    def update(self, net, longest=0.99):
        self.steps += 1
        keep = min(longest, (1 + self.steps) / (10 + self.steps))
        for mine, new in zip(self.net.state_dict().values(), net.state_dict().values()):
            mine.mul_(keep).add_(new, alpha=1 - keep) if mine.dtype.is_floating_point else mine.copy_(new)


@torch.no_grad()
def recall(net, file, count=200, threshold=0.5):
    """Share of the faces of held-out scenes that are answered (overlap 0.5), and false answers in a scene."""
    content = np.load(file)
    pictures, labels = content["pictures"][:count], torch.from_numpy(content["labels"][:count])
    score, boxes, _ = decode([m.float() for m in net(tensor(pictures))])
    found = asked = wrong = 0
    for s, b, rows in zip(score, boxes, labels):
        kept = nms(b[s > threshold], s[s > threshold])
        real, vague = rows[rows[:, 14] == 1, :4], rows[rows[:, 14] == -1, :4]
        hits = overlap(kept[:, None], real[None]) if len(real) else torch.zeros(len(kept), 1)
        asked += len(real)
        found += int((hits.amax(0) > 0.5).sum()) if len(kept) and len(real) else 0
        loose = kept[hits.amax(1) < 0.3] if len(kept) else kept
        if len(vague) and len(loose):
            loose = loose[overlap(loose[:, None], vague[None]).amax(1) < 0.1]
        wrong += len(loose)
    return found / max(asked, 1), wrong / len(pictures)


def nms(boxes, scores, limit=0.4):
    kept, order = [], scores.argsort(descending=True)
    while len(order):
        kept.append(order[0])
        order = order[1:][overlap(boxes[order[0]][None], boxes[order[1:]]) <= limit]
    return boxes[torch.stack(kept)] if kept else boxes[:0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=90, help="of the clock")
    parser.add_argument("--work", type=float, help="minutes of the processor, where that comes sooner: for busy machines")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--finish", action="store_true", help="the second stage: whole scenes, and scores that say face or none")
    parser.add_argument("--quick", action="store_true", help="five minutes: the recipe works, the weights do not")
    options = parser.parse_args()
    minutes = 5 if options.quick else options.minutes
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(0)
    options.out.mkdir(parents=True, exist_ok=True)
    net = Detector()
    if options.start:
        net.load_state_dict(torch.load(options.start))
    print("%d multiply-accumulates at 320 x 240, %d parameters" % cost(net), flush=True)
    net = net.to(memory_format=torch.channels_last).train()
    average = Average(net)
    decays = [p for p in net.parameters() if p.dim() > 1]
    others = [p for p in net.parameters() if p.dim() <= 1]
    optimiser = torch.optim.AdamW([{"params": decays, "weight_decay": 0.02}, {"params": others, "weight_decay": 0}], options.rate, foreach=True)
    scenes = Scenes(options.cache, 0)
    begun, step, sums = time.time(), 0, np.zeros(4)
    work = 60 * (options.work or minutes)
    while (done := max((time.time() - begun) / (60 * minutes), time.process_time() / work)) < 1:
        # The clock sets the pace: a cosine over the time given, whatever the machine's speed.
        rate = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * done) + 0.01)
        for group in optimiser.param_groups:
            group["lr"] = rate
        # Small windows while it learns what a face is, whole scenes while it learns what none is.
        size = 160 if done < 0.7 and not options.finish else 224
        pictures, labels = scenes.batch(options.batch if size == 160 else options.batch // 2, size)
        place = cells(size)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            maps = net(pictures.contiguous(memory_format=torch.channels_last))
        loss, parts, iou = loss_of(maps, labels, place, options.finish)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0)
        optimiser.step()
        if step % 4 == 0:
            average.update(net)
        sums, step = sums + np.array([*parts, iou]), step + 1
        if step % 50 == 0:
            print("%5.1f min step %d focal %.3f box %.3f points %.4f overlap %.3f" % ((time.time() - begun) / 60, step, *(sums / 50)), flush=True)
            sums[:] = 0
        if step % 250 == 0:
            torch.save(average.net.state_dict(), options.out / "weights.pt")
            print("held out: recall %.4f, false answers a scene %.3f" % recall(average.net, options.cache / "held.npz"), flush=True)
    torch.save(average.net.state_dict(), options.out / "weights.pt")
    print("held out: recall %.4f, false answers a scene %.3f" % recall(average.net, options.cache / "held.npz"), flush=True)


if __name__ == "__main__":
    main()
