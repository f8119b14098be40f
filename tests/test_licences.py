"""What ships may ship: a licence that allows it, for every package, every data set behind a model and everything else in resources."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from recognizer.networks.card import model_card
from recognizer.version import VERSION

ROOT = Path(__file__).parents[1]
# That a program under the MIT licence may be shipped with.
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|HPND|MPL|LGPL|Lesser General Public|ISC|Unlicense|Zlib|CC0"
)
FORBIDDEN = re.compile(r"non-?commercial|CC BY-NC|\bNC\b", re.IGNORECASE)


def packages() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if "==" in line]


@pytest.mark.parametrize("package", packages())
def test_every_package_that_ships_may(package: str) -> None:
    about = distribution(package).metadata
    named = [each for key in ("License-Expression", "License") for each in about.get_all(key) or ()]
    named += [each for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    assert any(map(ALLOWED.search, named)), named


def test_no_model_was_trained_on_what_forbids_it() -> None:
    models = sorted((ROOT / "resources" / "models").glob("*.safetensors"))
    assert models
    for path in models:
        data = model_card(path)["data"]
        assert data
        assert not FORBIDDEN.search(data), path.name


def test_everything_in_resources_is_the_projects_own_or_cited() -> None:
    """A folder that nobody has thought about fails: say here, and in the citations if it is another's, whose it is."""
    own = {
        "icons",
        "installer.sh",
        "languages",
        "models",
        "package.py",
        "pictures",
        "rehearsal.npz",
        "samples",
        "study",
    }
    of_others = {"lexicon": ("wordfreq", "OpenStax", "NLTK", "MASC"), "licences": (), "citations.md": ()}
    found = {path.name for path in (ROOT / "resources").iterdir() if not path.name.startswith((".", "__"))}
    assert found == own | set(of_others)
    citations = (ROOT / "resources" / "citations.md").read_text(encoding="utf-8")
    assert not [name for names in of_others.values() for name in names if f"**{name}**" not in citations]


def test_who_cites_the_program_cites_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {VERSION}\n" in citation
    assert "\nlicense: MIT\n" in citation
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert f"\n## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
