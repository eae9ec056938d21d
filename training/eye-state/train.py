"""Trains the eye-state network.

    python3 train.py --work WORK --minutes 11                      --quick: two minutes that prove the recipe

Every label is an interval between which the openness lies: an answer within it is right as it is, one outside is drawn to its nearer
end. The confidence learns two things at once: whether there is an eye to be seen, and whether the answer would have been right.
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

from augment import sample, texture
from net import EyeStateNet

EPOCH, BATCH = 12_800, 64
# How often each source is seen; the pictures are as many as they are few.
SHARES = {"pictures-train": 0.3, "real-lfw": 0.16, "real-yawn": 0.02, "drawn-[0-9]*": 0.1, "drawn-eyes-*": 0.23, "other": 0.1,
          "dark-glasses": 0.06, "": 0.03}
NEAR = 0.3  # an openness off by so much counts as right to 37 %


class Eyes(Dataset):
    def __init__(self, packs, epoch):
        self.packs, self.epoch = packs, epoch
        self.share = np.array([share for share, _, _ in packs])

    def __len__(self):
        return EPOCH

    def __getitem__(self, i):
        rng = np.random.default_rng([self.epoch, i])
        _, name, pack = self.packs[rng.choice(len(self.packs), p=self.share / self.share.sum())]
        if pack is None:
            return texture(rng)[None], np.float32([0, 1, 0])
        k = rng.integers(len(pack["eyes"]))
        low, high = pack["low"][k], pack["high"][k]
        grey, seen = sample(rng, pack["eyes"][k], pack["span"][k], low, high, pack["seen"][k], name == "pictures-train")
        return grey[None], np.float32([low, high, seen])


def load(work, pattern):
    """All packs of a pattern, as one."""
    parts = [np.load(p) for p in sorted(work.glob(f"{pattern}.npz"))]
    if not parts:
        raise SystemExit(f"{work} has no {pattern}.npz: run gather.py and draw_eyes.py first.")
    return {key: np.concatenate([p[key] for p in parts]) for key in ("eyes", "span", "low", "high", "seen", "who")}


def loss_of(logits, label):
    low, high, seen = label.T
    opened = torch.sigmoid(logits[:, 0])
    wanted = torch.maximum(torch.minimum(opened.detach(), high), low)
    off = (opened - wanted).abs()
    openness = torch.nn.functional.binary_cross_entropy_with_logits(logits[:, 0], wanted, reduction="none") - entropy(wanted)
    right = seen * torch.exp(-(off.detach() / NEAR) ** 2)
    sure = torch.nn.functional.binary_cross_entropy_with_logits(logits[:, 1], right)
    return (seen * (openness + off)).mean() + 0.4 * sure, (seen * off).sum().detach() / seen.sum(), sure.detach()


def entropy(p):
    return torch.special.entr(p) + torch.special.entr(1 - p)


def smooth_weights(ema, net, keep):
    with torch.no_grad():
        for a, b in zip(ema.state_dict().values(), net.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - keep)
            else:
                a.copy_(b)


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--minutes", type=float, default=11)
    args.add_argument("--rate", type=float, default=2.5e-3)
    args.add_argument("--first-epoch", type=int, default=0, help="another number, other augmentations")
    args.add_argument("--start", help="checkpoint to go on from")
    args.add_argument("--out", default="eyes.pt")
    args.add_argument("--quick", action="store_true")
    args = args.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(6)
    packs = [(share, name, load(args.work, name) if name else None) for name, share in SHARES.items()]
    net = EyeStateNet().to(memory_format=torch.channels_last)
    if args.start:
        net.load_state_dict(torch.load(args.start)["net"])
    train(args, packs, net, 2 if args.quick else args.minutes)


def train(args, packs, net, minutes):
    ema = copy.deepcopy(net).eval()
    decay = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0}])
    begin, step, epoch = time.time(), 0, args.first_epoch
    while time.time() - begin < minutes * 60:
        sums = np.zeros(3)
        for grey, label in DataLoader(Eyes(packs, epoch), BATCH, num_workers=1, prefetch_factor=8, drop_last=True):
            done = min(1, (time.time() - begin) / (minutes * 60))
            rate = args.rate * min(1, (step + 1) / 100) * (0.005 + 0.5 * (1 + math.cos(math.pi * done)))
            for group in optimiser.param_groups:
                group["lr"] = rate
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = net(grey.to(memory_format=torch.channels_last))
            loss, off, sure = loss_of(logits.float(), label)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            step += 1
            smooth_weights(ema, net, min(0.997, 1 - 1 / (step + 1)))
            sums += [1, off.item(), sure.item()]
            if done >= 1:
                break
        epoch += 1
        torch.save({"net": ema.state_dict(), "epoch": epoch, "steps": step}, args.work / args.out)
        print(json.dumps({"epoch": epoch, "minutes": round((time.time() - begin) / 60, 1), "samples": step * BATCH,
                          "off": round(sums[1] / sums[0], 4), "sure": round(sums[2] / sums[0], 4), "rate": round(rate, 6)}),
              flush=True)


if __name__ == "__main__":
    main()
