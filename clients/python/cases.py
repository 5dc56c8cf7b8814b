"""Runs test cases one after another and prints the closing line that all
client programs end with: "NAME: N passed, N failed"."""

import sys
import traceback


def main(name, cases):
    """Run the cases, pairs of a name and a function that raises to fail."""
    failed = 0
    for title, run in cases:
        try:
            run()
        except Exception:
            failed += 1
            print(f"FAILED {title}: {traceback.format_exc()}")
    print(f"{name}: {len(cases) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
