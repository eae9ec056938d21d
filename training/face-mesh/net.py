"""The mesh network: plain residual 3x3 convolutions, which one CPU core runs faster than depthwise ones of equal use."""

import torch
from torch import nn

# Left and right as in the picture.
POINTS = 478
LIDS = (33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173)
LIDS_MIRRORED = (263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398)


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
    """Lids and irises, at full resolution: in a face of 128 x 128 an iris moves by two pixels, which the mesh alone cannot see. An
    aligned crop has each eye in a known place, so both places are cut out and the right one is mirrored onto the left. Every
    point is the mean place of a map of its own (Sun et al., Integral Human Pose Regression, 2018)."""

    TOP, BOTTOM, LEFT, RIGHT = 24, 64, 20, 68
    # Lids of the eye on the picture's left, then its iris; the same of the other, so that one is the mirror image of the other.
    POINTS = (LIDS + (468, 469, 470, 471, 472), LIDS_MIRRORED + (473, 476, 475, 474, 477))
    # A mean never reaches the rim of what it is taken over, so the maps lie over a little more than the cut.
    WIDER = 1.4

    def __init__(self, widths=(32, 48, 48)):
        super().__init__()
        a, b, c = widths
        self.near = nn.Sequential(smaller(3, a), Residual(a), smaller(a, b), Residual(b))
        self.far = nn.Sequential(smaller(b, c), Residual(c), nn.Conv2d(c, b, 1), nn.Upsample(scale_factor=2))
        self.maps = nn.Sequential(Residual(b), nn.Conv2d(b, len(self.POINTS[0]), 1))
        self.places = nn.Parameter(self.grid(), requires_grad=False)

    def grid(self):
        """x and y of the maps' values, in units of the crop."""
        along = lambda a, b: (a + b) / 256 + self.WIDER * (torch.arange(0.5, (b - a) // 4) / ((b - a) // 4) - 0.5) * (b - a) / 128
        y, x = torch.meshgrid(along(self.TOP, self.BOTTOM), along(self.LEFT, self.RIGHT), indexing="ij")
        return torch.stack([x.flatten(), y.flatten()], 1)

    def forward(self, image):
        """n x 3 x 128 x 128 -> x and y of POINTS, 2n x 21 x 2 in units of the crop; all right eyes, mirrored, follow all left ones."""
        left = image[:, :, self.TOP:self.BOTTOM, self.LEFT:self.RIGHT]
        right = image[:, :, self.TOP:self.BOTTOM, 128 - self.RIGHT:128 - self.LEFT].flip(3)
        x = self.near(torch.cat([left, right]) * 2 - 1)
        # Not a matrix product: mixed precision would round the places.
        return (torch.softmax(self.maps(x + self.far(x)).flatten(2).float(), 2)[..., None] * self.places).sum(2)

    def see(self, image):
        """x and y of POINTS, both eyes as they are in the crop, n x 42 x 2."""
        both = self(image).reshape(2, -1, len(self.POINTS[0]), 2)
        left, right = both[0], both[1]
        return torch.cat([left, torch.cat([1 - right[:, :, :1], right[:, :, 1:]], 2)], 1)


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
        """points n x 478 x 3 with the lids and irises of `eyes`, presence n x 1 (0..1)."""
        points, presence = self(image)
        points = points.reshape(-1, POINTS, 3)
        finer = {point: POINTS + i for i, point in enumerate(sum(EyeNet.POINTS, ()))}
        both = torch.cat([points[:, :, :2], self.eyes.see(image)], 1)[:, [finer.get(i, i) for i in range(POINTS)]]
        return torch.cat([both, points[:, :, 2:]], 2), torch.sigmoid(presence)

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
