#!/usr/bin/env python3
"""Holds a corpus score against the floors: corpus_floors.py SCORES.json FLOORS.json

SCORES.json is what the corpus's score.py writes with --json. FLOORS.json is an object: a field's name (or "mean") to the
lowest score that passes; and "failed", the most pages that may fail. A field without a floor is only printed.
"""
import json
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as scores_file, open(sys.argv[2], encoding="utf-8") as floors_file:
        scores, floors = json.load(scores_file), json.load(floors_file)
    found = {name: field["score"] for name, field in scores["fields"].items()} | {"mean": scores["mean"]}
    faults = []
    for name, floor in floors.items():
        if name == "failed":
            if scores["failed"] > floor:
                faults.append(f"{scores['failed']} pages failed; at most {floor} may")
        elif name not in found:
            faults.append(f"{name} has a floor of {floor} but was not scored")
        elif found[name] < floor:
            faults.append(f"{name} scored {found[name]:.4f}, under its floor of {floor}")
    for fault in faults:
        print(f"corpus: {fault}", file=sys.stderr)
    print(f"corpus: mean {scores['mean']:.4f}, {scores['failed']} pages failed, {len(floors)} floors, {len(faults)} not reached")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
