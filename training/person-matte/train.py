"""Trains the network on composed scenes: python3 train.py --cache CACHE --out RUN --minutes 60, or --quick.

Shards that appear while it runs are used as well. Writes weights.pt, the moving average, whenever it does better on the held portraits.
"""

import argparse
import copy
import random
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from compose import load
from net import STRIDE, Matte

AREA = 192 * 256


def fitted(height, width):
    """The size an engine looks at: multiples of 32 in nearly the picture's proportions, of nearly as many pixels."""
    def sides(n):
        return min(512, max(96, round((AREA * n) ** 0.5 / STRIDE) * STRIDE))

    return sides(height / width), sides(width / height)


def smaller(side):
    """Two thirds of a side, in multiples of 32: what is learned first is learned there, at less than half the cost."""
    return round(side / 1.5 / STRIDE) * STRIDE


class Scenes:
    """Batches of one shape each, photographed anew, from four shards at a time."""

    def __init__(self, cache, batch, seed):
        self.cache, self.batch = cache, batch
        self.order, self.camera = random.Random(seed), Camera(seed)

    def batches(self):
        while True:
            files = sorted(f for f in self.cache.glob("shard-*.npz") if "part" not in f.name)
            shards = [np.load(f) for f in self.order.sample(files, min(4, len(files)))]
            shards = [(shard["pictures"], shard["masks"]) for shard in shards]
            found = []
            for shard in shards:
                rows = list(range(len(shard[0])))
                self.order.shuffle(rows)
                found += [(shard, rows[i : i + self.batch]) for i in range(0, len(rows) - self.batch + 1, self.batch)]
            self.order.shuffle(found)
            yield from found

    def next(self, found, small):
        """RGB 0..1 (channels last) and masks."""
        (pictures, masks), rows = found
        x, y = [], []
        for row in rows:
            picture, mask = pictures[row], masks[row]
            if small:
                size = smaller(mask.shape[1]), smaller(mask.shape[0])
                picture, mask = cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
            if self.order.random() < 0.5:
                picture, mask = picture[:, ::-1], mask[:, ::-1]
            x.append(self.camera(np.ascontiguousarray(picture[..., ::-1])))
            y.append(mask)
        return torch.from_numpy(np.stack(x)).permute(0, 3, 1, 2), torch.from_numpy(np.stack(y))[:, None].float() / 255


class Camera:
    """Takes a scene anew: light, colour, grey as infrared has it, blur, noise."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.noise = self.rng.standard_normal(1 << 22).astype(np.float32)

    def __call__(self, picture):
        rng = self.rng
        level = np.linspace(0, 1, 256)[:, None] ** np.exp(rng.normal(0, 0.3))
        level = (level - 0.5) * rng.uniform(0.7, 1.3) + 0.5 + rng.normal(0, 0.06)
        seen = cv2.LUT(picture, np.clip(level * (1 + rng.normal(0, 0.08, 3)), 0, 1).astype(np.float32)[None])
        kind = rng.random()
        if kind < 0.4:
            weights = rng.uniform(0, 1, 3)
            amount = 1.0 if kind < 0.12 else rng.uniform(0, 0.8)
            seen = cv2.transform(seen, (1 - amount) * np.eye(3) + amount * weights / weights.sum())
        if rng.random() < 0.2:
            seen = cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.4, 1.6))
        if rng.random() < 0.4:
            start = rng.integers(self.noise.size - seen.size)
            seen = seen + abs(rng.normal(0, 0.04)) * self.noise[start : start + seen.size].reshape(seen.shape)
        return np.clip(seen, 0, 1).astype(np.float32)


def edges(x):
    return torch.cat([(x[..., 1:, :-1] - x[..., :-1, :-1]), (x[..., :-1, 1:] - x[..., :-1, :-1])], 1)


def loss_of(logits, rough, truth):
    """Cross entropy, more of it near edges; the share that overlaps (soft Jaccard) per picture; the mask's slopes."""
    mask = logits.sigmoid()
    wide = F.avg_pool2d(F.avg_pool2d(truth, 8), 3, 1, 1, count_include_pad=False)
    near = F.interpolate(1 + 8 * wide * (1 - wide), scale_factor=8.0)
    entropy = (F.binary_cross_entropy_with_logits(logits, truth, reduction="none") * near).mean()
    both = (mask * truth).sum((1, 2, 3))
    either = (mask + truth - mask * truth).sum((1, 2, 3))
    jaccard = (1 - (both + 30) / (either + 30)).mean()
    slopes = (edges(mask) - edges(truth)).abs().mean()
    coarse = F.binary_cross_entropy_with_logits(rough, F.adaptive_avg_pool2d(truth, rough.shape[2:]))
    return entropy + 0.7 * jaccard + slopes + 0.3 * coarse, (float(entropy), float(jaccard), float(slopes))


