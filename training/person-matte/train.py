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


class Scenes:
    """Batches of one shape each, from one shard after the other."""

    def __init__(self, cache, batch, seed):
        self.cache, self.batch = cache, batch
        self.order = random.Random(seed)

    def __iter__(self):
        while True:
            files = sorted(self.cache.glob("shard-*.npz"), key=lambda f: int(f.stem.split("-")[1]) if "part" not in f.stem else -1)
            files = [f for f in files if "part" not in f.name]
            # Four shards at a time are shuffled batch by batch.
            four = [np.load(f) for f in self.order.sample(files, min(4, len(files)))]
            four = [(shard["pictures"], shard["masks"]) for shard in four]
            batches = []
            for shard in four:
                rows = list(range(len(shard[0])))
                self.order.shuffle(rows)
                batches += [(shard, rows[i : i + self.batch]) for i in range(0, len(rows) - self.batch + 1, self.batch)]
            self.order.shuffle(batches)
            for (pictures, masks), rows in batches:
                # BGR to RGB, planes
                yield torch.from_numpy(pictures[rows][..., ::-1].copy()).permute(0, 3, 1, 2), torch.from_numpy(masks[rows])[:, None]


def per(n, low, high):
    return torch.empty(n, 1, 1, 1).uniform_(low, high)


def photographed(x):
    """Each scene taken anew: light, colour, grey as infrared has it, blur, noise."""
    n = len(x)
    x = x.clamp(0, 1) ** torch.exp(torch.randn(n, 1, 1, 1) * 0.3)
    x = (x - 0.5) * per(n, 0.7, 1.3) + 0.5 + torch.randn(n, 1, 1, 1) * 0.06
    x = x * (1 + torch.randn(n, 3, 1, 1) * 0.08)
    weights = torch.rand(n, 3, 1, 1)
    grey = (x * weights / weights.sum(1, keepdim=True)).sum(1, keepdim=True)
    amount = torch.where(torch.rand(n, 1, 1, 1) < 0.12, torch.ones(n, 1, 1, 1), per(n, -0.3, 0.5).clamp(min=0))
    x = x + (grey - x) * amount
    if torch.rand(()) < 0.2:
        small = F.interpolate(x, scale_factor=float(torch.empty(()).uniform_(0.4, 0.9)), mode="bilinear", align_corners=False)
        x = F.interpolate(small, x.shape[2:], mode="bilinear", align_corners=False)
    noise = torch.randn(n, 1, 1, 1).abs() * 0.03 * (torch.rand(n, 1, 1, 1) < 0.5)
    return (x + torch.randn_like(x) * noise).clamp(0, 1)


def mirrored(x, y):
    """Half of them mirrored."""
    flip = torch.rand(len(x), 1, 1, 1) < 0.5
    return torch.where(flip, x.flip(3), x), torch.where(flip, y.flip(3), y)


def edges(x):
    return torch.cat([(x[..., 1:, :-1] - x[..., :-1, :-1]), (x[..., :-1, 1:] - x[..., :-1, :-1])], 1)


def loss_of(logits, rough, truth):
    """Cross entropy, more of it near edges; the share that overlaps (soft Jaccard) per picture; the mask's slopes."""
    mask = logits.sigmoid()
    wide = F.avg_pool2d(truth, 15, 1, 7)
    near = 1 + 2 * (4 * wide * (1 - wide))
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
    for pictures, masks in Scenes(options.cache, options.batch, 5):
        gone = (time.time() - begun) / (end - begun)
        if gone >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * gone)) + 1e-5
        x, y = mirrored(pictures, masks)
        x, y = photographed(x.float() / 255), y.float() / 255
        net.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, rough = net(x.contiguous(memory_format=torch.channels_last))
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
        if step % 150 == 0:
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
