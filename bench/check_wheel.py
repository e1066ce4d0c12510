"""Fails when a built wheel lacks the interface, the suite or a file that the interface's page names."""

import re
import sys
import zipfile
from pathlib import Path

UI = "joinery/web/static/ui/"
NEEDED = (f"{UI}index.html", "joinery/suites/crm_ltc.json", "joinery/suites/demo/NOTICE")


def missing_from(wheel: Path) -> list[str]:
    """The files that should be in the wheel and are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        missing = [name for name in NEEDED if name not in names]
        if not missing:
            page = archive.read(f"{UI}index.html").decode()
            missing = [
                asset for asset in re.findall(r'"/(assets/[^"]+)"', page) if f"{UI}{asset}" not in names
            ]
    return missing


if __name__ == "__main__":
    wheels = sorted(Path(sys.argv[1]).glob("*.whl"))
    lacking = {wheel.name: missing_from(wheel) for wheel in wheels}
    for name, files in lacking.items():
        print(f"{name}: {'missing ' + ', '.join(files) if files else 'complete'}")
    sys.exit(not wheels or any(lacking.values()))
