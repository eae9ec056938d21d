"""Judges a checkpoint as the field counts, on pictures it was not trained on: luma, made small by bicubic, borders off."""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from degrade import bicubic, rounded
from network import Refiner
from train import doubled, psnr

# From full range to the 219 levels of BT.601, in which the field counts.
STUDIO = 219 / 255


def small(rgb, scale):
    h, w = rgb.shape[-2:]
    return rounded(bicubic(h, scale) @ rgb @ bicubic(w, scale).T)


def luma(rgb):
    return torch.tensor([0.299, 0.587, 0.114]) @ rgb.reshape(3, -1)


def enlarged(plane, scale, size):
    """Bicubic, as the peer."""
    image = Image.fromarray(plane.numpy(), "F").resize(size, Image.BICUBIC)
    return torch.tensor(np.asarray(image)).clamp(0, 1)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--checkpoint", type=Path, required=True)
    options.add_argument("--channels", type=int, default=48)
    options.add_argument("--blocks", type=int, default=4)
    options.add_argument("--pictures", type=Path, nargs="+", required=True, help="folders of PNG files")
    options.add_argument("--scales", type=int, nargs="+", default=[2, 4])
    args = options.parse_args()
    torch.set_num_threads(1)
    net = Refiner(args.channels, args.blocks)
    net.load_state_dict(torch.load(args.checkpoint))
    for folder in args.pictures:
        for scale in args.scales:
            scores = []
            for path in sorted(folder.glob("*.png")):
                rgb = torch.tensor(np.asarray(Image.open(path).convert("RGB"), np.float32) / 255).permute(2, 0, 1)
                h, w = (s // scale * scale for s in rgb.shape[1:])
                rgb = rgb[:, :h, :w].contiguous()
                low = small(rgb, scale)
                truth = luma(rgb).view(h, w)
                y = luma(low).view(low.shape[1:])
                plain = enlarged(y, scale, (w, h))
                for _ in range(int(math.log2(scale))):
                    y = doubled(net, y.numpy())
                scores.append([psnr(STUDIO * plain, STUDIO * truth, scale), psnr(STUDIO * y, STUDIO * truth, scale)])
            bicubically, ours = np.mean(scores, 0)
            print(f"{folder.name:9} x{scale} {len(scores):3}  bicubic {bicubically:.2f}  ours {ours:.2f}", flush=True)


if __name__ == "__main__":
    main()
