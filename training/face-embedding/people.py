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
    """Faces with names: `pictures` lists the numbers of each person's faces, `textures` what teacher.py says of them."""

    def __init__(self, faces, who, textures=None):
        self.faces, self.who, self.textures = faces, who, textures
        self.names = sorted(set(who), key=lambda name: (len(name), name))  # more drawn people do not renumber others
        number = {n: i for i, n in enumerate(self.names)}
        self.pictures = [[] for _ in self.names]
        for k, name in enumerate(who):
            self.pictures[number[name]].append(k)
        self.several = [i for i, p in enumerate(self.pictures) if len(p) > 1]
        self.single = [i for i, p in enumerate(self.pictures) if len(p) == 1]

    def __len__(self):
        return len(self.faces)

    @staticmethod
    def real(work, held):
        faces, who = packs(work, "real")
        count = {n: who.count(n) for n in set(who)}
        keep = [i for i, n in enumerate(who) if (count[n] > 1 and held_out(n)) == held]
        textures = np.load(work / "teacher.npy")[keep] if (work / "teacher.npy").exists() else None
        return People(faces[keep], [who[i] for i in keep], textures)

    @staticmethod
    def drawn(work):
        faces, who = packs(work, "drawn")
        return People(faces, who)


def packs(work, kind):
    faces, who = [np.zeros((0, 144, 144, 3), np.uint8)], []
    for path in sorted(work.glob(f"{kind}-*-faces.npy")):
        faces.append(np.load(path))
        who += json.loads(path.with_name(path.name.replace("faces.npy", "who.json")).read_text())
    return np.concatenate(faces), who
