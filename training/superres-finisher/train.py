"""Trains the finisher and exports it: see README.md."""

import argparse
import copy
import math
import random
import time
from pathlib import Path

import numpy as np
import torch

from network import Finisher, parameters

# Every eighth picture's pairs are held back: with P pictures, pair i shows picture i mod P.
HELD = 8
# Pixels at each edge of a square that do not count, because of the convolutions' zeros.
RIM = 10


def read(path):
    """A pair as bench writes it: picture and truth [3, s, s] and noise [1, s/2, s/2], 16 bit, and the scale."""
    raw = path.read_bytes()
    side = int(np.frombuffer(raw, "<i4", 1)[0])
    scale = float(np.frombuffer(raw, "<f4", 1, 4)[0])
    values = np.frombuffer(raw, "<u2", offset=8)
    n = side * side
    return (
        values[: 3 * n].reshape(3, side, side),
        values[3 * n : 6 * n].reshape(3, side, side),
        values[6 * n :].reshape(1, side // 2, side // 2),
        scale,
    )


class Pairs:
    def __init__(self, folder, pictures, limit, seed):
        self.random = random.Random(seed)
        self.pictures, self.limit, self.folder = pictures, limit, folder
        self.trained, self.held, self.seen = [], [], set()
        self.refresh()

    def refresh(self):
        """Takes up the pairs that have been written since."""
        for path in sorted(self.folder.glob("*.pair"))[: self.limit]:
            if path.name not in self.seen and time.time() - path.stat().st_mtime > 2:
                self.seen.add(path.name)
                held = int(path.stem) % self.pictures % HELD == HELD - 1
                (self.held if held else self.trained).append(read(path))

    def batch(self, n, side):
        """Squares, turned and mirrored at random."""
        columns = ([], [], [])
        scales = []
        for picture, truth, noise, scale in self.random.choices(self.trained, k=n):
            free = (picture.shape[1] - side) // 2
            y, x = 2 * self.random.randint(0, free), 2 * self.random.randint(0, free)
            turn, mirror = self.random.randrange(4), self.random.random() < 0.5
            for column, plane, k in zip(columns, (picture, truth, noise), (1, 1, 2)):
                cut = plane[:, y // k : (y + side) // k, x // k : (x + side) // k]
                cut = np.rot90(cut, turn, (1, 2))
                column.append(cut[:, :, ::-1] if mirror else cut)
            scales.append(scale)
        return values(*(np.stack(c) for c in columns), scales)


def values(picture, truth, noise, scales):
    def display(a):
        return torch.tensor(a.astype(np.float32) * (2 / 65535) - 0.5)

    noise = torch.tensor(noise.astype(np.float32) / 65535)
    return display(picture), display(truth), noise, torch.tensor(scales, dtype=torch.float32).view(-1, 1, 1, 1)


def judged(net, held):
    """Mean gain in PSNR over what came in, of the pairs held back."""
    gains = []
    with torch.no_grad():
        for picture, truth, noise, scale in held:
            x, y, s, k = values(picture[None], truth[None], noise[None], [scale])
            z = net(x, s, k).clamp(0, 1)
            inner = slice(RIM, -RIM)
            before, after = ((v - y)[:, :, inner, inner].square().mean().item() for v in (x.clamp(0, 1), z))
            gains.append(10 * math.log10(before / after))
    return sum(gains) / max(1, len(gains))


def exported(net, path):
    net = copy.deepcopy(net).eval().float().to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        net,
        (torch.zeros(1, 3, 64, 64), torch.zeros(1, 1, 32, 32), torch.zeros(1, 1, 1, 1)),
        str(path),
        opset_version=13,
        input_names=["picture", "noise", "scale"],
        output_names=["finished"],
        dynamic_axes={"picture": {2: "h2", 3: "w2"}, "noise": {2: "h", 3: "w"}, "finished": {2: "h2", 3: "w2"}},
    )


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=Path, required=True, help="a folder that `fovea bench superres-pairs` filled")
    options.add_argument("--pictures", type=int, required=True, help="of how many pictures the pairs are made")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=60, help="how long to train")
    options.add_argument("--quick", action="store_true", help="three minutes on few pairs: proves the recipe")
    options.add_argument("--channels", type=int, default=32)
    options.add_argument("--layers", type=int, default=3)
    options.add_argument("--batch", type=int, default=16)
    options.add_argument("--side", type=int, default=96, help="pixels along a square")
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--squared", type=float, default=0.7, help="part of the time after which the loss is squared")
    options.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--seed", type=int, default=7)
    args = options.parse_args()
    minutes = 3 if args.quick else args.minutes
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    pairs = Pairs(args.pairs, args.pictures, 200 if args.quick else None, args.seed)
    print(f"{len(pairs.trained)} pairs, {len(pairs.held)} held back", flush=True)
    net = Finisher(args.channels, args.layers).to(memory_format=torch.channels_last)
    if args.resume:
        net.load_state_dict(torch.load(args.resume))
    mean = copy.deepcopy(net)
    print(f"{parameters(net)} parameters", flush=True)
    optimiser = torch.optim.Adam(net.parameters(), lr=args.rate, betas=(0.9, 0.99))

    # The schedule follows the clock: the same recipe suits machines of any speed.
    start = told = time.monotonic()
    steps = 0
    while (done := (time.monotonic() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = args.rate * min(1, steps / 500) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        x, y, noise, scale = pairs.batch(args.batch, args.side)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=done < 0.9):
            z = x + net.added(x.contiguous(memory_format=torch.channels_last), noise, scale).float()
        e = (z - y)[:, :, RIM:-RIM, RIM:-RIM]
        # Mostly absolute, which trains well; squared at the end, which is what is judged.
        loss = e.abs().mean() if done < args.squared else 20 * e.square().mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 0.5)
        optimiser.step()
        steps += 1
        with torch.no_grad():
            for m, p in zip(mean.parameters(), net.parameters()):
                m.lerp_(p, 1 - min(0.999, (1 + steps) / (10 + steps)))
        if time.monotonic() - told > (30 if args.quick else 120):
            told = time.monotonic()
            pairs.refresh()
            print(f"{done:6.1%} {steps:7d} steps  {len(pairs.trained)} pairs  held {judged(mean, pairs.held):+.3f} dB", flush=True)
            torch.save(mean.state_dict(), args.out / "finisher.pt")
            exported(mean, args.out / "model.onnx")
    print(f"done {steps} steps  held {judged(mean, pairs.held):+.3f} dB", flush=True)
    torch.save(mean.state_dict(), args.out / "finisher.pt")
    exported(mean, args.out / "model.onnx")


if __name__ == "__main__":
    main()
