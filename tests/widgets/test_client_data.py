"""What looks like a real person's details is noticed; what a counselor writes every day is not."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from iop_training.widgets import assets

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node runs the module")


MODULE = Path(assets.__file__).parent / "static" / "client_data.js"
STEM = "Tess, 29, bakes at night. Dr. Okafor asks about Tess’s hours."

NOTICED = {
    "Call her at 555-0142.": "a phone number",
    "Her number is (410) 555-0142": "a phone number",
    "410.555.0142 or +1 410 555 0142": "a phone number",
    "4105550142": "a phone number",
    "DOB 3/14/1985": "a date of birth",
    "born on March 14": "",
    "She was born March 14, 1985.": "a date of birth",
    "3-14-85": "a date of birth",
    "1985-03-14": "a date of birth",
    "14 March 1985": "a date of birth",
    "She was born in 1985.": "a date of birth",
    "SSN 123-45-6789": "a Social Security number",
    "jo.smith+x@mail.example.org": "an email address",
    "lives at 1420 N. Maple Street": "a street address",
    "12 West 3rd Ave, Apt 4": "a street address",
    "I saw Mrs. Alvarez today": "a name",
    "Dr Smith called": "a name",
    "my client Sarah said": "a name",
    "My client, Zoë, said": "a name",
    "The client's name is Rob": "a name",
    "Her name is Émilie": "a name",
    "J.S. came late": "somebody’s initials",
    "about J. S. and group": "somebody’s initials",
}
LEFT_ALONE = [
    "Call 988 or 911. Text 988.",
    "42 CFR Part 2, section 2.31, and 45 CFR 164.512",
    "9 to 19 hours, Level 2.1, Level 2.5, 3.7",
    "In 2013 and 2021-2022; since January 2024.",
    "The session of 11/20/2026 took 3.5 hours.",
    "3/4 of the group; 1/2 hour; 24/7; 10-15 minutes; 9-12 months",
    "SAMHSA’s helpline is 1-800-662-4357.",
    "TAP21-074 and 12VAC30-130-5100",
    "Tess came. I asked Tess's sister. Dr. Okafor agreed. My client Tess stays.",
    "My client comes on Monday. My client Monday group.",
    "The U.S. law, A.A. and N.A. meetings, at 3 P.M. in D.C.",
    "I would ask my client. How are you? Mr. or Ms. does not matter.",
    "His name is not needed. The I.O.P. has three groups.",
    "The baby was born 3 weeks early. 5 Group Drive-ins.",
    "120 people, 1,250 dollars, 98.6 degrees, 0.08 BAC, 300 mg",
    "",
]


def found(texts: list[str]) -> dict[str, list[str]]:
    """What the module finds in each text."""
    script = (
        f"import {{ clientData }} from {json.dumps(MODULE.as_uri())};"
        f"const texts = {json.dumps(texts)};"
        f"console.log(JSON.stringify(texts.map((text) => clientData(text, {json.dumps(STEM)}))));"
    )
    out = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    ).stdout
    return dict(zip(texts, json.loads(out), strict=True))


def test_are_details_noticed_and_named() -> None:
    assert found(list(NOTICED)) == {text: [what] if what else [] for text, what in NOTICED.items()}


def test_is_everyday_writing_left_alone() -> None:
    assert {text: what for text, what in found(LEFT_ALONE).items() if what} == {}


def test_is_each_sort_named_once() -> None:
    text = "555-0142, 555-0143, a@b.org"
    assert found([text])[text] == ["an email address", "a phone number"]
