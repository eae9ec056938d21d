"""How well embeddings tell people apart, on pairs drawn from the held-out people: the fold of the evidence is never looked at here."""

import numpy as np


def pairs(people, most=6, apart=20_000, seed=5):
    """Pairs of one person (at most so many each) and of two, drawn by person, not by picture."""
    rng = np.random.default_rng(seed)
    same = []
    for numbers in people.pictures:
        mine = [(i, j) for k, i in enumerate(numbers) for j in numbers[k + 1:]]
        rng.shuffle(mine)
        same += mine[:most]
    diff = []
    for _ in range(apart):
        a, b = rng.choice(len(people.pictures), 2, replace=False)
        diff.append((rng.choice(people.pictures[a]), rng.choice(people.pictures[b])))
    return np.array(same), np.array(diff)


def measure(values, same, diff):
    """Balanced accuracy at the best threshold, area under the curve, acceptance at 1 % false acceptance; in per cent."""
    s = (values[same[:, 0]] * values[same[:, 1]]).sum(1)
    d = np.sort((values[diff[:, 0]] * values[diff[:, 1]]).sum(1))
    accuracy = max(((s >= t).mean() + np.searchsorted(d, t) / len(d)) / 2 for t in np.unique(s))
    return {"accuracy": round(100 * accuracy, 2), "auc": round(100 * (np.searchsorted(d, s) / len(d)).mean(), 2),
            "tar": round(100 * (s > np.quantile(d, 0.99)).mean(), 1)}


def across(first, second):
    """The same pictures under two lamps each: how many of the others a picture's own copy is above, in per cent."""
    cosines = first @ second.T
    own = np.diag(cosines)
    others = np.sort(cosines[~np.eye(len(own), dtype=bool)])
    return {"auc": round(100 * (np.searchsorted(others, own) / len(others)).mean(), 2),
            "above99": round(100 * (own > np.quantile(others, 0.99)).mean(), 1)}
