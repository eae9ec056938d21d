"""The mesh network: plain residual 3x3 convolutions, which one CPU core runs faster than depthwise ones of equal use."""

import torch
from torch import nn

# Left and right as in the picture.
POINTS = 478


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


class EyeNet(nn.Module):
    """The irises, at full resolution: in a face of 128 x 128 they move by two pixels, which the mesh alone cannot see. An aligned
    crop has each eye in a known place, so both places are cut out and the right one is mirrored onto the left."""

    TOP, BOTTOM, LEFT, RIGHT = 28, 64, 20, 64
    # The spread of the answers: in its units the last layer can be fine and quick at once.
    UNIT = 0.05

    def __init__(self):
        super().__init__()
        self.look = nn.Sequential(smaller(3, 16), smaller(16, 32), Residual(32), smaller(32, 48), nn.Flatten(),
                                  nn.Linear(48 * 5 * 6, 64), nn.ReLU(), nn.Linear(64, 10))
        self.mean = nn.Parameter(torch.tensor([0.36, 0.39]).repeat(5), requires_grad=False)

    def forward(self, image):
        """n x 3 x 128 x 128 -> x and y of the ten iris points, n x 10 x 2 in crop units."""
        left = image[:, :, self.TOP:self.BOTTOM, self.LEFT:self.RIGHT]
        right = image[:, :, self.TOP:self.BOTTOM, 128 - self.RIGHT:128 - self.LEFT].flip(3)
        a, b = ((self.mean + self.UNIT * self.look(eye * 2 - 1)).reshape(-1, 5, 2) for eye in (left, right))
        x, y = 1 - b[:, [0, 3, 2, 1, 4], :1], b[:, [0, 3, 2, 1, 4], 1:]
        return torch.cat([a, torch.cat([x, y], 2)], 1)


class MeshNet(nn.Module):
    """n x 3 x 128 x 128 (RGB, 0..1) -> points n x 1434 (x, y, z by point, in parts of the crop's side), presence n x 1
    (logit)."""

    def __init__(self, widths=(32, 64, 96), squeezed=24, hidden=160):
        super().__init__()
        a, b, c = widths
        self.body = nn.Sequential(smaller(3, a, 6, 4), Residual(a), smaller(a, b), Residual(b), Residual(b),
                                  smaller(b, c), Residual(c), Residual(c))
        self.squeeze = nn.Sequential(nn.Conv2d(c, squeezed, 1, bias=False), nn.BatchNorm2d(squeezed), nn.ReLU())
        self.shape = nn.Linear(squeezed * 64, hidden)
        self.points = nn.Linear(hidden, POINTS * 3)
        self.presence = nn.Linear(c, 1)
        self.eyes = EyeNet()

    def forward(self, image):
        x = self.body(image * 2 - 1)
        return self.points(self.shape(self.squeeze(x).flatten(1))), self.presence(x.mean((2, 3)))

    def see(self, image):
        """points n x 478 x 3 with the irises of `eyes`, presence n x 1 (0..1)."""
        points, presence = self(image)
        points = points.reshape(-1, POINTS, 3)
        irises = torch.cat([self.eyes(image), points[:, 468:, 2:]], 2)
        return torch.cat([points[:, :468], irises], 1), torch.sigmoid(presence)

    def begin_at(self, meshes):
        """Starts from the principal components of meshes (n x 478 x 3) instead of from nothing: `shape` then answers
        their weights in standard deviations."""
        flat = torch.as_tensor(meshes).flatten(1)
        mean = flat.mean(0)
        _, spread, modes = torch.linalg.svd(flat - mean, full_matrices=False)
        k = self.points.weight.shape[1]
        with torch.no_grad():
            self.points.bias.copy_(mean)
            self.points.weight.copy_((modes[:k] * spread[:k, None] / len(flat) ** 0.5).T)
