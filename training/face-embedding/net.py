"""The embedding network: what light does to a face is taken away first, then residual 3x3 convolutions, then places are told apart."""

import torch
import torch.nn.functional as F
from torch import nn

SIDE = 112
VALUES, TEXTURES = 128, 256
DARK = 0.02  # what is added to brightness before its logarithm is taken
REACH = 3


class Light(nn.Module):
    """Four planes that a lamp's strength and colour leave alone: the logarithm of the brightness less its surroundings over their
    spread (a local contrast, after Tan and Triggs 2010), the same over the whole face, and two ratios of colours."""

    def forward(self, rgb):
        """n x 3 x 112 x 112, 0..1 -> n x 4 x 112 x 112, about -3..3."""
        grey = (rgb * torch.tensor([0.3, 0.59, 0.11]).view(1, 3, 1, 1)).sum(1, keepdim=True)
        log = torch.log(grey + DARK)
        local = log - around(log)
        local = local / torch.sqrt(around(local * local) + 0.01)
        whole = log - log.mean((2, 3), keepdim=True)
        whole = whole / torch.sqrt((whole * whole).mean((2, 3), keepdim=True) + 0.01)
        ratios = torch.log(rgb + DARK)
        ratios = torch.cat([ratios[:, :1] - ratios[:, 1:2], ratios[:, 2:] - ratios[:, 1:2]], 1)
        ratios = 2 * (ratios - ratios.mean((2, 3), keepdim=True))
        return torch.clamp(torch.cat([local, whole, ratios], 1), -REACH, REACH)


def around(x):
    """Means over 16 x 16 pixels, eight apart and interpolated."""
    small = F.avg_pool2d(x, 16, 8, 4, count_include_pad=False)
    return F.interpolate(small, size=(SIDE, SIDE), mode="bilinear", align_corners=False)


class Residual(nn.Module):
    """Two convolutions, one normalisation: on a CPU normalising costs more than the convolution itself."""

    def __init__(self, c):
        super().__init__()
        self.a = nn.Conv2d(c, c, 3, padding=1)
        self.b, self.norm = nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c)
        nn.init.zeros_(self.norm.weight)

    def forward(self, x):
        return torch.relu(x + self.norm(self.b(torch.relu(self.a(x)))))


def smaller(i, o, kernel=3, stride=2):
    return nn.Sequential(nn.Conv2d(i, o, kernel, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU())


class EmbeddingNet(nn.Module):
    def __init__(self, widths=(64, 96, 128), squeezed=32):
        super().__init__()
        a, b, c = widths
        self.light = Light()
        self.body = nn.Sequential(smaller(4, a, 6, 4), Residual(a), smaller(a, b), Residual(b), Residual(b), smaller(b, c),
                                  Residual(c))
        self.squeeze = nn.Sequential(nn.Conv2d(c, squeezed, 1, bias=False), nn.BatchNorm2d(squeezed), nn.ReLU())
        self.drop = nn.Dropout(0.3)
        self.places = nn.Linear(squeezed * 49, VALUES, bias=False)
        self.norm = nn.BatchNorm1d(VALUES, affine=False)
        self.textures = nn.Linear(squeezed * 49, TEXTURES)
        self.quality = nn.Sequential(nn.Linear(c, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, planes):
        """What `Light` gives -> 128 numbers not yet of unit length, and what textures say (for training)."""
        places = self.squeeze(self.body(planes)).flatten(1)
        return self.norm(self.places(self.drop(places))), self.textures(places)

    def raw(self, seen):
        return self.norm(self.places(self.squeeze(seen).flatten(1)))

    def see(self, rgb):
        """Embedding n x 128 of unit length, of the face and its mirror image together; quality n x 1, 0..1."""
        seen = self.light(rgb)
        seen = self.body(torch.cat([seen, seen.flip(3)]))
        raw = F.normalize(self.raw(seen))
        n = rgb.shape[0]
        quality = torch.sigmoid(self.quality(seen.mean((2, 3))))
        return F.normalize(raw[:n] + raw[n:]), (quality[:n] + quality[n:]) / 2
