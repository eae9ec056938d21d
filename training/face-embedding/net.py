"""The embedding network: edges and lines of a face by formula, in three sizes, and one learned matrix that weighs them.

With five thousand pictures of three thousand people there is little to learn features from; a matrix fitted to what differs between
pictures of one person, against what differs between people, goes further than a deep network does (README.md has both figures).
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

SIDE, GRID = 112, 14
DARK = 0.02  # added to brightness before its logarithm is taken: below it there is mostly noise
DIRECTIONS = 8
# Cells of a grid of 14 x 14 at each size: side, step, overhang; and the side of the surroundings that contrast is measured in.
CELLS = ((12, 8, 2, 16), (8, 4, 2, 8), (4, 2, 1, 8))
FEATURES = len(CELLS) * 2 * DIRECTIONS * GRID * GRID // 2


@dataclass(frozen=True)
class Part:
    """Some rows of cells, their slopes (kind 0) or lines (kind 1): how many numbers it may say, and how loudly."""

    top: int
    bottom: int
    kind: int
    values: int
    weight: float

    @property
    def features(self):
        return len(CELLS) * DIRECTIONS * (self.bottom - self.top) * GRID // 2

    def of(self, features):
        """The part's share of n x 4704 features."""
        first = self.kind * DIRECTIONS
        cells = features.reshape(-1, len(CELLS), 2 * DIRECTIONS, GRID, GRID // 2)
        return cells[:, :, first:first + DIRECTIONS, self.top:self.bottom].reshape(-1, self.features)


# The whole face, then brow to nose, eyes to mouth, nose to chin: 256 numbers.
PARTS = [Part(0, 14, kind, 44, 1.2) for kind in (0, 1)] + \
    [Part(top, bottom, kind, 28, 1.0) for top, bottom in ((0, 6), (4, 10), (8, 14)) for kind in (0, 1)]
VALUES = sum(part.values for part in PARTS)


def kernels():
    """Slopes across and down (Sobel), then lines in four directions (second differences): 6 x 1 x 3 x 3."""
    slope = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    lines = torch.zeros(4, 3, 3)
    for k, (dy, dx) in enumerate(((0, 1), (1, 0), (1, 1), (1, -1))):
        lines[k, 1, 1], lines[k, 1 + dy, 1 + dx], lines[k, 1 - dy, 1 - dx] = 0.5, -0.25, -0.25
    return torch.cat([torch.stack([slope, slope.T]), lines])[:, None]


def means(x, side, step, overhang):
    return F.avg_pool2d(x, side, step, overhang, count_include_pad=False)


class Textures(nn.Module):
    """What a face's fine structure looks like, whatever the light: slopes of the logarithm of its brightness in eight directions
    (histograms of oriented gradients, Dalal and Triggs 2005, without hard bins) and light and dark lines in four, each over the contrast
    around it, averaged in 14 x 14 cells at full, half and quarter size. A face and its mirror image have the same ones."""

    def __init__(self):
        super().__init__()
        angle = torch.arange(DIRECTIONS) * 2 * math.pi / DIRECTIONS
        self.register_buffer("kernels", kernels())
        self.register_buffer("turn", torch.stack([angle.cos(), angle.sin()], 1)[:, :, None, None])
        # In the mirror a slope's direction a is pi - a, and the two diagonals change places.
        mirrored = [(DIRECTIONS // 2 - k) % DIRECTIONS for k in range(DIRECTIONS)]
        self.register_buffer("mirror", torch.tensor(mirrored + [8, 9, 11, 10, 12, 13, 15, 14]))

    def forward(self, rgb):
        """n x 3 x 112 x 112, RGB 0..1 -> features n x 4704, contrasts n x 6."""
        grey = rgb[:, :1] * 0.3 + rgb[:, 1:2] * 0.59 + rgb[:, 2:] * 0.11
        log = torch.log(grey + DARK)
        log = 0.5 * log + 0.5 * F.avg_pool2d(F.pad(log, (1, 1, 1, 1), mode="replicate"), 3, 1)
        features, contrasts = [], []
        for k, (side, step, overhang, around) in enumerate(CELLS):
            log = F.avg_pool2d(log, 2) if k else log
            seen = F.conv2d(F.pad(log, (1, 1, 1, 1), mode="replicate"), self.kernels)
            slopes, slope_power = even(seen[:, :2], around, 1e-4, 0.5, SIDE >> k)
            lines, line_power = even(seen[:, 2:], around, 3e-5, 1, SIDE >> k)
            parts = torch.relu(torch.cat([F.conv2d(slopes, self.turn), lines, -lines], 1))
            cells = torch.sqrt(means(parts, side, step, overhang) + 1e-3)
            features.append((cells + cells.flip(3)[:, self.mirror])[..., :GRID // 2].flatten(1))
            contrasts += [slope_power.mean((1, 2, 3)), line_power.mean((1, 2, 3))]
        return torch.cat(features, 1), torch.log(torch.stack(contrasts, 1) + 1e-6)


def even(seen, around, least, share, size):
    """Divided by the contrast around; and that contrast."""
    power = means(share * (seen * seen).sum(1, keepdim=True), around, around // 2, around // 4)
    wide = F.interpolate(power, size=(size, size), mode="bilinear", align_corners=False)
    return seen / torch.sqrt(wide + least), power


def unit(x):
    return x / torch.sqrt((x * x).sum(1, keepdim=True) + 1e-12)


class EmbeddingNet(nn.Module):
    """Each part of the face has its say: a matrix for its textures, an answer of unit length; together they are the embedding."""

    def __init__(self):
        super().__init__()
        self.textures = Textures()
        self.parts = nn.ModuleList(nn.Linear(part.features, part.values) for part in PARTS)
        self.trust = nn.Linear(FEATURES, 1)
        self.contrast = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, rgb):
        """n x 3 x 112 x 112, RGB 0..1 -> embedding n x 256 of unit length, quality n x 1 (0..1)."""
        features, contrasts = self.textures(rgb)
        return self.embed(features), self.quality(features, contrasts)

    def embed(self, features):
        said = [unit(weigh(part.of(features))) * part.weight for part, weigh in zip(PARTS, self.parts)]
        return unit(torch.cat(said, 1))

    def quality(self, features, contrasts):
        return torch.sigmoid(self.trust(features) + self.contrast(contrasts))
