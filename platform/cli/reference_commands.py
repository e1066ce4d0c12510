"""`joinery docs` and `joinery openapi`: what is generated from the code."""

import argparse
import json
from pathlib import Path
from typing import Any

from joinery.cli.start import make_services
from joinery.definitions import reference_pages
from joinery.forms import catalogue
from joinery.runtime.settings import read_settings
from joinery.web.app import create_app
from joinery.web.openapi import describe_api

#: A database address that is never connected to.
_NOWHERE = "postgresql://127.0.0.1/nowhere"


def add_commands(commands: Any) -> None:
    """Add both commands to the parser."""
    docs = commands.add_parser("docs", help="write the generated reference pages")
    docs.add_argument("--folder", type=Path, default=Path("docs/reference"))
    docs.set_defaults(run=run_docs)
    openapi = commands.add_parser("openapi", help="print the OpenAPI document without forms")
    openapi.set_defaults(run=run_openapi)


def run_docs(options: argparse.Namespace) -> int:
    """Write one page per file and say which."""
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in reference_pages(catalogue()).items():
        path = options.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path)
    return 0


def run_openapi(options: argparse.Namespace) -> int:
    """Print the document as JSON."""
    app = create_app(make_services(_NOWHERE, read_settings()))
    print(json.dumps(describe_api(app, ()), ensure_ascii=False, indent=2))
    return 0
