"""Services run without what only the command line needs."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXTRA = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["cli"]
NAMES = {re.split(r"[^\w-]", one)[0] for one in EXTRA}
# As in the image, where neither is installed.
_WITHOUT = """
import importlib, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split():
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
for name in sys.argv[2:]:
    importlib.import_module(name)
"""


def test_services_and_workflows_start_without_the_command_line() -> None:
    doors = [f"{one.parent}.{one.stem}".replace("/", ".") for one in _doors()]
    assert {"services.plans.api", "services.plans.consumers", "services.plans.activities"} <= set(doors)
    arguments = [" ".join({*NAMES, "pygments", "kinerja"}), "kit.worker", "kit.relay", "kit.log", *doors]
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _doors() -> list[Path]:
    found = [
        one
        for name in ("__main__", "api", "consumers", "activities")
        for one in (ROOT / "services").glob(f"*/{name}.py")
    ]
    return [one.relative_to(ROOT) for one in [*found, ROOT / "workflows" / "__main__.py"]]


def test_the_image_installs_nothing_of_the_command_line() -> None:
    locked = re.findall(r"^([\w-]+)==", (ROOT / "requirements-runtime.lock").read_text(), re.MULTILINE)
    assert NAMES.isdisjoint(locked)
    everything = re.findall(r"^([\w-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert set(everything) >= NAMES | set(locked)
