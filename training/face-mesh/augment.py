"""What a camera, a detector's error and the world do to a face: turns a stored wide crop into a training sample."""

import cv2
import numpy as np

from crop import SIZE, Crop, crop_of, five_points

# Frames of glasses run around these points (lids' outer ring, bridge, temples).
LEFT_RIM, RIGHT_RIM = (226, 31, 228, 230, 232, 244, 222, 224), (446, 261, 448, 450, 452, 464, 442, 444)
TEMPLES = ((226, 127), (446, 356))


def placed(rng, mesh, mirror, size):
    """A crop as a detector or tracker might cut it, its mesh in crop units, and whether both are to be mirrored."""
    pixels = mesh * size
    pixels[:, :2] -= 0.5
    crop = crop_of(five_points(pixels)).turned(
        float(np.clip(rng.normal(0, 7), -40, 40)), float(np.exp(np.clip(rng.normal(0, 0.08), -0.25, 0.25))),
        *np.clip(rng.normal(0, 0.03, 2), -0.1, 0.1))
    points, flip = crop.from_picture(pixels).astype(np.float32), rng.random() < 0.5
    return crop, mirrored(points, mirror) if flip else points, flip


def face_sample(rng, picture, mesh, mirror, real, clear=0.0):
    """128x128 RGB (8 bit) and 478x3 in units of the crop. `mesh` is in parts of the stored picture. `clear`: part of the
    samples whose pixels are left as they are but for colours and tones."""
    crop, points, flip = placed(rng, mesh, mirror, picture.shape[0])
    cut = crop.cut(picture, SIZE)
    if flip:
        cut = np.ascontiguousarray(cut[:, ::-1])
    if rng.random() < clear:
        return cv2.LUT(cv2.transform(cut, colours(rng)), tone_curve(rng)), points
    if rng.random() < (0.12 if real else 0.2):
        cut = glasses(rng, cut, points)
    if rng.random() < 0.12:
        cut = occlude(rng, cut)
    return appearance(rng, cut), points


def mirrored(points, mirror):
    out = points[mirror].copy()
    out[:, 0] = 1 - out[:, 0]
    return out


def empty_sample(rng, picture):
    """No face, or one so badly cut that a tracker must give up."""
    size = picture.shape[0]
    kind = rng.integers(4)
    whole = Crop(size / 2 - 0.5, size / 2 - 0.5, size / 1.75, 1.0, 0.0)
    angle, direction = rng.uniform(-180, 180), rng.uniform(0, 2 * np.pi)
    if kind == 0:  # beside the face
        far = rng.uniform(0.55, 0.9)
        crop = whole.turned(angle, rng.uniform(0.3, 1.1), far * np.cos(direction), far * np.sin(direction))
    elif kind == 1:  # a part of the face
        crop = whole.turned(angle, rng.uniform(0.1, 0.35), *rng.uniform(-0.3, 0.3, 2))
    elif kind == 2:  # upside down
        crop = whole.turned(rng.choice([-1, 1]) * rng.uniform(90, 180))
    else:  # nothing but texture
        crop = whole.turned(angle, rng.uniform(0.2, 0.5), 0.75 * np.cos(direction), 0.75 * np.sin(direction))
        picture = cv2.resize(rng.integers(0, 256, (rng.integers(2, 24), rng.integers(2, 24), 3), dtype=np.uint8),
                             (size, size), interpolation=cv2.INTER_CUBIC) if rng.random() < 0.4 else picture
    return appearance(rng, crop.cut(picture, SIZE))


def glasses(rng, cut, points):
    """Rims, a bridge and temples along the mesh; sometimes dark or shining lenses."""
    out, size = cut.copy(), cut.shape[0]
    at = lambda i: points[list(i), :2] * size - 0.5
    colour = tuple(int(c) for c in (rng.integers(0, 60, 3) if rng.random() < 0.7 else rng.integers(0, 256, 3)))
    width, grow = int(rng.integers(1, 4)), rng.uniform(0.95, 1.35)
    dark = rng.random() < 0.3
    rims = []
    for rim in (LEFT_RIM, RIGHT_RIM):
        p = at(rim)
        hull = cv2.convexHull(((p - p.mean(0)) * grow + p.mean(0)).astype(np.float32))
        rims.append(np.round(hull * 8).astype(np.int32))
    if dark or rng.random() < 0.3:
        lens = out.copy()
        shade = (0, 0, 0) if dark else (255, 255, 255)
        cv2.fillPoly(lens, rims, shade, cv2.LINE_AA, 3)
        k = rng.uniform(0.5, 0.97) if dark else rng.uniform(0.05, 0.3)
        out = cv2.addWeighted(lens, k, out, 1 - k, 0)
    cv2.polylines(out, rims, True, colour, width, cv2.LINE_AA, 3)
    line = lambda a, b: cv2.line(out, tuple(np.round(a * 8).astype(int).tolist()),
                                 tuple(np.round(b * 8).astype(int).tolist()), colour, width, cv2.LINE_AA, 3)
    line(at([193])[0], at([417])[0])
    for inner, outer in TEMPLES:
        # The temple that is turned away hides behind the face.
        if points[outer, 2] < points[:468, 2].max() - 0.02 or abs(points[127, 2] - points[356, 2]) < 0.2:
            line(*at([inner, outer]))
    return out


