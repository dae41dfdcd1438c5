"""No module imports itself by way of others, at run time or for its types; and what the linter is told is complete."""

from configparser import ConfigParser
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = ConfigParser()
SETTINGS.read(ROOT / ".importlinter")


def _words(section: str, option: str) -> list[str]:
    return SETTINGS[section][option].split()


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """What each module of ours imports, for its types as well."""
    packages = _words("importlinter", "root_packages")
    graph = grimp.build_graph(*packages, exclude_type_checking_imports=False, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_no_module_imports_itself_by_way_of_others(imports: dict[str, set[str]]) -> None:
    assert len(imports) > 500
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_the_linter_knows_every_package_of_ours() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert set(_words("importlinter", "root_packages")) == folders


def test_the_kit_is_refused_every_contract_but_the_base() -> None:
    contracts = {f"contracts.{path.stem}" for path in (ROOT / "contracts").iterdir() if path.name[0] not in "_."}
    assert set(_words("importlinter:contract:kit", "forbidden_modules")) == contracts - {"contracts.base"}


def test_every_workflow_is_refused_the_database_the_bus_and_its_triggers() -> None:
    beside = {f"workflows.{path.stem}" for path in (ROOT / "workflows").glob("*.py") if path.name[:2] != "__"}
    assert set(_words("importlinter:contract:workflows", "source_modules")) == beside
