"""A client's diary cards of four weeks, for tests: urges are high after nights of little sleep,
and in week 3 few skills are noted."""

from __future__ import annotations

from pathlib import Path

HEAD = """\
id: reni
title: |
  Reni's cards, four weeks
person: |
  Reni, 29, pastry cook, alcohol and cannabis; week 3 to 6 in an IOP with a DBT skills group
sentence: |
  Urges rise on the days after nights with little sleep; both days of use come after such nights.
source: [guide]
lines:
  - {id: urge, name: "Urge to use", low: 0, high: 5}
  - {id: use, name: "Used", yes_no: true}
  - {id: shame, name: "Shame", low: 0, high: 5}
  - {id: sleep, name: "Hours of sleep", low: 0, high: 10}
skills:
  - {id: tipp, name: "TIPP", module: distress_tolerance}
  - {id: opposite, name: "Opposite action", module: emotion_regulation}
  - {id: check_facts, name: "Check the facts", module: emotion_regulation}
  - {id: wise_mind, name: "Wise mind", module: mindfulness}
weeks:
  - |
    Urges stay at 1 or 2, and skills are noted on six days.
  - |
    Two short nights, then an urge of 5 and a day of use.
  - |
    The card is empty on Wednesday, and skills are noted on two days.
  - |
    Sleep is back, and urges with it are low.
"""
DAYS = """\
day,weekday,urge,use,shame,sleep,skills,note
1,Mon,2,0,1,7,wise_mind,
2,Tue,1,0,1,7,tipp,
3,Wed,2,0,2,6,tipp;opposite,Long shift
4,Thu,1,0,1,7,check_facts,
5,Fri,2,0,1,7,,
6,Sat,2,0,2,6,wise_mind,
7,Sun,1,0,1,8,wise_mind,
8,Mon,2,0,1,7,tipp,
9,Tue,2,0,2,4,tipp,"Baked through the night, again"
10,Wed,4,0,3,3,opposite,
11,Thu,5,1,5,4,,Drank alone
12,Fri,4,0,5,6,opposite;check_facts,Told the group
13,Sat,3,0,4,6,check_facts,
14,Sun,2,0,3,7,wise_mind,
15,Mon,2,0,2,6,,
16,Tue,3,0,2,5,tipp,
17,Wed,,,,,,
18,Thu,4,0,3,4,,
19,Fri,5,1,4,4,,
20,Sat,4,0,5,5,,
21,Sun,3,0,4,7,wise_mind,
22,Mon,2,0,3,7,wise_mind,
23,Tue,2,0,2,7,tipp,
24,Wed,1,0,2,8,check_facts,
25,Thu,2,0,1,7,opposite,
26,Fri,1,0,1,7,wise_mind;tipp,
27,Sat,1,0,1,8,wise_mind,
28,Sun,0,0,0,8,wise_mind,
"""


def write_diary(root: Path, source: str = "guide") -> Path:
    """Put the diary into the course at ``root``; the folder it is in."""
    folder = root / "data" / "diaries"
    folder.mkdir(parents=True, exist_ok=True)
    head = HEAD.replace("[guide]", f"[{source}]")
    (folder / "reni.yaml").write_text(head, encoding="utf-8")
    (folder / "reni.csv").write_text(DAYS, encoding="utf-8")
    return folder
