"""Module: title, objectives, reflections and items of one part of the course."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from iop_training.model.base import MODULE, Competency, Model, ProseText


class Objective(Model):
    """What a trainee can do afterwards, and the competencies it belongs to."""

    text: ProseText
    competency: Annotated[list[Competency], Field(min_length=1)]


class Minutes(Model):
    """How long a lesson and an assignment take most people; None for one that the module has not.
    There is no limit anywhere."""

    lesson: Annotated[int, Field(gt=0, le=300)] | None = None
    assignment: Annotated[int, Field(gt=0, le=300)] | None = None


class Reflection(Model):
    """A question to think about in writing, for oneself alone. No key, no points, no source."""

    id: Annotated[str, StringConstraints(pattern=rf"^{MODULE}-r\d\d$")]
    prompt: ProseText


class Module(Model):
    """The head of ``data/items/<module>.yaml``; its items are read one by one. A practice case is
    a module of its own, made from its file. ``note`` is a sentence that stands with its pages on
    the course map."""

    module: Annotated[str, StringConstraints(pattern=rf"^{MODULE}$")]
    title: ProseText
    note: ProseText | None = None
    minutes: Minutes
    objectives: Annotated[list[Objective], Field(min_length=1)]
    reflections: list[Reflection] = []
