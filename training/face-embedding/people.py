"""Who is trained on and who is held out. Packs: WORK/{real,drawn}-*-faces.npy (uint8, n x 144 x 144 x 3: the aligned square of 112 with a
margin of 16) and -who.json, a name for each."""

import json
import zlib

import numpy as np

HELD_PERCENT = 15


def held_out(name):
    """The same people in every run and on every machine; only those with several pictures count."""
    return zlib.crc32(name.encode()) % 100 < HELD_PERCENT


class People:
    """Faces with names: `pictures` lists the numbers of each person's faces."""

    def __init__(self, faces, who):
        self.faces, self.who = faces, who
        self.names = sorted(set(who))
        number = {n: i for i, n in enumerate(self.names)}
        self.pictures = [[] for _ in self.names]
        for k, name in enumerate(who):
            self.pictures[number[name]].append(k)


def packs(work, kind):
    faces, who = [np.zeros((0, 144, 144, 3), np.uint8)], []
    for path in sorted(work.glob(f"{kind}-*-faces.npy")):
        faces.append(np.load(path))
        who += json.loads(path.with_name(path.name.replace("faces.npy", "who.json")).read_text())
    return np.concatenate(faces), who
