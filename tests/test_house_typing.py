"""The type checker stands between a pasted Cypher text and the database."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PASTED = Path("tests/typing/pasted_cypher.py")


def test_ty_reports_a_pasted_cypher_text_and_nothing_else() -> None:
    """Of the texts in the example, ty refuses exactly the one with a value pasted into it."""
    checked = subprocess.run(
        [sys.executable, "-m", "ty", "check", "--output-format", "concise", PASTED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    lines = (ROOT / PASTED).read_text("utf-8").splitlines()
    pasted = next(number for number, line in enumerate(lines, 1) if 'Query(f"' in line)
    found = re.findall(r"^(\S+):(\d+):\d+: (\S+)", checked.stdout, re.MULTILINE)
    assert checked.returncode == 1
    assert found == [(str(PASTED), str(pasted), "error[invalid-argument-type]")]