def occlude(rng, cut):
    """A flat or striped shape over a part of the face: hand, microphone, hair."""
    out, size = cut.copy(), cut.shape[0]
    mask = np.zeros((size, size), np.uint8)
    centre = tuple(int(v) for v in rng.integers(0, size, 2))
    axes = tuple(int(v) for v in rng.integers(6, 34, 2))
    if rng.random() < 0.5:
        cv2.ellipse(mask, centre, axes, float(rng.uniform(0, 180)), 0, 360, 255, -1)
    else:
        box = cv2.boxPoints((tuple(map(float, centre)), tuple(map(float, np.multiply(axes, 2))),
                             float(rng.uniform(0, 180))))
        cv2.fillPoly(mask, [box.astype(np.int32)], 255)
    if rng.random() < 0.5:
        patch = np.full_like(cut, rng.integers(0, 256, 3))
    else:
        patch = np.roll(cut, rng.integers(20, 108, 2), (0, 1))
    return np.where(mask[..., None] > 0, patch, out)


def appearance(rng, cut):
    """Light, sensor, lens and compression."""
    size = cut.shape[0]
    if rng.random() < 0.22:
        small = int(rng.uniform(24, 100))
        cut = cv2.resize(cv2.resize(cut, (small, small), interpolation=cv2.INTER_AREA), (size, size),
                         interpolation=int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC])))
    elif rng.random() < 0.12:
        cut = motion_blur(rng, cut)
    out = cv2.transform(cut, colours(rng))
    if rng.random() < 0.25:
        out = np.clip(out * lamp(rng, size), 0, 255).astype(np.uint8)
    out = cv2.LUT(out, tone_curve(rng))
    if rng.random() < 0.4:
        out = noisy(rng, out)
    if rng.random() < 0.12:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 80))]
        out = cv2.imdecode(cv2.imencode(".jpg", out, quality)[1], cv2.IMREAD_COLOR)
    return out


def colours(rng):
    """3 x 3: a grey or infrared-like picture, or another white balance and saturation."""
    if rng.random() < 0.25:
        return np.repeat(grey_weights(rng)[None], 3, 0)
    k = rng.uniform(0.5, 1.3)
    return (k * np.eye(3) + (1 - k) / 3) * rng.uniform(0.75, 1.25, 3)


def tone_curve(rng):
    """256 steps of gamma (0.45 to 2.6), contrast and brightness."""
    x = np.linspace(0, 1, 256) ** np.exp(np.clip(rng.normal(0, 0.3), -0.8, 0.95))
    x = (x - 0.5) * rng.uniform(0.7, 1.25) + 0.5 + rng.normal(0, 0.08)
    return (np.clip(x, 0, 1) * 255 + 0.5).astype(np.uint8)


# Noise is cut out of one large field at random places: drawing it anew would cost more than all the rest.
NOISE = np.random.default_rng(11).normal(0, 1, (512, 512, 3)).astype(np.float32)


def noisy(rng, cut):
    size = cut.shape[0]
    strength = rng.random() ** 3 * 0.12 * 255
    y, x = rng.integers(0, 512 - size, 2)
    field = NOISE[y:y + size, x:x + size]
    if rng.random() < 0.5:
        field = np.repeat(field[..., :1], 3, 2)
    return np.clip(cut + strength * field + 0.5, 0, 255).astype(np.uint8)


def grey_weights(rng):
    """Near infrared sees mostly red and lets skin shine."""
    return rng.dirichlet([2, 1.5, 0.7]) * rng.uniform(0.8, 1.3)


def lamp(rng, size):
    """Light from a side, or a spot with dark corners."""
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) / size - 0.5
    if rng.random() < 0.6:
        a = rng.uniform(0, 2 * np.pi)
        ramp = np.cos(a) * x + np.sin(a) * y
        return (1 + rng.uniform(0.3, 1.6) * ramp)[..., None].clip(0.1, None)
    cx, cy = rng.normal(0, 0.15, 2)
    return np.exp(-((x - cx) ** 2 + (y - cy) ** 2) * rng.uniform(1, 6))[..., None] * np.float32(1.3)


def motion_blur(rng, cut):
    n = int(rng.integers(3, 8))
    kernel = np.zeros((n, n), np.float32)
    a = rng.uniform(0, np.pi)
    c = (n - 1) / 2
    d = np.array([np.cos(a), np.sin(a)]) * c
    cv2.line(kernel, tuple(np.round(c - d).astype(int).tolist()), tuple(np.round(c + d).astype(int).tolist()), 1.0)
    return cv2.filter2D(cut, -1, kernel / kernel.sum())