@torch.no_grad()
def overlap(net, held):
    """Mean intersection over union on whole pictures."""
    net.eval()
    shares = []
    for picture, mask in held:
        h, w = fitted(*picture.shape[:2])
        x = torch.from_numpy(cv2.resize(picture, (w, h), interpolation=cv2.INTER_AREA)[..., ::-1].copy()).permute(2, 0, 1)[None].float() / 255
        seen = cv2.resize(net(x)[0].sigmoid()[0, 0].numpy(), picture.shape[1::-1], interpolation=cv2.INTER_LINEAR) > 0.5
        truth = mask > 127
        shares.append((seen & truth).sum() / max(1, (seen | truth).sum()))
    return float(np.mean(shares))


class Average:
    """An exponential moving average of the weights: its answers are steadier than any step's."""

    def __init__(self, net, keep=0.997):
        self.net, self.keep, self.steps = copy.deepcopy(net).eval(), keep, 0

    @torch.no_grad()
    def update(self, net):
        self.steps += 1
        keep = min(self.keep, 1 - 1 / (1 + self.steps / 3))
        for mine, new in zip(self.net.state_dict().values(), net.state_dict().values()):
            mine.copy_(new if not mine.is_floating_point() else mine * keep + new * (1 - keep))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--until", type=float, help="instead of minutes: seconds since 1970")
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--small", type=float, default=0.55, help="the share of the time in which scenes are made smaller")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--quick", action="store_true", help="three minutes, to prove the recipe")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(5)
    options.out.mkdir(parents=True, exist_ok=True)
    net = Matte()
    if options.start:
        net.load_state_dict(torch.load(options.start))
    net = net.to(memory_format=torch.channels_last)
    average = Average(net)
    decay = [p for p in net.parameters() if p.ndim > 1]
    rest = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}], options.rate)
    held = load(options.cache / "held.pkl")
    begun = time.time()
    end = options.until or begun + 60 * (3 if options.quick else options.minutes)
    sums, step, best = np.zeros(3), 0, 0.0
    scenes = Scenes(options.cache, options.batch, 5)
    for found in scenes.batches():
        gone = (time.time() - begun) / (end - begun)
        if gone >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * gone)) + 1e-5
        x, y = scenes.next(found, small=gone < options.small)
        net.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, rough = net(x)
        loss, parts = loss_of(logits.float(), rough.float(), y)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        average.update(net)
        sums, step = sums + parts, step + 1
        if step % 50 == 0:
            print("%5.1f min step %d entropy %.4f jaccard %.4f slopes %.4f" % ((time.time() - begun) / 60, step, *(sums / 50)), flush=True)
            sums[:] = 0
        if step % 200 == 0:
            share = overlap(average.net, held)
            torch.save(average.net.state_dict(), options.out / "last.pt")
            if share > best:
                best = share
                torch.save(average.net.state_dict(), options.out / "weights.pt")
            print("held out: IoU %.4f, best %.4f" % (share, best), flush=True)
    share = overlap(average.net, held)
    torch.save(average.net.state_dict(), options.out / "last.pt")
    if share > best:
        torch.save(average.net.state_dict(), options.out / "weights.pt")
    print("held out: IoU %.4f at the end, best %.4f" % (share, max(best, share)), flush=True)


if __name__ == "__main__":
    main()
