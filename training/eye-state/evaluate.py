"""Measures the network while it is being made, on what it has not learned from; `bench eyes` measures the finished one.

    python3 evaluate.py --work WORK --net WORK/eyes.pt
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from augment import REC709
from cut import SIZE
from net import EyeStateNet
from train import load


def greys(pack):
    """The cuts as they are, without augmentation."""
    out = []
    for eye, span in zip(pack["eyes"], pack["span"]):
        n = eye.shape[0]
        edge = int(round(n * (1 - 1 / span) / 2))
        cut = eye[edge:n - edge, edge:n - edge]
        out.append(cv2.resize(cut, (SIZE, SIZE), interpolation=cv2.INTER_AREA) @ REC709 / 255)
    return np.float32(out)


def ways(grey, rng):
    """As it is, dark, and noisy; the input is grey anyway."""
    yield "plain", grey
    yield "dark", grey**2.5
    yield "noisy", np.clip(grey + 0.08 * rng.normal(0, 1, grey.shape), 0, 1)


@torch.no_grad()
def answers(net, grey):
    opened, sure = net.see(torch.from_numpy(np.float32(grey))[:, None])
    return opened.numpy(), sure.numpy()


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--net", required=True, type=Path)
    args = args.parse_args()
    torch.set_num_threads(1)
    net = EyeStateNet().eval()
    net.load_state_dict(torch.load(args.net)["net"])
    rng = np.random.default_rng(8)
    valid = load(args.work, "pictures-valid")
    truth = valid["low"] > 0.5
    for way, grey in ways(greys(valid), rng):
        opened, sure = answers(net, grey)
        print(f"valid, {way}: {100 * ((opened >= 0.5) == truth).mean():.1f} % right, confidence {np.median(sure):.2f}, "
              f"wrong though confident {100 * (((opened >= 0.5) != truth) & (sure >= 0.5)).mean():.1f} %")
    for name in ("held-eyes", "held-lfw", "held-other"):
        if not list(args.work.glob(f"{name}.npz")):
            continue
        pack = load(args.work, name)
        opened, sure = answers(net, greys(pack))
        off = np.maximum(0, np.maximum(pack["low"] - opened, opened - pack["high"]))
        whole = pack["seen"] > 0.9
        print(f"{name}: confidence {np.percentile(sure, (5, 50, 95)).round(2)}"
              + (f", of whole eyes off by {off[whole].mean():.3f}, confidence {np.percentile(sure[whole], (5, 50)).round(2)}"
                 if whole.any() else ""))


if __name__ == "__main__":
    main()
