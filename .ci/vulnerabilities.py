"""Print the known vulnerabilities in pip-audit's JSON report; exit 1 if there are any."""

import json
import sys
from pathlib import Path

packages = json.loads(Path(sys.argv[1]).read_text())["dependencies"]
found = [
    f"{package['name']} {package['version']}: {fault['id']},"
    f" fixed in {', '.join(fault['fix_versions']) or 'no version yet'}"
    for package in packages
    for fault in package.get("vulns", ())
]
sys.stdout.write(("\n".join(found) or f"none in {len(packages)} packages") + "\n")
sys.exit(bool(found))
