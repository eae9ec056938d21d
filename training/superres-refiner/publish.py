"""Puts trained weights beside the code that uses them, with what their card must say of them. Figures are left to the evidence command."""

import argparse
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLACE = ROOT / "products/photo/src/main/resources/models/superres-luma-doubler"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("model", type=Path, help="model.onnx as train.py wrote it")
    args = options.parse_args()
    weights = args.model.read_bytes()
    card = json.loads((HERE / "card.json").read_text())
    card["commit"] = subprocess.check_output(["git", "-C", ROOT, "log", "-1", "--format=%H", "--", HERE], text=True).strip()
    card["bytes"] = len(weights)
    card["sha256"] = hashlib.sha256(weights).hexdigest()
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(args.model, PLACE / "model.onnx")
    (PLACE / "card.json").write_text(json.dumps(card, indent=2) + "\n")


if __name__ == "__main__":
    main()
