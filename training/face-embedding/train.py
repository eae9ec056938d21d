"""Fits the embedding network to the bank of textures; nothing is iterated but the quality.

    python3 train.py --work WORK [--quick]

Each part's matrix is closed form. Its textures are reduced to their strongest principal components; there, linear discriminants (Fisher;
Belhumeur et al., Fisherfaces, 1997) put directions first in which people differ more than pictures of one person do, each shrunk by
the share of it that is a person's own (as probabilistic LDA does; Prince and Elder 2007). What differs between pictures of one person is
learned from people with several pictures, from augmented and relit copies of everybody and from drawn people. Writes WORK/embedding.pt and prints what the held-out people
say.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from scipy.linalg import eigh

from net import PARTS, EmbeddingNet
from people import People, held_out
from score import across, measure, pairs

MOST = 8  # pictures of one person count as at most so many
AUGMENTED, LAMPS, DRAWN = 0.15, 0.35, 0.05  # shares of the scatter within people that copies and drawn people have
COMPONENTS = {0: 420, 1: 320}  # of the whole face, of a part of it


class Bank:
    """Textures of real faces, plain and as copies, of drawn people and of ruined faces."""

    def __init__(self, work, copies):
        load = lambda name: np.load(work / f"bank-{name}.npz")
        self.who = json.loads((work / "real-lfw-who.json").read_text())
        count = {n: self.who.count(n) for n in set(self.who)}
        self.held = np.array([count[n] > 1 and held_out(n) for n in self.who])
        self.plain, self.contrasts = load("plain")["x"], load("plain")["c"]
        self.copies = [(c["x"], c["c"]) for c in (load(f"copy{i}") for i in range(copies))]
        self.lamps, self.lamps_of = load("lamp")["x"], load("lamp")["of"]
        self.held_lamps = load("held")["x"]
        self.drawn = load("drawn")["x"]
        self.ruined, self.ruined_of = (load("ruined")["x"], load("ruined")["c"]), np.load(work / "bank-ruined-of.npy")
        training = [n for n, h in zip(self.who, self.held) if not h]
        self.several = [p for p in People(training, training).pictures if len(p) > 1]


def scatter(z, people):
    """Covariance around each person's mean."""
    total, n = 0, 0
    for numbers in people:
        d = z[numbers] - z[numbers].mean(0)
        share = min(len(numbers), MOST) / len(numbers)
        total, n = total + share * d.T @ d, n + share * (len(numbers) - 1)
    return total / n


def components(x, k):
    """Mean, directions and spreads of the k strongest principal components."""
    mean = x.mean(0)
    torch.manual_seed(0)
    _, spread, modes = torch.svd_lowrank(torch.from_numpy(x - mean), q=k + 50, niter=2)
    return mean, modes[:, :k].numpy() / (spread[:k].numpy() / np.sqrt(len(x)))


def matrix(part, bank, k):
    """Weight and bias of a part."""
    of = lambda rows: part.of(torch.from_numpy(rows.astype(np.float32))).numpy()
    plain = of(bank.plain)[~bank.held]
    mean, whiten = components(plain, k)
    z = (plain - mean) @ whiten
    everybody = np.zeros((len(bank.held), z.shape[1]), np.float32)
    everybody[~bank.held] = z
    copied = [(of(x)[~bank.held] - mean) @ whiten - z for x, _ in bank.copies]
    relit = (of(bank.lamps) - mean) @ whiten - everybody[bank.lamps_of]
    drawn = (of(bank.drawn) - mean) @ whiten
    within = (1 - AUGMENTED - LAMPS - DRAWN) * scatter(z, bank.several)
    within += AUGMENTED * sum(d.T @ d for d in copied) / (2 * len(z) * max(1, len(copied)))
    within += LAMPS * relit.T @ relit / (2 * len(relit))
    within += DRAWN * scatter(drawn, [np.arange(i, i + 6) for i in range(0, len(drawn) - 5, 6)])
    ratio, turn = eigh(np.eye(k), within)
    ratio, turn = ratio[::-1][:part.values], turn[:, ::-1][:, :part.values]
    between = np.maximum(ratio - 1, 0)
    weight = (whiten @ (turn * np.sqrt(between / (between + 1)))).T
    return weight, -weight @ mean


def fit(net, bank):
    for part, weigh in zip(PARTS, net.parts):
        weight, bias = matrix(part, bank, COMPONENTS[0 if part.bottom - part.top == 14 else 1])
        with torch.no_grad():
            weigh.weight.copy_(torch.from_numpy(weight))
            weigh.bias.copy_(torch.from_numpy(bias))
        print("part", part, flush=True)


@torch.no_grad()
def embed(net, features):
    return torch.cat([net.embed(torch.from_numpy(f.astype(np.float32))) for f in np.array_split(features, 40)]).numpy()


def trust(net, bank, values, steps):
    """Learns how much of what a face says is left in a bad picture of it: the cosine of both, from 0.2 (nothing) to 0.9 (all)."""
    sources = [(bank.plain, bank.contrasts, np.arange(len(bank.plain))),
               (*bank.copies[0], np.arange(len(bank.plain))),
               (*bank.ruined, bank.ruined_of)]
    rows = [(x, c, ~bank.held[of], (embed(net, x) * values[of]).sum(1)) for x, c, of in sources]
    x, c, y = (torch.from_numpy(np.concatenate([r[i][r[2]] for r in rows]).astype(np.float32)) for i in (0, 1, 3))
    y = ((y - 0.2) / 0.7).clamp(0, 1)
    centre, c_centre, c_spread = x.mean(0), c.mean(0), c.std(0)
    optimiser = torch.optim.AdamW([*net.trust.parameters(), *net.contrast.parameters()], 1e-3, weight_decay=0.3)
    torch.manual_seed(2)
    torch.nn.init.zeros_(net.trust.weight)
    for step in range(steps):
        some = torch.randint(0, len(x), (256,))
        said = net.trust(x[some] - centre) + net.contrast((c[some] - c_centre) / c_spread)
        loss = F.binary_cross_entropy_with_logits(said[:, 0], y[some])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 500 == 499:
            print("quality", step + 1, round(loss.item(), 4), flush=True)
    with torch.no_grad():  # the centres go into the biases
        net.trust.bias -= net.trust.weight[0] @ centre
        first = net.contrast[0]
        first.weight /= c_spread
        first.bias -= first.weight @ c_centre


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--work", required=True, type=Path)
    args.add_argument("--copies", type=int, default=2)
    args.add_argument("--out", default="embedding.pt")
    args.add_argument("--quick", action="store_true", help="one copy and little patience for the quality")
    args = args.parse_args()
    torch.set_num_threads(1)
    bank, net = Bank(args.work, 1 if args.quick else args.copies), EmbeddingNet()
    fit(net, bank)
    torch.save({"net": net.state_dict()}, args.work / args.out)
    values = embed(net, bank.plain)
    names = [n for n, h in zip(bank.who, bank.held) if h]
    same, apart = pairs(People(names, names))
    print("held out", json.dumps(measure(values[bank.held], same, apart)), flush=True)
    first, second = np.split(embed(net, bank.held_lamps), 2)
    print("under two lamps", json.dumps(across(first, second)), flush=True)
    trust(net, bank, values, 200 if args.quick else 1500)
    torch.save({"net": net.state_dict()}, args.work / args.out)


if __name__ == "__main__":
    main()
