"""Trains the refiner and exports it: see README.md."""

import argparse
import copy
import math
import random
import time
from pathlib import Path

import numpy as np
import torch

from degrade import ROUNDING, Degrade, applied, bicubic, rounded
from network import Refiner, parameters
from pictures import Crops, facades, photographs

# Coarse pixels at each edge of a square that only serve the kernels, and those that do not count because of the convolutions' zeros.
EDGE = 4
RIM = 3


def doubled(net, plane, sigma=ROUNDING, blur=0.0):
    """A whole plane through the network, mirrored at its edges."""
    reach = 12
    x = torch.tensor(np.pad(plane, reach, "symmetric"))[None]
    x = torch.stack([x, torch.full_like(x, sigma), torch.full_like(x, blur)], 1)
    with torch.no_grad():
        y = net(x)[0, 0, 2 * reach : -2 * reach, 2 * reach : -2 * reach]
    return y.clamp(0, 1)


def psnr(a, b, border=2):
    e = (a - b)[border:-border, border:-border]
    return -10 * math.log10(float((e * e).mean()))


def judged(net, held):
    """Mean PSNR of pictures held back, times two of bicubic."""
    scores = []
    for plane in held:
        h, w = (s // 2 * 2 for s in plane.shape)
        truth = torch.tensor(plane[:h, :w] / 255, dtype=torch.float32)
        small = rounded(bicubic(h, 2) @ truth @ bicubic(w, 2).T)
        scores.append(psnr(doubled(net, small.numpy()), truth))
    return sum(scores) / len(scores)


def exported(net, path):
    net = copy.deepcopy(net).eval().float().to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        net,
        torch.zeros(1, 3, 64, 64),
        str(path),
        opset_version=13,
        input_names=["picture"],
        output_names=["doubled"],
        dynamic_axes={"picture": {0: "n", 2: "h", 3: "w"}, "doubled": {0: "n", 2: "h2", 3: "w2"}},
    )


def levelled(net):
    """Takes what is left of a drift in brightness out of the last bias, judged by a slope, which Catmull-Rom renders exactly."""
    slope = np.tile(np.linspace(0.1, 0.9, 160, dtype=np.float32), (48, 1))
    inner = slice(24, -24)
    truth = doubled_plainly(slope)[inner, inner]
    with torch.no_grad():
        net.tail.bias -= (doubled(net, slope)[inner, inner] - truth).mean()


def doubled_plainly(plane):
    """Linear interpolation, for slopes."""
    columns = (np.arange(2 * plane.shape[1]) + 0.5) / 2 - 0.5
    line = np.interp(columns, np.arange(plane.shape[1]), plane[0])
    return torch.tensor(np.tile(line, (2 * plane.shape[0], 1)), dtype=torch.float32)


def averaged(mean, net, keep):
    with torch.no_grad():
        for m, p in zip(mean.parameters(), net.parameters()):
            m.lerp_(p, 1 - keep)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--photographs", nargs="+", required=True, help="folders of PNG files")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=100, help="how long to train")
    options.add_argument("--quick", action="store_true", help="three minutes on few pictures: proves the recipe")
    options.add_argument("--channels", type=int, default=48)
    options.add_argument("--blocks", type=int, default=4)
    options.add_argument("--batch", type=int, default=16)
    options.add_argument("--side", type=int, default=40, help="coarse pixels along a square")
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    options.add_argument("--seed", type=int, default=7)
    args = options.parse_args()
    if args.quick:
        args.minutes = 3
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    np.random.seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    trained, held = photographs(args.photographs)
    rendered = facades(20 if args.quick else 150, args.seed)
    print(f"{len(trained)} planes of photographs, {len(rendered)} rendered, {len(held)} held back", flush=True)
    photos, lines = Crops(trained, args.seed), Crops(rendered, args.seed + 1)
    degrade = Degrade(args.seed)
    net = Refiner(args.channels, args.blocks).to(memory_format=torch.channels_last)
    if args.resume:
        net.load_state_dict(torch.load(args.resume))
    mean = copy.deepcopy(net)
    print(f"{parameters(net)} parameters", flush=True)
    optimiser = torch.optim.Adam(net.parameters(), lr=args.rate, betas=(0.9, 0.99))

    # The schedule follows the clock: the same recipe suits machines of any speed.
    start = time.monotonic()
    told, loss_sum, counted, steps = start, 0.0, 0, 0
    side = 2 * (args.side + 2 * EDGE)
    while True:
        done = (time.monotonic() - start) / (60 * args.minutes)
        if done >= 1:
            break
        warm = min(1, 50 * done)
        for group in optimiser.param_groups:
            group["lr"] = args.rate * warm * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        n = max(1, args.batch // 6)
        truth = torch.tensor(np.concatenate([photos.some(args.batch - n, side), lines.some(n, side)]))
        if done > 0.15 and random.random() < 0.2:
            x, y = degrade.twice(truth, EDGE, mean)
        else:
            x, y = degrade.pair(truth, EDGE)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=done < 0.92):
            z = net(x.contiguous(memory_format=torch.channels_last))
        e = (z - y)[:, :, 2 * RIM : -2 * RIM, 2 * RIM : -2 * RIM]
        # Mostly absolute, which trains well; squared at the end, which is what is judged.
        loss = e.abs().mean() if done < 0.85 else 20 * (e * e).mean()
        # Brightness must not drift: it is right already.
        loss = loss + 0.3 * e.mean((1, 2, 3)).abs().mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 0.5)
        optimiser.step()
        averaged(mean, net, min(0.999, (1 + steps) / (10 + steps)))
        loss_sum += float(e.detach().abs().mean())
        steps += 1
        counted += 1
        if steps % 50 == 0 and time.monotonic() - told > (30 if args.quick else 120):
            told = time.monotonic()
            print(f"{done:6.1%} {steps:7d} steps  loss {255 * loss_sum / counted:.3f}  held {judged(mean, held):.3f} dB", flush=True)
            torch.save(mean.state_dict(), args.out / "refiner.pt")
            exported(mean, args.out / "model.onnx")
            loss_sum, counted = 0.0, 0
    levelled(mean)
    print(f"done {steps} steps  held {judged(mean, held):.3f} dB", flush=True)
    torch.save(mean.state_dict(), args.out / "refiner.pt")
    exported(mean, args.out / "model.onnx")


if __name__ == "__main__":
    main()
