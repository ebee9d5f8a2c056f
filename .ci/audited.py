"""
Say what pip-audit found of the packages of a lock file; its JSON comes on standard input.

Exit status: 0 all were looked up and nothing is known against them, 1 something is, 2 some or all
could not be looked up.
"""

import json
import sys
from collections import Counter


def main(lock: str, said: str) -> int:
    """Print a line for each weakness, and a last one that counts."""
    try:
        rows = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        print(f"{lock}: not audited: pip-audit gave no answer")
        return 2
    weak = [row for row in rows if row.get("vulns")]
    for row in weak:
        for known in row["vulns"]:
            fixed = ", ".join(known["fix_versions"]) or "no version"
            print(f"{lock}: {row['name']} {row['version']}: {known['id']}, fixed in {fixed}")
    unknown = [row["skip_reason"].partition(":")[0] for row in rows if "skip_reason" in row]
    for reason, count in Counter(unknown).most_common():
        print(f"{lock}: {count} not looked up: {reason}")
    looked = len(rows) - len(unknown)
    print(f"{lock}: {looked} of {len(rows)} packages looked up, {len(weak)} with known weaknesses")
    return 1 if weak else 2 if unknown or not rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.read()))
