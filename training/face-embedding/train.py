"""Trains the embedding network on labelled faces and drawn people.

    python3 train.py --work WORK [--minutes 60] [--start CHECKPOINT] [--quick]

Two margin softmaxes (Wang et al., CosFace, 2018) share the network: one over real, one over drawn people, so that telling drawings from
photographs earns nothing. Somebody with one picture is a class as well: augmentation makes it many. Writes WORK/embedding.pt (smoothed
weights) after each epoch, with what the held-out people say of it; the learning rate follows a cosine over the given time.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Dataset

import light
from augment import MARGIN, SIDE, face_sample
from net import REACH, TEXTURES, VALUES, EmbeddingNet
from people import People
from score import measure, pairs

BATCH, EPOCH = 64, 12_800
DRAWN = 3_000  # people that may be drawn; new packs are picked up at each epoch
SCALE, MARGIN_REAL, MARGIN_DRAWN = 28.0, 0.25, 0.15
TEXTURE_WEIGHT = 6.0
NOTHING = np.zeros(TEXTURES, np.float32)


class Faces(Dataset):
    """Samples come in pairs of one person: number 2i and 2i + 1 are two pictures of the same one."""

    def __init__(self, real, drawn, epoch, shares):
        self.real, self.drawn, self.epoch, self.shares = real, drawn, epoch, shares

    def __len__(self):
        return EPOCH

    def __getitem__(self, i):
        rng = np.random.default_rng([self.epoch, i // 2])
        several, drawn = self.shares
        u = rng.random()
        if u < drawn and len(self.drawn):
            people, who = self.drawn, rng.integers(len(self.drawn.names))
        else:
            people = self.real
            group = people.several if u < drawn + several else people.single
            who = group[rng.integers(len(group))]
        order = rng.permutation(people.pictures[who])
        k = order[(i % 2) % len(order)]
        rng = np.random.default_rng([self.epoch, i, 1])
        seen = light.planes(face_sample(rng, people.faces[k]))
        return torch.from_numpy(seen), who, int(people is self.drawn), self.textures(people, k)

    def textures(self, people, k):
        return people.textures[k] if people.textures is not None else NOTHING


class Margin(nn.Module):
    """Cosine softmax with an additive margin."""

    def __init__(self, classes):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(classes, VALUES) * 0.1)

    def forward(self, values, who, margin):
        cosine = F.normalize(values) @ F.normalize(self.weight).T
        cosine = cosine - margin * F.one_hot(who, self.weight.shape[0])
        return F.cross_entropy(SCALE * cosine, who, label_smoothing=0.05)


def smooth_weights(ema, net, keep):
    with torch.no_grad():
        for a, b in zip(ema.state_dict().values(), net.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - keep)
            else:
                a.copy_(b)


def planes(seen):
    """What `light.planes` gave, as the network takes it."""
    return ((seen.float() - 128) * (REACH / 127.5)).permute(0, 3, 1, 2)


@torch.no_grad()
def embed(net, faces):
    """Embeddings of stored faces, as numpy."""
    middle = faces[:, MARGIN:MARGIN + SIDE, MARGIN:MARGIN + SIDE]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return np.concatenate([net.see(torch.from_numpy(middle[i:i + 64] / np.float32(255)).permute(0, 3, 1, 2))[0]
                               .float().numpy()
                               for i in range(0, len(middle), 64)])


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--minutes", type=float, default=60)
    args.add_argument("--rate", type=float, default=2e-3)
    args.add_argument("--several", type=float, default=0.55, help="share of people with more than one picture")
    args.add_argument("--drawn", type=float, default=0.25, help="share of drawn people")
    args.add_argument("--start", help="checkpoint to go on from")
    args.add_argument("--out", default="embedding.pt")
    args.add_argument("--quick", action="store_true", help="three minutes that prove the recipe")
    args = args.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(6)
    real, held, drawn = People.real(args.work, held=False), People.real(args.work, held=True), People.drawn(args.work)
    print(len(real.faces), "pictures of", len(real.names), "people;", len(held.faces), "of", len(held.names), "held out;",
          len(drawn), "drawn", flush=True)
    net = EmbeddingNet()
    if args.start:
        net.load_state_dict(torch.load(args.start)["net"])
    net.to(memory_format=torch.channels_last)
    heads = nn.ModuleList([Margin(len(real.names)), Margin(DRAWN)])
    train(args, net, heads, held, 3 if args.quick else args.minutes)


def train(args, net, heads, held, minutes):
    ema = copy.deepcopy(net).eval()
    everything = list(net.parameters()) + list(heads.parameters())
    optimiser = torch.optim.AdamW([{"params": [p for p in everything if p.ndim > 1], "weight_decay": 0.05},
                                   {"params": [p for p in everything if p.ndim <= 1], "weight_decay": 0}])
    begin, step, epoch, done = time.time(), 0, 0, 0.0
    while done < 1:
        real, drawn = People.real(args.work, held=False), People.drawn(args.work)
        loader = DataLoader(Faces(real, drawn, epoch, (args.several, args.drawn)), BATCH, num_workers=1,
                            prefetch_factor=6, drop_last=True)
        sums = np.zeros(4)
        net.train()
        for seen, who, is_drawn, textures in loader:
            done = (time.time() - begin) / (minutes * 60)
            rate = args.rate * min(1, (step + 1) / 200) * (0.005 + 0.5 * (1 + math.cos(math.pi * min(done, 1))))
            for group in optimiser.param_groups:
                group["lr"] = rate
            loss = loss_of(net, heads, planes(seen), (who, is_drawn.bool(), textures), min(1, 4 * done), sums)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            step += 1
            smooth_weights(ema, net, min(0.997, 1 - 1 / (step + 1)))
            if done > 1:
                break
        epoch += 1
        torch.save({"net": ema.state_dict(), "step": step}, args.work / args.out)
        line = {"epoch": epoch, "minutes": round((time.time() - begin) / 60, 1), "samples": step * BATCH,
                "real": round(sums[1] / sums[0], 3), "drawn": round(sums[2] / sums[0], 3), "textures": round(sums[3] / sums[0], 3)}
        if epoch % 2 == 0 or done >= 1:
            line |= measure(embed(ema, held.faces), *pairs(held))
        print(json.dumps(line), flush=True)


def loss_of(net, heads, seen, truth, ramp, sums):
    who, is_drawn, textures = truth
    with torch.autocast("cpu", dtype=torch.bfloat16):
        values, said = net(seen)
    values = values.float()
    known = textures.abs().sum(1) > 0
    alike = 1 - (F.normalize(said.float()[known]) * textures[known]).sum(1).mean() if known.any() else torch.zeros(())
    sums[3] += alike.item()
    losses = [TEXTURE_WEIGHT * alike]
    for k, (head, margin, mask) in enumerate(zip(heads, (MARGIN_REAL, MARGIN_DRAWN), (~is_drawn, is_drawn))):
        if mask.any():
            part = head(values[mask], who[mask], margin * ramp)
            sums[1 + k] += part.item()
            losses.append(part * mask.float().mean())
    sums[0] += 1
    return sum(losses)


if __name__ == "__main__":
    main()
