"""Puts trained weights beside the code that uses them, with what their card must say of them. Figures are left to the evidence command."""

import argparse
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("recipe", help="folder of training/ with a card.json")
    options.add_argument("model", type=Path, help="model.onnx as train.py wrote it")
    options.add_argument("place", type=Path, help="folder of the bundled model")
    args = options.parse_args()
    recipe = ROOT / "training" / args.recipe
    weights = args.model.read_bytes()
    card = json.loads((recipe / "card.json").read_text())
    card["commit"] = subprocess.check_output(["git", "-C", ROOT, "log", "-1", "--format=%H", "--", recipe], text=True).strip()
    card["bytes"] = len(weights)
    card["sha256"] = hashlib.sha256(weights).hexdigest()
    args.place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(args.model, args.place / "model.onnx")
    (args.place / "card.json").write_text(json.dumps(card, indent=2) + "\n")


if __name__ == "__main__":
    main()
