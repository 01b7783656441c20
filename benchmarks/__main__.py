"""All benchmarks, one after the other, each in a process of its own: `python -m benchmarks` (some forty minutes).

Arguments name some of them: `python -m benchmarks ingest`.
"""

import subprocess
import sys

BENCHMARKS = ("extraction", "ingest", "queries", "service", "page", "databases")

if __name__ == "__main__":
    wanted = sys.argv[1:] or BENCHMARKS
    if unknown := set(wanted) - set(BENCHMARKS):
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}: there are {', '.join(BENCHMARKS)}")
    for name in wanted:
        print(f"--- {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
