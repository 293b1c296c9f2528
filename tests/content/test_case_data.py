"""Every case in data/cases, as it is now: sound, big enough, and its judging part kept back."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from scoring.debriefs import ended, holds

from iop_training.content.cases import load_case
from iop_training.model.case import Case, PlayCase
from iop_training.model.case_parts import case_secrets, play_part
from iop_training.scoring.cases import score_case
from iop_training.scoring.debrief import debrief
from iop_training.simulation import Session, replay, transcript_text
from iop_training.simulation.graph import explore
from iop_training.simulation.outlook import Outlook
from iop_training.simulation.proof import Proof, prove

ROOT = Path(__file__).parent.parent.parent
NAMES = sorted(path.stem for path in (ROOT / "data" / "cases").glob("*.yaml"))


@pytest.fixture(scope="module", params=NAMES)
def proof(request: pytest.FixtureRequest) -> Proof:
    """The proof of each case of the course."""
    return prove(load_case(ROOT, request.param))


@pytest.fixture
def case(proof: Proof) -> Case:
    """The case that was proved."""
    return proof.case


def test_is_its_proof_without_errors(proof: Proof) -> None:
    assert [f.message for f in proof.findings if f.level == "error"] == []


def test_is_it_as_large_as_a_case_is(case: Case) -> None:
    assert sum(len(moment.moves) for moment in case.moments) >= 45
    assert len(case.endings) >= 4


def test_does_its_best_run_last_earn_a_pass_and_replay_from_the_play_part(proof: Proof) -> None:
    case, run = proof.case, proof.best
    assert len(run) >= 14
    alone = PlayCase.model_validate(json.loads(json.dumps(play_part(case))))
    texts = []
    for which in (case, alone):
        session = replay(which, [*Session.start(which, "seed").to_list(), *run])
        assert session.ending is not None
        texts.append(transcript_text(session.transcript, session.ending.text))
    assert texts[0] == texts[1]
    assert score_case(case, session.to_list()).passed


def test_does_its_play_part_keep_its_secrets(case: Case) -> None:
    text = json.dumps(play_part(case), ensure_ascii=False)
    assert not [secret for secret in case_secrets(case) if secret in text]


def test_has_any_run_of_it_a_debrief_and_can_it_be_taken_back(case: Case) -> None:
    outlook, chance = Outlook(explore(case)), Random(case.id)
    for n in range(8):
        session = ended(case, outlook, str(n), [chance.randrange(6) for _ in range(60)])
        holds(case, session, debrief(case, session.to_list(), outlook))
        turn = chance.randint(1, len(session.chosen))
        undone = session.back_to(turn)
        assert undone == replay(outlook.graph.script, undone.to_list()) == session.stages[turn - 1]
        for line in session.chosen[turn - 1 :]:
            undone = undone.choose(line)
        assert undone == session
